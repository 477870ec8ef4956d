package graph

// measure leaves the unused half rows out, numbers the others, and finds the cells of
// layers and channels.
func (d *Drawing) measure() {
	rows := 0
	for _, layer := range d.layers {
		rows = max(rows, len(layer))
	}
	used := map[int]bool{}
	for row := range rows {
		used[2*row] = true
	}
	lowest := 2 * rows
	for _, c := range d.channels {
		for _, n := range c.nets {
			for _, p := range n.to {
				used[p.y] = true
				lowest = max(lowest, p.y)
			}
		}
	}
	number := map[int]int{}
	for y := -1; y <= lowest; y++ {
		if used[y] {
			number[y] = d.height
			d.height++
		}
	}
	for i := range d.items {
		d.items[i].row = number[2*d.items[i].row]
	}
	for _, c := range d.channels {
		for i := range c.nets {
			for _, pins := range [2][]pin{c.nets[i].from, c.nets[i].to} {
				for k := range pins {
					pins[k].y = number[pins[k].y]
				}
			}
		}
	}
	d.columns()
}

// columns finds the first cells: a label, a blank or line, the tracks with a cell
// between each two, a line, a blank, the next label.
func (d *Drawing) columns() {
	x := 1
	for l, layer := range d.layers {
		across := 0
		for _, i := range layer {
			if it := &d.items[i]; !it.lane() {
				across = max(across, d.widths[it.node])
			}
		}
		d.lefts, d.across = append(d.lefts, x), append(d.across, across)
		x += across
		if l < len(d.channels) {
			d.channels[l].left = x
			x += 3 + max(2*d.channels[l].tracks, 1)
		}
	}
	d.width = x + 1
}

// column is the cell of a track.
func (c *channel) column(track int) int { return c.left + 2 + 2*track }
