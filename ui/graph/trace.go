package graph

// arms are the directions in which a line leaves a cell.
type arms uint8

const (
	left arms = 1 << iota
	right
	up
	down
)

// trace puts the lines into cells: those from row to row first, because those along a
// row pass below them.
func (d *Drawing) trace() {
	d.cells = make([][]arms, d.height)
	for y := range d.cells {
		d.cells[y] = make([]arms, d.width)
	}
	for l := range d.channels {
		for i := range d.channels[l].nets {
			d.traceColumn(&d.channels[l], &d.channels[l].nets[i])
		}
	}
	for l := range d.channels {
		c := &d.channels[l]
		for i := range c.nets {
			for _, run := range d.runs(l, &c.nets[i]) {
				for x := run.from; x <= run.to; x++ {
					if d.cells[run.y][x] == 0 {
						d.cells[run.y][x] = left | right
					}
				}
			}
		}
	}
}

func (d *Drawing) traceColumn(c *channel, n *net) {
	if n.track < 0 {
		return
	}
	x := c.column(n.track)
	top, bottom := n.span()
	for y := top; y <= bottom; y++ {
		if y > top {
			d.cells[y][x] |= up
		}
		if y < bottom {
			d.cells[y][x] |= down
		}
	}
	for _, p := range n.from {
		d.cells[p.y][x] |= left
	}
	for _, p := range n.to {
		d.cells[p.y][x] |= right
	}
}

// run is a line along a row, between two cells. pin is the one it belongs to.
type run struct {
	y, from, to int
	pin         *pin
}

// runs are the lines of a net along rows: from its sources to its column, and from there
// to its targets.
func (d *Drawing) runs(layer int, n *net) (out []run) {
	c := &d.channels[layer]
	end := d.lefts[layer+1] - 2
	for i := range n.from {
		p := &n.from[i]
		r := run{y: p.y, to: end, pin: p}
		if n.track >= 0 {
			r.to = c.column(n.track) - 1
		}
		switch {
		case p.item == bend:
			r.from = c.column(c.nets[p.half].track) + 1
		case d.items[p.item].lane():
			r.from = d.lefts[layer] - 1
		default:
			r.from = d.lefts[layer] + d.widths[d.items[p.item].node] + 1
		}
		out = append(out, r)
	}
	for i := range n.to {
		if p := &n.to[i]; n.track >= 0 && p.item != bend {
			out = append(out, run{y: p.y, from: c.column(n.track) + 1, to: end, pin: p})
		}
	}
	return out
}
