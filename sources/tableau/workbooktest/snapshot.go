package workbooktest

import (
	"encoding/json"
	"fmt"
	"slices"

	"darkroom/sources/tableau/snapshot"
)

type object = map[string]any

// Snapshot is the same workbook as the Metadata API has it, with the columns of its sheets.
// It needs an exact one: what Tableau says of the rest is another question.
func (m *Made) Snapshot() []byte {
	links := func(kind string, names []string) []object {
		out := []object{}
		for _, n := range names {
			out = append(out, object{"id": kind + n})
		}
		return out
	}
	metadata := map[string][]object{}
	add := func(list string, o object) {
		o["createdAt"], o["updatedAt"] = "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"
		metadata[list] = append(metadata[list], o)
	}
	add("workbooks", object{"id": "w", "luid": "luid-w", "name": "Book"})
	for _, name := range Tables() {
		add("databaseTables", object{"id": "t" + name, "name": name, "schema": "marts", "fullName": "[marts].[" + name + "]", "connectionType": "postgres", "database": object{"id": "db", "name": "shop"}})
	}
	for i, s := range m.sources {
		add("embeddedDatasources", object{"id": m.id(s), "name": sourceName(i), "workbook": object{"id": "w"}, "upstreamTables": links("t", s.tables)})
	}
	columns := map[string]map[string][]int{} // sheet → table → places
	for i, x := range m.sheets {
		id := fmt.Sprint("s", i)
		var sources, tables []string
		for _, s := range x.sources {
			sources, tables = append(sources, m.id(s)), append(tables, s.tables...)
		}
		slices.Sort(tables)
		add("sheets", object{
			"id": id, "name": sheetName(i), "workbook": object{"id": "w"},
			"parentEmbeddedDatasources": links("", sources), "upstreamTables": links("t", slices.Compact(tables)),
		})
		columns[id] = map[string][]int{}
		named, _ := x.truth()
		slices.Sort(named)
		for _, c := range slices.Compact(named) {
			table, number := c[:3], int(c[len(c)-1]-'0')
			columns[id][table] = append(columns[id][table], number)
		}
	}
	for i, d := range m.dashboards {
		sheets := []string{}
		for _, at := range d.sheets {
			sheets = append(sheets, fmt.Sprint(at))
		}
		add("dashboards", object{"id": fmt.Sprint("d", i), "luid": fmt.Sprint("luid-d", i), "name": dashboardName(i), "path": fmt.Sprint("Book/D", i), "workbook": object{"id": "w"}, "sheets": links("s", sheets)})
	}
	text, _ := json.Marshal(object{ // texts and numbers are always fine
		"format": snapshot.Format, "fetched_at": "2026-01-01T00:00:00Z", "server": "https://tableau.example.com",
		"site": object{"contentUrl": "made", "name": "Made"}, "metadata": metadata, "columns": columnsJSON(columns),
	})
	return text
}

// columnsJSON is the list of a snapshot: every table with all its columns, every sheet with
// their places.
func columnsJSON(of map[string]map[string][]int) object {
	var tables [][]string
	for _, name := range Tables() {
		row := []string{"t" + name}
		for n := range columnsOfTable {
			row = append(row, fmt.Sprint("column_", n))
		}
		tables = append(tables, row)
	}
	sheets := object{}
	for id, named := range of {
		rows := [][]int{}
		for at, name := range Tables() {
			if places := named[name]; len(places) > 0 {
				rows = append(rows, append([]int{at}, places...))
			}
		}
		sheets[id] = rows
	}
	return object{"tables": tables, "sheets": sheets}
}
