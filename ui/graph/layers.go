package graph

import (
	"cmp"
	"fmt"
	"slices"
)

// acyclic gives the children of each node, sorted, each once, without the edges that
// close a cycle. It keeps its own stack: a graph can be deeper than a goroutine's.
func acyclic(nodes int, edges [][2]int) (down [][]int, dropped [][2]int) {
	down = make([][]int, nodes)
	for _, e := range edges {
		down[e[0]] = append(down[e[0]], e[1])
	}
	const (
		fresh = iota
		open
		done
	)
	state := make([]int, nodes)
	for i := range down {
		slices.Sort(down[i])
		down[i] = slices.Compact(down[i])
	}
	next := make([]int, nodes)
	for root := range nodes {
		if state[root] != fresh {
			continue
		}
		path := []int{root}
		state[root] = open
		for len(path) > 0 {
			at := path[len(path)-1]
			if next[at] == len(down[at]) {
				state[at] = done
				path = path[:len(path)-1]
				continue
			}
			to := down[at][next[at]]
			switch state[to] {
			case open:
				dropped = append(dropped, [2]int{at, to})
				down[at] = slices.Delete(down[at], next[at], next[at]+1)
				continue
			case fresh:
				state[to] = open
				path = append(path, to)
			}
			next[at]++
		}
	}
	return down, dropped
}

// layersOf puts each node as far left as its longest way from a node without parents.
// Then nodes with more children than parents move right, up to their nearest child, so
// that fewer lines pass other layers.
func layersOf(down [][]int) []int {
	parents := make([]int, len(down))
	for _, to := range down {
		for _, t := range to {
			parents[t]++
		}
	}
	layer := make([]int, len(down))
	waiting := slices.Clone(parents)
	var order []int
	for node, n := range waiting {
		if n == 0 {
			order = append(order, node)
		}
	}
	for i := 0; i < len(order); i++ {
		at := order[i]
		for _, t := range down[at] {
			layer[t] = max(layer[t], layer[at]+1)
			if waiting[t]--; waiting[t] == 0 {
				order = append(order, t)
			}
		}
	}
	for _, at := range slices.Backward(order) {
		if len(down[at]) <= parents[at] {
			continue
		}
		nearest := layer[down[at][0]]
		for _, t := range down[at] {
			nearest = min(nearest, layer[t])
		}
		layer[at] = nearest - 1
	}
	return layer
}

// place makes the items of every layer. An edge over several layers passes those
// between in a lane. Edges that go to the same nodes from there on share one
// (LAYOUT.md#lanes).
func (d *Drawing) place(layer []int, down [][]int) {
	last := -1
	for node := range d.nodes {
		d.items = append(d.items, item{node: node, layer: layer[node]})
		last = max(last, layer[node])
	}
	d.layers = make([][]int, last+1)
	for node := range d.nodes {
		d.layers[layer[node]] = append(d.layers[layer[node]], node)
	}
	ahead := make([][]int, d.nodes) // by item: the nodes its edges still have to reach
	copy(ahead, down)
	for l := range last {
		lanes := map[string]int{}
		for _, i := range d.layers[l] {
			var beyond []int
			for _, t := range ahead[i] {
				if layer[t] == l+1 {
					d.items[i].down = append(d.items[i].down, t)
				} else {
					beyond = append(beyond, t)
				}
			}
			if len(beyond) == 0 {
				continue
			}
			key := fmt.Sprint(beyond)
			lane, ok := lanes[key]
			if !ok {
				lane = len(d.items)
				lanes[key] = lane
				d.items = append(d.items, item{node: -1, layer: l + 1})
				d.layers[l+1] = append(d.layers[l+1], lane)
				ahead = append(ahead, beyond)
			}
			d.items[i].down = append(d.items[i].down, lane)
		}
	}
	for i := range d.items {
		slices.SortFunc(d.items[i].down, cmp.Compare[int])
	}
}
