package around

import (
	"darkroom/model/subgraph"
	"darkroom/ui/explorer/view"
)

func (v *View) Actions() []view.Action {
	type act = view.Action
	const move, show = view.GroupMove, view.GroupShow
	hops := func(n *int, by int) func() {
		return func() {
			if *n = max(*n+by, 0); by < 0 && *n == 0 && v.opt.Up == 0 && v.opt.Down == 0 {
				*n = 1 // the centre alone says nothing
			}
			v.redraw()
		}
	}
	both := func(by int) func() {
		return func() {
			v.opt.Up, v.opt.Down = max(v.opt.Up+by, 1), max(v.opt.Down+by, 1)
			v.redraw()
		}
	}
	return []act{
		{Name: "lineage.upstream", Keys: []string{"left", "h"}, Group: move, Title: "go upstream along an edge", Why: v.nothing, Do: view.Still(func() { v.along(-1) })},
		{Name: "lineage.downstream", Keys: []string{"right", "l"}, Group: move, Title: "go downstream along an edge", Why: v.nothing, Do: view.Still(func() { v.along(1) })},
		{Name: "lineage.scroll-left", Keys: []string{"shift+left"}, Group: move, Title: "show what is further left", Why: v.nothing, Do: view.Still(func() { v.scrollAside(-v.Width / 2) })},
		{Name: "lineage.scroll-right", Keys: []string{"shift+right"}, Group: move, Title: "show what is further right", Why: v.nothing, Do: view.Still(func() { v.scrollAside(v.Width / 2) })},
		{Name: "lineage.centre", Keys: []string{"enter"}, Group: show, Title: "draw around this node; draw the nodes that are counted", Hint: "centre", Why: v.nothing, Do: view.Still(v.open)},
		{Name: "lineage.more", Keys: []string{"+", "="}, Group: show, Title: "draw one step more, upstream and downstream", Hint: "more", Why: v.nothing, Do: view.Still(both(1))},
		{Name: "lineage.fewer", Keys: []string{"-"}, Group: show, Title: "draw one step less, upstream and downstream", Hint: "fewer", Why: v.nothing, Do: view.Still(both(-1))},
		{Name: "lineage.more-upstream", Keys: []string{"("}, Group: show, Title: "draw one step more upstream", Why: v.nothing, Do: view.Still(hops(&v.opt.Up, 1))},
		{Name: "lineage.fewer-upstream", Keys: []string{")"}, Group: show, Title: "draw one step less upstream", Why: v.nothing, Do: view.Still(hops(&v.opt.Up, -1))},
		{Name: "lineage.more-downstream", Keys: []string{"}"}, Group: show, Title: "draw one step more downstream", Why: v.nothing, Do: view.Still(hops(&v.opt.Down, 1))},
		{Name: "lineage.fewer-downstream", Keys: []string{"{"}, Group: show, Title: "draw one step less downstream", Why: v.nothing, Do: view.Still(hops(&v.opt.Down, -1))},
		{Name: "lineage.collapse", Keys: []string{"f"}, Group: show, Title: "draw models in a row as one, and back", Hint: "collapse chains", Why: v.nothing, Do: view.Still(func() { v.opt.Collapse = !v.opt.Collapse; v.redraw() })},
		{Name: "lineage.dashboards", Keys: []string{"b"}, Group: show, Title: "draw without dashboards and exposures, and back", Hint: "dashboards", Why: v.nothing, Do: view.Still(func() { v.opt.NoDashboards = !v.opt.NoDashboards; v.redraw() })},
		{Name: "lineage.lens", Keys: []string{"s"}, Group: show, Title: "show kind, health, materialization, usage, decision or (with --state) change beside the names", Hint: "lens", Why: v.nothing, Do: view.Still(func() { v.lens = v.nextLens(); v.redraw() })},
	}
}

func (v *View) nothing() string {
	if v.cursor < 0 {
		return "nothing is drawn: press L on a model or a dashboard in another view"
	}
	return ""
}

// open draws around the cursor's node, or the nodes that it counts.
func (v *View) open() {
	switch n := &v.part.Nodes[v.cursor]; {
	case n.Fold == subgraph.FoldBeyond:
		v.opt.Up, v.opt.Down = max(v.opt.Up-1, 1), max(v.opt.Down-1, 1)
		v.redraw()
	case n.Fold != subgraph.FoldNone:
		folded := n.Folded
		v.opt.Open[n.Key] = true
		v.redraw()
		if len(folded) > 0 {
			v.seek(identity(v.graph, folded[0], nil))
		}
	case n.Root:
	default:
		v.Jump(func() { v.recentre(subgraph.Root{Node: n.ID, Exposure: n.Exposure}) })
	}
}
