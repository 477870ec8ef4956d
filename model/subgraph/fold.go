package subgraph

import (
	"fmt"
	"slices"
	"strings"

	"darkroom/model/lineage"
)

// group are nodes that can be one node, in the order in which they are folded last.
type group struct {
	kind    Fold
	key     string
	members []ref
}

// folded makes what is visible of what is there.
func (b *builder) folded() *Subgraph {
	in := map[ref]*group{}
	var groups []*group
	if b.opt.Collapse {
		groups = append(groups, b.chains()...)
	}
	for _, g := range groups {
		b.fold(g, 0, in)
	}
	siblings := b.siblings(in)
	limit := b.opt.Siblings
	if limit <= 0 {
		limit = Most
	}
	for ; limit > 1 && b.count(in, siblings, limit) > Most; limit /= 2 {
	}
	for _, g := range siblings {
		if !b.opt.Open[g.key] {
			b.fold(g, limit-1, in)
		}
	}
	b.foldBeyond(in)
	return b.build(in)
}

// fold makes one node of the members of a group but the first ones, when that leaves
// fewer nodes.
func (b *builder) fold(g *group, keep int, in map[ref]*group) {
	if len(g.members)-keep < 2 {
		return
	}
	g.members = g.members[max(keep, 0):]
	for _, at := range g.members {
		in[at] = g
	}
}

// count is how many nodes are visible with so many siblings.
func (b *builder) count(in map[ref]*group, siblings []*group, limit int) int {
	n := len(b.order) - len(in)
	seen := map[*group]bool{}
	for _, g := range in {
		if !seen[g] {
			seen[g] = true
			n++
		}
	}
	for _, g := range siblings {
		if len(g.members) > limit && !b.opt.Open[g.key] {
			n -= len(g.members) - limit
		}
	}
	return n
}

// chains are the resources in a row of at least two with one parent and one child each.
func (b *builder) chains() (out []*group) {
	inner := func(at ref) bool {
		return b.class(at) == FoldResources && !b.roots[at] && len(b.up[at]) == 1 && len(b.down[at]) == 1
	}
	for _, at := range b.order {
		if !inner(at) || inner(b.up[at][0]) {
			continue
		}
		g := &group{kind: FoldChain, key: fmt.Sprint("chain ", at)}
		for ; inner(at); at = b.down[at][0] {
			g.members = append(g.members, at)
		}
		if !b.opt.Open[g.key] {
			out = append(out, g)
		}
	}
	return out
}

// siblings are the nodes of one kind that have the same parents and no children, or the
// same children and no parents.
func (b *builder) siblings(folded map[ref]*group) (out []*group) {
	byKey := map[string]*group{}
	for _, at := range b.order {
		side, near := "below", b.up[at]
		if len(near) == 0 {
			side, near = "above", b.down[at]
		} else if len(b.down[at]) > 0 {
			continue
		}
		if b.roots[at] || folded[at] != nil || len(near) == 0 {
			continue
		}
		kind := b.class(at)
		key := fmt.Sprint(kind, side, near)
		g := byKey[key]
		if g == nil {
			g = &group{kind: kind, key: key}
			byKey[key] = g
			out = append(out, g)
		}
		g.members = append(g.members, at)
	}
	for _, g := range out {
		slices.SortStableFunc(g.members, b.byViews)
	}
	return out
}

// foldBeyond counts what is furthest from the roots, when there is too much to be shown:
// in one node upstream of all and in one downstream.
func (b *builder) foldBeyond(in map[ref]*group) {
	most := Most
	if b.opt.Nodes > 0 {
		most = min(b.opt.Nodes, Most)
	}
	if b.count(in, nil, 0) <= most {
		return
	}
	near := slices.Clone(b.order)
	slices.SortStableFunc(near, func(x, y ref) int { return b.distance[x] - b.distance[y] })
	above, below := &group{kind: FoldBeyond, key: "beyond above"}, &group{kind: FoldBeyond, key: "beyond below"}
	upstream := b.upstream()
	visible, seen := 2, map[*group]bool{}
	for _, at := range near {
		if g := in[at]; g != nil && seen[g] {
			continue
		} else if g != nil && visible < most {
			seen[g] = true
		}
		if visible < most {
			visible++
			continue
		}
		to := below
		if upstream[at] {
			to = above
		}
		to.members = append(to.members, at)
		in[at] = to
	}
}

// upstream are the nodes that a root depends on.
func (b *builder) upstream() map[ref]bool {
	seen := map[ref]bool{}
	var stack []ref
	for _, at := range b.order {
		if b.roots[at] {
			stack = append(stack, at)
		}
	}
	for len(stack) > 0 {
		at := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		for _, up := range b.up[at] {
			if !seen[up] {
				seen[up] = true
				stack = append(stack, up)
			}
		}
	}
	return seen
}

// build numbers what is visible.
func (b *builder) build(in map[ref]*group) *Subgraph {
	s := &Subgraph{Total: len(b.order)}
	number, ofGroup := map[ref]int{}, map[*group]int{}
	for _, at := range b.order {
		g := in[at]
		if g == nil {
			number[at] = len(s.Nodes)
			s.Nodes = append(s.Nodes, b.node(at))
		}
	}
	for _, at := range b.order { // the counted ones are last among their siblings
		g := in[at]
		if g == nil {
			continue
		}
		n, ok := ofGroup[g]
		if !ok {
			n = len(s.Nodes)
			ofGroup[g] = n
			s.Nodes = append(s.Nodes, Node{ID: lineage.None, Fold: g.kind, Key: g.key, Count: len(g.members)})
		}
		number[at] = n
		if int(at) < b.g.Len() {
			s.Nodes[n].Folded = append(s.Nodes[n].Folded, lineage.ID(at))
		}
	}
	seen := map[[2]int]bool{}
	for _, at := range b.order {
		for _, to := range b.down[at] {
			e := [2]int{number[at], number[to]}
			if e[0] != e[1] && !seen[e] && !b.back(in[at], in[to]) {
				seen[e] = true
				s.Edges = append(s.Edges, e)
			}
		}
	}
	return s
}

// back reports an edge that leads out of what is beyond, or into what is beyond above:
// it could close a cycle that is not there.
func (b *builder) back(from, to *group) bool {
	beyond := func(g *group, side string) bool {
		return g != nil && g.kind == FoldBeyond && strings.HasSuffix(g.key, side)
	}
	return beyond(from, "below") || beyond(to, "above")
}

func (b *builder) node(at ref) Node {
	n := Node{ID: lineage.None, Root: b.roots[at]}
	if i := int(at) - b.g.Len(); i >= 0 {
		n.Exposure = &b.declared.All[i]
	} else {
		n.ID = lineage.ID(at)
	}
	return n
}
