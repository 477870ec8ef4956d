package files

import (
	"cmp"
	"strconv"

	"darkroom/model/outlook"
	"darkroom/ui/explorer/view/treeview"
	"darkroom/ui/table"
)

// columns are those of trees, with the line of an exposure in its file.
func columns() []table.Column[treeview.Row] {
	var out []table.Column[treeview.Row]
	for _, c := range treeview.Without(treeview.Columns(), "lineage", "health", "updated", "workbook") {
		if out = append(out, c); c.Name == "exposure" {
			out = append(out, table.Column[treeview.Row]{
				Name: "line", Heading: "LINE", Width: 6, From: 50, Right: true, Value: lineNumber,
				Compare: func(x, y treeview.Row) int { return cmp.Compare(lineOf(x), lineOf(y)) },
			})
		}
	}
	return out
}

func lineOf(r treeview.Row) int {
	if r.Facts != nil && r.Entry != nil {
		return r.Entry.Line
	}
	return 0
}

func lineNumber(r treeview.Row) string {
	if n := lineOf(r); n > 0 {
		return strconv.Itoa(n)
	}
	return ""
}

// word says the same as the columns, for an exposure whose dashboards are not known or
// are below it.
func word(e *outlook.Entry) string {
	s := e.State.Word()
	if e.Line > 0 {
		s += ", line " + strconv.Itoa(e.Line)
	}
	return s
}
