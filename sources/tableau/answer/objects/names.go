package objects

import "hash/maphash"

// names finds the objects of one kind by a text, an id or a LUID. It is a table of numbers:
// the texts are in their objects, too, and a map of texts takes three times the time.
type names struct {
	seed  maphash.Seed
	slots []slot // a power of two; nil before the first
	texts []string
	at    []int32 // by text: the position of its object
}

// slot is empty when number is 0; otherwise texts[number-1] has that hash.
type slot struct{ hash, number uint32 }

func newNames() names { return names{seed: maphash.MakeSeed(), slots: make([]slot, 64)} }

// find gives the object with a text, and the hash for put. None has an empty text.
func (n *names) find(text []byte) (at int32, hash uint32, ok bool) {
	if n.slots == nil || len(text) == 0 {
		return 0, 0, false
	}
	hash = uint32(maphash.Bytes(n.seed, text))
	mask := len(n.slots) - 1
	for i := int(hash) & mask; ; i = (i + 1) & mask {
		s := n.slots[i]
		if s.number == 0 {
			return 0, hash, false
		}
		if s.hash == hash && n.texts[s.number-1] == string(text) {
			return n.at[s.number-1], hash, true
		}
	}
}

// put adds a text that find does not know.
func (n *names) put(hash uint32, text string, at int32) {
	if 2*len(n.texts) >= len(n.slots) {
		old := n.slots
		n.slots = make([]slot, 4*len(old))
		for _, s := range old {
			if s.number > 0 {
				n.place(s)
			}
		}
	}
	n.texts, n.at = append(n.texts, text), append(n.at, at)
	n.place(slot{hash, uint32(len(n.texts))})
}

func (n *names) place(s slot) {
	mask := len(n.slots) - 1
	i := int(s.hash) & mask
	for n.slots[i].number > 0 {
		i = (i + 1) & mask
	}
	n.slots[i] = s
}
