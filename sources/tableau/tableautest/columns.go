package tableautest

import (
	"encoding/json"
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
		for i, f := range fields {
			if source := sourceOf(before, i); source != nil {
				f.(map[string]any)["datasource"] = source
			}
		}
		if _, marked := doc.Incomplete["columns"][id]; marked {
			fields = append(fields, map[string]any{"__typename": "ColumnField", "id": sitedata.StableID("field", id), "upstreamColumns": []any{}})
			if source := sourceOf(before, len(before)-1); source != nil {
				fields[len(fields)-1].(map[string]any)["datasource"] = source
			}
		}
		if len(fields) > 0 {
			sheet["datasourceFields"] = fields
		}
	}
}

// sourceOf is the data source of one of the fields, of the last where there are less.
func sourceOf(fields []any, at int) any {
	if len(fields) == 0 {
		return nil
	}
	f, _ := fields[min(max(at, 0), len(fields)-1)].(map[string]any)
	return f["datasource"]
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
