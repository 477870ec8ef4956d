package treeview

import (
	"slices"
	"strings"

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
	m := marker{o: o, could: map[lineage.ID]bool{}}
	m.query = q
	if q.Problem != "" {
		m.marks = make([]mark, len(o.items))
		return m.filter
	}
	if q.Excludes() {
		m.bars = m.isBarred
	}
	for id := range o.items { // lazy children that a query can reach
		it := &o.items[id]
		if !it.loaded && o.isResource(it) && !o.belowDashboard(tree.ID(id)) && m.anyDirectHit(it.Node) {
			o.Children(tree.ID(id))
		}
	}
	m.marks, m.open, m.within = make([]mark, len(o.items)), make([]bool, len(o.items)), make([]int32, len(o.items))
	for _, id := range o.roots {
		m.visit(id, 0)
	}
	return m.filter
}

// marker walks an outline and makes the filter.
type marker struct {
	filter
	o     *Outline
	could map[lineage.ID]bool
}

// anyDirectHit reports whether a dashboard right below a resource could match.
func (m *marker) anyDirectHit(id lineage.ID) bool {
	for _, down := range m.o.Graph.Downstream(id) {
		d := m.o.Graph.Node(down).Dashboard
		if d != nil && m.couldHit(d) {
			return true
		}
	}
	return false
}

// couldHit reports whether a dashboard meets the terms and has a word in its
// title. It is asked once per dashboard, however many resources it reads.
func (m *marker) couldHit(d *lineage.Dashboard) bool {
	could, known := m.could[d.ID]
	if !known {
		could = (m.query.HasTerms() || !m.query.OnlyExcludes()) && m.query.Meets(d.ID, false) &&
			(len(m.query.Words) == 0 || m.query.HasTerms() || m.query.Found(strings.ToLower(d.Title()), d.Title()) != 0)
		m.could[d.ID] = could
	}
	return could
}

// visit marks id and what is below it, given the words found above it, and
// reports whether anything is shown.
func (m *marker) visit(id tree.ID, above uint64) bool {
	if m.bars != nil && m.bars(id) {
		return false
	}
	it, before := &m.o.items[id], m.hits
	own := m.found(it)
	hit := m.isHit(it, own, above)
	kept := false
	if it.loaded && (m.o.Whole || !m.o.isDashboard(it)) {
		for _, child := range it.children {
			if !m.o.items[child].aside() && m.visit(child, above|own) {
				kept = true
			}
		}
	}
	switch {
	case hit:
		m.marks[id] = markHit
		m.hits++
		if !kept {
			m.inside(id)
		}
	case kept:
		m.marks[id] = markPath
	}
	if kept {
		m.open[id] = true
	}
	m.within[id] = int32(m.hits - before)
	return hit || kept
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

// inside shows all that is below a hit without hits of its own.
func (m *marker) inside(id tree.ID) {
	for _, child := range m.o.items[id].children {
		if m.bars != nil && m.bars(child) {
			continue
		}
		m.marks[child] = markInside
		m.inside(child)
	}
}
