package match

import (
	"hash/maphash"
	"math/bits"
	"slices"
	"sync"
	"unicode/utf8"

	"darkroom/model/editdistance"
	"darkroom/model/relation"
)

// nearIndex finds relations whose names are a slip of the pen away (step 17). It
// is built when the first table is missed. Names are cut into 2k+1 pieces: k
// edits spoil at most two pieces each (a transposition can touch two), so one
// piece of a near name is intact and leads to it. Look-ups are bounded: where
// very many names share a piece, some of them are not looked at.
type nearIndex struct {
	once      sync.Once
	relations int // entries[:relations] are indexed
	posts     postings
	letters   []uint64 // per entry: which letters its name has
}

const (
	nearInSchema  = 2  // edits, in the table's own schema
	nearElsewhere = 1  // edits, in any schema
	nearFrom      = 5  // letters that a name needs
	nearLongest   = 64 // letters of the longest name that is compared
	nearProbe     = 16 // names looked at per piece
)

// near is a relation with the distance of its name.
type near struct {
	id       int32
	distance int
}

// nearTo gives the relations with a name near table, which is not near itself:
// up to two edits within schema, one elsewhere.
func (g *group) nearTo(schema, table string) []near {
	var buf runeBuf
	name := foldedRunes(&buf, table)
	if len(name) < nearFrom || len(name) > nearLongest {
		return nil
	}
	g.near.once.Do(g.buildNear)
	s := nearSearch{g: g, name: name, letters: lettersOf(name)}
	s.search("", nearElsewhere)
	if schema != "" {
		s.search(schema, nearInSchema)
	}
	return s.found
}

func (g *group) buildNear() {
	n := &g.near
	n.letters = make([]uint64, n.relations)
	var buf runeBuf
	distinct := make(map[string]bool, n.relations)
	for id := range n.relations {
		e := &g.entries[id]
		name := foldedRunes(&buf, e.parts[relation.Identifier].Text)
		n.letters[id] = lettersOf(name)
		if len(name) > nearLongest+nearInSchema {
			continue
		}
		g.addPieces(int32(id), e.parts[relation.Schema].Text, nearInSchema, name)
		if key := string(name); !distinct[key] { // one stands for all of its name
			distinct[key] = true
			g.addPieces(int32(id), "", nearElsewhere, name)
		}
	}
	n.posts.freeze(nearProbe)
}

func (g *group) addPieces(id int32, scope string, edits int, name []rune) {
	pieces := 2*edits + 1
	for i := range pieces {
		from, to := i*len(name)/pieces, (i+1)*len(name)/pieces
		g.near.posts.add(g.pieceKey(scope, edits, len(name), i, name[from:to]), id)
	}
}

func (g *group) pieceKey(scope string, edits, length, piece int, text []rune) uint64 {
	var buf [160]byte
	b := append(relation.AppendKey(buf[:0], scope), 0, byte(edits), byte(length), byte(piece))
	for _, r := range text {
		b = utf8.AppendRune(b, r)
	}
	return maphash.Bytes(g.seed, b)
}

// nearSearch is one question to a nearIndex.
type nearSearch struct {
	g       *group
	name    []rune
	letters uint64
	found   []near
}

// search looks for every length that can be within reach, and for each piece at
// every place to which the edits before it can have moved it.
func (s *nearSearch) search(scope string, edits int) {
	pieces := 2*edits + 1
	var buf [nearProbe]int32
	for length := len(s.name) - edits; length <= len(s.name)+edits; length++ {
		longer := len(s.name) - length
		for piece := range pieces {
			from, to := piece*length/pieces, (piece+1)*length/pieces
			for shift := -edits; shift <= edits; shift++ {
				if abs(shift)+abs(longer-shift) > edits || from+shift < 0 || to+shift > len(s.name) {
					continue
				}
				key := s.g.pieceKey(scope, edits, length, piece, s.name[from+shift:to+shift])
				for _, id := range s.g.near.posts.find(buf[:0], key, nearProbe) {
					s.consider(id, edits, scope == "")
				}
			}
		}
	}
}

// consider adds a relation if it is near; with all, every relation of its name.
func (s *nearSearch) consider(id int32, edits int, all bool) {
	if bits.OnesCount64(s.letters^s.g.near.letters[id]) > 2*edits || s.has(id) {
		return
	}
	text := s.g.entries[id].parts[relation.Identifier].Text
	var runes runeBuf
	d := editdistance.Bounded(s.name, foldedRunes(&runes, text), edits)
	if d == 0 || d > edits {
		return
	}
	s.found = append(s.found, near{id, d})
	if !all {
		return
	}
	var buf [nearProbe]int32
	for _, id := range s.g.posts.find(buf[:0], s.g.key(keyTable, text), nearProbe) {
		if !s.has(id) {
			s.found = append(s.found, near{id, d})
		}
	}
}

func (s *nearSearch) has(id int32) bool {
	return slices.ContainsFunc(s.found, func(n near) bool { return n.id == id })
}

// lettersOf marks the letters of a name; names that are k edits apart differ in
// at most 2k marks.
func lettersOf(name []rune) (set uint64) {
	for _, r := range name {
		set |= 1 << (r & 63)
	}
	return set
}

// runeBuf has room for the longest name that is compared and one rune more, by
// which longer ones are known.
type runeBuf [nearLongest + nearInSchema + 1]rune

// foldedRunes gives the runes of s in key form, cut off at the end of buf.
func foldedRunes(buf *runeBuf, s string) []rune {
	var bytes [2 * len(buf)]byte
	n := 0
	for _, r := range string(relation.AppendKey(bytes[:0], s[:min(len(s), 4*len(buf))])) {
		if n == len(buf) {
			break
		}
		buf[n] = r
		n++
	}
	return buf[:n]
}

func abs(x int) int { return max(x, -x) }
