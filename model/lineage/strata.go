package lineage

import (
	"context"
	"math/bits"
)

// Strata are resources by the sets that they are above: in one, or upstream of it. Those of
// a stratum are above the same sets.
type Strata struct {
	Of []int32 // the stratum of each resource; 0 of what is above none
	// Base is a stratum with a smaller number that is above some of the sets of this one,
	// More are the others of these.
	Base []int32
	More [][]int
}

// EachStrata gives the strata of many sets, some thousand of them at a time, each time from
// one pass over the graph. A stratum is above all that those on its way down by Base have
// in More, so what is above a set is in the strata that have it in More, and in those that
// are based on them. The only error is that of ctx.
func (g *Graph) EachStrata(ctx context.Context, sets [][]ID, each func(*Strata)) error {
	o := Derived(g, orderOf)
	for first, words := 0, blockWords; first < len(sets); {
		if err := ctx.Err(); err != nil {
			return err
		}
		end := min(first+64*words, len(sets))
		u := newUnions(words)
		each(g.strata(o, u, sets, first, end))
		first = end
		if 4*len(u.bits) <= mostWords { // twice as many rows of twice the words
			words *= 2
		}
	}
	return nil
}

// strata has those of the sets from first to end.
func (g *Graph) strata(o *order, u *unions, sets [][]ID, first, end int) *Strata {
	in := make(map[ID][]int32, end-first) // the bits of each resource
	for i, set := range sets[first:end] {
		for _, id := range set {
			in[id] = append(in[id], int32(i))
		}
	}
	s := &Strata{Of: make([]int32, g.resources), Base: make([]int32, 1), More: make([][]int, 1)}
	none := func([]uint64) int { return 0 }
	for from := 0; from < len(o.nodes); {
		to, visited := o.end(from), 0
		for _, id := range o.nodes[from:to] {
			next := g.down.neighbours(id)
			visited += len(next)
			for _, down := range next {
				if int(down) < g.resources {
					u.add(s.Of[down])
				}
			}
		}
		for _, id := range o.nodes[from:to] {
			for _, bit := range in[id] {
				u.addBit(bit)
			}
		}
		g.visits.Add(int64(visited))
		base := u.best
		row := u.end(none)
		if int(row) == len(s.Base) {
			s.Base, s.More = append(s.Base, base), append(s.More, nil)
		}
		for _, id := range o.nodes[from:to] {
			s.Of[id] = row
		}
		from = to
	}
	for row := 1; row < len(s.Base); row++ {
		below := u.row(s.Base[row])
		for i, word := range u.row(int32(row)) {
			for word &^= below[i]; word != 0; word &= word - 1 {
				s.More[row] = append(s.More[row], first+64*i+bits.TrailingZeros64(word))
			}
		}
		g.visits.Add(int64(len(s.More[row])))
	}
	return s
}
