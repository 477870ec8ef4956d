// Package graph is the widget for a drawn graph: layers from left to right, one line
// for each node, edges of box-drawing characters at right angles. It gets the widths
// of labels and the edges between them, and gives cells; what a node is, is not its
// concern. The same input gives the same drawing.
//
// A drawing can be read back into exactly its edges, following lines from left to
// right (LAYOUT.md).
package graph

// Drawing is a graph that has been laid out. It does not change.
type Drawing struct {
	// Dropped are the edges that close a cycle; they are not drawn.
	Dropped [][2]int

	items    []item // nodes first, then lanes
	nodes    int
	layers   [][]int // items from the top down
	channels []channel
	lefts    []int // first cell of each layer's labels
	widths   []int // of labels
	across   []int // cells of each layer's labels
	width    int
	height   int
	cells    [][]arms
}

// item is a node, or a lane: the line in which edges pass a layer.
type item struct {
	node  int // -1 is a lane
	layer int
	row   int
	down  []int // items of the next layer
}

func (it *item) lane() bool { return it.node < 0 }

// Layout lays out a graph. The nodes are given by the cells of their labels, in the
// order that is kept where edges do not decide; edges go downstream.
func Layout(widths []int, edges [][2]int) *Drawing {
	d := &Drawing{nodes: len(widths), widths: widths}
	down, dropped := acyclic(len(widths), edges)
	d.Dropped = dropped
	d.place(layersOf(down), down)
	d.order()
	d.rows()
	d.route()
	d.measure()
	d.trace()
	return d
}

// Size is how many cells and lines the drawing has.
func (d *Drawing) Size() (width, height int) { return d.width, d.height }

// Box is the first cell of a node's label, its line and its width.
func (d *Drawing) Box(node int) (x, y, width int) {
	it := &d.items[node]
	return d.lefts[it.layer], it.row, d.widths[node]
}

// At is the node whose label is at a cell, -1 where there is none. The cells beside a
// label are a part of it.
func (d *Drawing) At(x, y int) int {
	for node := range d.nodes {
		if left, row, width := d.Box(node); row == y && x >= left-1 && x <= left+width {
			return node
		}
	}
	return -1
}

// Layer is the number of a node's layer, from the left.
func (d *Drawing) Layer(node int) int { return d.items[node].layer }

// InLayer are the nodes of a layer from the top down.
func (d *Drawing) InLayer(layer int) (nodes []int) {
	for _, i := range d.layers[layer] {
		if it := &d.items[i]; !it.lane() {
			nodes = append(nodes, it.node)
		}
	}
	return nodes
}
