package graph

import (
	"cmp"
	"slices"
)

// sweeps is how often the layers are gone through for fewer crossings, each time there
// and back: more changes little, and of many items the difference is not seen.
func (d *Drawing) sweeps() int {
	const usual, few, many = 6, 2, 2000
	if len(d.items) > many {
		return few
	}
	return usual
}

// order sorts every layer by the middle of what its items are connected with, and keeps
// the best of what it finds.
func (d *Drawing) order() {
	up := d.parents()
	at := make([]float64, len(d.items))
	number := func() {
		for _, layer := range d.layers {
			for n, i := range layer {
				at[i] = float64(n)
			}
		}
	}
	number()
	best, fewest := cloned(d.layers), d.crossings(at)
	for range d.sweeps() {
		for l := 1; l < len(d.layers); l++ {
			sortByMiddle(d.layers[l], at, func(i int) []int { return up[i] })
		}
		for l := len(d.layers) - 2; l >= 0; l-- {
			sortByMiddle(d.layers[l], at, func(i int) []int { return d.items[i].down })
		}
		if n := d.crossings(at); n < fewest {
			best, fewest = cloned(d.layers), n
		}
	}
	d.layers = best
}

func (d *Drawing) parents() [][]int {
	up := make([][]int, len(d.items))
	for i := range d.items {
		for _, t := range d.items[i].down {
			up[t] = append(up[t], i)
		}
	}
	return up
}

func cloned(layers [][]int) [][]int {
	out := make([][]int, len(layers))
	for i := range layers {
		out[i] = slices.Clone(layers[i])
	}
	return out
}

// sortByMiddle orders a layer by the mean place of the neighbours; an item without any
// stays near its place.
func sortByMiddle(layer []int, at []float64, neighbours func(int) []int) {
	middle := make(map[int]float64, len(layer))
	for _, i := range layer {
		middle[i] = at[i]
		if near := neighbours(i); len(near) > 0 {
			sum := 0.0
			for _, n := range near {
				sum += at[n]
			}
			middle[i] = sum / float64(len(near))
		}
	}
	slices.SortStableFunc(layer, func(a, b int) int { return cmp.Compare(middle[a], middle[b]) })
	for n, i := range layer {
		at[i] = float64(n)
	}
}

// crossings counts the pairs of edges between two layers that cross.
func (d *Drawing) crossings(at []float64) int {
	n := 0
	for l := range len(d.layers) - 1 {
		var ends []int
		for _, i := range d.layers[l] {
			first := len(ends)
			for _, t := range d.items[i].down {
				ends = append(ends, int(at[t]))
			}
			slices.Sort(ends[first:])
		}
		n += inversions(ends, len(d.layers[l+1]))
	}
	return n
}

// inversions counts the pairs that are in the wrong order, with a tree of sums.
func inversions(values []int, most int) (n int) {
	sums := make([]int, most+1)
	for seen, v := range values {
		smaller := 0
		for i := v + 1; i > 0; i -= i & -i {
			smaller += sums[i]
		}
		n += seen - smaller
		for i := v + 1; i <= most; i += i & -i {
			sums[i]++
		}
	}
	return n
}
