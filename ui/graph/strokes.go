package graph

// Stroke is a line from a label, or from where another stroke ends, to the next: along
// its row, to another row in column X, and along that one. All are in cells. Where Y1 is
// Y2 it is straight.
type Stroke struct{ X1, Y1, X, X2, Y2 int }

// Strokes are the lines of the drawing, for those who do not draw with characters. Each
// bends on its own, so that where strokes share a way it is seen which go together.
func (d *Drawing) Strokes() (out []Stroke) {
	for l := range d.channels {
		c := &d.channels[l]
		for i := range c.nets {
			n := &c.nets[i]
			x := 0
			if n.track >= 0 {
				x = c.column(n.track)
			}
			for k, r := range d.runs(l, n)[:len(n.from)] {
				for _, to := range n.to {
					s := Stroke{X1: r.from, Y1: n.from[k].y, X: x, X2: d.lefts[l+1] - 1, Y2: to.y}
					if from := n.from[k].item; from == bend || d.items[from].lane() {
						s.X1 += 2 // where the stroke before ends: there is no label
					}
					if to.item == bend {
						s.X2 = x + 1
					}
					out = append(out, s)
				}
			}
		}
	}
	return out
}
