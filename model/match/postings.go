package match

import (
	"cmp"
	"slices"
)

// postings maps 64-bit keys to lists of ids with two flat arrays: no allocation
// per key, and a look-up costs the same for ten keys and for a million. Two keys
// may share a hash; whoever finds an id compares what it stands for.
type postings struct {
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

// freeze sorts what was added into buckets. Of one key it keeps the first limit
// ids in the order they were added; nobody looks at more, and so a key that very
// many nodes share does not slow down the keys beside it.
func (p *postings) freeze(limit int) {
	size := 1
	for size < len(p.items) {
		size *= 2
	}
	p.starts = make([]uint32, size+1)
	for _, it := range p.items {
		p.starts[p.bucket(it.key)+1]++
	}
	for i := 1; i <= size; i++ {
		p.starts[i] += p.starts[i-1]
	}
	sorted := make([]posting, len(p.items))
	next := slices.Clone(p.starts[:size])
	for _, it := range p.items {
		b := p.bucket(it.key)
		sorted[next[b]] = it
		next[b]++
	}
	kept := sorted[:0]
	for b := range size {
		bucket := sorted[p.starts[b]:p.starts[b+1]]
		slices.SortStableFunc(bucket, func(x, y posting) int { return cmp.Compare(x.key, y.key) })
		p.starts[b] = uint32(len(kept))
		for i, it := range bucket {
			if i < limit || bucket[i-limit].key != it.key {
				kept = append(kept, it)
			}
		}
	}
	p.starts[size] = uint32(len(kept))
	p.items = slices.Clip(slices.Clone(kept))
	p.seen = make([]uint64, max(1, size/8))
	for _, it := range p.items {
		word, bit := p.mark(it.key)
		p.seen[word] |= bit
	}
}

// mark is the place of a key in seen; it takes other bits of the key than bucket.
func (p *postings) mark(key uint64) (word, bit uint64) {
	return key >> 32 & uint64(len(p.seen)-1), 1 << (key >> 26 & 63)
}

// bucket takes the low bits: maphash mixes them well.
func (p *postings) bucket(key uint64) uint64 { return key & uint64(len(p.starts)-2) }

func (p *postings) add(key uint64, id int32) { p.items = append(p.items, posting{key, id}) }

// find appends the ids of key to dst, at most limit of them.
func (p *postings) find(dst []int32, key uint64, limit int) []int32 {
	if len(p.starts) == 0 {
		return dst
	}
	if word, bit := p.mark(key); p.seen[word]&bit == 0 {
		return dst
	}
	b := p.bucket(key)
	for _, it := range p.items[p.starts[b]:p.starts[b+1]] {
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
