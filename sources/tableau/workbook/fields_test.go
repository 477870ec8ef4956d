package workbook

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"darkroom/model"
)

const fieldsSource = `<datasource caption='Orders' name='f.1'><connection class='federated'>
 <named-connections><named-connection name='pg'><connection class='postgres' dbname='shop' server='db' /></named-connection>
  <named-connection name='px'><connection class='sqlproxy' dbname='Shared' /></named-connection></named-connections>
 <relation type='collection'>
  <relation connection='pg' name='A' table='[marts].[a]' type='table' />
  <relation connection='pg' name='A1' table='[marts].[a]' type='table' />
  <relation connection='pg' name='B' table='[marts].[b]' type='table' />
  <relation connection='pg' name='Same' table='[marts].[c]' type='table' />
  <relation connection='pg' name='Same' table='[marts].[d]' type='table' />
  <relation connection='pg' name='Q' type='text'>select 1</relation>
  <relation connection='pg' name='P' procedure='[marts].[p]' type='stored-proc' />
  <relation connection='px' name='sqlproxy' table='[sqlproxy]' type='table' />
  <relation name='U' type='union'><relation connection='pg' name='B1' table='[marts].[b]' type='table' /></relation>
 </relation>
 <cols><map key='[mapped]' value='[B].[Mapped ]]]' /><map key='[two]' value='[B].[one]' /><map key='[deep]' value='[B].[x].[y]' /></cols>
 <metadata-records>
  <metadata-record class='column'><remote-name>id</remote-name><local-name>[id]</local-name><parent-name>[A]</parent-name><object-id>[A_1]</object-id></metadata-record>
  <metadata-record class='column'><remote-name>id</remote-name><local-name>[id (A1)]</local-name><parent-name>[A1]</parent-name></metadata-record>
  <metadata-record class='column'><remote-name>other</remote-name><local-name>[two]</local-name><parent-name>[B]</parent-name></metadata-record>
  <metadata-record class='column'><remote-name>x</remote-name><local-name>[same]</local-name><parent-name>[Same]</parent-name></metadata-record>
  <metadata-record class='column'><remote-name>x</remote-name><local-name>[nowhere]</local-name><parent-name>[Z]</parent-name></metadata-record>
  <metadata-record class='column'><remote-name>q</remote-name><local-name>[query]</local-name><parent-name>[Q]</parent-name></metadata-record>
  <metadata-record class='column'><remote-name>u</remote-name><local-name>[union]</local-name><parent-name>[U]</parent-name></metadata-record>
  <metadata-record class='column'><remote-name>p</remote-name><local-name>[proc]</local-name><parent-name>[P]</parent-name></metadata-record>
  <metadata-record class='column'><local-name>[nameless]</local-name><parent-name>[A]</parent-name></metadata-record>
  <metadata-record class='measure'><remote-name>m</remote-name><local-name>[measure]</local-name><parent-name>[A]</parent-name></metadata-record>
  <metadata-record class='column'><remote-name>Total</remote-name><local-name>[total]</local-name><parent-name>[sqlproxy]</parent-name></metadata-record>
  <metadata-record class='column'><remote-name>twice</remote-name><local-name>[twice]</local-name><parent-name>[sqlproxy]</parent-name></metadata-record>
  <metadata-record class='column'><remote-name>behind</remote-name><local-name>[behind]</local-name><parent-name>[sqlproxy]</parent-name></metadata-record>
 </metadata-records></connection>
 <extract><connection class='hyper'><metadata-records>
  <metadata-record class='column'><remote-name>copied</remote-name><local-name>[copy]</local-name><parent-name>[A]</parent-name></metadata-record>
 </metadata-records></connection></extract>
 <column name='[calc]'><calculation class='tableau' formula='[id] + [mapped]' /></column>
 <column name='[round]'><calculation class='tableau' formula='[round 2]' /></column>
 <column name='[round 2]'><calculation class='tableau' formula='[round] + [id]' /></column>
 <column name='[bin]'><calculation class='bin' formula='[mapped]' size-parameter='[Parameters].[p]' /></column>
 <column name='[number]'><calculation class='tableau' formula='1' /></column>
 <column name='[strange]'><calculation class='cluster' formula='[id]' /></column>
 <column name='[silent]'><calculation class='tableau' /></column>
 <column name='[sql]'><calculation class='tableau' formula='RAWSQL_INT("x", [id])' /></column>
 <column name='[open]'><calculation class='tableau' formula='[id] + "' /></column>
 <column-instance column='[mapped]' name='[none:mapped:nk]' />
 <group name='[set]'><groupfilter function='filter' level='[none:mapped:nk]' expression='SUM([id]) &gt; 3' /><groupfilter function='member' level='[id]' member='[same]' /></group>
 <group name='[listed]' />
</datasource>
<datasource caption='Second' name='f.2'><connection class='postgres' dbname='shop' server='db'><relation name='T' table='[marts].[t]' type='table' />
 <metadata-records><metadata-record class='column'><remote-name>goal</remote-name><local-name>[goal]</local-name><parent-name>[T]</parent-name></metadata-record></metadata-records></connection></datasource>
<datasource caption='Missing' name='p.3'><connection class='sqlproxy' dbname='Elsewhere' server-ds-friendly-name='Else where'>
 <metadata-records><metadata-record class='column'><remote-name>x</remote-name><local-name>[x]</local-name><parent-name>[sqlproxy]</parent-name></metadata-record></metadata-records></connection></datasource>`

const fieldsShared = `<datasource><connection class='postgres' dbname='shop' server='db'><relation name='S' table='[marts].[s]' type='table' />
 <metadata-records><metadata-record class='column'><remote-name>amount</remote-name><local-name>[amt]</local-name><parent-name>[S]</parent-name></metadata-record>
 <metadata-record class='column'><remote-name>t</remote-name><local-name>[twice]</local-name><parent-name>[S]</parent-name></metadata-record></metadata-records></connection>
 <column caption='Total' name='[Calculation_1]'><calculation class='tableau' formula='SUM([amt])' /></column>
 <column caption='twice' name='[amt]' /></datasource>`

// What a sheet's fields are made of, by what the file lists of them.
func TestFieldsOfSheets(t *testing.T) {
	for name, test := range map[string]struct{ list, want string }{
		"a column":                      {`<column name='[id]' />`, "a.id"},
		"the same table twice":          {`<column name='[id (A1)]' />`, "a.id"},
		"a map":                         {`<column name='[mapped]' />`, "b.Mapped ]"},
		"a calculation":                 {`<column name='[calc]' />`, "a.id b.Mapped ]"},
		"a calculation of the sheet":    {`<column name='[mine]'><calculation formula='{FIXED [calc] : 1}' /></column>`, "a.id b.Mapped ]"},
		"calculations in a circle":      {`<column name='[round]' />`, "a.id"},
		"a bin and a parameter":         {`<column name='[bin]' />`, "b.Mapped ]"},
		"a constant":                    {`<column name='[number]' />`, ""},
		"a set":                         {`<group name='[set]'/>`, "a.id b.Mapped ]"},
		"a set that lists its members":  {`<column-instance column='[listed]' name='[io:listed:nk]' />`, "? field \"listed\" cannot be traced to a column"},
		"a group of the sheet":          {`<group name='[g]'><groupfilter function='member' level='[id]' /></group>`, "a.id"},
		"an instance":                   {`<column-instance column='[id]' name='[sum:id:qk]' />`, "a.id"},
		"an instance of the source":     {`<column name='[none:mapped:nk]' />`, "b.Mapped ]"},
		"an instance of itself":         {`<column-instance column='[z]' name='[z]' />`, "? field \"z\" cannot be traced to a column"},
		"what Tableau makes":            {`<column name='[:Measure Names]' /><column name='[Multiple Values]' /><column name='[Latitude (generated)]' />`, ""},
		"a count of rows":               {`<column name='[__tableau_internal_object_id__].[A_1]' />`, ""},
		"custom SQL":                    {`<column name='[query]' />`, "Q.q"},
		"a stored procedure":            {`<column name='[proc]' />`, "p.p"},
		"a name and a caption that fit": {`<column name='[twice]' />`, "? field \"twice\" is not, or not for certain, one of the published data source \"Shared\""},
		"a caption of a published one":  {`<column name='[total]' />`, "s.amount"},
		"not in the published one":      {`<column name='[behind]' />`, "? field \"behind\" is not, or not for certain, one of the published data source \"Shared\""},
		"a blend":                       {`</datasource-dependencies><datasource-dependencies datasource='f.2'><column name='[c]'><calculation formula='[f.1].[id] / [goal]' /></column>`, "a.id t.goal"},
		"a blend that is not listed":    {`<column name='[c]'><calculation formula='[f.2].[goal]' /></column>`, "? field \"c\" is made of a field of another data source, which the sheet does not list"},
		"a file that is not there":      {`<column name='[id]' /></datasource-dependencies><datasource-dependencies datasource='p.3'><column name='[x]' />`, "a.id ? the published data source \"Else where\" is not among the files"},
		"a source that is not there":    {`<column name='[id]' /></datasource-dependencies><datasource-dependencies datasource='f.9'><column name='[x]' />`, "a.id ? its data source \"f.9\" is not in the file"},
		"of two tables":                 {`<column name='[same]' />`, "? field \"same\" can be more than one column"},
		"of two columns":                {`<column name='[two]' />`, "? field \"two\" can be more than one column"},
		"of no table":                   {`<column name='[nowhere]' />`, "? field \"nowhere\" is of a table that is not in its data source"},
		"a union":                       {`<column name='[union]' />`, "? field \"union\" is of a union or a join of tables"},
		"without a column":              {`<column name='[nameless]' />`, "? field \"nameless\" has no column in the file"},
		"more than a column":            {`<column name='[deep]' />`, "? field \"deep\" has no column in the file"},
		"a record of another kind":      {`<column name='[measure]' />`, "? field \"measure\" cannot be traced to a column"},
		"only in the extract":           {`<column name='[copy]' />`, "? field \"copy\" cannot be traced to a column"},
		"a calculation of another kind": {`<column name='[strange]' />`, "a.id ? field \"strange\" is calculated in a way that is not known"},
		"a calculation without formula": {`<column name='[silent]' />`, "? field \"silent\" is calculated in a way that the file does not say"},
		"SQL in a calculation":          {`<column name='[sql]' />`, "a.id ? field \"sql\" hands SQL over to the database"},
		"a formula without an end":      {`<column name='[open]' />`, "a.id ? field \"open\" has a formula that cannot be read"},
		"no field":                      {``, "? the file names no field of its data source \"Orders\""},
		"a filter alone":                {`</datasource-dependencies><filter column='[f.1].[id]' /><datasource-dependencies datasource='Parameters'>`, "a.id"},
		"a slice of what is not listed": {`</datasource-dependencies><slices><column>[f.1].[none:gone:nk]</column></slices><datasource-dependencies datasource='f.1'>`, "? field \"none:gone:nk\" cannot be traced to a column"},
	} {
		t.Run(name, func(t *testing.T) {
			in := fstest.MapFS{"in/Shared.tds": {Data: []byte(fieldsShared)}, "in/B.twb": {Data: []byte("<workbook><datasources>" + fieldsSource +
				"</datasources><worksheets><worksheet name='s'><table><view><datasource-dependencies datasource='f.1'>" + test.list +
				"</datasource-dependencies></view></table></worksheet></worksheets></workbook>")}}
			sites, err := Load(context.Background(), []string{"in"}, Options{FS: in})
			if err != nil {
				t.Fatal(err)
			}
			checkSite(t, sites[0])
			index := model.NewSiteIndex(sites[0])
			s := &sites[0].Sheets[0]
			var words []string
			for _, at := range s.Columns.At {
				c := sites[0].Columns[at]
				words = append(words, index.Table[c.TableID].Name+"."+c.Name)
			}
			slices.Sort(words)
			if !s.Columns.Known {
				words = append(words, "? "+s.Columns.Why)
			}
			if got := strings.Join(words, " "); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// A field is followed through published data sources that build on each other, and one that
// leads back to itself ends.
func TestFieldsBehindPublishedSources(t *testing.T) {
	proxy := func(to string) string {
		return "<connection class='sqlproxy' dbname='" + to + "'><metadata-records><metadata-record class='column'><remote-name>id</remote-name>" +
			"<local-name>[id]</local-name><parent-name>[sqlproxy]</parent-name></metadata-record></metadata-records></connection>"
	}
	book := func(to string) []byte {
		return []byte("<workbook><datasources><datasource name='p'>" + proxy(to) + "</datasource></datasources><worksheets><worksheet name='s'><table><view>" +
			"<datasource-dependencies datasource='p'><column name='[id]' /></datasource-dependencies></view></table></worksheet></worksheets></workbook>")
	}
	tds := func(body string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("<datasource>" + body + "</datasource>")}
	}
	in := fstest.MapFS{
		"in/Whole.twb": {Data: book("One")}, "in/Round.twb": {Data: book("Round1")},
		"in/One.tds": tds(proxy("Two")), "in/Round1.tds": tds(proxy("Round2")), "in/Round2.tds": tds(proxy("Round1")),
		"in/Two.tds": tds("<connection class='postgres' dbname='shop' server='db'><relation name='S' table='[marts].[s]' type='table' /><cols><map key='[id]' value='[S].[key]' /></cols></connection>"),
	}
	sites, err := Load(context.Background(), []string{"in"}, Options{FS: in})
	if err != nil {
		t.Fatal(err)
	}
	round, whole := sites[0].Sheets[0].Columns, sites[0].Sheets[1].Columns
	if round.Why != "its published data sources lead back to themselves" || !whole.Known || len(whole.At) != 1 || sites[0].Columns[whole.At[0]].Name != "key" {
		t.Errorf("in a circle %+v, whole %+v, columns %+v", round, whole, sites[0].Columns)
	}
}
