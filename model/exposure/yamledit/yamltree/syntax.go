package yamltree

import (
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// reader turns goccy's syntax tree into nodes.
type reader struct {
	anchors map[string]*Node
}

func (r *reader) node(n ast.Node) *Node {
	switch n := n.(type) {
	case *ast.MappingNode:
		return r.mapping(n.Values, n.IsFlowStyle)
	case *ast.MappingValueNode:
		return r.mapping([]*ast.MappingValueNode{n}, n.IsFlowStyle)
	case *ast.SequenceNode:
		return r.list(n)
	case *ast.AnchorNode:
		out := r.sealed(r.node(n.Value), "&"+tokenText(n.Name))
		r.anchors[tokenText(n.Name)] = out
		return out
	case *ast.AliasNode:
		name := tokenText(n.Value)
		return r.sealed(r.anchors[name], "*"+name)
	case *ast.TagNode:
		return r.sealed(r.node(n.Value), tokenText(n))
	case *ast.StringNode:
		return &Node{Scalar: n.Value, Plain: n.Token.Type == token.StringType}
	case *ast.LiteralNode:
		if n.Value != nil {
			return &Node{Scalar: n.Value.Value}
		}
	case *ast.NullNode, nil:
		return &Node{Plain: true}
	}
	return &Node{Scalar: tokenText(n), Plain: true}
}

// sealed is a shallow copy that is not edited; nil is an alias to nowhere.
func (r *reader) sealed(n *Node, mark string) *Node {
	if n == nil {
		return &Node{Fixed: true, rare: &rare{mark: mark}}
	}
	out := *n
	out.Fixed, out.rare = true, &rare{n.Merges(), n.MergeLines(), mark}
	return &out
}

func (r *reader) list(n *ast.SequenceNode) *Node {
	out := &Node{Kind: List, Fixed: n.IsFlowStyle}
	for i, v := range n.Values {
		it := Element{Node: r.node(v)}
		if i < len(n.Entries) && n.Entries[i] != nil {
			it.Line, it.Col = place(n.Entries[i].Start)
		}
		out.Items = append(out.Items, it)
	}
	return out
}

func (r *reader) mapping(values []*ast.MappingValueNode, flow bool) *Node {
	out := &Node{Kind: Map, Fixed: flow}
	for _, v := range values {
		if v == nil || v.Key == nil {
			continue
		}
		if v.Key.IsMergeKey() {
			line, _ := place(v.Key.GetToken())
			out.merge(line, r.node(v.Value))
			continue
		}
		p := Pair{Key: r.keyText(v.Key), Node: r.node(v.Value)}
		p.Line, p.Col = place(v.Key.GetToken())
		_, p.Colon = place(v.Start)
		out.Pairs = append(out.Pairs, p)
	}
	return out
}

// keyText is a key without what it is written with. Such a key is not edited: it is
// not where its text is.
func (r *reader) keyText(n ast.Node) string {
	switch n := n.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode:
		return r.node(n).Scalar
	case *ast.MappingKeyNode:
		return r.keyText(n.Value)
	}
	return tokenText(n)
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
