package objects

import "hash/maphash"

// index finds the objects of one kind by id and by LUID. It has two tables of numbers: the
// texts are those of the heads, and maps of texts take three times the time.
type index struct {
	heads List[Head]
	names [2]names
}

// key is what an object is looked up by.
type key uint8

const (
	byID key = iota
	byLUID
)

// names are the ids or the LUIDs of the objects of one kind.
type names struct {
	seed  maphash.Seed
	slots []slot // a power of two; nil before the first
	taken int
	more  map[string]int32 // further ones of objects that have one
}

// slot is empty when object is 0; otherwise a name of the object object-1 has that hash.
type slot struct {
	hash   uint32
	object int32
}

// find gives the object with a name, and the hash for put. None has an empty name.
func (ix *index) find(by key, text []byte) (at int32, hash uint32, ok bool) {
	n := &ix.names[by]
	if n.slots == nil {
		n.seed, n.slots = maphash.MakeSeed(), make([]slot, 64)
	}
	if len(text) == 0 {
		return 0, 0, false
	}
	hash = uint32(maphash.Bytes(n.seed, text))
	mask := len(n.slots) - 1
	for i := int(hash) & mask; n.slots[i].object > 0; i = (i + 1) & mask {
		if s := n.slots[i]; s.hash == hash && *ix.head(s.object - 1).name(by) == string(text) {
			return s.object - 1, hash, true
		}
	}
	at, ok = n.more[string(text)]
	return at, hash, ok
}

// put gives an object a name that find does not know. It is its further name when it has one.
func (ix *index) put(by key, hash uint32, text string, at int32) {
	n, own := &ix.names[by], ix.head(at).name(by)
	if *own != "" {
		n.also(text, at)
		return
	}
	*own = text
	if n.taken++; 2*n.taken >= len(n.slots) {
		old := n.slots
		n.slots = make([]slot, 4*len(old))
		for _, s := range old {
			if s.object > 0 {
				n.place(s)
			}
		}
	}
	n.place(slot{hash, at + 1})
}

func (n *names) place(s slot) {
	mask := len(n.slots) - 1
	i := int(s.hash) & mask
	for n.slots[i].object > 0 {
		i = (i + 1) & mask
	}
	n.slots[i] = s
}

// also lets an object be found by a further name.
func (n *names) also(text string, at int32) {
	if n.more == nil {
		n.more = map[string]int32{}
	}
	if text != "" {
		n.more[text] = at
	}
}

func (ix *index) head(at int32) *Head { return ix.heads.At(at) }

// join lets the names of two objects, one of which goes, lead to where the other one goes.
func (ix *index) join(a, b *Head, to int32) {
	for _, h := range []*Head{a, b} {
		ix.names[byID].also(h.ID, to)
		ix.names[byLUID].also(h.luid, to)
	}
}

// move says where the objects are now.
func (ix *index) move(moved []int32) {
	for _, n := range ix.names {
		for i, s := range n.slots {
			if s.object > 0 {
				n.slots[i].object = moved[s.object-1] + 1
			}
		}
		for text, at := range n.more {
			n.more[text] = moved[at]
		}
	}
}
