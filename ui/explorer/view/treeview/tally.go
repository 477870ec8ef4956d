package treeview

import (
	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/ui/tree"
)

// Counted is the outline when all its groups are there and counted.
func (o *Outline) Counted() *Outline {
	o.count()
	return o
}

// count counts the dashboards below all items at once, when all groups are there. Views
// ask for it in the background.
func (o *Outline) count() {
	if o.totals != nil {
		return
	}
	o.built = o.items[:len(o.items):len(o.items)]
	for id := tree.ID(len(o.items)) - 1; id >= 0; id-- { // children come after their parents
		it := &o.items[id]
		o.deep = o.deep || o.isResource(it)
		if it.Node != lineage.None || len(it.children) == 0 {
			continue
		}
		members := make([]lineage.ID, 0, len(it.children))
		for _, child := range it.children {
			switch c := &o.items[child]; {
			case c.Node != lineage.None:
				members = append(members, c.Node)
			case c.group != lineage.None:
				members = append(members, c.group)
			}
		}
		it.group = lineage.ID(o.Graph.Len() + len(o.groups))
		o.groups = append(o.groups, members)
	}
	o.totals = o.Graph.NewSums(o.deep, o.groups, func(d *lineage.Dashboard) int { return d.Dashboard.Views })
	o.totals.Add(1, o.Graph.DashboardIDs()...)
	o.totals.AsBelow()
}

// newCounts are zero for every item.
func (o *Outline) newCounts() *lineage.Counts { return o.Graph.NewCounts(o.deep, o.groups) }

// Count is the number of dashboards below an item, without a list of them.
func (o *Outline) Count(id tree.ID) int {
	o.count()
	return o.below(id, o.totals.Of)
}

// Views is how often the dashboards below an item were viewed, each counted once.
func (o *Outline) Views(id tree.ID) int {
	o.count()
	return o.below(id, o.totals.Sum)
}

// below is what counts have for an item.
func (o *Outline) below(id tree.ID, of func(lineage.ID) int) int {
	it := &o.items[id]
	switch {
	case it.aside():
		n := o.below(it.parent, of)
		for _, sibling := range o.items[it.parent].children {
			if o.isDashboard(&o.items[sibling]) {
				n -= of(o.items[sibling].Node)
			}
		}
		return n
	case it.Node == lineage.None && it.group == lineage.None: // it holds nothing
		return 0
	case it.Node == lineage.None:
		return of(it.group)
	case o.isResource(it) && o.dashboardAbove(id) != nil: // for reading, not for ticking
		return 0
	}
	return of(it.Node)
}

// tallies keep the checkboxes of all items. When the book has changed, only what was
// decided since is counted again, and all of it at once.
type tallies struct {
	book    *curate.Book // nil before the first count
	version uint64       // of the book
	traits  []uint8      // of each dashboard: what it counts for
	counts  [3]*lineage.Counts
}

// What a dashboard counts for: the index of its counts.
const (
	asIncluded = iota
	asExcluded
	byHand
)

// traitsOf are the bits of what a dashboard counts for.
func traitsOf(book *curate.Book, key string) (traits uint8) {
	switch book.Effective(key) {
	case curate.Included:
		traits = 1 << asIncluded
	case curate.Excluded:
		traits = 1 << asExcluded
	}
	if book.ByHand(key) {
		traits |= 1 << byHand
	}
	return traits
}

// tally counts the decisions below an item.
func (v *View) tally(id tree.ID) curate.Tally {
	v.outline.count()
	v.tallies.follow(v.outline, v.Book)
	n := func(trait int) int { return v.outline.below(id, v.tallies.counts[trait].Of) }
	t := curate.Tally{Included: n(asIncluded), Excluded: n(asExcluded), ByHand: n(byHand)}
	t.Undecided = v.outline.Count(id) - t.Included - t.Excluded
	return t
}

// follow brings the tallies up to date with a book.
func (t *tallies) follow(o *Outline, book *curate.Book) {
	if t.book == book && t.version == book.Version() {
		return
	}
	if t.book == nil {
		*t = tallies{traits: make([]uint8, len(o.Graph.Dashboards()))}
		for i := range t.counts {
			t.counts[i] = o.newCounts()
		}
	}
	t.book, t.version = book, book.Version()
	var come, gone [len(t.counts)][]lineage.ID
	for i, d := range o.Graph.Dashboards() {
		was, now := t.traits[i], traitsOf(book, d.Key)
		t.traits[i] = now
		for trait := range t.counts {
			switch bit := uint8(1) << trait; {
			case now&^was&bit != 0:
				come[trait] = append(come[trait], d.ID)
			case was&^now&bit != 0:
				gone[trait] = append(gone[trait], d.ID)
			}
		}
	}
	for trait, counts := range t.counts {
		counts.Add(1, come[trait]...)
		counts.Add(-1, gone[trait]...)
	}
}
