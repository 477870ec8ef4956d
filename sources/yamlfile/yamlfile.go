// Package yamlfile reads small YAML files that people write: it reports every problem at its
// line and column, with the nearest known word for a wrong one.
//
// Not here: reading the file (sources/disk), what it means (sources/project/config,
// sources/settings), and editing YAML text in place (model/exposure).
package yamlfile

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"darkroom/model/pattern"
	"darkroom/sources/disk"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// Bounds on YAML that goes through the library: hostile text takes it time with
// the square of length and depth (two seconds at this length).
const (
	maxYAML  = 128 << 10 // bytes
	maxDepth = 40
)

// Is reports a name that dbt reads as YAML.
func Is(name string) bool { return path.Ext(name) == ".yml" || path.Ext(name) == ".yaml" }

// Piece is a piece of YAML with what is needed to point at places in it.
type Piece struct {
	// UnknownFix is added to the fix for an unknown key; may be empty.
	UnknownFix string
	Comments   []string // "# …", in order
	Problems   []error  // of type [*disk.Error]

	file   string
	first  int // number in the file of the piece's first line
	lines  []string
	root   ast.Node // nil when empty or unreadable
	places map[string]*token.Position
}

// Parse reads one document; first is the number in the file of its first line.
// Anchors, aliases and tags are refused: the files that are read here have no use
// for them and hostile ones do.
func Parse(file, text string, first int) *Piece {
	y := &Piece{file: file, first: first, lines: strings.Split(text, "\n"), places: map[string]*token.Position{}}
	if len(text) > maxYAML {
		y.fail(nil, fmt.Sprintf("longer than %d KiB", maxYAML>>10), "")
		return y
	}
	tokens := lexer.Tokenize(text)
	if !y.check(tokens) {
		return y
	}
	f, err := parseTokens(tokens)
	if err != nil {
		y.failFrom(err)
		return y
	}
	for _, doc := range f.Docs {
		switch {
		case doc.Body == nil, doc.Body.Type() == ast.NullType:
		case y.root != nil:
			y.fail(startOf(doc.Body), "a second document", "remove the line ---")
		default:
			y.root = doc.Body
		}
	}
	return y
}

// parseTokens turns a panic of the parser into an error: its input is hostile.
func parseTokens(tokens token.Tokens) (f *ast.File, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errors.New("this is not YAML")
		}
	}()
	return parser.Parse(tokens, 0)
}

// check refuses what the parser must not see and collects the comments.
func (y *Piece) check(tokens token.Tokens) bool {
	var nested nesting
	for _, t := range tokens {
		switch t.Type {
		case token.AnchorType, token.AliasType, token.MergeKeyType:
			y.fail(t.Position, "anchors and aliases are not read here", "write the value out, or in quotes when it begins with & or *")
			return false
		case token.TagType, token.DirectiveType:
			y.fail(t.Position, "tags and directives are not read here", "put the text in quotes when it begins with ! or %")
			return false
		case token.CommentType:
			y.Comments = append(y.Comments, "#"+strings.TrimRight(t.Value, "\r\n"))
		}
		if nested.add(t); nested.depth() > maxDepth {
			y.fail(t.Position, "nested too deeply", "")
			return false
		}
	}
	return true
}

// fail notes a problem at a position of the piece, nil for all of it.
func (y *Piece) fail(at *token.Position, what, fix string) {
	p := &disk.Error{Kind: disk.ErrInvalid, File: y.file, What: what, Fix: fix}
	if at != nil {
		p.Place.Line, p.Place.Column = at.Line+y.first-1, at.Column
		if at.Line >= 1 && at.Line <= len(y.lines) {
			p.Place.Source = maskSecrets(y.lines[at.Line-1])
		}
	}
	y.Problems = append(y.Problems, p)
}

// failFrom notes an error of the library.
func (y *Piece) failFrom(err error) {
	var at *token.Position
	message := err.Error()
	if ye := yaml.Error(nil); errors.As(err, &ye) {
		message = ye.GetMessage()
		if t := ye.GetToken(); t != nil {
			at = t.Position
		}
	}
	fix := ""
	if strings.HasPrefix(message, "invalid header option") { // views: >100
		message, fix = "this text must be quoted", `a value that begins with > or | means something else to YAML: write ">100"`
	}
	y.fail(at, message, fix)
}

// FailAt notes a problem with the value at a path, "$.sites[0].server". Without
// such a value it is the nearest one around it that is pointed at.
func (y *Piece) FailAt(path, what, fix string) {
	for path != "" && y.places[path] == nil {
		path = path[:max(strings.LastIndexAny(path, ".["), 0)]
	}
	y.fail(y.places[path], what, fix)
}

var (
	urlQuery    = pattern.Of(`(://[^\s"'?]*\?)[^\s"']+`)
	secretName  = pattern.Of(`(?i)secret|token|passw|pwd|credential|api_?key`)
	secretValue = pattern.Of(`(?i)((?:secret|token|passw|pwd|credential|api_?key)[^:]*:).*`)
	userInfo    = pattern.Of(`://[^/?#\s]*@`)
)

// maskSecrets hides values that were put into a file although they belong in the
// environment: an error must never show them.
func maskSecrets(line string) string {
	line = urlQuery().ReplaceAllString(userInfo().ReplaceAllString(line, "://***@"), "$1***")
	return secretValue().ReplaceAllString(line, "$1 ***")
}
