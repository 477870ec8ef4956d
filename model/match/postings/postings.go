// Package postings is a compact index from hashes of names to ids, for packages
// match and near. What a key means is up to them.
package postings

import "slices"

// Index maps 64-bit keys to lists of ids with one flat array: no allocation per key, and a
// look-up, also of what is not there, mostly touches one line of the processor's cache. Two
// names may share a key, and two keys what is kept of them, so the caller compares the names
// as well.
type Index struct {
	added []posting // until Freeze
	slots []slot    // a power of two, at most two thirds of them taken
}

type posting struct {
	key uint64
	id  int32
}

// slot has an id. Those of one key follow each other from its place on, perhaps with others
// between them, up to the first empty slot.
type slot struct {
	tag  uint32 // the half of the key that is not its place
	next int32  // the id and one; 0 is empty
}

// Grow makes room for n more ids.
func (x *Index) Grow(n int) { x.added = slices.Grow(x.added, n) }

// Add adds an id under a key, before Freeze.
func (x *Index) Add(key uint64, id int32) { x.added = append(x.added, posting{key, id}) }

// Freeze makes what was added findable. Of one key it keeps the first limit ids in the order
// they were added; more are never looked at, and so a key that very many nodes share does not
// slow down its neighbours.
func (x *Index) Freeze(limit int) {
	size := 1
	for 2*size < 3*len(x.added) {
		size *= 2
	}
	x.slots = make([]slot, size)
	for _, p := range x.added {
		at, tag := x.place(p.key)
		same := 0
		for ; x.slots[at].next != 0 && same < limit; at = x.after(at) {
			if x.slots[at].tag == tag {
				same++
			}
		}
		if same < limit {
			x.slots[at] = slot{tag, p.id + 1}
		}
	}
	x.added = nil
}

// place is where the slots of a key begin, and what they have of it.
func (x *Index) place(key uint64) (at int, tag uint32) {
	return int(key & uint64(len(x.slots)-1)), uint32(key >> 32)
}

func (x *Index) after(at int) int { return (at + 1) & (len(x.slots) - 1) }

// Find appends the ids of key to dst, at most limit of them.
func (x *Index) Find(dst []int32, key uint64, limit int) []int32 {
	if len(x.slots) == 0 {
		return dst
	}
	for at, tag := x.place(key); x.slots[at].next != 0 && limit > 0; at = x.after(at) {
		if s := x.slots[at]; s.tag == tag {
			dst = append(dst, s.next-1)
			limit--
		}
	}
	return dst
}
