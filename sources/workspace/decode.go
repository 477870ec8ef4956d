package workspace

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// decode fills v, a pointer to a struct with yaml tags, from the piece. Unlike
// the library's own decoder it reports every problem at its place, names the
// nearest known key, and takes an unquoted number where a text is wanted as it
// is written ("007", not "7").
func (y *yamlText) decode(v any) {
	if y.root != nil {
		y.value(y.root, reflect.ValueOf(v).Elem(), "$")
	}
}

func (y *yamlText) value(n ast.Node, v reflect.Value, path string) {
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
		if !ok {
			y.failAt(path, "a list is wanted here, not "+kindOf(n), "write [a, b] or one \"- a\" per line")
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), len(seq.Values), len(seq.Values)))
		for i, item := range seq.Values {
			y.value(item, v.Index(i), fmt.Sprintf("%s[%d]", path, i))
		}
	case reflect.Bool:
		b, ok := n.(*ast.BoolNode)
		if !ok {
			y.failAt(path, "true or false is wanted here, not "+kindOf(n), "")
			return
		}
		v.SetBool(b.Value)
	default:
		text, ok := scalar(n)
		if !ok {
			y.failAt(path, "one text is wanted here, not "+kindOf(n), "")
			return
		}
		v.SetString(text)
	}
}

// section reads a mapping into a struct; a key that no field has is a problem.
func (y *yamlText) section(n ast.Node, v reflect.Value, path string) {
	known := map[string]int{}
	for i := range v.NumField() {
		if name := v.Type().Field(i).Tag.Get("yaml"); name != "" {
			known[name] = i
		}
	}
	y.pairs(n, path, func(key string, mv *ast.MappingValueNode) {
		i, ok := known[key]
		if !ok {
			names := make([]string, 0, len(known))
			for name := range known {
				names = append(names, name)
			}
			y.fail(mv.Key.GetToken().Position, fmt.Sprintf("unknown key %q", clip(key)), strings.TrimSuffix(didYouMean(key, names)+"; "+y.unknown, "; "))
			return
		}
		at := path + "." + key
		y.value(mv.Value, v.Field(i), at)
		y.places[at] = mv.Key.GetToken().Position
	})
}

// table reads a mapping of texts.
func (y *yamlText) table(n ast.Node, v reflect.Value, path string) {
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

// pairs goes through a mapping; anything else is a problem.
func (y *yamlText) pairs(n ast.Node, path string, each func(string, *ast.MappingValueNode)) {
	var list []*ast.MappingValueNode
	switch n := n.(type) {
	case *ast.MappingNode:
		list = n.Values
	case *ast.MappingValueNode:
		list = []*ast.MappingValueNode{n}
	default:
		y.failAt(path, "\"key: value\" lines are wanted here, not "+kindOf(n), "")
		return
	}
	seen := map[string]bool{}
	for _, mv := range list {
		key, ok := scalar(mv.Key)
		switch {
		case !ok:
			y.fail(mv.Key.GetToken().Position, "a key has to be a plain text", "")
		case seen[key]:
			y.fail(mv.Key.GetToken().Position, fmt.Sprintf("%q is here twice", clip(key)), "keep one")
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

// didYouMean is the cure for an unknown word: the nearest known one, or all.
func didYouMean(word string, known []string) string {
	slices.Sort(known)
	low := strings.ToLower(clip(word))
	best, at := "", 3
	for _, k := range known {
		d := distance(low, k)
		if strings.HasPrefix(k, low) && len(low) >= 3 || strings.HasPrefix(low, k) {
			d = min(d, 2)
		}
		if d < at && d < max(len(k), 2) {
			best, at = k, d
		}
	}
	switch {
	case secretName.MatchString(low):
		return "secrets come from the environment (TABLEAU_TOKEN_NAME, TABLEAU_TOKEN_SECRET) or the keyring: take it out of the file"
	case best != "":
		return fmt.Sprintf("did you mean %q?", best)
	}
	return "known here: " + strings.Join(known, ", ")
}

// distance counts the letters to change, add or drop (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(diagonal+cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// clip keeps words of hostile length out of messages.
func clip(s string) string {
	if rs := []rune(s); len(rs) > 60 {
		return string(rs[:60]) + "…"
	}
	return s
}
