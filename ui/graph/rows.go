package graph

import "slices"

// laneWeight is how much more than a node a lane wants to go straight on.
const laneWeight = 4

// rows gives every item a row. There are as many rows as the largest layer has items.
func (d *Drawing) rows() {
	rows := 0
	for _, layer := range d.layers {
		rows = max(rows, len(layer))
		for n, i := range layer {
			d.items[i].row = n
		}
	}
	up := d.parents()
	for range 2 { // what is downstream last: a fan is in the middle of what it opens to
		for _, layer := range d.layers {
			d.settle(layer, rows, func(i int) []int { return up[i] })
		}
		for _, layer := range slices.Backward(d.layers) {
			d.settle(layer, rows, func(i int) []int { return d.items[i].down })
		}
	}
}

// settle moves the items of a layer as near as it can to the row of the middle one of
// their neighbours, and keeps their order: the nearest sequence that never falls.
func (d *Drawing) settle(layer []int, rows int, neighbours func(int) []int) {
	type block struct {
		sum, weight float64
		n           int
	}
	var blocks []block
	for n, i := range layer {
		weight := 1.0
		if d.items[i].lane() {
			weight = laneWeight
		}
		want := d.items[i].row
		if near := neighbours(i); len(near) > 0 {
			places := make([]int, len(near))
			for k, at := range near {
				places[k] = d.items[at].row
			}
			slices.Sort(places)
			want = places[(len(places)-1)/2]
		}
		blocks = append(blocks, block{weight * float64(want-n), weight, 1})
		for k := len(blocks) - 1; k > 0 && blocks[k-1].sum*blocks[k].weight > blocks[k].sum*blocks[k-1].weight; k-- {
			blocks[k-1].sum += blocks[k].sum
			blocks[k-1].weight += blocks[k].weight
			blocks[k-1].n += blocks[k].n
			blocks = blocks[:k]
		}
	}
	n := 0
	for _, b := range blocks {
		shift := int(b.sum/b.weight + 1<<20 + 0.5) // rounded, also below zero
		for range b.n {
			d.items[layer[n]].row = min(max(shift-1<<20, 0), rows-len(layer)) + n
			n++
		}
	}
}
