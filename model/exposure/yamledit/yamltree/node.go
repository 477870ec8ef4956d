// Package yamltree reads YAML into values with their places in the text, as an editor of lines
// needs them. It is the one place in the room that knows the YAML parser.
package yamltree

import "slices"

// Node is a YAML value reduced to what editing needs: texts, lists, maps and
// the lines they start on. Aliases share the node of their anchor, so that a
// file cannot blow up by pointing at itself.
type Node struct {
	Kind   Kind
	Scalar string
	Items  []Element
	Pairs  []Pair
	// Fixed: flow style, an anchor, an alias or a tag; readable but not edited
	// line by line.
	Fixed bool
	Plain bool // a scalar without quotes
	rare  *rare
}

// rare is what few nodes have.
type rare struct {
	merges []*Node
	lines  []int // of the "<<" of merges
	mark   string
}

// Merges are the maps that are joined in with "<<".
func (n *Node) Merges() []*Node {
	if n.rare == nil {
		return nil
	}
	return n.rare.merges
}

// MergeLines are the lines of the "<<".
func (n *Node) MergeLines() []int {
	if n.rare == nil {
		return nil
	}
	return n.rare.lines
}

// Mark is the "&anchor", "*alias" or "!tag" that the value is written with, "" without one.
func (n *Node) Mark() string {
	if n.rare == nil {
		return ""
	}
	return n.rare.mark
}

// Kind is the shape of a value.
type Kind uint8

const (
	Scalar Kind = iota
	List
	Map
)

// Element is one element of a list; Line and Col are its dash's, from 0.
type Element struct {
	Line, Col int
	Node      *Node
}

// Pair is one pair of a map; Line, Col and Colon are the key's, from 0.
type Pair struct {
	Key              string
	Line, Col, Colon int
	Node             *Node
}

// Pair finds a pair of the map itself, not of one merged into it.
func (n *Node) Pair(key string) (Pair, bool) {
	if n == nil || n.Kind != Map {
		return Pair{}, false
	}
	for i := range n.Pairs {
		if n.Pairs[i].Key == key {
			return n.Pairs[i], true
		}
	}
	return Pair{}, false
}

// Get follows a path of keys; nil when there is nothing.
func (n *Node) Get(path ...string) *Node {
	for _, key := range path {
		p, ok := n.Pair(key)
		if !ok && n != nil {
			for _, m := range n.Merges() {
				if p, ok = m.Pair(key); ok {
					break
				}
			}
		}
		if !ok {
			return nil
		}
		n = p.Node
	}
	return n
}

// Text is the scalar at a path, "" when there is none.
func (n *Node) Text(path ...string) string {
	if v := n.Get(path...); v != nil && v.Kind == Scalar {
		return v.Scalar
	}
	return ""
}

// Values are the texts at a path: of a list its scalars, of a scalar itself.
func (n *Node) Values(path ...string) []string {
	v := n.Get(path...)
	if v == nil {
		return nil
	}
	if v.Kind != List {
		if v.Scalar == "" {
			return nil
		}
		return []string{v.Scalar}
	}
	var out []string
	for _, it := range v.Items {
		if it.Node.Kind == Scalar {
			out = append(out, it.Node.Scalar)
		}
	}
	return out
}

// IsNull reports that nothing is written.
func (n *Node) IsNull() bool { return n.Kind == Scalar && n.Scalar == "" && n.Plain && !n.Fixed }

// merge takes a map or a list of maps, not lists of lists: those could grow
// without bound through aliases.
func (n *Node) merge(line int, other *Node) {
	if n.rare == nil {
		n.rare = &rare{}
	}
	n.rare.lines = append(n.rare.lines, line)
	if other.Kind == Map {
		n.rare.merges = append(n.rare.merges, other)
	}
	for _, it := range other.Items {
		if it.Node.Kind == Map {
			n.rare.merges = append(n.rare.merges, it.Node)
		}
	}
}

// NextAfter is the line of the first pair or "<<" after a line, limit without one.
func (n *Node) NextAfter(line, limit int) int {
	for _, p := range n.Pairs {
		if p.Line > line {
			limit = min(limit, p.Line)
		}
	}
	for _, l := range n.MergeLines() {
		if l > line {
			limit = min(limit, l)
		}
	}
	return limit
}

// Child is the value of a pair of the map itself, an empty one without it.
func (n *Node) Child(key string) *Node {
	if p, ok := n.Pair(key); ok {
		return p.Node
	}
	return &Node{}
}

// Shift moves what begins in a line, or after it, down. It must not be met twice, as
// what an alias means is.
func (n *Node) Shift(from, by int) {
	move := func(line *int) {
		if *line >= from {
			*line += by
		}
	}
	for i := range n.Items {
		move(&n.Items[i].Line)
		n.Items[i].Node.Shift(from, by)
	}
	for i := range n.Pairs {
		move(&n.Pairs[i].Line)
		n.Pairs[i].Node.Shift(from, by)
	}
	for i := range n.MergeLines() {
		move(&n.rare.lines[i])
	}
	for _, m := range n.Merges() {
		m.Shift(from, by)
	}
}

// Same compares values, wherever they are and however they are written.
func Same(a, b *Node) bool { return nodePairs{}.same(a, b) }

// nodePairs are those that were compared already: a few aliases can make a tree of
// any size.
type nodePairs map[[2]*Node]bool

func (seen nodePairs) same(a, b *Node) bool {
	if a == nil || b == nil || a == b {
		return a == b
	}
	at := [2]*Node{a, b}
	if same, known := seen[at]; known {
		return same
	}
	seen[at] = a.Kind == b.Kind && a.Scalar == b.Scalar &&
		slices.EqualFunc(a.Items, b.Items, func(x, y Element) bool { return seen.same(x.Node, y.Node) }) &&
		slices.EqualFunc(a.Pairs, b.Pairs, func(x, y Pair) bool { return x.Key == y.Key && seen.same(x.Node, y.Node) }) &&
		slices.EqualFunc(a.Merges(), b.Merges(), seen.same)
	return seen[at]
}

// SamePair compares the keys and values of pairs.
func SamePair(a, b Pair) bool { return a.Key == b.Key && Same(a.Node, b.Node) }
