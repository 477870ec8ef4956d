package lineage

// order has the resources, downstream first. Those of one cycle, which depend on each
// other and so have the same below them, are one component and next to each other.
type order struct {
	nodes      []ID
	of         []int32 // component by ID, from 1; those downstream have smaller numbers
	components int
}

// end is where the component ends that begins at a place among the nodes.
func (o *order) end(begin int) int {
	end := begin + 1
	for end < len(o.nodes) && o.of[o.nodes[end]] == o.of[o.nodes[begin]] {
		end++
	}
	return end
}

// orderOf finds the strongly connected components with Tarjan's algorithm, which ends
// them in this very order. It keeps its own stack: a lineage can be deeper than a
// goroutine's stack.
func orderOf(g *Graph) *order {
	o := &order{nodes: make([]ID, 0, g.resources), of: make([]int32, g.resources)}
	s := search{order: o, g: g, found: make([]int32, g.resources), low: make([]int32, g.resources)}
	for id := range ID(g.resources) {
		if s.found[id] == 0 {
			s.from(id)
		}
	}
	return o
}

// search is a depth-first search. found numbers the nodes from 1 as they come; low is
// the smallest number that is known to be in the same component.
type search struct {
	*order
	g          *Graph
	found, low []int32
	count      int32
	open       []ID // without a component yet, in the order in which they came
	path       []turn
}

// turn is a node on the path from where the search began, and its next neighbour.
type turn struct {
	id   ID
	next int
}

func (s *search) from(id ID) {
	s.enter(id)
	for len(s.path) > 0 {
		at := &s.path[len(s.path)-1]
		down := s.g.down.neighbours(at.id)
		if at.next == len(down) {
			s.leave(at.id)
			continue
		}
		next := down[at.next]
		at.next++
		switch {
		case int(next) >= s.g.resources:
		case s.found[next] == 0:
			s.enter(next)
		case s.of[next] == 0: // still open: on the path, or in a cycle with it
			s.low[at.id] = min(s.low[at.id], s.found[next])
		}
	}
}

func (s *search) enter(id ID) {
	s.count++
	s.found[id], s.low[id] = s.count, s.count
	s.open = append(s.open, id)
	s.path = append(s.path, turn{id: id})
}

// leave ends the component that began with a node, if one did.
func (s *search) leave(id ID) {
	s.path = s.path[:len(s.path)-1]
	if len(s.path) > 0 {
		above := s.path[len(s.path)-1].id
		s.low[above] = min(s.low[above], s.low[id])
	}
	if s.low[id] != s.found[id] {
		return
	}
	s.components++
	for {
		last := s.open[len(s.open)-1]
		s.open = s.open[:len(s.open)-1]
		s.of[last] = int32(s.components)
		s.nodes = append(s.nodes, last)
		if last == id {
			return
		}
	}
}
