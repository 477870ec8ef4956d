package main

import (
	"maps"
	"slices"
)

// columnsPart is the "columns" of a snapshot: which columns the fields of each sheet come
// from (sources/tableau/snapshot/format.go).
type columnsPart struct {
	Tables [][]string         `json:"tables"` // an id, and then names
	Sheets map[string][][]int `json:"sheets"`
}

// loadColumns reads the columns of tables, by reference.
func loadColumns() (map[string][]string, error) {
	var doc struct {
		Columns map[string][]string `yaml:"columns"`
	}
	err := readYAML("scenario/columns.yml", &doc)
	return doc.Columns, err
}

// columnsOfSheets chooses, by hashes of names, columns for every sheet from the tables that
// it reads. A few columns are on no sheet at all.
func (b *builder) columnsOfSheets() {
	used := map[string]map[string]bool{} // table id → names
	of := map[string]map[string][]string{}
	for sheet, tables := range b.reads {
		of[sheet] = map[string][]string{}
		for _, t := range tables {
			for _, name := range b.columnNames(t) {
				if h := hash("column", t.ID, name); h[0]%6 == 0 {
					continue
				}
				if h := hash("column", sheet, t.ID, name); h[0]%5 > 1 && len(of[sheet]) > 0 {
					continue // the first one is on every sheet, so that none is empty
				}
				of[sheet][t.ID] = append(of[sheet][t.ID], name)
				if used[t.ID] == nil {
					used[t.ID] = map[string]bool{}
				}
				used[t.ID][name] = true
			}
		}
	}
	part := columnsPart{Tables: [][]string{}, Sheets: map[string][][]int{}}
	at := map[string]int{}
	for _, id := range slices.Sorted(maps.Keys(used)) {
		at[id] = len(part.Tables)
		part.Tables = append(part.Tables, append([]string{id}, slices.Sorted(maps.Keys(used[id]))...))
	}
	for sheet, tables := range of {
		rows := [][]int{}
		for _, id := range slices.Sorted(maps.Keys(tables)) {
			row := []int{at[id]}
			for _, name := range tables[id] {
				row = append(row, slices.Index(part.Tables[at[id]], name)-1)
			}
			slices.Sort(row[1:])
			rows = append(rows, row)
		}
		slices.SortFunc(rows, func(a, b []int) int { return a[0] - b[0] })
		part.Sheets[sheet] = rows
	}
	b.out.Columns = part
	b.out.Incomplete = map[string]map[string]string{"columns": b.silent}
}

// columnNames are the columns of a table of any kind. Those of custom SQL are what its query
// calls them.
func (b *builder) columnNames(t link) []string {
	if t.Typename == typeSQL {
		return []string{"Month", "Amount", "Orders", "Region"}
	}
	return b.columns[b.refs[t.ID]]
}

// columnsOfDashboard are what a sync asks for where a dashboard names no table.
func (b *builder) columnsOfDashboard(v *dashboard) []column {
	var tables []link
	for _, s := range b.out.Metadata.Sheets {
		if slices.Contains(v.Sheets, link{ID: s.ID}) {
			for _, f := range s.DatasourceFields {
				for _, c := range f.UpstreamColumns {
					tables = union(tables, c.Table)
				}
			}
		}
	}
	return columnsOf(tables)
}

// noColumn is why the columns of a sheet are not all known.
const noColumn = "Tableau names no column for one of its fields"

// sheetReads notes the tables that the fields of a sheet come from. Of a source without any,
// Tableau reports a field and no column.
func (b *builder) sheetReads(sheet string, s *source) {
	found := false
	for _, t := range s.from {
		if len(b.columnNames(t)) > 0 && !slices.Contains(s.unused, t) && !s.thin {
			b.reads[sheet], found = append(b.reads[sheet], t), true
		}
	}
	if !found {
		b.silent[sheet] = noColumn
	}
}
