package explorer

import (
	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/ui/text"
	"darkroom/ui/theme"
	"darkroom/ui/tree"
)

// columns are the widths to the right of the names.
type columns struct{ kind, count int }

func columnsFor(width int) columns {
	switch {
	case width >= 66:
		return columns{kind: 13, count: 15} // "1.2k dashboards"
	case width >= 46:
		return columns{kind: 0, count: 15}
	}
	return columns{kind: 0, count: 6}
}

// treeLines draws the rows on the screen, each exactly width cells.
func (a *App) treeLines(width int) []string {
	t := a.tree()
	rows, first := t.Window()
	lines := make([]string, 0, len(rows))
	for i, r := range rows {
		lines = append(lines, a.row(r, first+i, width))
	}
	return lines
}

func (a *App) row(r tree.Row, index, width int) string {
	it := &a.outline().items[r.ID]
	mark := a.filter.mark(r.ID)
	bar := " "
	switch {
	case index == a.tree().Cursor():
		bar = a.st.Accent.Render(a.gl.Cursor)
	case a.inRange(index):
		bar = a.st.Accent.Render(a.gl.dot)
	}
	head := text.Spaces(2*min(r.Depth, width/8)) + a.arrow(r.ID) + " "
	box := a.box(r.ID, it)
	cols := columnsFor(width)
	kind, count := a.rowColumns(r.ID, it, cols)
	used := 1 + text.Width(head) + 4 + 1 + cols.kind + cols.count + 1
	room := max(width-used, 4)
	name := text.Cut(it.name, room)
	if it.kind == itemRead { // the end of a table's name says most
		name = text.CutLeft(it.name, room)
	}
	drawn := a.nameStyle(it, mark, name)
	if left := room - text.Width(name) - 2; it.note != "" && left >= 6 {
		note := "  " + text.Cut(it.note, left)
		name, drawn = name+note, drawn+a.st.Dim.Render(note)
	}
	line := bar + head + box + " " + drawn + text.Spaces(room-text.Width(name)+1) +
		a.st.Dim.Render(text.Pad(kind, cols.kind)) + a.st.Dim.Render(text.PadLeft(count, cols.count)) + " "
	if over := used + room - width; over > 0 { // a screen too narrow for all of it
		line = text.Clip(line, width)
	}
	if index == a.tree().Cursor() {
		if a.detailsFocused {
			return a.st.CursorB.Over(line)
		}
		return a.st.Cursor.Over(line)
	}
	return line
}

func (a *App) inRange(index int) bool {
	if a.rangeFrom < 0 {
		return false
	}
	c := a.tree().Cursor()
	return index >= min(a.rangeFrom, c) && index <= max(a.rangeFrom, c)
}

func (a *App) arrow(id tree.ID) string {
	switch {
	case !a.outline().HasChildren(id):
		return " "
	case a.tree().IsOpen(id):
		return a.gl.Open
	}
	return a.gl.Closed
}

// box is the checkbox, three cells; below a dashboard it is the state of the
// link instead.
func (a *App) box(id tree.ID, it *item) string {
	if it.kind == itemRead {
		return " " + a.readSign(it) + " "
	}
	if it.kind == itemResource && a.outline().underDashboard(id) {
		return " " + a.st.Good.Render(a.gl.up) + " "
	}
	t := a.tally(id)
	if t.Total() == 0 {
		return "   "
	}
	return a.checkbox(t.State())
}

func (a *App) checkbox(s curate.State) string {
	switch s {
	case curate.AllIncluded:
		return a.st.Included.Render(a.gl.Included)
	case curate.AllExcluded:
		return a.st.Excluded.Render(a.gl.Excluded)
	case curate.Mixed:
		return a.st.Mixed.Render(a.gl.Mixed)
	}
	return a.st.Undecided.Render(a.gl.Undecided)
}

// rowColumns are what stands to the right of a name.
func (a *App) rowColumns(id tree.ID, it *item, cols columns) (kind, count string) {
	wide := cols.count > 8
	switch it.kind {
	case itemDashboard:
		d := a.graph.Node(it.node).Dashboard
		kind, count = linkSummary(d), text.Short(d.Dashboard.Views)
		if wide && count != "" {
			count += " views"
		}
		return kind, count
	case itemResource:
		kind = resourceWord(a.graph.Node(it.node).Resource)
	case itemWorkbook:
		kind = "workbook"
	case itemRead:
		return a.cureWord(it), ""
	}
	n := a.tally(id).Total()
	if g, ok := it.detail.(newsGroup); ok {
		n = g.n
	}
	switch {
	case n == 1 && wide:
		count = "1 dashboard"
	case n > 0 && wide:
		count = text.Short(n) + " dashboards"
	case n > 0:
		count = text.Short(n)
	}
	return kind, count
}

// linkSummary says how far a dashboard's tables are known: "4 tables", "3 of 4".
func linkSummary(d *lineage.Dashboard) string {
	linked, all := d.Counts()
	switch {
	case all == 0:
		return "no tables"
	case linked == all:
		return text.Count(all, "table")
	}
	return text.Short(linked) + " of " + text.Short(all)
}

// resourceWord is the materialization of a model, the kind of anything else.
func resourceWord(r *model.Resource) string {
	if r.Kind == model.KindModel && r.Materialized != "" {
		return text.Clean(r.Materialized)
	}
	return r.Kind.String()
}

// nameStyle colours a name by what it is and underlines what the filter found.
func (a *App) nameStyle(it *item, m mark, name string) string {
	st := a.kindStyle(it)
	if a.filter.active() && m == markPath {
		st = a.st.Dim
	}
	if !a.filter.active() || m != markHit {
		return st.Render(name)
	}
	return theme.Highlight(name, a.filter.query.words, st, a.st.Hit)
}

func (a *App) kindStyle(it *item) theme.Style {
	switch it.kind {
	case itemResource:
		switch a.graph.Node(it.node).Resource.Kind {
		case model.KindSource:
			return a.st.Source
		case model.KindSeed:
			return a.st.Seed
		case model.KindSnapshot:
			return a.st.Snapshot
		}
		return a.st.Model
	case itemDashboard:
		if a.book.Effective(a.graph.Node(it.node).Dashboard.Key) == curate.Excluded {
			return a.st.Excluded
		}
		return a.st.Dashboard
	case itemRead, itemIndirect, itemGone:
		return a.st.Dim
	}
	return a.st.Text
}
