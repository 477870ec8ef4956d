// Package tableview makes a view from rows with columns. A view of this kind says
// what its rows are, which columns they have and what each is about; moving,
// sorting, filtering, drawing and what a decision concerns are the same for all of
// them and live here.
package tableview

import (
	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/model/query"
	"darkroom/ui/explorer/details"
	"darkroom/ui/explorer/view"
	"darkroom/ui/table"
	"darkroom/ui/text"
	"darkroom/ui/theme"
)

// Spec is what differs between views that are tables.
type Spec[R any] struct {
	Info view.Info
	// Rows makes the rows of a graph, in the background. Key identifies them.
	Rows    func(*lineage.Graph) []R
	Key     func(R) string
	Columns []table.Column[R]
	// Subject is what a row of a graph is about. With a Node its details are those of the
	// node. It and what the columns say are asked in the background, too.
	Subject func(*lineage.Graph, R) view.Subject
	// Ticked puts a checkbox before the columns: of the dashboards below the subject.
	Ticked bool
	// Meets reports whether a row meets the terms of a filter; nil asks its node.
	Meets func(R, *query.Bound) bool
	// Foot is a line below the rows; nil for none.
	Foot  func() string
	Empty func(*view.Host) (title, advice string)
}

// leastFooted is the height from which there is a foot.
const leastFooted = 6

// View is a view that is a table. It implements view.View, with what the table does by itself.
type View[R any] struct {
	Spec[R]
	*view.Host
	*table.Table[R]
	rows  []R
	query *query.Bound // nil is none
	kept  []int        // rows, by index, that it lets through; nil when that is not known

	width     int
	footed    bool // there is room for the foot
	rangeFrom int  // row where a range began; -1 when none
}

// New makes a view without rows.
func New[R any](h *view.Host, spec Spec[R]) *View[R] {
	v := &View[R]{Spec: spec, Host: h, rangeFrom: -1}
	if spec.Ticked {
		v.Columns = append([]table.Column[R]{v.checkbox()}, spec.Columns...)
	}
	v.Table = table.New(v.Columns, spec.Key)
	return v
}

func (v *View[R]) Info() view.Info { return v.Spec.Info }

func (v *View[R]) Prepare(g *lineage.Graph, _ *curate.Book) func() {
	rows := v.Rows(g)
	return func() { v.SetRows(rows) }
}

// SetRows replaces the rows; the cursor stays on the one with its key.
func (v *View[R]) SetRows(rows []R) {
	v.rows, v.kept = rows, nil
	v.Table.SetRows(rows)
}

// Changed implements view.View: checkboxes are drawn as they are.
func (v *View[R]) Changed(curate.Change) bool { return false }

func (v *View[R]) Waiting() int                  { return 0 }
func (v *View[R]) Empty() (title, advice string) { return v.Spec.Empty(v.Host) }

func (v *View[R]) Resize(width, height int) {
	v.width, v.footed = width, v.Foot != nil && height >= leastFooted
	if v.footed {
		height--
	}
	v.Table.SetHeight(height)
}

func (v *View[R]) Draw(focused bool) []string {
	look := table.Look{
		Bar: v.Glyphs.Cursor, Mark: v.Glyphs.Dot, Up: v.Glyphs.Up, Down: v.Glyphs.Down,
		Accent: v.Styles.Accent, Heading: v.Styles.Focus, Cursor: v.Styles.Cursor, Range: v.Styles.Range, Marked: v.inRange,
	}
	if !focused {
		look.Cursor, look.Heading = v.Styles.CursorB, v.Styles.Dim
	}
	lines := v.Table.Draw(v.width, &look)
	if v.footed {
		for first, end := v.Table.Window(); end < first+v.Table.Height(); end++ {
			lines = append(lines, "")
		}
		lines = append(lines, " "+v.Styles.Dim.Render(text.Cut(v.Foot(), v.width-2)))
	}
	return lines
}

// Click implements view.View: a heading orders by its column.
func (v *View[R]) Click(x, line int) (checkbox bool) {
	column := v.Table.ColumnAt(x, v.width)
	if line == 0 {
		if column >= 0 && v.Columns[column].Compare != nil {
			by, down := v.Table.Sorted()
			first := v.Columns[column].Down
			v.Table.SortBy(column, first != (by == column && down == first))
		}
		return false
	}
	first, end := v.Table.Window()
	if row := first + line - 1; row < end {
		v.Table.MoveTo(row)
		return v.Ticked && column == 0
	}
	return false
}

// CursorLine implements view.Pointer: a heading is above the rows.
func (v *View[R]) CursorLine() int {
	first, _ := v.Table.Window()
	return v.Table.Cursor() - first + 1
}

// RowLines implements view.Lined.
func (v *View[R]) RowLines() (first, end int) {
	top, bottom := v.Table.Window()
	return 1, 1 + bottom - top
}

func (v *View[R]) At() (view.Subject, bool) {
	row, ok := v.Table.Current()
	if !ok {
		return view.Subject{Node: lineage.None}, false
	}
	s := v.Subject(v.Graph, row)
	s.Decides = len(s.Below)
	return s, true
}

func (v *View[R]) Crumbs() []string {
	if s, ok := v.At(); ok {
		return []string{s.Name}
	}
	return nil
}

func (v *View[R]) Details(width int) []string { return v.Describe(width, nil).Lines }

// Describe implements view.Detailed.
func (v *View[R]) Describe(width int, rows view.ListRows) view.Details {
	s, ok := v.At()
	if !ok {
		return view.Details{}
	}
	p := details.NewPage(v.Host, width)
	p.Rows = rows
	if s.Node == lineage.None {
		p.Title(s.Name)
	} else {
		p.Node(&s)
	}
	return p.Details
}

func (v *View[R]) Here() func(reveal bool) {
	row, ok := v.Table.Current()
	return func(bool) {
		if ok {
			v.Table.Seek(v.Key(row))
		}
	}
}

func (v *View[R]) Go(node lineage.ID) (found, shown bool) {
	for _, row := range v.rows {
		if v.Subject(v.Graph, row).Node == node {
			return true, v.Table.Seek(v.Key(row))
		}
	}
	return false, false
}

func (v *View[R]) Hits() int {
	if v.query == nil {
		return 0
	}
	return v.Table.Len()
}

// HitAt implements view.Placed.
func (v *View[R]) HitAt() int { return min(v.Table.Cursor()+1, v.Table.Len()) }

func (v *View[R]) FirstHit() { v.Table.MoveTo(0) }

// NextHit implements view.View: every row that is shown is one.
func (v *View[R]) NextHit(dir int) {
	if n := v.Table.Len(); n > 0 {
		v.Table.MoveTo(((v.Table.Cursor()+dir)%n + n) % n)
	}
}

// decision is the name of the column with the checkboxes.
const decision = "decision"

// checkbox is the column before the others.
func (v *View[R]) checkbox() table.Column[R] {
	return table.Column[R]{
		Name: decision, Width: 3, Silent: true, Compare: func(a, b R) int { return curate.CompareStates(v.state(a), v.state(b)) },
		Value: func(row R) string {
			sign, _ := v.CheckboxSign(v.state(row))
			return sign
		},
		Style: func(row R) theme.Style {
			_, style := v.CheckboxSign(v.state(row))
			return style
		},
	}
}

func (v *View[R]) state(row R) curate.State {
	var t curate.Tally
	for _, d := range v.Subject(v.Graph, row).Below {
		v.Book.Count(&t, d.Key)
	}
	return t.State()
}

// All are the rows, shown or not.
func (v *View[R]) All() []R { return v.rows }
