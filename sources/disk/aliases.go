package disk

import (
	"errors"
	"fmt"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
)

// maxAliased is how many values aliases may add to a document. Ten lines can stand
// for billions.
const maxAliased = 20_000

// CheckAliases reads YAML that is about to be decoded with its aliases written out, and
// refuses it when they would write out too much, or themselves.
func CheckAliases(text string) error {
	f, err := parseTokens(lexer.Tokenize(text))
	if err != nil {
		return err
	}
	e := expansion{of: map[string]int{}}
	for _, doc := range f.Docs {
		if e.size(doc.Body); e.err != nil {
			return e.err
		}
	}
	return nil
}

// expansion counts the values of a document with its aliases written out.
type expansion struct {
	of      map[string]int // by anchor; -1 while it is counted
	aliased int
	err     error
}

func (e *expansion) size(n ast.Node) int {
	switch n := n.(type) {
	case nil:
		return 0
	case *ast.AnchorNode:
		name := n.Name.GetToken().Value
		e.of[name] = -1
		size := e.size(n.Value)
		e.of[name] = size
		return size
	case *ast.AliasNode:
		size := e.of[n.Value.GetToken().Value]
		if size < 0 && e.err == nil {
			e.err = errors.New("an alias within its own anchor")
		}
		if e.aliased += max(size, 1); e.aliased > maxAliased && e.err == nil {
			e.err = fmt.Errorf("aliases that stand for more than %d values", maxAliased)
		}
		return min(max(size, 1), maxAliased) // no sum overflows
	case *ast.MappingNode:
		size := 1
		for _, v := range n.Values {
			size += e.size(v)
		}
		return size
	case *ast.MappingValueNode:
		return 1 + e.size(n.Value)
	case *ast.SequenceNode:
		size := 1
		for _, v := range n.Values {
			size += e.size(v)
		}
		return size
	case *ast.TagNode:
		return e.size(n.Value)
	}
	return 1
}
