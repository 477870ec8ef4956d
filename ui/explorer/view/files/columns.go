package files

import (
	"cmp"
	"strconv"
	"strings"

	"darkroom/model/outlook"
	"darkroom/ui/explorer/details"
	"darkroom/ui/explorer/view/treeview"
	"darkroom/ui/table"
	"darkroom/ui/theme"
)

// columns are those of trees, with what an export does with an exposure and its line.
func columns() []table.Column[treeview.Row] {
	var out []table.Column[treeview.Row]
	for _, c := range treeview.Without(treeview.Columns(), "lineage", "updated", "workbook") {
		if c.Name == "owner" {
			out = append(out,
				table.Column[treeview.Row]{
					Name: "export", Heading: "EXPORT", Width: 8, From: 40, Value: state, Style: stateStyle,
					Compare: func(x, y treeview.Row) int { return strings.Compare(state(x), state(y)) },
				},
				table.Column[treeview.Row]{
					Name: "line", Heading: "LINE", Width: 6, From: 50, Right: true, Value: lineNumber,
					Compare: func(x, y treeview.Row) int { return cmp.Compare(lineOf(x), lineOf(y)) },
				})
		}
		out = append(out, c)
	}
	return out
}

// stateOf is what an export does with the row.
func stateOf(r treeview.Row) outlook.State {
	if r.Facts != nil && r.Entry != nil {
		return r.Entry.State
	}
	if d := r.Dashboard(); d != nil {
		return r.View.Outlook.Of(d.Key).State
	}
	return outlook.None
}

func state(r treeview.Row) string { return details.StateWord(stateOf(r)) }

func stateStyle(r treeview.Row) theme.Style {
	switch stateOf(r) {
	case outlook.New:
		return r.View.Styles.Add
	case outlook.Changed:
		return r.View.Styles.Hunk
	case outlook.Removed, outlook.Refused, outlook.Gone, outlook.Yours:
		return r.View.Styles.Warn
	}
	return r.View.Styles.Dim
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
	s := details.StateWord(e.State)
	if e.Line > 0 {
		s += ", line " + strconv.Itoa(e.Line)
	}
	return s
}
