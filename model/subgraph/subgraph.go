// Package subgraph takes the part of a graph that is drawn: what is around some nodes,
// within hops, with chains collapsed and siblings folded into counted nodes, so that it
// stays small enough to be drawn (ui/graph) however large the graph is.
//
// Not here: how it is drawn, and what a node is called (ui).
package subgraph

import (
	"cmp"
	"slices"

	"darkroom/model/declared"
	"darkroom/model/lineage"
)

// Most is how many nodes are visible at most.
const Most = 500

// Options say how much is visible.
type Options struct {
	Up, Down int // hops from the roots; -1 is any number
	// NoDashboards leaves dashboards and exposures out, unless they are roots.
	NoDashboards bool
	// Collapse puts nodes in a chain, each with one parent and one child, into one.
	Collapse bool
	// Siblings is how many nodes without children, of one kind and with the same parents,
	// are visible; the others are counted. 0 is as many as fit into Most.
	Siblings int
	// Nodes is how many are visible at most; 0 is Most, which it never exceeds.
	Nodes int
	// Open are the keys of folds that are not folded.
	Open map[string]bool
}

// Root is what a subgraph is around: a node of the graph or, with None, an exposure.
type Root struct {
	Node     lineage.ID
	Exposure *declared.Exposure
}

// Subgraph is what is visible. Edges go downstream, between indices of Nodes.
type Subgraph struct {
	Nodes []Node
	Edges [][2]int
	// Total counts the nodes within the hops, each folded one too.
	Total int
}

// Node is a resource, a dashboard, an exposure, or several of one kind.
type Node struct {
	ID       lineage.ID         // of one resource or dashboard; None otherwise
	Exposure *declared.Exposure // of one exposure
	Root     bool
	Fold     Fold
	Key      string // of a fold, for Options.Open
	Count    int    // of a fold
	Folded   []lineage.ID
}

// Fold says what a counted node has.
type Fold uint8

const (
	FoldNone       Fold = iota
	FoldDashboards      // siblings
	FoldExposures       // siblings
	FoldResources       // siblings
	FoldChain           // resources one after another
	FoldBeyond          // what does not fit at all
)

// ref is a node of the graph, or an exposure behind them.
type ref int32

// builder gathers a subgraph.
type builder struct {
	g        *lineage.Graph
	declared *declared.Index
	opt      Options
	roots    map[ref]bool
	distance map[ref]int // of what is visible, to the nearest root
	order    []ref       // sorted
	up, down map[ref][]ref
}

func Around(g *lineage.Graph, roots []Root, opt Options) *Subgraph {
	b := &builder{
		g: g, declared: declared.Of(g), opt: opt, roots: map[ref]bool{}, distance: map[ref]int{}, up: map[ref][]ref{}, down: map[ref][]ref{},
	}
	var from []ref
	for _, r := range roots {
		at := ref(r.Node)
		if r.Exposure != nil {
			at = ref(g.Len() + r.Exposure.Number)
		}
		if !b.roots[at] {
			b.roots[at] = true
			from = append(from, at)
		}
	}
	b.reach(from, opt.Up, b.parents)
	b.reach(from, opt.Down, b.children)
	b.connect()
	return b.folded()
}

// reach walks breadth first.
func (b *builder) reach(from []ref, hops int, next func(ref) []ref) {
	seen := map[ref]bool{}
	for _, at := range from {
		seen[at] = true
		b.distance[at] = 0
	}
	for step := 1; len(from) > 0 && step-1 != hops; step++ {
		var beyond []ref
		for _, at := range from {
			for _, to := range next(at) {
				if seen[to] {
					continue
				}
				seen[to] = true
				beyond = append(beyond, to)
				if d, known := b.distance[to]; !known || step < d {
					b.distance[to] = step
				}
			}
		}
		from = beyond
	}
}

func (b *builder) parents(at ref) (up []ref) {
	ids := []lineage.ID(nil)
	if i := int(at) - b.g.Len(); i >= 0 {
		ids = b.declared.All[i].Upstream
	} else {
		ids = b.g.Upstream(lineage.ID(at))
	}
	for _, id := range ids {
		up = append(up, ref(id))
	}
	return up
}

// children are the resources, dashboards and exposures that depend on a node directly.
// An exposure that is for a loaded dashboard is that dashboard.
func (b *builder) children(at ref) (down []ref) {
	if int(at) >= b.g.Resources() {
		return nil
	}
	for _, id := range b.g.Downstream(lineage.ID(at)) {
		if to := ref(id); b.visible(to) {
			down = append(down, to)
		}
	}
	for _, x := range b.declared.Below(lineage.ID(at)) {
		if to := ref(b.g.Len() + x.Number); b.visible(to) && (x.Dashboard == nil || b.roots[to]) {
			down = append(down, to)
		}
	}
	return down
}

func (b *builder) visible(at ref) bool {
	return !b.opt.NoDashboards || int(at) < b.g.Resources() || b.roots[at]
}

// connect finds the edges among what is visible.
func (b *builder) connect() {
	for at := range b.distance {
		b.order = append(b.order, at)
	}
	slices.Sort(b.order)
	for _, at := range b.order {
		for _, to := range b.children(at) {
			if _, ok := b.distance[to]; ok {
				b.down[at] = append(b.down[at], to)
				b.up[to] = append(b.up[to], at)
			}
		}
	}
}

// class is what siblings have in common besides their parents.
func (b *builder) class(at ref) Fold {
	switch {
	case int(at) >= b.g.Len():
		return FoldExposures
	case int(at) >= b.g.Resources():
		return FoldDashboards
	}
	return FoldResources
}

// byViews orders the dashboards of a fold by what is looked at most; everything is in
// the order of the graph otherwise.
func (b *builder) byViews(x, y ref) int {
	if b.class(x) == FoldDashboards && b.class(y) == FoldDashboards {
		views := func(at ref) int { return b.g.Node(lineage.ID(at)).Dashboard.Dashboard.Views }
		return cmp.Or(cmp.Compare(views(y), views(x)), cmp.Compare(x, y))
	}
	return cmp.Compare(x, y)
}
