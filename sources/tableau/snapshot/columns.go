package snapshot

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/tidwall/gjson"

	"darkroom/sources/tableau/document"
)

// Columns are the columns that the fields of sheets come from: the "columns" of a snapshot
// (Format). Sheets name columns by their place in All.
type Columns struct {
	All    []TableColumn
	Sheets map[string][]int32 // by id, of those that were asked about
	Why    map[string]string  // by sheet: why its columns may not be all
}

// ColumnsMark is the list of "incomplete" with the sheets whose columns are not all.
const ColumnsMark = "columns"

// unreadable is why the columns of a sheet are not known that has links to nowhere.
const unreadable = "what the snapshot has of it cannot be read"

// TableColumn is a column of a table.
type TableColumn struct{ Table, Name string }

// ColumnsWriter puts columns into a snapshot: each name once for each table.
type ColumnsWriter struct {
	tables map[string]map[string]bool
	sheets map[string][]TableColumn
}

// NewColumnsWriter has no sheet yet.
func NewColumnsWriter() *ColumnsWriter {
	return &ColumnsWriter{map[string]map[string]bool{}, map[string][]TableColumn{}}
}

// Sheet adds a sheet with n columns.
func (w *ColumnsWriter) Sheet(id string, n int, column func(int) (table, name string)) {
	list := make([]TableColumn, n)
	for i := range n {
		table, name := column(i)
		if w.tables[table] == nil {
			w.tables[table] = map[string]bool{}
		}
		w.tables[table][name] = true
		list[i] = TableColumn{table, name}
	}
	w.sheets[id] = list
}

// Members are "tables" and "sheets", sorted: the same columns are the same bytes.
func (w *ColumnsWriter) Members() []Member {
	tables, sheets := Member{Name: "tables"}, Member{Name: "sheets", Keys: []string{}}
	at := map[TableColumn]int{}
	place := map[string]int{}
	for i, id := range slices.Sorted(maps.Keys(w.tables)) {
		names := slices.Sorted(maps.Keys(w.tables[id]))
		place[id] = i
		for n, name := range names {
			at[TableColumn{id, name}] = n
		}
		tables.Rows = append(tables.Rows, text(append([]string{id}, names...)))
	}
	sheets.Keys = slices.AppendSeq(sheets.Keys, maps.Keys(w.sheets)) // without any, an empty object
	slices.Sort(sheets.Keys)
	for _, id := range sheets.Keys {
		of := map[int][]int{}
		for _, c := range w.sheets[id] {
			of[place[c.Table]] = append(of[place[c.Table]], at[c])
		}
		row := [][]int{}
		for _, table := range slices.Sorted(maps.Keys(of)) {
			slices.Sort(of[table])
			row = append(row, append([]int{table}, of[table]...))
		}
		sheets.Rows = append(sheets.Rows, text(row))
	}
	return []Member{tables, sheets}
}

func text(v any) string {
	b, _ := json.Marshal(v) // texts and numbers are always fine
	return string(b)
}

// readColumns leaves out what has another shape: links to nowhere are no columns, and a
// sheet with such a link is not known.
func (r *reader) readColumns(v gjson.Result) error {
	if !v.IsObject() {
		return nil
	}
	c := &Columns{Sheets: map[string][]int32{}, Why: map[string]string{}}
	var first []int32 // of each table: the place of its first column
	var count []int
	for _, row := range v.Get("tables").Array() {
		list := row.Array()
		first, count = append(first, int32(len(c.All))), append(count, max(0, len(list)-1))
		for i := 1; i < len(list); i++ {
			if i == 1 {
				list[0].Str = r.in.Keep(document.Text(list[0]))
			}
			c.All = append(c.All, TableColumn{list[0].Str, r.in.Keep(document.Text(list[i]))})
		}
	}
	eachMember(v.Get("sheets"), func(id string, row gjson.Result) {
		id = r.in.Keep(id)
		at, whole := []int32{}, row.IsArray()
		for _, list := range row.Array() {
			n := list.Array()
			for _, column := range n[min(1, len(n)):] {
				table, i := int(n[0].Int()), int(column.Int())
				if !isPlace(n[0], len(first)) || !isPlace(column, count[table]) {
					whole = false
					continue
				}
				at = append(at, first[table]+int32(i))
			}
		}
		slices.Sort(at)
		c.Sheets[id] = slices.Clip(slices.Compact(at))
		if !whole {
			c.Why[id] = unreadable
		}
	})
	for _, x := range r.Incomplete {
		if x.List == ColumnsMark {
			c.Why[x.ID] = x.Why
		}
	}
	r.Columns = c
	return nil
}

// isPlace reports a number that is a place in a list.
func isPlace(v gjson.Result, length int) bool {
	return v.Type == gjson.Number && v.Num >= 0 && v.Num < float64(length) && v.Num == float64(int(v.Num))
}
