package lineage

import "slices"

// adjacency keeps the neighbours of node i in ids[start[i]:start[i+1]].
type adjacency struct {
	start []int32
	ids   []ID
}

func (a adjacency) neighbours(id ID) []ID { return a.ids[a.start[id]:a.start[id+1]] }

// edge goes downstream: to reads from.
type edge struct{ from, to ID }

// adjacencies sorts the edges by counting, twice for each direction; neighbours are sorted
// and unique.
func adjacencies(nodes int, edges []edge) (up, down adjacency) {
	down = newAdjacency(nodes, len(edges))
	for _, e := range edges {
		down.start[e.from+1]++
	}
	next := down.begin()
	for _, e := range edges {
		down.ids[next[e.from]] = e.to
		next[e.from]++
	}
	up = down.turned()
	up.unique()
	return up, up.turned()
}

func newAdjacency(nodes, edges int) adjacency {
	return adjacency{make([]int32, nodes+1), make([]ID, edges)}
}

// begin makes the beginnings of numbers of neighbours, and gives a copy of them.
func (a adjacency) begin() []int32 {
	for i := 1; i < len(a.start); i++ {
		a.start[i] += a.start[i-1]
	}
	return slices.Clone(a.start)
}

// turned has the same edges the other way; neighbours are sorted.
func (a adjacency) turned() adjacency {
	nodes := len(a.start) - 1
	t := newAdjacency(nodes, len(a.ids))
	for _, id := range a.ids {
		t.start[id+1]++
	}
	next := t.begin()
	for id := range ID(nodes) {
		for _, neighbour := range a.neighbours(id) {
			t.ids[next[neighbour]] = id
			next[neighbour]++
		}
	}
	return t
}

// unique takes out neighbours that come twice in a row.
func (a *adjacency) unique() {
	kept, from := int32(0), int32(0)
	for i := 1; i < len(a.start); i++ {
		begin := kept
		for _, id := range a.ids[from:a.start[i]] {
			if kept == begin || a.ids[kept-1] != id {
				a.ids[kept] = id
				kept++
			}
		}
		from, a.start[i] = a.start[i], kept
	}
	a.ids = a.ids[:kept]
}
