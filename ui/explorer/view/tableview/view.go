// Package tableview makes a view from rows with columns. A view of this kind says
// what its rows are, which columns they have and what each is about; moving,
// sorting, filtering, drawing and what a decision concerns are the same for all of
// them and live here.
package tableview

import (
	"strings"

	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/model/query"
	"darkroom/ui/explorer/details"
	"darkroom/ui/explorer/view"
	"darkroom/ui/table"
	"darkroom/ui/theme"
)

// Spec is what differs between views that are tables.
type Spec[R any] struct {
	Info view.Info
	// Rows makes the rows of a graph, in the background. Key identifies them.
	Rows    func(*lineage.Graph) []R
	Key     func(R) string
	Columns []table.Column[R]
	// Subject is what a row is about. With a Node its details are those of the node.
	Subject func(R) view.Subject
	// Ticked puts a checkbox before the columns: of the dashboards below the subject.
	Ticked bool
	Empty  func(*view.Host) (title, advice string)
}

// View is a view that is a table. It implements view.View.
type View[R any] struct {
	Spec[R]
	*view.Host
	table *table.Table[R]
	rows  []R
	query *query.Bound
	hits  int

	width     int
	rangeFrom int // row where a range began; -1 when none
}

// New makes a view without rows.
func New[R any](h *view.Host, spec Spec[R]) *View[R] {
	v := &View[R]{Spec: spec, Host: h, rangeFrom: -1}
	if spec.Ticked {
		v.Columns = append([]table.Column[R]{v.checkbox()}, spec.Columns...)
	}
	v.table = table.New(v.Columns, spec.Key)
	return v
}

// Info implements view.View.
func (v *View[R]) Info() view.Info { return v.Spec.Info }

// Actions implements view.View.
func (v *View[R]) Actions() []view.Action {
	return []view.Action{
		{Name: "sort.next", Keys: []string{"s"}, Group: view.GroupShow, Title: "order by the next column", Do: view.Still(v.table.SortNext)},
		{Name: "sort.reverse", Keys: []string{"S"}, Group: view.GroupShow, Title: "reverse the order", Do: view.Still(v.table.SortReverse)},
	}
}

// Prepare implements view.View.
func (v *View[R]) Prepare(g *lineage.Graph, _ *curate.Book) func() {
	rows := v.Rows(g)
	return func() {
		v.rows = rows
		v.table.SetRows(rows)
	}
}

// Changed implements view.View: checkboxes are drawn as they are.
func (v *View[R]) Changed(curate.Change) bool { return false }

// Waiting implements view.View.
func (v *View[R]) Waiting() int { return 0 }

// Len implements view.View.
func (v *View[R]) Len() int { return v.table.Len() }

// Empty implements view.View.
func (v *View[R]) Empty() (title, advice string) { return v.Spec.Empty(v.Host) }

// Resize implements view.View.
func (v *View[R]) Resize(width, height int) {
	v.width = width
	v.table.SetHeight(height)
}

// Draw implements view.View.
func (v *View[R]) Draw(focused bool) []string {
	look := table.Look{
		Bar: v.Glyphs.Cursor, Mark: v.Glyphs.Dot, Up: v.Glyphs.Up, Down: v.Glyphs.Down,
		Accent: v.Styles.Accent, Heading: v.Styles.Dim, Cursor: v.Styles.Cursor, Marked: v.inRange,
	}
	if !focused {
		look.Cursor = v.Styles.CursorB
	}
	return v.table.Draw(v.width, &look)
}

// MoveBy implements view.View.
func (v *View[R]) MoveBy(rows int) { v.table.MoveBy(rows) }

// Scroll implements view.View.
func (v *View[R]) Scroll(rows int) { v.table.Scroll(rows) }

// Click implements view.View: a heading orders by its column.
func (v *View[R]) Click(x, line int) (checkbox bool) {
	column := v.table.ColumnAt(x, v.width)
	if line == 0 {
		if column >= 0 && v.Columns[column].Compare != nil {
			by, desc := v.table.Sorted()
			v.table.SortBy(column, by == column && !desc)
		}
		return false
	}
	first, end := v.table.Window()
	if row := first + line - 1; row < end {
		v.table.MoveTo(row)
		return v.Ticked && column == 0
	}
	return false
}

// CursorLine implements view.Pointer: a heading is above the rows.
func (v *View[R]) CursorLine() int {
	first, _ := v.table.Window()
	return v.table.Cursor() - first + 1
}

// At implements view.View.
func (v *View[R]) At() (view.Subject, bool) {
	row, ok := v.table.Current()
	if !ok {
		return view.Subject{Node: lineage.None}, false
	}
	s := v.Subject(row)
	s.Decides = len(s.Below)
	return s, true
}

// Position implements view.View.
func (v *View[R]) Position() int { return v.table.Position() }

// Crumbs implements view.View.
func (v *View[R]) Crumbs() []string {
	if s, ok := v.At(); ok {
		return []string{s.Name}
	}
	return nil
}

// Details implements view.View.
func (v *View[R]) Details(width int) []string {
	s, ok := v.At()
	if !ok {
		return nil
	}
	p := details.NewPage(v.Host, width)
	if s.Node == lineage.None {
		p.Title(s.Name)
	} else {
		p.Node(s.Node)
	}
	return p.Lines
}

// Here implements view.View.
func (v *View[R]) Here() func(reveal bool) {
	row, ok := v.table.Current()
	return func(bool) {
		if ok {
			v.table.Seek(v.Key(row))
		}
	}
}

// Go implements view.View.
func (v *View[R]) Go(node lineage.ID) (found, shown bool) {
	for _, row := range v.rows {
		if v.Subject(row).Node == node {
			return true, v.table.Seek(v.Key(row))
		}
	}
	return false, false
}

// Filter implements view.View: a row is shown when its node meets the terms and its
// columns have all words.
func (v *View[R]) Filter(q *query.Bound) {
	v.query, v.hits = q, 0
	if q == nil {
		v.table.SetFilter(nil)
		return
	}
	v.table.SetFilter(v.matches)
	v.hits = v.table.Len()
}

func (v *View[R]) matches(row R) bool {
	if s := v.Subject(row); v.query.HasTerms() && (s.Node == lineage.None || !v.query.Meets(s.Node, true)) {
		return false
	}
	var found uint64
	for i := range v.Columns {
		found |= v.query.Found(strings.ToLower(v.Columns[i].Value(row)))
	}
	return found == v.query.AllWords()
}

// Hits implements view.View.
func (v *View[R]) Hits() int { return v.hits }

// FirstHit implements view.View.
func (v *View[R]) FirstHit() { v.table.MoveTo(0) }

// NextHit implements view.View: every row that is shown is one.
func (v *View[R]) NextHit(dir int) {
	if n := v.table.Len(); n > 0 {
		v.table.MoveTo(((v.table.Cursor()+dir)%n + n) % n)
	}
}

// checkbox is the column before the others.
func (v *View[R]) checkbox() table.Column[R] {
	return table.Column[R]{
		Width: 3,
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
	for _, d := range v.Subject(row).Below {
		v.Book.Count(&t, d.Key)
	}
	return t.State()
}
