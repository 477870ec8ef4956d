package graph

// Path is everything up- and downstream of one node of a drawing, and the lines between.
type Path struct {
	lit   [][]bool // cells
	nodes []bool
}

// Has reports whether a node is on the path.
func (p *Path) Has(node int) bool { return p != nil && p.nodes[node] }

func (p *Path) at(x, y int) bool { return p != nil && p.lit[y][x] }

// Path finds the path through a node.
func (d *Drawing) Path(node int) *Path {
	p := &Path{make([][]bool, d.height), make([]bool, d.nodes)}
	for y := range p.lit {
		p.lit[y] = make([]bool, d.width)
	}
	above, below := reach(d.parents(), node), reach(d.downs(), node)
	for n := range p.nodes {
		p.nodes[n] = above[n] || below[n]
	}
	lit := func(from, to int) bool { return above[from] && above[to] || below[from] && below[to] }
	for l := range d.channels {
		for i := range d.channels[l].nets {
			d.light(p, l, &d.channels[l].nets[i], lit)
		}
	}
	return p
}

func (d *Drawing) downs() [][]int {
	down := make([][]int, len(d.items))
	for i := range d.items {
		down[i] = d.items[i].down
	}
	return down
}

// reach are the items at or behind one.
func reach(next [][]int, from int) []bool {
	seen := make([]bool, len(next))
	seen[from] = true
	for stack := []int{from}; len(stack) > 0; {
		at := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		for _, to := range next[at] {
			if !seen[to] {
				seen[to] = true
				stack = append(stack, to)
			}
		}
	}
	return seen
}

func (d *Drawing) light(p *Path, layer int, n *net, lit func(from, to int) bool) {
	whole := n
	if n.whole != nil {
		whole = n.whole
	}
	items := map[int]bool{}
	for _, from := range whole.from {
		for _, to := range whole.to {
			if lit(from.item, to.item) {
				items[from.item], items[to.item], items[bend] = true, true, true
			}
		}
	}
	top, bottom := d.height, -1
	for _, pins := range [2][]pin{n.from, n.to} {
		for _, at := range pins {
			if items[at.item] {
				top, bottom = min(top, at.y), max(bottom, at.y)
			}
		}
	}
	if bottom < 0 {
		return
	}
	if n.track >= 0 {
		x := d.channels[layer].column(n.track)
		for y := top; y <= bottom; y++ {
			p.lit[y][x] = true
		}
	}
	for _, r := range d.runs(layer, n) {
		if !items[r.pin.item] {
			continue
		}
		for x := r.from; x <= r.to; x++ {
			if d.cells[r.y][x] == left|right {
				p.lit[r.y][x] = true
			}
		}
	}
}
