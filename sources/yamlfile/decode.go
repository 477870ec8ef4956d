package yamlfile

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"darkroom/sources/disk"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// Decode fills v, a pointer to a struct with yaml tags, from the piece. Unlike
// the library's own decoder it reports every problem at its place, names the
// nearest known key, and takes an unquoted number where a text is wanted as it
// is written ("007", not "7").
func (y *Piece) Decode(v any) {
	if y.root != nil {
		y.value(y.root, reflect.ValueOf(v).Elem(), "$")
	}
}

func (y *Piece) value(n ast.Node, v reflect.Value, path string) {
	if n == nil || n.Type() == ast.NullType {
		return
	}
	y.places[path] = startOf(n)
	switch v.Kind() {
	case reflect.Struct:
		y.section(n, v, path)
	case reflect.Map:
		y.table(n, v, path)
	case reflect.Slice:
		seq, ok := n.(*ast.SequenceNode)
		if text, one := scalar(n); one && v.Type() == reflect.TypeFor[Texts]() {
			v.Set(reflect.ValueOf(Texts{text}))
			return
		}
		if !ok {
			y.FailAt(path, "a list is expected here, not "+kindOf(n), "write [a, b] or one \"- a\" per line")
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), len(seq.Values), len(seq.Values)))
		for i, item := range seq.Values {
			y.value(item, v.Index(i), fmt.Sprintf("%s[%d]", path, i))
		}
	case reflect.Bool:
		b, ok := n.(*ast.BoolNode)
		if !ok {
			y.FailAt(path, "true or false is expected here, not "+kindOf(n), "")
			return
		}
		v.SetBool(b.Value)
	default:
		text, ok := scalar(n)
		if !ok {
			y.FailAt(path, "one text is expected here, not "+kindOf(n), "")
			return
		}
		v.SetString(text)
	}
}

// Texts is a list that may be written as one text, too.
type Texts []string

// OtherKeys is a struct with keys that are not tags of its fields.
type OtherKeys interface {
	// OtherKeys are those keys.
	OtherKeys() []string
	// OtherKey is where the value of such a key goes, nil when it cannot be used.
	OtherKey(key string) *string
}

// section reads a mapping into a struct; a key that no field has is a problem.
func (y *Piece) section(n ast.Node, v reflect.Value, path string) {
	known := map[string]int{}
	for i := range v.NumField() {
		if name := v.Type().Field(i).Tag.Get("yaml"); name != "" {
			known[name] = i
		}
	}
	var others []string
	more, hasMore := v.Addr().Interface().(OtherKeys)
	if hasMore {
		others = more.OtherKeys()
	}
	y.pairs(n, path, func(key string, mv *ast.MappingValueNode) {
		at := path + "." + key
		if slices.Contains(others, key) {
			if text := more.OtherKey(key); text != nil {
				y.value(mv.Value, reflect.ValueOf(text).Elem(), at)
				y.places[at] = mv.Key.GetToken().Position
				return
			}
		}
		i, ok := known[key]
		if !ok {
			names := slices.Clone(others)
			for name := range known {
				names = append(names, name)
			}
			y.fail(mv.Key.GetToken().Position, fmt.Sprintf("unknown key %q", disk.Clip(key)), strings.TrimSuffix(DidYouMean(key, names)+"; "+y.UnknownFix, "; "))
			return
		}
		y.value(mv.Value, v.Field(i), at)
		y.places[at] = mv.Key.GetToken().Position
	})
}

// table reads a mapping of texts.
func (y *Piece) table(n ast.Node, v reflect.Value, path string) {
	m := reflect.MakeMap(v.Type())
	y.pairs(n, path, func(key string, mv *ast.MappingValueNode) {
		value := reflect.New(v.Type().Elem()).Elem()
		at := path + "." + key
		y.value(mv.Value, value, at)
		y.places[at] = mv.Key.GetToken().Position
		m.SetMapIndex(reflect.ValueOf(key), value)
	})
	v.Set(m)
}

// pairs goes through a mapping; any other node is a problem.
func (y *Piece) pairs(n ast.Node, path string, each func(string, *ast.MappingValueNode)) {
	var list []*ast.MappingValueNode
	switch n := n.(type) {
	case *ast.MappingNode:
		list = n.Values
	case *ast.MappingValueNode:
		list = []*ast.MappingValueNode{n}
	default:
		y.FailAt(path, "\"key: value\" lines are expected here, not "+kindOf(n), "")
		return
	}
	seen := map[string]bool{}
	for _, mv := range list {
		key, ok := scalar(mv.Key)
		switch {
		case !ok:
			y.fail(mv.Key.GetToken().Position, "a key has to be a plain text", "")
		case seen[key]:
			y.fail(mv.Key.GetToken().Position, fmt.Sprintf("%q is here twice", disk.Clip(key)), "keep one")
		default:
			seen[key] = true
			each(key, mv)
		}
	}
}

// scalar is the text of a single value as it is written; quotes and escapes are
// undone.
func scalar(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode, *ast.NullNode:
		return n.GetToken().Value, true
	}
	return "", false
}

// startOf is where a value begins; of a block mapping the library's own token is
// the first colon.
func startOf(n ast.Node) *token.Position {
	if m, ok := n.(*ast.MappingNode); ok && !m.IsFlowStyle && len(m.Values) > 0 {
		return m.Values[0].Key.GetToken().Position
	}
	return n.GetToken().Position
}

func kindOf(n ast.Node) string {
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return "\"key: value\" lines"
	case *ast.SequenceNode:
		return "a list"
	case *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		return "a number"
	case *ast.BoolNode:
		return "true or false"
	}
	return "a text"
}
