package yamledit

import "slices"

// Node is a YAML value reduced to what editing needs: texts, lists, maps and
// the lines they start on. Aliases share the node of their anchor, so that a
// file cannot blow up by pointing at itself.
type Node struct {
	Kind   Kind
	Scalar string
	Items  []Element
	Pairs  []Pair
	rare   *rare
	// fixed: flow style, an anchor, an alias or a tag; readable but not edited
	// line by line.
	fixed bool
	plain bool // a scalar without quotes
}

// rare is what few nodes have.
type rare struct {
	merges []*Node // maps joined in with "<<"
	lines  []int   // of those "<<"
	mark   string  // the "&anchor", "*alias" or "!tag" that it is written with
}

func (n *Node) merges() []*Node {
	if n.rare == nil {
		return nil
	}
	return n.rare.merges
}

func (n *Node) mergeLines() []int {
	if n.rare == nil {
		return nil
	}
	return n.rare.lines
}

func (n *Node) mark() string {
	if n.rare == nil {
		return ""
	}
	return n.rare.mark
}

// Kind is the shape of a value.
type Kind uint8

// The shapes.
const (
	Scalar Kind = iota
	List
	Map
)

// Element is one element of a list; line and col are its dash's, from 0.
type Element struct {
	line, col int
	Node      *Node
}

// Pair is one pair of a map; line, col and colon are the key's, from 0.
type Pair struct {
	Key              string
	line, col, colon int
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
			for _, m := range n.merges() {
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

// isNull reports that nothing is written.
func (n *Node) isNull() bool { return n.Kind == Scalar && n.Scalar == "" && n.plain && !n.fixed }

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

// nextAfter is the line of the first pair or "<<" after a line, limit without one.
func (n *Node) nextAfter(line, limit int) int {
	for _, p := range n.Pairs {
		if p.line > line {
			limit = min(limit, p.line)
		}
	}
	for _, l := range n.mergeLines() {
		if l > line {
			limit = min(limit, l)
		}
	}
	return limit
}

// sameNode compares values, wherever they are and however they are written.
func sameNode(a, b *Node) bool { return nodePairs{}.same(a, b) }

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
		slices.EqualFunc(a.merges(), b.merges(), seen.same)
	return seen[at]
}

func samePair(a, b Pair) bool { return a.Key == b.Key && sameNode(a.Node, b.Node) }
