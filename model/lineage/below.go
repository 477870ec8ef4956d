package lineage

import "slices"

// DashboardsBelow lists every dashboard that depends on one of the nodes, at any
// distance, in graph order. A dashboard among the nodes counts itself. For numbers of
// many nodes see [Counts], for lists of many see [Sweep].
func (g *Graph) DashboardsBelow(from ...ID) []*Dashboard {
	s := g.NewSweep()
	defer s.Close()
	return s.Below(from...)
}

// Sweep lists the dashboards below many nodes, each of them once: it goes through no
// node a second time. Close it after use.
type Sweep struct {
	g *Graph
	v *visit
}

// NewSweep starts a sweep.
func (g *Graph) NewSweep() *Sweep { return &Sweep{g, g.visit()} }

// Close ends the sweep.
func (s *Sweep) Close() { s.g.scratch.Put(s.v) }

// Below is DashboardsBelow without what the sweep has listed already.
func (s *Sweep) Below(from ...ID) []*Dashboard {
	g, v := s.g, s.v
	first := ID(g.resources) // dashboards are the last nodes, in their own order
	var below []ID
	stack := v.stack[:0]
	push := func(id ID) {
		if v.seen[id] == v.now {
			return
		}
		v.seen[id] = v.now
		if id >= first {
			below = append(below, id)
		} else {
			stack = append(stack, id)
		}
	}
	for _, id := range from {
		push(id)
	}
	visited := len(from)
	for len(stack) > 0 {
		id := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		next := g.down.neighbours(id)
		visited += len(next)
		for _, id := range next {
			push(id)
		}
	}
	v.stack = stack
	g.visits.Add(int64(visited))
	slices.Sort(below)
	out := make([]*Dashboard, len(below))
	for i, id := range below {
		out[i] = g.Node(id).Dashboard
	}
	return out
}

// Visits is how many edges and nodes the searches up and down have followed so far. Tests of
// how work grows read it.
func (g *Graph) Visits() int { return int(g.visits.Load()) }

// visit is the scratch of one walk: seen[id] == now means visited. It is used
// again, because clearing 100,000 marks costs more than most walks.
type visit struct {
	seen  []uint32
	now   uint32
	stack []ID
}

func (g *Graph) visit() *visit {
	v, _ := g.scratch.Get().(*visit)
	if v == nil {
		v = &visit{seen: make([]uint32, g.Len())}
	}
	if v.now++; v.now == 0 { // it wrapped round
		clear(v.seen)
		v.now = 1
	}
	return v
}
