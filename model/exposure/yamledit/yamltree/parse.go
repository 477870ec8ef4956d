package yamltree

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// Bounds on what is parsed: the parser takes quadratic time on deep nesting.
const (
	maxFile  = 16 << 20
	maxDepth = 500
)

// Problem says why a text cannot be read, on which line (from 1; 0 for the whole of it), and
// what to do.
type Problem struct {
	Line      int
	What, Fix string
}

// Document is one YAML document as it was read.
type Document struct {
	Root    *Node
	Anchors map[string]*Node // their values by name
	// Comments and Marks (anchors, aliases, tags) are those of the text in its order.
	Comments, Marks []string
}

// Parse reads one YAML document; the parser's panics become errors.
func Parse(text string) (out Document, failed *Problem) {
	const fix = "correct the YAML; darkroom changes nothing until it parses"
	defer func() {
		if p := recover(); p != nil {
			out, failed = Document{}, &Problem{What: "cannot be parsed as YAML", Fix: fix}
		}
	}()
	if len(text) > maxFile || tooDeep(text) {
		return Document{}, &Problem{What: "is too big or too deeply nested to be edited", Fix: "export to another file"}
	}
	tokens := lexer.Tokenize(text)
	out.Comments, out.Marks = asides(tokens)
	file, err := parser.Parse(tokens, 0)
	if err != nil {
		return Document{}, &Problem{Line: errorLine(err), What: "cannot be parsed as YAML: " + firstLine(err.Error()), Fix: fix}
	}
	r := &reader{anchors: map[string]*Node{}}
	out.Root, out.Anchors = &Node{}, r.anchors
	found := false
	for _, doc := range file.Docs {
		if doc == nil || doc.Body == nil {
			continue
		}
		if doc.Body.Type() == ast.DirectiveType || doc.Body.Type() == ast.CommentType {
			continue
		}
		if found {
			return Document{}, &Problem{What: "holds more than one YAML document", Fix: "split the file"}
		}
		found = true
		out.Root = r.node(doc.Body)
	}
	return out, nil
}

// Marks are the anchors, aliases and tags of a text in its order.
func Marks(text string) []string {
	_, marks := asides(lexer.Tokenize(text))
	return marks
}

// Name is an anchor or an alias in a text; Line and Col count characters from 0.
type Name struct {
	Name      string
	Line, Col int
	Anchor    bool
	Key       bool // it is the key of a pair
}

// Names are the anchors and aliases of a text in its order.
func Names(text string) (out []Name) {
	tokens := lexer.Tokenize(text)
	for i := 0; i+1 < len(tokens); i++ {
		if t := tokens[i]; t.Type == token.AnchorType || t.Type == token.AliasType {
			line, col := place(t)
			out = append(out, Name{
				Name: tokens[i+1].Value, Line: line, Col: col, Anchor: t.Type == token.AnchorType,
				Key: i+2 < len(tokens) && tokens[i+2].Type == token.MappingValueType,
			})
		}
	}
	return out
}

// asides are the comments of a text, and its anchors, aliases and tags.
func asides(tokens token.Tokens) (comments, marks []string) {
	for i, t := range tokens {
		switch t.Type {
		case token.CommentType:
			comments = append(comments, strings.TrimSpace(t.Value))
		case token.AnchorType, token.AliasType:
			if i+1 < len(tokens) {
				marks = append(marks, t.Value+tokens[i+1].Value)
			}
		case token.TagType:
			marks = append(marks, t.Value)
		}
	}
	return comments, marks
}

// tooDeep is a cheap upper bound of the nesting: open brackets, and dashes or
// question marks that nest on one line.
func tooDeep(text string) bool {
	depth := 0
	for l := range strings.Lines(text) {
		nested := 0
		for i := 0; i+1 < len(l); i++ {
			switch l[i] {
			case '[', '{':
				depth++
			case ']', '}':
				depth = max(depth-1, 0)
			case '-', '?', ':':
				if l[i+1] == ' ' || l[i+1] == '\t' {
					nested++
				}
			}
		}
		if depth > maxDepth || nested > maxDepth || len(l)-len(strings.TrimLeft(l, " ")) > 4*maxDepth {
			return true
		}
	}
	return false
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s
}

// errorLine reads the line from the parser's "[3:5] message".
func errorLine(err error) int {
	n := 0
	_, _ = fmt.Sscanf(err.Error(), "[%d:", &n)
	return n
}
