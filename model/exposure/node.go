package exposure

import (
	"slices"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// node is a YAML value reduced to what the merge needs: texts, lists, maps and
// the lines they start on. Aliases share the node of their anchor, so that a
// file cannot blow up by pointing at itself.
type node struct {
	kind   nodeKind
	scalar string
	items  []item
	pairs  []keyed
	merges []*node // maps joined in with "<<"
	// fixed: flow style, an anchor, an alias or a tag; readable but not edited
	// line by line.
	fixed bool
}

type nodeKind uint8

const (
	nodeScalar nodeKind = iota
	nodeList
	nodeMap
)

// item is one element of a list; line is its dash's, from 0.
type item struct {
	line, col int
	node      *node
}

// keyed is one pair of a map; line, col and colon are the key's, from 0.
type keyed struct {
	key              string
	line, col, colon int
	node             *node
}

// reader turns goccy's syntax tree into nodes.
type reader struct {
	anchors  map[string]*node
	anchored bool // an anchor or alias was met
}

func (r *reader) node(n ast.Node) *node {
	switch n := n.(type) {
	case *ast.MappingNode:
		return r.mapping(n.Values, n.IsFlowStyle)
	case *ast.MappingValueNode:
		return r.mapping([]*ast.MappingValueNode{n}, n.IsFlowStyle)
	case *ast.SequenceNode:
		return r.list(n)
	case *ast.AnchorNode:
		r.anchored = true
		out := r.sealed(r.node(n.Value))
		r.anchors[tokenText(n.Name)] = out
		return out
	case *ast.AliasNode:
		r.anchored = true
		return r.sealed(r.anchors[tokenText(n.Value)])
	case *ast.TagNode:
		return r.sealed(r.node(n.Value))
	case *ast.StringNode:
		return &node{scalar: n.Value}
	case *ast.LiteralNode:
		if n.Value != nil {
			return &node{scalar: n.Value.Value}
		}
	case *ast.NullNode, nil:
		return &node{}
	}
	return &node{scalar: tokenText(n)}
}

// sealed is a shallow copy that is not edited; nil is an alias to nowhere.
func (r *reader) sealed(n *node) *node {
	if n == nil {
		return &node{fixed: true}
	}
	out := *n
	out.fixed = true
	return &out
}

func (r *reader) list(n *ast.SequenceNode) *node {
	out := &node{kind: nodeList, fixed: n.IsFlowStyle}
	for i, v := range n.Values {
		it := item{node: r.node(v)}
		if i < len(n.Entries) && n.Entries[i] != nil {
			it.line, it.col = place(n.Entries[i].Start)
		}
		out.items = append(out.items, it)
	}
	return out
}

func (r *reader) mapping(values []*ast.MappingValueNode, flow bool) *node {
	out := &node{kind: nodeMap, fixed: flow}
	for _, v := range values {
		if v == nil || v.Key == nil {
			continue
		}
		if v.Key.IsMergeKey() {
			out.merge(r.node(v.Value))
			continue
		}
		p := keyed{key: tokenText(v.Key), node: r.node(v.Value)}
		p.line, p.col = place(v.Key.GetToken())
		_, p.colon = place(v.Start)
		out.pairs = append(out.pairs, p)
	}
	return out
}

// merge takes a map or a list of maps, not lists of lists: those could grow
// without bound through aliases.
func (n *node) merge(other *node) {
	if other.kind == nodeMap {
		n.merges = append(n.merges, other)
	}
	for _, it := range other.items {
		if it.node.kind == nodeMap {
			n.merges = append(n.merges, it.node)
		}
	}
}

func place(t *token.Token) (line, col int) {
	if t == nil || t.Position == nil {
		return -1, -1
	}
	return t.Position.Line - 1, t.Position.Column - 1
}

func tokenText(n ast.Node) string {
	if n == nil {
		return ""
	}
	if t := n.GetToken(); t != nil {
		return t.Value
	}
	return ""
}

// own finds a pair of the map itself, not of one merged into it.
func (n *node) own(key string) (keyed, bool) {
	if n == nil || n.kind != nodeMap {
		return keyed{}, false
	}
	i := slices.IndexFunc(n.pairs, func(p keyed) bool { return p.key == key })
	if i < 0 {
		return keyed{}, false
	}
	return n.pairs[i], true
}

// get follows a path of keys; nil when there is nothing.
func (n *node) get(path ...string) *node {
	for _, key := range path {
		p, ok := n.own(key)
		if !ok && n != nil {
			for _, m := range n.merges {
				if p, ok = m.own(key); ok {
					break
				}
			}
		}
		if !ok {
			return nil
		}
		n = p.node
	}
	return n
}

// text is the scalar at a path, "" when there is none.
func (n *node) text(path ...string) string {
	if v := n.get(path...); v != nil && v.kind == nodeScalar {
		return v.scalar
	}
	return ""
}

// values are the texts at a path: of a list its scalars, of a scalar itself.
func (n *node) values(path ...string) []string {
	v := n.get(path...)
	if v == nil {
		return nil
	}
	if v.kind != nodeList {
		if v.scalar == "" {
			return nil
		}
		return []string{v.scalar}
	}
	var out []string
	for _, it := range v.items {
		if it.node.kind == nodeScalar {
			out = append(out, it.node.scalar)
		}
	}
	return out
}
