package site

import (
	"encoding/json"
	"reflect"
	"slices"
	"strconv"

	"darkroom/sources/tableau/tableautest/sitedata"
)

// columnsDoc is the "columns" of a snapshot (sources/tableau/snapshot/format.go).
type columnsDoc struct {
	Tables [][]string
	Sheets map[string][][]json.Number
}

// addColumns gives sheets a field for each column that the snapshot has of them, in place
// of the fields there, which only link. A sheet that is marked has a field without a column
// besides.
func (doc *snapshotDoc) addColumns() {
	sheets, _ := doc.Metadata["sheets"].([]any)
	for _, entry := range sheets {
		sheet, _ := entry.(map[string]any)
		id := sitedata.AsText(sheet["id"])
		tables, asked := doc.Columns.Sheets[id]
		if !asked {
			continue
		}
		var fields []any
		for _, row := range tables {
			fields = append(fields, doc.Columns.fields(id, row)...)
		}
		before, _ := sheet["datasourceFields"].([]any)
		if _, marked := doc.Incomplete["columns"][id]; marked {
			fields = append(fields, map[string]any{"__typename": "ColumnField", "id": sitedata.StableID("field", id), "upstreamColumns": []any{}})
		}
		for _, f := range fields {
			field := f.(map[string]any)
			if source := sourceOf(before, tableOf(field)); source != nil {
				field["datasource"] = source
			}
		}
		if len(fields) > 0 {
			sheet["datasourceFields"] = fields
		}
	}
}

// sourceOf is the data source of the field that names a table; where none does, the one
// that all of the fields have.
func sourceOf(fields []any, table string) any {
	var all []any
	for _, f := range fields {
		field, _ := f.(map[string]any)
		source := field["datasource"]
		if namesTable(field, table) {
			return source
		}
		if len(all) == 0 || !reflect.DeepEqual(all[0], source) {
			all = append(all, source)
		}
	}
	if len(all) != 1 {
		return nil
	}
	return all[0]
}

// tableOf is the table that a field made here comes from, "" of one that names none.
func tableOf(field map[string]any) string {
	columns, _ := field["upstreamColumns"].([]any)
	if len(columns) == 0 {
		return ""
	}
	return tableOfColumn(columns[0])
}

func namesTable(field map[string]any, table string) bool {
	columns, _ := field["upstreamColumns"].([]any)
	if table == "" {
		return len(columns) == 0
	}
	return slices.ContainsFunc(columns, func(c any) bool { return tableOfColumn(c) == table })
}

func tableOfColumn(column any) string {
	c, _ := column.(map[string]any)
	t, _ := c["table"].(map[string]any)
	return sitedata.AsText(t["id"])
}

// fields are those of one sheet from one table.
func (c *columnsDoc) fields(sheet string, row []json.Number) (fields []any) {
	place := func(n json.Number, list int) (int, bool) {
		i, err := strconv.Atoi(n.String())
		return i, err == nil && i >= 0 && i < list
	}
	if len(row) == 0 {
		return nil
	}
	t, ok := place(row[0], len(c.Tables))
	if !ok || len(c.Tables[t]) == 0 {
		return nil
	}
	table := c.Tables[t]
	for _, n := range row[1:] {
		i, ok := place(n, len(table)-1)
		if !ok {
			continue
		}
		fields = append(fields, map[string]any{
			"__typename": "ColumnField", "id": sitedata.StableID("field", sheet, table[0], table[i+1]), "name": table[i+1],
			"upstreamColumns": []any{map[string]any{"name": table[i+1], "table": map[string]any{"id": table[0]}}},
		})
	}
	return fields
}
