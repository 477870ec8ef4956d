package selector

import "math/bits"

// set is a set of nodes by their place in the universe.
type set []uint64

func newSet(n int) set          { return make(set, (n+63)/64) }
func (s set) add(i int32)       { s[i/64] |= 1 << (i % 64) }
func (s set) has(i int32) bool  { return s[i/64]&(1<<(i%64)) != 0 }
func (s set) clone() set        { return append(set(nil), s...) }
func (s set) join(other set)    { s.each2(other, func(a, b uint64) uint64 { return a | b }) }
func (s set) meet(other set)    { s.each2(other, func(a, b uint64) uint64 { return a & b }) }
func (s set) without(other set) { s.each2(other, func(a, b uint64) uint64 { return a &^ b }) }

func (s set) each2(other set, f func(a, b uint64) uint64) {
	for i := range s {
		s[i] = f(s[i], other[i])
	}
}

func (s set) equal(other set) bool {
	for i := range s {
		if s[i] != other[i] {
			return false
		}
	}
	return true
}

func (s set) empty() bool {
	for _, word := range s {
		if word != 0 {
			return false
		}
	}
	return true
}

// list gives the members in order.
func (s set) list() (out []int32) {
	for i, word := range s {
		for ; word != 0; word &= word - 1 {
			out = append(out, int32(i*64+bits.TrailingZeros64(word)))
		}
	}
	return out
}
