package exposure

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// FileError says that a YAML file cannot be edited safely, where, and what to do.
type FileError struct {
	File    string // as the caller named it; may be empty
	Line    int    // from 1; 0 when the whole file is meant
	Problem string
	Cure    string
}

func (e *FileError) Error() string {
	place := e.File
	if place == "" {
		place = "exposures file"
	}
	if e.Line > 0 {
		place = fmt.Sprintf("%s:%d", place, e.Line)
	}
	return place + ": " + e.Problem + "; " + e.Cure
}

// Bounds on what is parsed: the parser takes quadratic time on deep nesting.
const (
	maxFile  = 16 << 20
	maxDepth = 500
)

// line is one line of a file with the line end it has ("", "\n", "\r\n").
type line struct{ text, end string }

// entry is one item of the list of exposures: the lines [first, last) without
// the comments and blank lines around it.
type entry struct {
	first, last int
	dash        int // column of its dash
	name        string
	node        *node
}

// listState is how a file has its exposures.
type listState uint8

const (
	listAbsent listState = iota // no such key
	listEmpty                   // "exposures: []" or nothing after the colon
	listBlock                   // a list of "- " items
)

// document is a YAML file cut at the entries of its exposures.
type document struct {
	bom     bool
	lines   []line
	eol     string
	root    *node
	state   listState
	key     keyed // the pair "exposures"; its line is the one to edit
	entries []entry
}

// parse reads a file for editing. It relies on the parser for what the values
// are and checks against the text where they stand: a file in which the two do
// not agree is refused rather than edited.
func parse(src []byte) (*document, *FileError) {
	d := &document{eol: "\n", root: &node{}}
	text := string(src)
	if text, d.bom = strings.CutPrefix(text, "\uFEFF"); len(text) > maxFile || tooDeep(text) {
		return nil, &FileError{Problem: "is too big or too deeply nested to be edited", Cure: "export to another file"}
	}
	d.split(text)
	root, _, ferr := parseRoot(d.plainText())
	if ferr != nil {
		return nil, ferr
	}
	d.root = root
	if root.kind != nodeMap && (root.kind != nodeScalar || root.scalar != "") {
		return nil, &FileError{Line: 1, Problem: "is no YAML mapping", Cure: "export to another file"}
	}
	key, ok := root.own("exposures")
	if !ok {
		return d, nil
	}
	d.key = key
	return d, d.locate()
}

// parseRoot parses one YAML document; the parser's panics become errors.
// anchored reports that it has anchors or aliases.
func parseRoot(text string) (root *node, anchored bool, ferr *FileError) {
	const cure = "correct the YAML; darkroom changes nothing until it parses"
	defer func() {
		if p := recover(); p != nil {
			root, ferr = nil, &FileError{Problem: "cannot be parsed as YAML", Cure: cure}
		}
	}()
	file, err := parser.ParseBytes([]byte(text), 0)
	if err != nil {
		return nil, false, &FileError{Line: errorLine(err), Problem: "cannot be parsed as YAML: " + firstLine(err.Error()), Cure: cure}
	}
	r := &reader{anchors: map[string]*node{}}
	root = &node{}
	found := false
	for _, doc := range file.Docs {
		if doc == nil || doc.Body == nil {
			continue
		}
		if doc.Body.Type() == ast.DirectiveType || doc.Body.Type() == ast.CommentType {
			continue
		}
		if found {
			return nil, false, &FileError{Problem: "holds more than one YAML document", Cure: "dbt reads only one: split the file"}
		}
		found = true
		root = r.node(doc.Body)
	}
	return root, r.anchored, nil
}

// split cuts text into lines; the commonest line end becomes the document's.
func (d *document) split(text string) {
	crlf := 0
	for text != "" {
		body, rest, found := strings.Cut(text, "\n")
		l := line{text: body}
		if found {
			l.end = "\n"
			if trimmed, ok := strings.CutSuffix(body, "\r"); ok {
				l = line{text: trimmed, end: "\r\n"}
				crlf++
			}
		}
		d.lines = append(d.lines, l)
		text = rest
	}
	if crlf*2 > len(d.lines) {
		d.eol = "\r\n"
	}
}

// plainText is the text with "\n" as its line end, so that the parser counts
// lines as split does.
func (d *document) plainText() string {
	var b strings.Builder
	for _, l := range d.lines {
		b.WriteString(l.text)
		b.WriteByte('\n')
	}
	return b.String()
}

// locate finds the lines of every entry.
func (d *document) locate() *FileError {
	fail := func(at int, problem string) *FileError {
		return &FileError{Line: at + 1, Problem: problem, Cure: "write exposures: as a list of indented \"- name:\" items, or export to another file"}
	}
	if !d.hasKeyAt(d.key) {
		return fail(max(d.key.line, 0), "the key exposures does not stand at the start of a line")
	}
	list := d.key.node
	if list.kind == nodeScalar && list.scalar == "" || list.kind == nodeList && len(list.items) == 0 {
		d.state = listEmpty
		return nil
	}
	if list.kind != nodeList || list.fixed {
		return fail(d.key.line, "exposures is not a plain list")
	}
	d.state = listBlock
	end := d.listEnd()
	for i, it := range list.items {
		next := end
		if i+1 < len(list.items) {
			next = list.items[i+1].line
		}
		if it.line <= d.key.line || it.line >= next || next > len(d.lines) || it.col != list.items[0].col || !d.dashAt(it) {
			return fail(max(it.line, 0), "cannot tell where an exposure starts")
		}
		last := d.trimBack(it.line, next, it.col)
		d.entries = append(d.entries, entry{first: it.line, last: last, dash: it.col, name: it.node.text("name"), node: it.node})
	}
	return nil
}

// hasKeyAt checks that a pair's key and colon stand where the parser says.
func (d *document) hasKeyAt(p keyed) bool {
	if p.line < 0 || p.line >= len(d.lines) || p.colon <= p.col {
		return false
	}
	text := d.lines[p.line].text
	return p.colon < len(text) && text[p.colon] == ':' && strings.Trim(text[p.col:p.colon], `"' `) == p.key && p.key != ""
}

func (d *document) dashAt(it item) bool {
	text := d.lines[it.line].text
	return indentOf(text) == it.col && it.col < len(text) && text[it.col] == '-'
}

// listEnd is the line after the list: the next key of the top level, the end of
// the document, or the end of the file.
func (d *document) listEnd() int {
	for _, p := range d.root.pairs {
		if p.line > d.key.line {
			return p.line
		}
	}
	for i := d.key.line + 1; i < len(d.lines); i++ {
		if t := d.lines[i].text; strings.HasPrefix(t, "---") || strings.HasPrefix(t, "...") {
			return i
		}
	}
	return len(d.lines)
}

// trimBack leaves out blank lines and comments at the end of [first, next): what
// is not indented deeper than the item belongs to whatever follows. (A "#" line
// that deep cannot be the text of a block scalar.)
func (d *document) trimBack(first, next, col int) int {
	for next > first+1 {
		t := strings.TrimRight(d.lines[next-1].text, " \t")
		if t != "" && (indentOf(t) > col || !strings.HasPrefix(t[indentOf(t):], "#")) {
			break
		}
		next--
	}
	return next
}

func indentOf(s string) int { return len(s) - len(strings.TrimLeft(s, " ")) }

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
