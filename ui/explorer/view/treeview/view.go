// Package treeview makes a view from an outline: rows that open and close, with
// checkboxes and columns. A view of this kind says how its outline is built and
// which columns it has; moving, folding, filtering, drawing and what a decision
// concerns are the same for all of them and live here. Nothing outside knows of
// outlines.
package treeview

import (
	"maps"

	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/ui/explorer/details"
	"darkroom/ui/explorer/view"
	"darkroom/ui/table"
	"darkroom/ui/tree"
)

// Spec is what differs between views that are trees.
type Spec struct {
	Info view.Info
	// Build makes the outline of a graph, in the background. Groupings are several ways to
	// do that, in place of it; the first one is shown at first.
	Build     func(*lineage.Graph) *Outline
	Groupings []Grouping
	Columns   []table.Column[Row]
	// Empty says what to do when there is no row.
	Empty func(*view.Host) (title, advice string)

	Unfolds  bool // opens as far as fits when rows come
	OpensNew bool // opens groups that were not there before
}

// View is a view that is a tree. It implements view.View.
type View struct {
	Spec
	*view.Host
	outline *Outline
	tree    *tree.Tree
	filter  filter
	tallies tallies

	order    order
	grouping grouping
	chosen   []string // columns; nil for those that the width allows

	width, height int
	anchor        tree.ID // where a range began; None without one
	unfolded      unfolded
	drawn         drawn
}

var (
	_ view.View     = (*View)(nil)
	_ view.Ranger   = (*View)(nil)
	_ view.Detailed = (*View)(nil)
	_ view.Placer   = (*View)(nil)
	_ view.Unfolder = (*View)(nil)
	_ view.Sorter   = (*View)(nil)
	_ view.Columned = (*View)(nil)
	_ view.Grouper  = (*View)(nil)
	_ view.Lined    = (*View)(nil)
)

// New makes a view without rows.
func New(h *view.Host, spec Spec) *View {
	o := &Outline{Graph: lineage.Empty()}
	if at := table.Named(spec.Columns, view.HealthName); at >= 0 {
		spec.Columns[at].Needed = func() bool { return h.Health.HasResults() }
	}
	return &View{Spec: spec, Host: h, outline: o, tree: tree.New(o), order: order{column: -1}, anchor: tree.None}
}

func (v *View) Info() view.Info { return v.Spec.Info }

func (v *View) Prepare(g *lineage.Graph, book *curate.Book) func() {
	b := v.build(g, book, int(v.grouping.wanted.Load()))
	return func() {
		if by := int(v.grouping.wanted.Load()); by != b.grouping { // chosen meanwhile
			b = v.build(g, book, by)
		}
		v.take(b)
	}
}

// Changed implements view.View: checkboxes are counted again by themselves.
func (v *View) Changed(curate.Change) bool { return false }

func (v *View) Waiting() int                  { return 0 }
func (v *View) Len() int                      { return v.tree.Len() }
func (v *View) Empty() (title, advice string) { return v.Spec.Empty(v.Host) }

// Unfold implements view.Unfolder: again when another project or site came, until
// something is opened or closed by hand.
func (v *View) Unfold() {
	open, roots := v.openItems(), len(v.outline.roots)
	if !v.Unfolds || !maps.Equal(v.unfolded.open, open) || roots == v.unfolded.roots && len(open) > 0 {
		return
	}
	defer func() { v.unfolded = unfolded{v.openItems(), roots} }()
	for level := 2; level <= 4; level++ {
		v.tree.ToLevel(level)
		if v.tree.Len() > max(v.height-headingLines, 8) {
			v.tree.ToLevel(max(level-1, 2))
			break
		}
	}
}

// unfolded is what Unfold opened, and of how many roots.
type unfolded struct {
	open  map[tree.ID]bool
	roots int
}

func (v *View) openItems() map[tree.ID]bool {
	open := map[tree.ID]bool{}
	for _, id := range v.tree.OpenItems() {
		open[id] = true
	}
	return open
}

func (v *View) Resize(width, height int) {
	v.width, v.height = width, height
	v.tree.SetHeight(height - headingLines)
}

func (v *View) MoveBy(rows int) { v.tree.MoveBy(rows) }
func (v *View) Scroll(rows int) { v.tree.Scroll(rows) }

// Click implements view.View: a heading orders, the arrow folds, the checkbox decides,
// the name only takes the cursor.
func (v *View) Click(x, line int) (checkbox bool) {
	if line < headingLines {
		if column := v.columnAt(x); column >= 0 && v.Columns[column].Compare != nil {
			v.sortBy(column, v.Columns[column].Down != (v.order.column == column && v.order.down == v.Columns[column].Down))
		}
		return false
	}
	line -= headingLines
	rows, first := v.tree.Window()
	if line < 0 || line >= len(rows) {
		return false
	}
	v.tree.MoveTo(first + line)
	arrow := 1 + v.indent(rows[line].Depth)
	if x >= arrow && x <= arrow+1 {
		v.tree.Toggle()
	}
	return x >= arrow+2 && x <= arrow+4
}

// CursorLine implements view.Pointer.
func (v *View) CursorLine() int {
	_, first := v.tree.Window()
	return headingLines + v.tree.Cursor() - first
}

func (v *View) RowLines() (first, end int) {
	rows, _ := v.tree.Window()
	return headingLines, headingLines + len(rows)
}

func (v *View) At() (view.Subject, bool) {
	id, ok := v.tree.Current()
	if !ok {
		return view.Subject{Node: lineage.None}, false
	}
	it := &v.outline.items[id]
	s := view.Subject{Name: it.Name, Node: it.Node, Of: v.outline.dashboardAbove(id), Above: v.outline.resourcesAbove(id), Decides: v.outline.Count(id)}
	if f := it.Facts; f != nil {
		s.Link, s.Gap, s.Fixes, s.URL, s.Entry, s.File = f.Link, f.Gap, f.Fixes, f.URL, f.Entry, f.File
	}
	return s, true
}

func (v *View) Position() int {
	id, _ := v.tree.Current()
	return int(id)
}

// Climb implements view.Climber.
func (v *View) Climb(levels int) {
	for range levels {
		v.tree.MoveToParent()
	}
}

func (v *View) Crumbs() []string {
	id, ok := v.tree.Current()
	if !ok {
		return nil
	}
	return v.outline.crumbs(id)
}

func (v *View) Details(width int) []string { return v.Describe(width, nil).Lines }

func (v *View) Describe(width int, rows view.ListRows) view.Details {
	id, ok := v.tree.Current()
	if !ok {
		return view.Details{}
	}
	p := details.NewPage(v.Host, width)
	p.Rows = rows
	it := &v.outline.items[id]
	switch s, _ := v.At(); {
	case it.Facts != nil && it.Detail != nil:
		it.Detail.Write(p)
	case it.Node != lineage.None:
		p.Node(&s)
	default:
		p.Title(it.Name)
	}
	if it.Group || it.aside() {
		p.Choice(v.tally(id))
	}
	return p.Details
}

func (v *View) Here() func(reveal bool) {
	id, ok := v.tree.Current()
	return func(reveal bool) {
		switch {
		case !ok:
		case reveal:
			v.tree.Reveal(id)
		default:
			v.tree.Seek(id)
		}
	}
}

func (v *View) Go(node lineage.ID) (found, shown bool) {
	id := v.outline.place(node)
	if id == tree.None {
		return false, false
	}
	return true, v.tree.Reveal(id)
}

func (v *View) Hits() int { return v.filter.hits }

// HitAt implements view.Placed: hits in rows that are folded are passed, too.
func (v *View) HitAt() (n int) {
	for i, r := range v.tree.Rows() {
		if i > v.tree.Cursor() {
			break
		}
		switch hit := v.filter.mark(r.ID) == markHit; {
		case i < v.tree.Cursor() && int(r.ID) < len(v.filter.within) && !v.tree.IsOpen(r.ID):
			n += int(v.filter.within[r.ID])
		case hit:
			n++
		}
	}
	return n
}

func (v *View) FirstHit() {
	for i, r := range v.tree.Rows() {
		if v.filter.mark(r.ID) == markHit {
			v.tree.MoveTo(i)
			return
		}
	}
	v.tree.MoveTo(0)
}

func (v *View) NextHit(dir int) {
	rows := v.tree.Rows()
	for step := 1; step <= len(rows); step++ {
		i := ((v.tree.Cursor()+dir*step)%len(rows) + len(rows)) % len(rows)
		if v.filter.mark(rows[i].ID) == markHit {
			v.tree.MoveTo(i)
			return
		}
	}
}
