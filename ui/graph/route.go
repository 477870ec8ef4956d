package graph

import (
	"cmp"
	"fmt"
	"slices"
)

// channel is what is between two layers: the nets of its edges and the columns in which
// they change rows.
type channel struct {
	nets   []net
	tracks int
	left   int // first cell
}

// net joins all of its sources with all of its targets, by one vertical line.
type net struct {
	from, to []pin // from the top down
	track    int   // -1 goes straight on and needs none
	// whole has the pins of a net that was divided; nil of one that was not.
	whole *net
}

// pin is where a net meets a row. Of a net that was divided, the halves meet in a pin
// without an item; half is then the number of the left one. y counts half rows: the odd
// ones are free for lines (LAYOUT.md#detours).
type pin struct{ item, y, half int }

const bend = -1

func (n *net) span() (top, bottom int) {
	top, bottom = n.from[0].y, n.from[0].y
	for _, pins := range [2][]pin{n.from, n.to} {
		top, bottom = min(top, pins[0].y), max(bottom, pins[len(pins)-1].y)
	}
	return top, bottom
}

func (n *net) straight() bool {
	top, bottom := n.span()
	return top == bottom
}

// route finds the lines of every channel.
func (d *Drawing) route() {
	for l := range len(d.layers) - 1 {
		d.channels = append(d.channels, routed(d.nets(l)))
	}
}

// nets gathers the items of a layer that go to the same items into nets.
func (d *Drawing) nets(layer int) []net {
	var nets []net
	known := map[string]int{}
	pinOf := func(i int) pin { return pin{item: i, y: 2 * d.items[i].row} }
	for _, i := range d.layers[layer] {
		down := d.items[i].down
		if len(down) == 0 {
			continue
		}
		key := fmt.Sprint(down)
		n, ok := known[key]
		if !ok {
			n = len(nets)
			known[key] = n
			nets = append(nets, net{})
			for _, t := range down {
				nets[n].to = append(nets[n].to, pinOf(t))
			}
			slices.SortFunc(nets[n].to, func(a, b pin) int { return cmp.Compare(a.y, b.y) })
		}
		nets[n].from = append(nets[n].from, pinOf(i))
	}
	return nets
}

// router gives nets their tracks, one after another, from the left.
type router struct {
	nets   []net
	after  [][]int // nets that have to be further right (LAYOUT.md#order-of-columns)
	before []int   // how many have to be further left and have no track yet
	done   []bool
	placed []int
	half   map[int]bool // odd rows in use
}

func routed(nets []net) channel {
	r := &router{nets: nets, half: map[int]bool{}}
	r.constrain()
	for left := len(nets); left > 0; {
		next := r.next()
		if next < 0 {
			r.detour()
			continue
		}
		r.put(next)
		left--
	}
	tracks := 0
	for i := range r.nets {
		tracks = max(tracks, r.nets[i].track+1)
	}
	return channel{nets: r.nets, tracks: tracks}
}

// constrain finds which net has to be left of which: where a row has an item on both
// sides, the line from the left has to end before the one to the right begins.
func (r *router) constrain() {
	at := map[int]int{} // net by the row of a source
	for i := range r.nets {
		r.nets[i].track = -1
		for _, p := range r.nets[i].from {
			at[p.y] = i
		}
	}
	r.after, r.before, r.done = make([][]int, len(r.nets)), make([]int, len(r.nets)), make([]bool, len(r.nets))
	for i := range r.nets {
		left := map[int]bool{}
		for _, p := range r.nets[i].to {
			if a, ok := at[p.y]; ok && a != i && !r.nets[a].straight() && !left[a] {
				left[a] = true
				r.after[a] = append(r.after[a], i)
				r.before[i]++
			}
		}
	}
}

// next is the net that may be put now and crosses the fewest by its way: of those that
// go down the lowest, of those that go up the highest.
func (r *router) next() int {
	best, bestRank := -1, [2]int{}
	for i := range r.nets {
		if r.done[i] || r.before[i] > 0 {
			continue
		}
		n := &r.nets[i]
		from, to := middle(n.from), middle(n.to)
		rank := [2]int{0, -from}
		if to < from {
			rank = [2]int{1, from}
		}
		if best < 0 || rank[0] < bestRank[0] || rank[0] == bestRank[0] && rank[1] < bestRank[1] {
			best, bestRank = i, rank
		}
	}
	return best
}

func middle(pins []pin) int {
	sum := 0
	for _, p := range pins {
		sum += p.y
	}
	return sum / len(pins)
}

// put gives a net the track right of all that it would touch.
func (r *router) put(i int) {
	r.done[i] = true
	for _, other := range r.after[i] {
		r.before[other]--
	}
	n := &r.nets[i]
	if n.straight() {
		return
	}
	n.track = 0
	top, bottom := n.span()
	for _, other := range r.placed {
		// A row has to be free between two lines in one column.
		if t, b := r.nets[other].span(); t <= bottom+2 && top <= b+2 {
			n.track = max(n.track, r.nets[other].track+1)
		}
	}
	r.placed = append(r.placed, i)
}

// detour breaks a circle of nets that each have to be left of the next: one of them is
// put as its left half, which ends in a row of its own; the right half starts there.
func (r *router) detour() {
	worst, most := -1, -1
	for i := range r.nets {
		if n := r.before[i] + len(r.after[i]); !r.done[i] && n > most {
			worst, most = i, n
		}
	}
	whole := r.nets[worst]
	y := r.freeRow((middle(whole.from) + middle(whole.to)) / 2)
	meet := pin{bend, y, worst}
	r.nets[worst] = net{from: whole.from, to: []pin{meet}, track: -1, whole: &whole}
	waits := r.before[worst]
	r.before[worst] = 0
	r.put(worst)
	r.nets = append(r.nets, net{from: []pin{meet}, to: whole.to, track: -1, whole: &whole})
	right := len(r.nets) - 1
	r.before, r.after, r.done = append(r.before, waits), append(r.after, nil), append(r.done, false)
	for i := range right { // what the whole waited for, its right half waits for
		if i != worst && !r.done[i] {
			for k, other := range r.after[i] {
				if other == worst {
					r.after[i][k] = right
				}
			}
		}
	}
}

// freeRow is the odd row nearest to y that no detour of the channel uses.
func (r *router) freeRow(y int) int {
	for step := 0; ; step++ {
		for _, at := range [2]int{y - step, y + step} {
			if at >= -1 && at&1 == 1 && !r.half[at] {
				r.half[at] = true
				return at
			}
		}
	}
}
