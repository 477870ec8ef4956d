// Package postings is a compact index from hashes of names to ids, for packages
// match and near. What a key means is up to them.
package postings

import (
	"cmp"
	"slices"
)

// Index maps 64-bit keys to lists of ids with two flat arrays: no allocation
// per key, and a look-up costs the same for ten keys and for a million. Two names
// may share a key, so the caller compares the names as well.
type Index struct {
	starts []uint32 // per bucket: its first item; one more at the end
	items  []posting
	// seen has a bit per key; most questions end here, in a part of memory that
	// stays in the cache.
	seen []uint64
}

type posting struct {
	key uint64
	id  int32
}

// Freeze sorts what was added into buckets. Of one key it keeps the first limit
// ids in the order they were added; more are never looked at, and so a key that very
// many nodes share does not slow down its neighbours.
func (x *Index) Freeze(limit int) {
	size := 1
	for size < len(x.items) {
		size *= 2
	}
	x.starts = make([]uint32, size+1)
	for _, it := range x.items {
		x.starts[x.bucket(it.key)+1]++
	}
	for i := 1; i <= size; i++ {
		x.starts[i] += x.starts[i-1]
	}
	sorted := make([]posting, len(x.items))
	next := slices.Clone(x.starts[:size])
	for _, it := range x.items {
		b := x.bucket(it.key)
		sorted[next[b]] = it
		next[b]++
	}
	kept := sorted[:0]
	for b := range size {
		bucket := sorted[x.starts[b]:x.starts[b+1]]
		slices.SortStableFunc(bucket, func(x, y posting) int { return cmp.Compare(x.key, y.key) })
		x.starts[b] = uint32(len(kept))
		for i, it := range bucket {
			if i < limit || bucket[i-limit].key != it.key {
				kept = append(kept, it)
			}
		}
	}
	x.starts[size] = uint32(len(kept))
	x.items = slices.Clip(slices.Clone(kept))
	x.seen = make([]uint64, max(1, size/8))
	for _, it := range x.items {
		word, bit := x.mark(it.key)
		x.seen[word] |= bit
	}
}

// mark is the place of a key in seen; it takes other bits of the key than bucket.
func (x *Index) mark(key uint64) (word, bit uint64) {
	return key >> 32 & uint64(len(x.seen)-1), 1 << (key >> 26 & 63)
}

// bucket takes the low bits: maphash mixes them well.
func (x *Index) bucket(key uint64) uint64 { return key & uint64(len(x.starts)-2) }

// Grow makes room for n more ids.
func (x *Index) Grow(n int) { x.items = slices.Grow(x.items, n) }

// Add adds an id under a key, before Freeze.
func (x *Index) Add(key uint64, id int32) { x.items = append(x.items, posting{key, id}) }

// Find appends the ids of key to dst, at most limit of them.
func (x *Index) Find(dst []int32, key uint64, limit int) []int32 {
	if len(x.starts) == 0 {
		return dst
	}
	if word, bit := x.mark(key); x.seen[word]&bit == 0 {
		return dst
	}
	b := x.bucket(key)
	for _, it := range x.items[x.starts[b]:x.starts[b+1]] {
		if it.key == key {
			if limit == 0 {
				break
			}
			dst = append(dst, it.id)
			limit--
		}
	}
	return dst
}
