package treeview

import (
	"context"

	"darkroom/model/query"
	"darkroom/ui/explorer/view"
	"darkroom/ui/tree"
)

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
