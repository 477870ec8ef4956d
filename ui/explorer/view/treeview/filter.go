package treeview

import (
	"slices"

	"darkroom/model/lineage"
	"darkroom/model/query"
	"darkroom/ui/tree"
)

// mark says what a filter makes of an item.
type mark uint8

const (
	markHidden mark = iota
	markPath        // an ancestor of a hit: shown dim and open
	markHit         // matches itself
	markInside      // below a hit: shown as if there were no filter
)

// filter is what a query makes of the items that exist when it is applied. The
// zero filter shows everything.
type filter struct {
	query *query.Bound
	marks []mark
	open  []bool // items with hits below them
	hits  int    // items that match themselves
	// within counts the hits of each item: itself and below.
	within []int32
	// bars reports an item that what is excluded keeps out; nil where nothing is excluded.
	bars func(tree.ID) bool
	// counted is what is left below the rows that were drawn.
	counted map[tree.ID]*shown
}

// keeps reports whether an item is shown.
func (f *filter) keeps(id tree.ID) bool { return f.mark(id) != markHidden }

func (f *filter) mark(id tree.ID) mark {
	if int(id) < len(f.marks) {
		return f.marks[id]
	}
	if f.bars != nil && f.bars(id) {
		return markHidden
	}
	return markInside // no filter, or made since: below an opened dashboard or resource
}

// opens reports whether an item is shown open because of hits below it.
func (f *filter) opens(id tree.ID) bool { return int(id) < len(f.open) && f.open[id] }

// shown lists the dashboards at or below items that the filter shows, in their order
// and each of them once: no part of the graph is searched twice.
func (f *filter) shown(o *Outline, ids []tree.ID) (shown [][]*lineage.Dashboard) {
	s := o.Graph.NewSweep()
	defer s.Close()
	whole := map[tree.ID]bool{} // all below these is listed
	for _, id := range ids {
		switch inside := f.mark(id) == markInside; {
		case whole[o.items[id].parent]:
			whole[id] = true
			continue
		case inside:
			shown = append(shown, o.sweep(s, id))
			whole[id] = true
		default:
			shown = append(shown, s.Below(f.shownNodes(o, id, nil)...))
			whole[id] = !f.opens(id)
		}
	}
	if f.bars != nil {
		for i, list := range shown {
			shown[i] = slices.DeleteFunc(slices.Clone(list), func(d *lineage.Dashboard) bool { return f.query.Bars(d.ID) })
		}
	}
	return shown
}

// shownNodes gathers the resources and dashboards that make up what is shown below
// an item: the hits, or all of a hit that has none below it.
func (f *filter) shownNodes(o *Outline, id tree.ID, into []lineage.ID) []lineage.ID {
	before := len(into)
	if !f.opens(id) {
		return o.nodes(id, into)
	}
	for _, child := range o.items[id].children {
		if f.keeps(child) && !o.items[child].aside() {
			into = f.shownNodes(o, child, into)
		}
	}
	if len(into) == before {
		return o.nodes(id, into)
	}
	return into
}

// applied decides what each item is.
func applied(o *Outline, q *query.Bound) filter {
	m := marker{o: o}
	m.query = q
	if q.Problem != "" {
		m.marks = make([]mark, len(o.items))
		return m.filter
	}
	if q.Excludes() {
		m.bars = m.isBarred
	}
	m.grow()
	m.marks, m.open, m.within = make([]mark, len(o.items)), make([]bool, len(o.items)), make([]int32, len(o.items))
	m.findHits()
	m.showPaths()
	m.showInside()
	return m.filter
}

// marker makes the filter. It passes over the items in the order of their ids, in which
// what is above an item comes before it.
type marker struct {
	filter
	o *Outline
}

// grow makes the lazy children that a query can reach: dashboards right below resources.
func (m *marker) grow() {
	reached := map[lineage.ID]bool{}
	lower := query.LowerTitles(m.o.Graph)
	for i, d := range m.o.Graph.Dashboards() {
		if m.couldHit(d, lower[i]) {
			for _, up := range m.o.Graph.Upstream(d.ID) {
				reached[up] = true
			}
		}
	}
	if len(reached) == 0 {
		return
	}
	for id := range m.o.items {
		it := &m.o.items[id]
		if !it.loaded && m.o.isResource(it) && reached[it.Node] && !m.o.belowDashboard(tree.ID(id)) {
			m.o.Children(tree.ID(id))
		}
	}
}

// couldHit reports whether a dashboard meets the terms and has a word in its title.
func (m *marker) couldHit(d *lineage.Dashboard, lower string) bool {
	if !m.query.HasTerms() && (m.query.OnlyExcludes() || len(m.query.Words) > 0 && m.query.Found(lower, d.Title()) == 0) {
		return false
	}
	return m.query.Meets(d.ID, false)
}

// findHits marks the items that match themselves.
func (m *marker) findHits() {
	words := make([]uint64, len(m.o.items)) // found on the way to each item
	asked := make([]bool, len(words))       // what is below an item is asked, too
	for id, parent := range m.o.parents {
		above := uint64(0)
		if parent != tree.None {
			if !asked[parent] {
				continue
			}
			above = words[parent]
		}
		it := &m.o.items[id]
		if it.aside() || m.bars != nil && m.bars(tree.ID(id)) {
			continue
		}
		asked[id] = m.o.Whole || !m.o.isDashboard(it)
		own := m.found(it)
		words[id] = own | above
		if m.isHit(it, own, above) {
			m.marks[id], m.within[id] = markHit, 1
			m.hits++
		}
	}
}

// showPaths shows what is above a hit, and opens it.
func (m *marker) showPaths() {
	for id := len(m.marks) - 1; id >= 0; id-- {
		parent := m.o.parents[id]
		if m.marks[id] == markHidden || parent == tree.None {
			continue
		}
		m.open[parent] = true
		m.within[parent] += m.within[id]
		if m.marks[parent] == markHidden {
			m.marks[parent] = markPath
		}
	}
}

// showInside shows all that is below a hit without hits of its own.
func (m *marker) showInside() {
	for id, parent := range m.o.parents {
		if parent == tree.None || m.marks[id] != markHidden {
			continue
		}
		whole := m.marks[parent] == markInside || m.marks[parent] == markHit && !m.open[parent]
		if whole && (m.bars == nil || !m.bars(tree.ID(id))) {
			m.marks[id] = markInside
		}
	}
}

// found are the words in an item's own text, and in the names of what a dashboard reads,
// where those have no rows of their own.
func (m *marker) found(it *Item) uint64 {
	own := m.query.Found(it.lower, it.text())
	if own != m.query.AllWords() && !m.query.IsSimilar() && !m.o.Whole && m.o.isDashboard(it) && !m.belowResource(it) {
		own |= m.query.Found(m.query.Reads(it.Node))
	}
	return own
}

// belowResource: below a resource a dashboard is there because of that one; elsewhere
// what it reads counts, too.
func (m *marker) belowResource(it *Item) bool {
	return it.parent != tree.None && m.o.isResource(&m.o.items[it.parent])
}

// isBarred reports an item that what is excluded keeps out, with all that is below it.
func (m *marker) isBarred(id tree.ID) bool {
	it := &m.o.items[id]
	return m.query.Unwanted(it.lower, it.text()) || m.o.isDashboard(it) && m.query.Bars(it.Node)
}

// isHit: every word is in the path, one of them in the item's own name, and every
// term is met by the resource or dashboard itself. A dashboard that terms ask about may
// have all words above it.
func (m *marker) isHit(it *Item, own, above uint64) bool {
	switch {
	case own == 0 && len(m.query.Words) > 0 && !(m.query.HasTerms() && m.o.isDashboard(it)), own|above != m.query.AllWords():
		return false
	case !m.query.HasTerms():
		return !it.Group || !m.query.OnlyExcludes()
	}
	if e := it.facts().Entry; e != nil {
		return m.query.MeetsEntry(e)
	}
	return it.Node != lineage.None && m.query.Meets(it.Node, !m.belowResource(it))
}
