package compact

import (
	"hash/maphash"
	"slices"
	"strings"
	"unicode/utf8"
)

// arenaBlock is how much text shares one allocation.
const arenaBlock = 64 << 10

// Arena puts strings next to each other in large blocks: a project has many short
// texts that all live as long as the project.
type Arena struct{ block *strings.Builder }

// Text copies b into a block, as valid UTF-8.
func (a *Arena) Text(b []byte) string {
	n := len(b)
	if n == 0 {
		return ""
	}
	if n > arenaBlock/8 {
		return ValidText(string(b))
	}
	from := a.room(n)
	a.block.Write(b)
	return ValidText(a.block.String()[from:])
}

// Copy copies b into a block as it is.
func (a *Arena) Copy(b []byte) string {
	if len(b) > arenaBlock/8 {
		return string(b)
	}
	from := a.room(len(b))
	a.block.Write(b)
	return a.block.String()[from:]
}

// room makes room for n bytes in a block, and gives their place.
func (a *Arena) room(n int) int {
	if a.block == nil || a.block.Cap()-a.block.Len() < n {
		a.block = new(strings.Builder)
		a.block.Grow(arenaBlock)
	}
	return a.block.Len()
}

// Texts numbers the texts that occur many times, so that each is kept once. It
// is a plain open-addressing table, faster here than a map[string]string because
// a slot holds no string and growing moves none.
type Texts struct {
	Arena
	seed  maphash.Seed
	slots []slot // a power of two
	all   Chunks[string]
}

// slot is empty when number is 0; otherwise the text number-1 has that hash.
type slot struct{ hash, number uint32 }

// NewTexts makes an empty table.
func NewTexts() *Texts {
	return &Texts{seed: maphash.MakeSeed(), slots: make([]slot, 512)}
}

// Number is the place of b among all texts, where it is put when it is new.
func (t *Texts) Number(b []byte) int { return t.number(t.hash(b), b) }

func (t *Texts) hash(b []byte) uint32 { return uint32(maphash.Bytes(t.seed, b)) }

func (t *Texts) number(hash uint32, b []byte) int {
	at := t.find(hash, b)
	if n := t.slots[at].number; n > 0 {
		return int(n - 1)
	}
	if !utf8.Valid(b) {
		return t.Number([]byte(ValidText(string(b)))) // the text found must be the text stored
	}
	if 4*t.all.Len() >= 3*len(t.slots) {
		t.grow()
		at = t.find(hash, b)
	}
	*t.all.Add() = t.Text(b)
	t.slots[at] = slot{hash, uint32(t.all.Len())}
	return t.all.Len() - 1
}

func (t *Texts) At(number int) string { return *t.all.At(number) }

// find returns the slot of b, or the empty one where it belongs.
func (t *Texts) find(hash uint32, b []byte) int {
	mask := len(t.slots) - 1
	at := int(hash) & mask
	for {
		s := t.slots[at]
		if s.number == 0 || s.hash == hash && *t.all.At(int(s.number - 1)) == string(b) {
			return at
		}
		at = (at + 1) & mask
	}
}

func (t *Texts) grow() {
	old := t.slots
	t.slots = make([]slot, 2*len(old))
	mask := len(t.slots) - 1
	for _, s := range old {
		if s.number == 0 {
			continue
		}
		at := int(s.hash) & mask
		for t.slots[at].number != 0 {
			at = (at + 1) & mask
		}
		t.slots[at] = s
	}
}

// Intern is the one shared string with the text b.
func (t *Texts) Intern(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	return t.At(t.Number(b))
}

// InternAll appends the shared strings with these texts to to. Each of many texts is somewhere
// in memory where none was looked for lately. So the places of several are asked for first,
// and memory is waited for once, not for each of them in turn.
func (t *Texts) InternAll(to []string, texts [][]byte) []string {
	const together = 8
	var hashes [together]uint32
	var slots [together]slot
	var near [together]string
	for some := range slices.Chunk(texts, together) {
		mask := uint32(len(t.slots) - 1)
		for i, b := range some {
			hashes[i] = t.hash(b)
		}
		for i := range some {
			slots[i] = t.slots[hashes[i]&mask]
		}
		for i := range some {
			near[i] = ""
			if s := slots[i]; s.number > 0 && s.hash == hashes[i] {
				near[i] = t.At(int(s.number - 1))
			}
		}
		for i, b := range some {
			if near[i] != string(b) {
				near[i] = t.At(t.number(hashes[i], b))
			}
			to = append(to, near[i])
		}
	}
	return to
}

// Lists hands out small slices from large blocks.
type Lists[T any] struct{ free []T }

// Copy copies s; nil for none. Appending to the result never touches a neighbour.
func (a *Lists[T]) Copy(s []T) []T {
	n := len(s)
	if n == 0 {
		return nil
	}
	if n > len(a.free) {
		if n >= 64 {
			return slices.Clone(s)
		}
		a.free = make([]T, 1024)
	}
	out := a.free[:n:n]
	a.free = a.free[n:]
	copy(out, s)
	return out
}
