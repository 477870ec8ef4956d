package yamlfile

import (
	"errors"
	"fmt"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/token"
)

// nesting counts how deep YAML is: brackets, and dashes and question marks on one line.
type nesting struct{ brackets, dashes, line int }

func (n *nesting) depth() int { return n.brackets + n.dashes }

func (n *nesting) add(t *token.Token) {
	if t.Position.Line != n.line {
		n.dashes, n.line = 0, t.Position.Line
	}
	switch t.Type {
	case token.SequenceStartType, token.MappingStartType:
		n.brackets++
	case token.SequenceEndType, token.MappingEndType:
		n.brackets--
	case token.SequenceEntryType, token.MappingKeyType:
		n.dashes++
	}
}

// maxAliased is how many values aliases may add to a document. Ten lines can
// expand to billions.
const maxAliased = 20_000

// CheckBounds reads YAML that is about to be decoded by the library, with its aliases
// written out. It refuses what is nested too deeply, and aliases that would write out too
// much, or themselves.
func CheckBounds(text string) error {
	tokens := lexer.Tokenize(text)
	var nested nesting
	for _, t := range tokens {
		if nested.add(t); nested.depth() > maxDepth {
			return fmt.Errorf("nested too deeply at line %d", t.Position.Line)
		}
	}
	f, err := parseTokens(tokens)
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
			e.err = fmt.Errorf("aliases that expand to more than %d values", maxAliased)
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
