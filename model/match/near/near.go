// Package near finds names that are a typing error away from a table's. Its
// answers are hints to show, never proof.
package near

import (
	"hash/maphash"
	"math/bits"
	"slices"
	"sync"
	"unicode/utf8"

	"darkroom/model/editdistance"
	"darkroom/model/match/postings"
	"darkroom/model/relation"
)

// Names are the relations that are searched, by id from 0.
type Names interface {
	Name(id int32) (schema, table string)
	// Called appends the ids of relations with a table name, a few of many.
	Called(dst []int32, table string) []int32
}

// Index finds relations with a name near another (model/match/RULES.md#verdicts-in-order step 17).
// It is built when it is first asked. Names are cut into 2k+1 pieces: k edits spoil
// at most two pieces each (a transposition can touch two), so one piece of a near
// name is intact and leads to it. Look-ups are bounded: where very many names share
// a piece, some of them are not looked at.
type Index struct {
	names   Names
	count   int
	once    sync.Once
	seed    maphash.Seed
	pieces  postings.Index
	letters []uint64 // per relation: which letters its name has
}

// New indexes relations 0 to count-1 of names.
func New(names Names, count int) *Index { return &Index{names: names, count: count} }

const (
	inSchema  = 2  // edits, in the table's own schema
	elsewhere = 1  // edits, in any schema
	shortest  = 5  // letters that a name needs
	longest   = 64 // letters of the longest name that is compared
	probe     = 16 // names looked at per piece
)

// Hit is a relation with the distance of its name.
type Hit struct {
	ID       int32
	Distance int
}

// Find gives the relations with a name near table, which is not near itself: up to
// two edits within schema, one elsewhere.
func (x *Index) Find(schema, table string) []Hit {
	var buf runeBuf
	name := foldedRunes(&buf, table)
	if len(name) < shortest || len(name) > longest {
		return nil
	}
	x.once.Do(x.build)
	s := search{x: x, name: name, letters: lettersOf(name)}
	s.within("", elsewhere)
	if schema != "" {
		s.within(schema, inSchema)
	}
	return s.found
}

func (x *Index) build() {
	x.seed = maphash.MakeSeed()
	x.letters = make([]uint64, x.count)
	var buf runeBuf
	distinct := make(map[string]bool, x.count)
	for id := range int32(x.count) {
		schema, table := x.names.Name(id)
		name := foldedRunes(&buf, table)
		x.letters[id] = lettersOf(name)
		if len(name) > longest+inSchema {
			continue
		}
		x.addPieces(id, schema, inSchema, name)
		if key := string(name); !distinct[key] { // one represents all of its name
			distinct[key] = true
			x.addPieces(id, "", elsewhere, name)
		}
	}
	x.pieces.Freeze(probe)
}

func (x *Index) addPieces(id int32, scope string, edits int, name []rune) {
	pieces := 2*edits + 1
	for i := range pieces {
		from, to := i*len(name)/pieces, (i+1)*len(name)/pieces
		x.pieces.Add(x.pieceKey(scope, edits, len(name), i, name[from:to]), id)
	}
}

func (x *Index) pieceKey(scope string, edits, length, piece int, text []rune) uint64 {
	var buf [160]byte
	b := append(relation.AppendKey(buf[:0], scope), 0, byte(edits), byte(length), byte(piece))
	for _, r := range text {
		b = utf8.AppendRune(b, r)
	}
	return maphash.Bytes(x.seed, b)
}

// search is one question to an Index.
type search struct {
	x       *Index
	name    []rune
	letters uint64
	found   []Hit
}

// within looks for every length that can be within reach, and for each piece at
// every place to which the edits before it can have moved it.
func (s *search) within(scope string, edits int) {
	pieces := 2*edits + 1
	var buf [probe]int32
	for length := len(s.name) - edits; length <= len(s.name)+edits; length++ {
		longer := len(s.name) - length
		for piece := range pieces {
			from, to := piece*length/pieces, (piece+1)*length/pieces
			for shift := -edits; shift <= edits; shift++ {
				if abs(shift)+abs(longer-shift) > edits || from+shift < 0 || to+shift > len(s.name) {
					continue
				}
				key := s.x.pieceKey(scope, edits, length, piece, s.name[from+shift:to+shift])
				for _, id := range s.x.pieces.Find(buf[:0], key, probe) {
					s.consider(id, edits, scope == "")
				}
			}
		}
	}
}

// consider adds a relation if it is near; with all, every relation of its name.
func (s *search) consider(id int32, edits int, all bool) {
	if bits.OnesCount64(s.letters^s.x.letters[id]) > 2*edits || s.has(id) {
		return
	}
	_, text := s.x.names.Name(id)
	var runes runeBuf
	d := editdistance.Bounded(s.name, foldedRunes(&runes, text), edits)
	if d == 0 || d > edits {
		return
	}
	s.found = append(s.found, Hit{id, d})
	if !all {
		return
	}
	var buf [probe]int32
	for _, id := range s.x.names.Called(buf[:0], text) {
		if !s.has(id) {
			s.found = append(s.found, Hit{id, d})
		}
	}
}

func (s *search) has(id int32) bool {
	return slices.ContainsFunc(s.found, func(h Hit) bool { return h.ID == id })
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
type runeBuf [longest + inSchema + 1]rune

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
