package document

import (
	"encoding/binary"
	"math/bits"

	"github.com/tidwall/gjson"
)

// outcome says how far a value could be taken apart.
type outcome uint8

const (
	whole  outcome = iota
	cutOff         // the text ends before the value does
	broken         // it is not valid JSON, or nests too deep
)

// scanner takes one value apart and checks all of it on the way: one pass instead of one for
// each level and one for each check.
// What it accepts is what gjson.Valid accepts.
type scanner struct {
	text   []byte
	names  *names
	nodes  []node
	before int // bytes of other entries, which come first in what is kept
	i      int // what was read of the text
	most   int // levels that may still nest
}

// place is that of the next byte in what is kept.
func (s *scanner) place() int32 { return int32(s.before + s.i) }

// peek goes on to the next byte that is no white space; 0 is the end of the text.
func (s *scanner) peek() byte {
	for ; s.i < len(s.text); s.i++ {
		if c := s.text[s.i]; c > ' ' || c != ' ' && c != '\n' && c != '\r' && c != '\t' {
			return c
		}
	}
	return 0
}

func (s *scanner) value(name string) outcome {
	c := s.peek()
	at := len(s.nodes)
	n := node{name: name, from: s.place()}
	var found outcome
	switch c {
	case '"':
		n.kind = text
		n.escaped, found = s.string()
	case '{', '[':
		return s.container(n, c)
	case 't':
		n.kind, found = boolean, s.word("true")
	case 'f':
		n.kind, found = boolean, s.word("false")
	case 'n':
		found = s.word("null")
	default:
		n.kind, found = number, s.number()
	}
	n.to = s.place()
	s.nodes = append(s.nodes[:at], n)
	return found
}

// container takes apart an object or a list.
func (s *scanner) container(n node, open byte) outcome {
	if s.most == 0 {
		return broken
	}
	n.kind = list
	if open == '{' {
		n.kind = object
	}
	at, last := len(s.nodes), 0
	s.nodes = append(s.nodes, n)
	s.most--
	s.i++
	closing := open + 2 // in ASCII
	for c := s.peek(); c != closing; c = s.peek() {
		if last > 0 {
			if c != ',' {
				return s.unexpected()
			}
			s.i++
		}
		var name string
		if open == '{' {
			var found outcome
			if name, found = s.name(); found != whole {
				return found
			}
		}
		next := len(s.nodes)
		if found := s.value(name); found != whole {
			return found
		}
		if last > 0 {
			s.nodes[last].next = int32(next)
		}
		last = next
	}
	s.i++
	s.most++
	s.nodes[at].to, s.nodes[at].some = s.place(), last > 0
	return whole
}

// unexpected is for a byte that cannot be here, or for the end.
func (s *scanner) unexpected() outcome {
	if s.i >= len(s.text) {
		return cutOff
	}
	return broken
}

// name reads the name of a member and its colon.
func (s *scanner) name() (string, outcome) {
	if s.peek() != '"' {
		return "", s.unexpected()
	}
	from := s.i
	escaped, found := s.string()
	if found != whole {
		return "", found
	}
	name := s.text[from+1 : s.i-1]
	if s.peek() != ':' {
		return "", s.unexpected()
	}
	s.i++
	if escaped {
		return gjson.ParseBytes(s.text[from : from+len(name)+2]).Str, whole
	}
	return s.names.known(name), whole
}

// names are the names of members that were met last, by hash.
type names [1 << namesBits]string

const namesBits = 11

// known is the name as a string: files have few names, each many times.
func (all *names) known(name []byte) string {
	h := uint64(len(name))
	if n := len(name); n < 8 {
		for _, c := range name {
			h = h*31 + uint64(c)
		}
	} else {
		h += binary.LittleEndian.Uint64(name) + 31*binary.LittleEndian.Uint64(name[n-8:])
	}
	slot := &all[h*spread>>(64-namesBits)]
	if *slot != string(name) {
		*slot = string(name)
	}
	return *slot
}

// spread lets every bit of a product depend on all bits below it.
const spread = 0x9e3779b97f4a7c15

func (s *scanner) word(word string) outcome {
	rest := s.text[s.i:]
	if n := min(len(rest), len(word)); string(rest[:n]) != word[:n] {
		return broken
	} else if n < len(word) {
		return cutOff
	}
	s.i += len(word)
	return whole
}

// number reads a number. Behind it there has to be something that is not part of it.
func (s *scanner) number() outcome {
	if s.at('-') {
		s.i++
	}
	if !s.at('0') {
		if !s.digits() {
			return s.unexpected()
		}
	} else {
		s.i++
	}
	if s.at('.') {
		s.i++
		if !s.digits() {
			return s.unexpected()
		}
	}
	if s.at('e') || s.at('E') {
		s.i++
		if s.at('+') || s.at('-') {
			s.i++
		}
		if !s.digits() {
			return s.unexpected()
		}
	}
	if s.i == len(s.text) {
		return cutOff
	}
	return whole
}

func (s *scanner) at(c byte) bool { return s.i < len(s.text) && s.text[s.i] == c }

func (s *scanner) digits() (some bool) {
	from := s.i
	for s.i < len(s.text) && s.text[s.i] >= '0' && s.text[s.i] <= '9' {
		s.i++
	}
	return s.i > from
}

const (
	ones = 0x0101010101010101
	tops = ones << 7
)

// below sets the top bit of each byte of x that is less than least; above the lowest of them
// it may set others, too.
func below(x, least uint64) uint64 { return (x - ones*least) &^ x & tops }

// string reads a text in quotes, eight bytes at a time up to what is special.
func (s *scanner) string() (escaped bool, found outcome) {
	b := s.text
	for i := s.i + 1; i < len(b); i++ {
		if i+8 <= len(b) {
			x := binary.LittleEndian.Uint64(b[i:])
			special := below(x^ones*'"', 1) | below(x^ones*'\\', 1) | below(x, ' ')
			if special == 0 {
				i += 7
				continue
			}
			i += bits.TrailingZeros64(special) / 8
		}
		switch c := b[i]; {
		case c == '"':
			s.i = i + 1
			return escaped, whole
		case c < ' ':
			return escaped, broken
		case c == '\\':
			n, found := escape(b[i+1:])
			if found != whole {
				return escaped, found
			}
			i += n
			escaped = true
		}
	}
	return escaped, cutOff
}

// escape says how long what follows a backslash is.
func escape(b []byte) (n int, found outcome) {
	if len(b) == 0 {
		return 0, cutOff
	}
	switch b[0] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 1, whole
	case 'u':
	default:
		return 0, broken
	}
	for _, c := range b[1:min(5, len(b))] {
		if (c < '0' || c > '9') && (c|' ' < 'a' || c|' ' > 'f') {
			return 0, broken
		}
	}
	if len(b) < 5 {
		return 0, cutOff
	}
	return 5, whole
}
