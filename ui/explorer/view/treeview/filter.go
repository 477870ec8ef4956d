package treeview

import (
	"context"
	"slices"

	"darkroom/model/lineage"
	"darkroom/model/query"
	"darkroom/ui/explorer/view"
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

// leadsToHit reports an item that is a hit or has one below it.
func (f *filter) leadsToHit(id tree.ID) bool {
	return f.marks[id] == markHit || f.marks[id] == markPath
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

// barred reports items that what a query excludes keeps out, with all that is below them;
// nil where nothing is excluded.
func (o *Outline) barred(q *query.Bound) func(tree.ID) bool {
	if !q.Excludes() {
		return nil
	}
	return func(id tree.ID) bool {
		it := &o.items[id]
		return q.Unwanted(it.lower, it.text()) || o.isDashboard(it) && q.Bars(it.Node)
	}
}

// kept lists the dashboards, by key, that the filter shows.
func (f *filter) kept(o *Outline) []string {
	var ids []tree.ID
	for _, id := range o.roots {
		if f.keeps(id) {
			ids = append(ids, id)
		}
	}
	return view.Keys(f.shown(o, ids)...)
}

func (v *View) Filter(q *query.Bound) {
	if q == nil {
		v.filter = filter{}
		v.tree.SetFilter(tree.Filter{})
		return
	}
	v.Look()(context.Background(), q).Show()
}

// Look implements view.View. What it finds is found in a copy of the outline, which shares
// the items until it makes some.
func (v *View) Look() func(context.Context, *query.Bound) view.Answer {
	o, before := v.outline, v.filter
	seen, n := o.copied(), len(o.items)
	return func(ctx context.Context, q *query.Bound) view.Answer {
		o.looked.RLock()
		defer o.looked.RUnlock()
		f := applied(ctx, seen, q, &before)
		show := func() {
			if v.outline != o || len(o.items) != n { // rows came meanwhile
				v.Filter(q)
				return
			}
			v.show(seen, f)
		}
		return view.Answer{Hits: f.hits, Show: show, Shown: func() []string {
			o.looked.RLock()
			defer o.looked.RUnlock()
			return f.kept(seen)
		}}
	}
}

// show takes a filter in, with the items that were made for it.
func (v *View) show(seen *Outline, f filter) {
	if o := v.outline; !seen.lent {
		o.items, o.parents = seen.items, seen.parents
	}
	f.bars = v.outline.barred(f.query)
	v.filter = f
	v.tree.SetFilter(tree.Filter{Keep: v.filter.keeps, Open: v.filter.opens})
}

// copied is the outline as it is now, to look at and to make items in, in the background.
func (o *Outline) copied() *Outline {
	o.count()
	n := len(o.items)
	return &Outline{
		Graph: o.Graph, Whole: o.Whole, Grow: o.Grow, Leaf: o.Leaf, roots: o.roots, groups: o.groups, deep: o.deep, totals: o.totals,
		items: o.items[:n:n], parents: o.parents[:n:n], lent: true,
	}
}
