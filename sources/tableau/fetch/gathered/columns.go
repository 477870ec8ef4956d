package gathered

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"darkroom/sources/tableau/fetch/pages"
	"darkroom/sources/tableau/snapshot"
)

// columnsList begins the names of records about columns; the list of fields follows.
const columnsList = "columns/"

// Columns are the columns that the fields of sheets come from, each name once. They are
// taken in only where they were asked for.
type Columns struct {
	wanted  bool
	members []string                   // lists of fields that the server has
	asked   map[string]map[string]bool // list of fields → sheets that it is known of
	columns map[snapshot.TableColumn]int32
	all     []snapshot.TableColumn
	sheets  map[string]*sheetColumns
}

type sheetColumns struct {
	at     []int32 // ascending, places in all
	fields int
}

func newColumns() Columns {
	return Columns{asked: map[string]map[string]bool{}, columns: map[snapshot.TableColumn]int32{}, sheets: map[string]*sheetColumns{}}
}

// Want says that columns are asked for. What an interrupted fetch left of them counts from
// then on.
func (c *Columns) Want() { c.wanted = true }

// AskFor notes a list of fields that the server has.
func (c *Columns) AskFor(member string) { c.members = append(c.members, member) }

// Asked reports that a list of fields of a sheet is known.
func (c *Columns) Asked(member, sheet string) bool { return c.asked[member][sheet] }

// entryOfColumns is what a record keeps of the fields of one sheet.
type entryOfColumns struct {
	ID      string     `json:"id"`
	Fields  int        `json:"fields"`
	Columns [][]string `json:"columns,omitempty"` // each a table's id and then names
}

// ColumnsEntry is what is kept of the fields of a sheet.
func ColumnsEntry(sheet string, fields []gjson.Result) string {
	e := entryOfColumns{ID: sheet, Fields: len(fields)}
	at := map[string]int{}
	for _, f := range fields {
		for _, c := range f.Get("upstreamColumns").Array() {
			table, name := c.Get("table.id").String(), c.Get("name").String()
			if table == "" || name == "" {
				continue
			}
			i, known := at[table]
			if !known {
				i = len(e.Columns)
				at[table] = i
				e.Columns = append(e.Columns, []string{table})
			}
			if !slices.Contains(e.Columns[i][1:], name) {
				e.Columns[i] = append(e.Columns[i], name)
			}
		}
	}
	text, _ := json.Marshal(e) // texts and a number are always fine
	return string(text)
}

// ColumnsRecord has what ColumnsEntry gives for some of the sheets that were asked about.
func ColumnsRecord(member string, sheets, entries []string) pages.Record {
	return pages.Record{List: columnsList + member, Detail: sheets, Nodes: pages.Raw(entries), Total: -1}
}

func (c *Columns) take(member string, r pages.Record) {
	if c.asked[member] == nil {
		c.asked[member] = map[string]bool{}
	}
	for _, id := range r.Detail {
		c.asked[member][id] = true
	}
	for _, n := range r.Nodes {
		var e entryOfColumns
		if json.Unmarshal(n, &e) != nil {
			continue
		}
		s := c.sheets[e.ID]
		if s == nil {
			s = &sheetColumns{}
			c.sheets[e.ID] = s
		}
		s.fields += e.Fields
		for _, list := range e.Columns {
			for i := 1; i < len(list); i++ {
				s.at = append(s.at, c.place(snapshot.TableColumn{Table: list[0], Name: list[i]}))
			}
		}
		slices.Sort(s.at)
		s.at = slices.Clip(slices.Compact(s.at))
	}
}

func (c *Columns) place(x snapshot.TableColumn) int32 {
	at, known := c.columns[x]
	if !known {
		at = int32(len(c.all))
		c.all = append(c.all, x)
		c.columns[x] = at
	}
	return at
}

// ColumnMembers are the columns of sheets for the snapshot, nil where they were not asked for.
// Of a sheet that is not marked, all is known; what else is not proven is marked now.
func (s *Site) ColumnMembers() []snapshot.Member {
	c := &s.Columns
	if !c.wanted {
		return nil
	}
	w := snapshot.NewColumnsWriter()
	for entry := range s.Lists["sheets"].Entries {
		o := gjson.Parse(entry)
		id := strings.Clone(o.Get("id").String()) // of the entry nothing else is kept
		of := c.sheets[id]
		if of == nil {
			of = &sheetColumns{}
		}
		if why := c.unproven(id, of, o); why != "" {
			s.IncompleteForNow(snapshot.ColumnsMark, why, id)
		}
		w.Sheet(id, len(of.at), func(i int) (table, name string) { x := c.all[of.at[i]]; return x.Table, x.Name })
	}
	return w.Members()
}

// unproven is why the columns of a sheet may not be all although every answer was whole.
func (c *Columns) unproven(id string, of *sheetColumns, sheet gjson.Result) string {
	switch {
	case len(c.members) == 0:
		return "this server does not report the fields of sheets"
	case slices.ContainsFunc(c.members, func(m string) bool { return !c.asked[m][id] }):
		return "the server did not return its fields"
	case of.fields == 0 && readsSomething(sheet):
		return "Tableau names no field of it"
	}
	return ""
}

func readsSomething(sheet gjson.Result) bool {
	return slices.ContainsFunc([]string{"parentEmbeddedDatasources.0", "upstreamDatasources.0", "upstreamTables.0"},
		func(path string) bool { return sheet.Get(path).Exists() })
}

// isColumns reads the name of a record's list.
func isColumns(list string) (member string, ok bool) { return strings.CutPrefix(list, columnsList) }
