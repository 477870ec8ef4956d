package workbook_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/sources/tableau/workbook"
)

// shop is a dbt project on Postgres.
func shop() *model.Project {
	p := &model.Project{Name: "shop", Adapter: "postgres"}
	for _, name := range []string{"orders", "customers", "regions", "returns", "targets"} {
		p.Resources = append(p.Resources, model.Resource{
			ID: "model.shop." + name, Kind: model.KindModel, Name: name, Common: &model.Common{Package: "shop", Materialized: "table", Database: "shop", Schema: "marts"},
			Extra: &model.ResourceExtra{Identifier: name, RelationName: `"shop"."marts"."` + name + `"`},
		})
	}
	return p
}

const pg = `<connection class='postgres' dbname='shop' server='db.example.com' />`

// twb is a workbook with one dashboard per data source, called like it.
func twb(sources ...string) string {
	var out, sheets, boards strings.Builder
	for _, s := range sources {
		name, body, _ := strings.Cut(s, ":")
		fmt.Fprintf(&out, "<datasource caption='%s' name='%s'>%s</datasource>", name, name, body)
		fmt.Fprintf(&sheets, "<worksheet name='sheet %s'><table><view><datasources><datasource name='%s' /></datasources></view></table></worksheet>", name, name)
		fmt.Fprintf(&boards, "<dashboard name='%s'><repository-location id='%s' /><zones><zone name='sheet %s' /></zones></dashboard>", name, name, name)
	}
	return "<workbook><repository-location id='Book' site='acme' /><datasources>" + out.String() + "</datasources><worksheets>" + sheets.String() +
		"</worksheets><dashboards>" + boards.String() + "</dashboards></workbook>"
}

func federated(relations string) string {
	return `<connection class='federated'><named-connections><named-connection name='pg.1'>` + pg + `</named-connection></named-connections>` + relations + `</connection>`
}

// From files to dbt: read, walk, match.
func TestLinksToDbt(t *testing.T) {
	table := func(name string) string {
		return fmt.Sprintf("<relation connection='pg.1' name='%s' table='[marts].[%s]' type='table' />", name, name)
	}
	in := fstest.MapFS{
		"site/Book.twb": {Data: []byte(twb(
			"live:"+federated("<relation join='left' type='join'>"+table("orders")+table("customers")+"</relation>"),
			"legacy:<connection class='postgres' dbname='shop' schema='marts' server='db.example.com'><relation name='r' table='[regions]' type='table' /></connection>",
			"sql:"+federated("<relation connection='pg.1' name='Late' type='text'>with x as (select * from marts.returns) select * from x where a &lt;&lt; 3</relation>"),
			"published:<connection class='sqlproxy' dbname='Targets' server-ds-friendly-name='Targets'><relation name='sqlproxy' table='[sqlproxy]' type='table' /></connection>",
			"missing:<connection class='sqlproxy' dbname='Gone'><relation name='sqlproxy' table='[sqlproxy]' type='table' /></connection>",
			"file:<connection class='excel-direct' filename='x.xlsx'><relation name='orders' table='[orders]' type='table' /></connection>",
			"other:<connection class='mysql' dbname='shop' server='my'><relation name='orders' table='[marts].[orders]' type='table' /></connection>",
		))},
		"site/Targets.tds": {Data: []byte("<datasource formatted-name='federated.1'>" + federated(table("targets")) + "</datasource>")},
	}
	sites, err := workbook.Load(context.Background(), []string{"site"}, workbook.Options{FS: in, Server: "https://t.example.com", ContentURL: "acme"})
	if err != nil {
		t.Fatal(err)
	}
	g, err := lineage.Build(t.Context(), []*model.Project{shop()}, sites, lineage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"live":      "linked customers orders",
		"legacy":    "linked regions",
		"sql":       "linked returns",
		"published": "linked targets",
		"missing":   "not_linked published_datasource",
		"file":      "not_linked file_or_extract",
		"other":     "not_linked",
	}
	for _, d := range g.Dashboards() {
		parts := []string{d.Status.String()}
		for i := range d.Links {
			if id := d.Links[i].Resource; id != lineage.None {
				parts = append(parts, g.Node(id).Resource.Name)
			}
		}
		slices.Sort(parts[1:])
		for _, gap := range d.Gaps {
			parts = append(parts, gap.Reason.String())
		}
		name := d.Dashboard.Name
		if got := strings.Join(parts, " "); got != want[name] {
			t.Errorf("%s: got %s, want %s\n%+v", name, got, want[name], d.Gaps)
		}
		delete(want, name)
		if got, want := d.Key, "t.example.com/acme/file:Book/"+name; got != want {
			t.Errorf("key %s, want %s", got, want)
		}
		if got, want := d.URL(), "https://t.example.com/#/site/acme/views/Book/"+name; got != want {
			t.Errorf("url %s, want %s", got, want)
		}
	}
	if len(want) > 0 {
		t.Errorf("not there: %v", want)
	}
}

// A table of a logical model that no field comes from stays linked, marked as
// not used. (The walk takes custom SQL for used unless some is listed.)
func TestUnusedTables(t *testing.T) {
	sites, err := workbook.Load(context.Background(), []string{"testdata/sites/used.twb"}, workbook.Options{})
	if err != nil {
		t.Fatal(err)
	}
	g, err := lineage.Build(t.Context(), []*model.Project{shop()}, sites, lineage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range g.Dashboards()[0].Links {
		got = append(got, fmt.Sprintf("%s %v", l.TableName(), l.Read.Used))
	}
	if want := "shop.marts.orders true,shop.marts.customers false,shop.marts.regions false,shop.marts.returns true"; strings.Join(got, ",") != want {
		t.Errorf("got %s", got)
	}
}

// A sheet that blends a logical model with a published source also lists what is
// behind the latter; published sources in a circle end.
func TestUsedBehindPublished(t *testing.T) {
	model := federated("<relation type='collection'><relation connection='pg.1' name='a' table='[marts].[orders]' type='table' />" +
		"<relation connection='pg.1' name='b' table='[marts].[customers]' type='table' /></relation><cols><map key='[x]' value='[a].[x]' /></cols>")
	proxy := func(name string) string {
		return "<connection class='federated'><named-connections><named-connection name='s'><connection class='sqlproxy' dbname='" + name + "' /></named-connection>" +
			"<named-connection name='pg.1'>" + pg + "</named-connection></named-connections><relation connection='pg.1' name='t' table='[marts].[behind " + name + "]' type='table' /></connection>"
	}
	in := fstest.MapFS{
		"in/Book.twb": {Data: []byte("<workbook><datasources><datasource name='m'>" + model + "</datasource><datasource name='p'><connection class='sqlproxy' dbname='P' /></datasource></datasources>" +
			"<worksheets><worksheet name='s'><table><view><datasources><datasource name='p' /></datasources><datasource-dependencies datasource='m'><column name='[x]' /></datasource-dependencies></view></table></worksheet></worksheets></workbook>")},
		"in/P.tds": {Data: []byte("<datasource>" + proxy("Q") + "</datasource>")},
		"in/Q.tds": {Data: []byte("<datasource>" + proxy("P") + "</datasource>")},
	}
	sites, err := workbook.Load(context.Background(), []string{"in"}, workbook.Options{FS: in})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, id := range sites[0].Sheets[0].TableIDs {
		got = append(got, id[strings.LastIndex(id, "/")+1:])
	}
	if want := "[marts].[behind Q] [marts].[behind P] [marts].[orders]"; strings.Join(got, " ") != want {
		t.Errorf("got %s", got)
	}
}
