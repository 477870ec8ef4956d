package yamledit

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

// parsed is one YAML document as it was read.
type parsed struct {
	root    *Node
	anchors map[string]*Node
	// comments and marks (anchors, aliases, tags) are those of the text in its order.
	comments, marks []string
}

// parseRoot parses one YAML document; the parser's panics become errors.
func parseRoot(text string) (out parsed, failed *Error) {
	const fix = "correct the YAML; darkroom changes nothing until it parses"
	defer func() {
		if p := recover(); p != nil {
			out, failed = parsed{}, &Error{Problem: "cannot be parsed as YAML", Fix: fix}
		}
	}()
	if len(text) > maxFile || tooDeep(text) {
		return parsed{}, &Error{Problem: "is too big or too deeply nested to be edited", Fix: otherFile}
	}
	tokens := lexer.Tokenize(text)
	out.comments, out.marks = asides(tokens)
	file, err := parser.Parse(tokens, 0)
	if err != nil {
		return parsed{}, &Error{Line: errorLine(err), Problem: "cannot be parsed as YAML: " + firstLine(err.Error()), Fix: fix}
	}
	r := &reader{anchors: map[string]*Node{}}
	out.root, out.anchors = &Node{}, r.anchors
	found := false
	for _, doc := range file.Docs {
		if doc == nil || doc.Body == nil {
			continue
		}
		if doc.Body.Type() == ast.DirectiveType || doc.Body.Type() == ast.CommentType {
			continue
		}
		if found {
			return parsed{}, &Error{Problem: "holds more than one YAML document", Fix: "split the file"}
		}
		found = true
		out.root = r.node(doc.Body)
	}
	return out, nil
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
		if depth > maxDepth || nested > maxDepth || indentOf(l) > 4*maxDepth {
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
