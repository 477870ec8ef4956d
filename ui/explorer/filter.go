package explorer

import (
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/ui/input"
	"darkroom/ui/text"
	"darkroom/ui/tree"
)

// filterState is the filter line and what it lets through.
type filterState struct {
	editing bool
	input   textinput.Model
	query   query
	before  string  // what stood there when editing began, for esc
	came    tree.ID // where the cursor was then
	err     string
	// per view, for the items that exist when the filter is applied
	marks [viewCount][]mark
	open  []bool // items of the current view with hits below them
	view  view
	hits  int // items of the current view that match themselves
	// hidden is what hiddenIncluded counted at book version hiddenAt-1.
	hidden   int
	hiddenAt uint64
}

// mark says what a filter makes of an item.
type mark uint8

const (
	markHidden mark = iota
	markPath        // an ancestor of a hit: shown dim and open
	markHit         // matches itself
	markInside      // below a hit: shown as if there were no filter
)

func (f *filterState) active() bool { return !f.query.empty() }

// keeps reports whether an item is shown.
func (f *filterState) keeps(id tree.ID) bool {
	return !f.active() || f.mark(id) != markHidden
}

func (f *filterState) mark(id tree.ID) mark {
	if !f.active() {
		return markInside
	}
	if marks := f.marks[f.view]; int(id) < len(marks) {
		return marks[id]
	}
	return markInside // made since: below an opened dashboard or resource
}

// opens reports whether an item is shown open because of hits below it.
func (f *filterState) opens(id tree.ID) bool { return int(id) < len(f.open) && f.open[id] }

func (a *App) startFilter() tea.Cmd {
	f := &a.filter
	f.editing, f.before, f.came = true, f.query.text, tree.None
	if id, ok := a.tree().Current(); ok {
		f.came = id
	}
	f.input = input.NewLine(f.query.text)
	return nil
}

func (a *App) editFilter(msg tea.KeyMsg) tea.Cmd {
	f := &a.filter
	switch msg.String() {
	case "esc":
		f.editing = false
		a.setFilter(f.before)
		a.tree().Seek(f.came)
		return nil
	case "enter":
		f.editing = false
		return nil
	case "up", "down", "pgup", "pgdown":
		if act, ok := a.keys[msg.String()]; ok {
			return a.run(act)
		}
	}
	var cmd tea.Cmd
	f.input, cmd = f.input.Update(msg)
	if v := f.input.Value(); v != f.query.text {
		a.setFilter(v)
	}
	return cmd
}

func (a *App) setFilter(expr string) {
	a.filter.query, a.filter.err = parseQuery(expr)
	a.rangeFrom = -1
	a.applyFilter()
	a.firstHit()
}

// applyFilter computes what each item of the current view is and hands it to the
// tree. It runs again when the view or the graph changes.
func (a *App) applyFilter() {
	f := &a.filter
	f.view, f.hiddenAt = a.view, 0
	if !f.active() {
		f.marks = [viewCount][]mark{}
		a.tree().SetFilter(tree.Filter{})
		return
	}
	o := a.outline()
	m := marker{o: o, q: f.query.bind(a.graph, a.book), could: map[lineage.ID]bool{}}
	for id := range o.items { // lazy children that a query can reach
		if o.items[id].kind == itemResource && !o.items[id].loaded && a.view == viewModels && !o.underDashboard(tree.ID(id)) {
			if m.anyDirectHit(o.items[id].node) {
				o.Children(tree.ID(id))
			}
		}
	}
	m.marks, m.open = make([]mark, len(o.items)), make([]bool, len(o.items))
	for _, id := range o.roots {
		m.visit(id, 0)
	}
	f.marks[a.view], f.open, f.hits = m.marks, m.open, m.hits
	a.tree().SetFilter(tree.Filter{Keep: f.keeps, Open: f.opens})
}

// shown lists the dashboards at or below an item that the filter shows.
func (f *filterState) shown(o *outline, id tree.ID) []*lineage.Dashboard {
	if !f.active() || f.mark(id) == markInside {
		return o.dashboards(id)
	}
	return o.graph.DashboardsBelow(f.shownNodes(o, id, nil)...)
}

// shownNodes gathers the resources and dashboards that stand for what is shown
// below an item: the hits, or all of a hit that has none below it.
func (f *filterState) shownNodes(o *outline, id tree.ID, into []lineage.ID) []lineage.ID {
	before := len(into)
	if !f.opens(id) {
		return o.nodes(id, into)
	}
	for _, child := range o.items[id].children {
		if f.keeps(child) && o.items[child].kind != itemIndirect {
			into = f.shownNodes(o, child, into)
		}
	}
	if len(into) == before {
		return o.nodes(id, into)
	}
	return into
}

// firstHit puts the cursor on the first row that matches itself.
func (a *App) firstHit() {
	if !a.filter.active() {
		return
	}
	for i, r := range a.tree().Rows() {
		if a.filter.mark(r.ID) == markHit {
			a.tree().MoveTo(i)
			return
		}
	}
	a.tree().MoveTo(0)
}

func (a *App) nextHit(dir int) {
	rows := a.tree().Rows()
	for step := 1; step <= len(rows); step++ {
		i := ((a.tree().Cursor()+dir*step)%len(rows) + len(rows)) % len(rows)
		if a.filter.mark(rows[i].ID) == markHit {
			a.tree().MoveTo(i)
			return
		}
	}
}

func (a *App) noFilter() string {
	if !a.filter.active() {
		return "filter first: /"
	}
	return ""
}

// escape takes one thing away: a range, then the filter. It never quits.
func (a *App) escape() {
	switch {
	case a.rangeFrom >= 0:
		a.rangeFrom = -1
	case a.filter.active():
		id, found := a.tree().Current()
		a.setFilter("")
		if found { // what was found stays under the cursor
			a.tree().Reveal(id)
		}
	case a.zoomed:
		a.zoomed = false
	case a.detailsFocused:
		a.detailsFocused = false
	}
}

// hiddenIncluded counts ticked dashboards that the filter does not show: what is
// written is always the whole choice, so the screen says it.
func (a *App) hiddenIncluded() int {
	f := &a.filter
	if !f.active() {
		return 0
	}
	if f.hiddenAt == a.book.Version()+1 {
		return f.hidden
	}
	f.hidden, f.hiddenAt = 0, a.book.Version()+1
	if a.choice().Included == 0 {
		return 0
	}
	shown := map[string]bool{}
	for _, k := range a.allShown() {
		shown[k] = true
	}
	for _, d := range a.graph.Dashboards() {
		if !shown[d.Key] && a.book.Effective(d.Key) == curate.Included {
			f.hidden++
		}
	}
	return f.hidden
}

func (f *filterState) line(width int) string {
	if f.editing {
		return text.Cut("/"+text.Clean(f.input.Value())+"▏", width)
	}
	return text.Cut("/"+text.Clean(f.query.text), width)
}
