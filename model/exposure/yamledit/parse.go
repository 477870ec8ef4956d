package yamledit

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Bounds on what is parsed: the parser takes quadratic time on deep nesting.
const (
	maxFile  = 16 << 20
	maxDepth = 500
)

// parseRoot parses one YAML document; the parser's panics become errors.
// anchored reports that it has anchors or aliases.
func parseRoot(text string) (root *Node, anchored bool, failed *Error) {
	const fix = "correct the YAML; darkroom changes nothing until it parses"
	defer func() {
		if p := recover(); p != nil {
			root, failed = nil, &Error{Problem: "cannot be parsed as YAML", Fix: fix}
		}
	}()
	file, err := parser.ParseBytes([]byte(text), 0)
	if err != nil {
		return nil, false, &Error{Line: errorLine(err), Problem: "cannot be parsed as YAML: " + firstLine(err.Error()), Fix: fix}
	}
	r := &reader{anchors: map[string]*Node{}}
	root = &Node{}
	found := false
	for _, doc := range file.Docs {
		if doc == nil || doc.Body == nil {
			continue
		}
		if doc.Body.Type() == ast.DirectiveType || doc.Body.Type() == ast.CommentType {
			continue
		}
		if found {
			return nil, false, &Error{Problem: "holds more than one YAML document", Fix: "split the file"}
		}
		found = true
		root = r.node(doc.Body)
	}
	return root, r.anchored, nil
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
