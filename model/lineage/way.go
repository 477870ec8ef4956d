package lineage

import "slices"

// ManyWays is where Way stops counting: more are not different to a reader.
const ManyWays = 1000

// Way is the shortest way from a node down to another, both ends included, and the
// number of all ways, ManyWays at most. Of equally short ones it is the same each time.
// It is empty when nothing leads there.
func (g *Graph) Way(from, to ID) (shortest []ID, ways int) {
	if from == to {
		return []ID{from}, 1
	}
	up := g.climb(from, to)
	for at := slices.Index(up.found, from); at >= 0; at = int(up.next[at]) {
		shortest = append(shortest, up.found[at])
	}
	if len(shortest) == 0 {
		return nil, 0
	}
	return shortest, g.countWays(from, to, up.found)
}

// climbed is what was found on the way up from a node: next is, for each, the place of
// the node that it was reached from, -1 for the first.
type climbed struct {
	found []ID
	next  []int32
}

// climb goes upstream from a node, breadth first, and leaves out what cannot be
// downstream of another one.
func (g *Graph) climb(from, to ID) climbed {
	r, v := g.Ranks(), g.visit()
	defer g.scratch.Put(v)
	c := climbed{[]ID{to}, []int32{-1}}
	v.seen[to] = v.now
	for i := 0; i < len(c.found); i++ {
		for _, id := range g.up.neighbours(c.found[i]) {
			if v.seen[id] != v.now && !r.above(id, from) {
				v.seen[id] = v.now
				c.found, c.next = append(c.found, id), append(c.next, int32(i))
			}
		}
	}
	return c
}

// countWays counts the ways between two nodes through some others, upstream first. In a
// cycle an edge that leads back upstream does not count.
func (g *Graph) countWays(from, to ID, through []ID) int {
	r := g.Ranks()
	slices.SortFunc(through, func(a, b ID) int { return int(r.place(b) - r.place(a)) })
	ways := map[ID]int{from: 1}
	for _, id := range through {
		if id == from {
			continue
		}
		n := 0
		for _, parent := range g.up.neighbours(id) {
			if r.place(parent) > r.place(id) {
				n += ways[parent]
			}
		}
		ways[id] = min(n, ManyWays)
	}
	return max(ways[to], 1) // it was found
}

// Line is the longest way down to a node, from where nothing is upstream any more: what
// the node is made of, each once. It ends with the node.
func (g *Graph) Line(to ID) []ID {
	r := g.Ranks()
	line := []ID{to}
	for at := to; ; {
		parents := g.up.neighbours(at)
		best := None
		for _, id := range parents {
			if r.before(id, at) && (best == None || r.depth[id] > r.depth[best]) {
				best = id
			}
		}
		if best == None {
			slices.Reverse(line)
			return line
		}
		line = append(line, best)
		at = best
	}
}

// Ranks says how the resources of a graph are ordered: whatever is upstream of a node
// has a greater place, except in a cycle.
type Ranks struct {
	order *order
	at    []int32 // place by ID
	depth []int32 // edges on the longest way to the node
}

// Ranks are found once for a graph. Ask for them first in the background.
func (g *Graph) Ranks() *Ranks { return Derived(g, ranksOf) }

func ranksOf(g *Graph) *Ranks {
	o := Derived(g, orderOf)
	r := &Ranks{order: o, at: make([]int32, g.resources), depth: make([]int32, g.resources)}
	for i, id := range o.nodes {
		r.at[id] = int32(i + 1)
	}
	for _, id := range slices.Backward(o.nodes) {
		for _, parent := range g.up.neighbours(id) {
			if o.of[parent] != o.of[id] {
				r.depth[id] = max(r.depth[id], r.depth[parent]+1)
			}
		}
	}
	return r
}

// place is 0 for dashboards: nothing is downstream of them.
func (r *Ranks) place(id ID) int32 {
	if int(id) >= len(r.at) {
		return 0
	}
	return r.at[id]
}

// above reports a resource that cannot be downstream of another node.
func (r *Ranks) above(id, from ID) bool {
	return int(from) >= len(r.at) || r.order.of[id] > r.order.of[from]
}

// before reports a parent that is not in a cycle with its child.
func (r *Ranks) before(parent, child ID) bool {
	return int(child) >= len(r.at) || r.order.of[parent] != r.order.of[child]
}
