package treeview

import (
	"slices"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/health"
	"darkroom/model/lineage"
	"darkroom/ui/explorer/view"
	"darkroom/ui/table"
	"darkroom/ui/text"
	"darkroom/ui/theme"
	"darkroom/ui/tree"
)

func (v *View) Draw(focused bool) []string {
	rows, first := v.tree.Window()
	fresh := v.drawn.since(v.Drawing)
	if fresh {
		v.drawn.frame = v.frame()
	}
	r := rowDrawer{View: v, frame: v.drawn.frame, cursor: v.Styles.Cursor, head: v.Styles.Focus, buf: make([]byte, 0, 8*v.width)}
	r.from, r.until = v.span()
	if !focused {
		r.cursor, r.head = v.Styles.CursorB, v.Styles.Dim
	}
	if fresh {
		v.drawn.heading = r.heading()
	}
	lines := make([]string, 0, len(rows)+headingLines)
	lines = append(lines, v.drawn.heading)
	for i, row := range rows {
		if first+i == v.tree.Cursor() {
			lines = append(lines, r.line(row, first+i))
			continue
		}
		line, ok := v.drawn.lines[row.ID]
		if !ok {
			line = r.line(row, first+i)
			v.drawn.lines[row.ID] = line
		}
		lines = append(lines, line)
	}
	return lines
}

// drawn keeps rows as they were drawn, but for that of the cursor: when the cursor moves,
// no other row changes.
type drawn struct {
	frame   frame
	heading string
	lines   map[tree.ID]string
	at      int // view.Host.Drawing
}

// mostDrawn are the rows that are kept, a few screens.
const mostDrawn = 500

// since drops what was drawn before a change, and reports that it did.
func (d *drawn) since(drawing int) bool {
	if drawing != 0 && d.at == drawing && len(d.lines) <= mostDrawn {
		return false
	}
	*d = drawn{lines: map[tree.ID]string{}, at: drawing}
	return true
}

// indent is the number of cells before a row's arrow.
func (v *View) indent(depth int) int { return 2 * min(depth, v.width/8) }

// rowDrawer draws rows, each exactly as wide as the view.
type rowDrawer struct {
	*View
	frame
	cursor theme.Style
	head   theme.Style // of the heading

	from, until int // rows of the range
	buf         []byte
	used        int // cells in buf
}

// put adds a text in a style.
func (r *rowDrawer) put(s string, st theme.Style) {
	r.buf = st.Append(r.buf, s)
	r.used += text.Width(s)
}

// to fills up with spaces up to a cell.
func (r *rowDrawer) to(x int) {
	if n := x - r.used; n > 0 {
		r.buf = append(r.buf, text.Spaces(n)...)
		r.used = x
	}
}

func (r *rowDrawer) line(row tree.Row, index int) string {
	it := &r.outline.items[row.ID]
	r.buf, r.used = r.buf[:0], 0
	switch {
	case index == r.tree.Cursor():
		r.put(r.Glyphs.Cursor, r.Styles.Accent)
	case r.inRange(index):
		r.put(r.Glyphs.Dot, r.Styles.Accent)
	}
	r.to(1 + r.indent(row.Depth))
	r.put(r.arrow(row.ID), theme.Style{})
	r.to(r.used + 1)
	r.buf = append(r.buf, r.box(row.ID, it)...)
	r.used += boxWidth
	r.to(r.used + 1)
	of := Row{r.View, row.ID, it}
	if of.Dashboard() != nil || it.facts().Entry != nil {
		r.put(r.PlanSign(does(of)))
		r.to(r.used + 1)
	}
	if of.Dashboard() == nil && !r.inColumns(of) {
		r.parent(of)
	} else {
		r.name(row.ID, it, r.start-1)
		for _, c := range r.columns {
			r.cell(c, of)
		}
	}
	r.to(r.width)
	line := string(r.buf)
	if r.used > r.width { // a screen too narrow for all of it
		line = text.Clip(line, r.width)
	}
	switch {
	case index == r.tree.Cursor():
		return r.cursor.Over(line)
	case r.inRange(index):
		return r.Styles.Range.Over(line)
	}
	return line
}

// inColumns reports an exposure of which the columns say all, where they are shown.
func (r *rowDrawer) inColumns(row Row) bool {
	return row.facts().Entry != nil && r.tally(row.ID).Total() == 0 &&
		slices.ContainsFunc(r.columns, func(c place) bool { return r.Columns[c.column].Name == "exposure" })
}

func (r *rowDrawer) inRange(index int) bool {
	return r.Ranging() && index >= r.from && index <= r.until
}

// name writes the name with its note, up to a cell.
func (r *rowDrawer) name(id tree.ID, it *Item, end int) {
	room := max(end-r.used, 4)
	name, mark := it.Name, r.mark(it)
	if room < len(mark)+6 {
		mark = ""
	}
	trouble, alarm := r.trouble(it)
	room -= len(mark) + text.Width(trouble)
	if it.unlinked() || it.facts().File != nil { // the end of the name of a table or a file says most
		name = text.CutLeft(name, room)
	} else {
		name = text.Cut(name, room)
	}
	r.buf = append(r.buf, r.styled(id, it, name)...)
	r.used += text.Width(name)
	r.put(trouble, alarm)
	r.put(mark, r.Styles.Dim)
	if left := end - r.used - 2; it.Note != "" && left >= 6 {
		r.put("  "+text.Cut(it.Note, left), r.Styles.Dim)
	}
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

// trouble is a sign behind the name of what is degraded or needs caution, where no column
// says it.
func (r *rowDrawer) trouble(it *Item) (string, theme.Style) {
	s, ok := r.HealthOf(it.Node)
	inColumn := ok && r.outline.Graph.Node(it.Node).Dashboard != nil && slices.ContainsFunc(r.columns, func(c place) bool { return r.Columns[c.column].Name == view.HealthName })
	if !ok || inColumn || s < health.Caution {
		return "", theme.Style{}
	}
	sign, style := r.HealthSign(s)
	return " " + sign, style
}

func (r *rowDrawer) cell(at place, row Row) {
	c := &r.Columns[at.column]
	style := r.Styles.Dim
	if c.Style != nil {
		style = c.Style(row)
	}
	r.to(at.x)
	r.put(aligned(c, text.Clean(c.Value(row))), style)
}

func aligned(c *table.Column[Row], value string) string {
	if c.Right {
		return text.PadLeft(value, c.Width)
	}
	return text.Pad(value, c.Width)
}

func (v *View) arrow(id tree.ID) string {
	return v.Glyphs.Arrow(v.outline.HasChildren(id), v.tree.IsOpen(id))
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
