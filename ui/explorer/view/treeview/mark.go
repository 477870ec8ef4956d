package treeview

import (
	"context"

	"darkroom/model/lineage"
	"darkroom/model/query"
	"darkroom/ui/tree"
)

// marker makes the filter. It passes over the items in the order of their ids, in which
// what is above an item comes before it.
type marker struct {
	filter
	o   *Outline
	ctx context.Context // when it ends, so does the passing
}

// applied decides what each item is. What a query narrows is looked at alone.
func applied(ctx context.Context, o *Outline, q *query.Bound, before *filter) filter {
	m := marker{o: o, ctx: ctx}
	m.query = q
	if q.Problem != "" {
		m.marks = make([]mark, len(o.items))
		return m.filter
	}
	m.bars = o.barred(q)
	if len(before.marks) != len(o.items) || !q.Narrows(before.query) {
		before = nil
		m.grow()
	}
	m.marks, m.open, m.within = make([]mark, len(o.items)), make([]bool, len(o.items)), make([]int32, len(o.items))
	m.findHits(before)
	m.showPaths()
	m.showInside()
	return m.filter
}

// stopped reports, now and then, that the answer is not wanted any more.
func (m *marker) stopped(at int) bool { return at&0xfff == 0 && m.ctx.Err() != nil }

// grow makes the lazy children that a query can reach: dashboards right below resources.
func (m *marker) grow() {
	reached := map[lineage.ID]bool{}
	lower := query.LowerTitles(m.o.Graph)
	for i, d := range m.o.Graph.Dashboards() {
		if m.stopped(i) {
			return
		}
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

// findHits marks the items that match themselves: of all items, or of those that did before.
func (m *marker) findHits(before *filter) {
	words := make([]uint64, len(m.o.items)) // found on the way to each item
	asked := make([]bool, len(words))       // what is below an item is asked, too
	for id, parent := range m.o.parents {
		switch {
		case m.stopped(id):
			return
		case before != nil && !before.leadsToHit(tree.ID(id)):
			continue
		}
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
