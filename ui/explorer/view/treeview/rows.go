package treeview

import (
	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/ui/table"
	"darkroom/ui/text"
	"darkroom/ui/theme"
	"darkroom/ui/tree"
)

// Draw implements view.View.
func (v *View) Draw(focused bool) []string {
	rows, first := v.tree.Window()
	r := rowDrawer{View: v, columns: table.Shown(v.Columns, v.width), cursor: v.Styles.Cursor}
	for i := range r.columns {
		r.right += r.columns[i].Width
	}
	if !focused {
		r.cursor = v.Styles.CursorB
	}
	lines := make([]string, 0, len(rows))
	for i, row := range rows {
		lines = append(lines, r.line(row, first+i))
	}
	return lines
}

// indent is the number of cells before a row's arrow.
func (v *View) indent(depth int) int { return 2 * min(depth, v.width/8) }

// rowDrawer draws rows, each exactly as wide as the view.
type rowDrawer struct {
	*View
	columns []table.Column[Row]
	right   int // cells of all columns
	cursor  theme.Style
	buf     []byte
}

func (r *rowDrawer) line(row tree.Row, index int) string {
	it := &r.outline.items[row.ID]
	bar := " "
	switch {
	case index == r.tree.Cursor():
		bar = r.Styles.Accent.Render(r.Glyphs.Cursor)
	case r.inRange(index):
		bar = r.Styles.Accent.Render(r.Glyphs.Dot)
	}
	indent, arrow := text.Spaces(r.indent(row.Depth)), r.arrow(row.ID)
	used := 1 + len(indent) + text.Width(arrow) + 1 + 4 + 1 + r.right + 1
	room := max(r.width-used, 4)
	r.buf = append(r.buf[:0], bar...)
	r.buf = append(r.buf, indent...)
	r.buf = append(r.buf, arrow...)
	r.buf = append(r.buf, ' ')
	r.buf = append(r.buf, r.box(row.ID, it)...)
	r.buf = append(r.buf, ' ')
	r.name(row.ID, it, room)
	for i := range r.columns {
		r.cell(&r.columns[i], Row{r.View, row.ID, it})
	}
	r.buf = append(r.buf, ' ')
	line := string(r.buf)
	if used+room > r.width { // a screen too narrow for all of it
		line = text.Clip(line, r.width)
	}
	if index == r.tree.Cursor() {
		return r.cursor.Over(line)
	}
	return line
}

// name writes the name with its note, and the space up to the columns.
func (r *rowDrawer) name(id tree.ID, it *Item, room int) {
	name, mark := it.Name, r.mark(it)
	if room < 2*len(mark) {
		mark = ""
	}
	room -= len(mark)
	if it.unlinked() { // the end of a table's name says most
		name = text.CutLeft(name, room)
	} else {
		name = text.Cut(name, room)
	}
	used := text.Width(name)
	r.buf = append(r.buf, r.styled(id, it, name)...)
	r.buf = append(r.buf, r.Styles.Dim.Render(mark)...)
	if left := room - used - 2; it.Note != "" && left >= 6 {
		note := "  " + text.Cut(it.Note, left)
		r.buf = append(r.buf, r.Styles.Dim.Render(note)...)
		used += text.Width(note)
	}
	r.buf = append(r.buf, text.Spaces(room-used+1)...)
}

// mark says what has to be seen of a row even where its name is cut.
func (r *rowDrawer) mark(it *Item) string {
	if it.Node == lineage.None {
		return ""
	}
	if d := r.outline.Graph.Node(it.Node).Dashboard; d != nil && d.Dashboard.Hidden {
		return "  hidden"
	}
	return ""
}

func (r *rowDrawer) cell(c *table.Column[Row], row Row) {
	value := text.Clean(c.Value(row))
	if c.Right {
		value = text.PadLeft(value, c.Width)
	} else {
		value = text.Pad(value, c.Width)
	}
	style := r.Styles.Dim
	if c.Style != nil {
		style = c.Style(row)
	}
	r.buf = append(r.buf, style.Render(value)...)
}

func (v *View) arrow(id tree.ID) string {
	switch {
	case !v.outline.HasChildren(id):
		return " "
	case v.tree.IsOpen(id):
		return v.Glyphs.Open
	}
	return v.Glyphs.Closed
}

// box is the checkbox, three cells; below a dashboard it is the state of the link
// instead.
func (v *View) box(id tree.ID, it *Item) string {
	switch {
	case it.unlinked() && it.Link != nil && it.Link.Open():
		return " " + v.Styles.Warn.Render(v.Glyphs.Unsure) + " "
	case it.unlinked():
		return " " + v.Styles.Bad.Render(v.Glyphs.Gap) + " "
	case v.outline.isResource(it) && v.outline.belowDashboard(id):
		return " " + v.Styles.Good.Render(v.Glyphs.Up) + " "
	}
	t := v.tally(id)
	if t.Total() == 0 {
		return "   "
	}
	return v.Checkbox(t.State())
}

// styled colours a name by what it is and underlines what the filter found.
func (v *View) styled(id tree.ID, it *Item, name string) string {
	st := v.style(it)
	if v.filter.query == nil {
		return st.Render(name)
	}
	switch v.filter.mark(id) {
	case markPath:
		return v.Styles.Dim.Render(name)
	case markHit:
		return theme.Highlight(name, v.filter.query.Words, st, v.Styles.Hit)
	}
	return st.Render(name)
}

func (v *View) style(it *Item) theme.Style {
	switch {
	case it.Dim:
		return v.Styles.Dim
	case it.Node == lineage.None:
		return v.Styles.Text
	case v.outline.isResource(it):
		return v.resourceStyle(v.Graph.Node(it.Node).Resource)
	case v.Book.Effective(v.Graph.Node(it.Node).Dashboard.Key) == curate.Excluded:
		return v.Styles.Excluded
	}
	return v.Styles.Dashboard
}

func (v *View) resourceStyle(r *model.Resource) theme.Style {
	switch r.Kind {
	case model.KindSource:
		return v.Styles.Source
	case model.KindSeed:
		return v.Styles.Seed
	case model.KindSnapshot:
		return v.Styles.Snapshot
	}
	return v.Styles.Model
}
