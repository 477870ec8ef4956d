package yamledit

import (
	"slices"
	"strings"

	"darkroom/model/exposure/yamledit/yamltext"
	"darkroom/model/exposure/yamledit/yamltree"
)

// Entry is one item of a document's list: the lines [First, Last) without the
// comments and blank lines around it.
type Entry struct {
	First, Last int
	Dash        int // column of its dash
	from, to    int // its bytes in the text; none when its lines are others now
	Name        string
	// Like is the index of an entry of the document that it was read after (ParseLike)
	// with the same lines, and -1 when there is none.
	Like int
	node *yamltree.Node // nil when it is written as RenderEntry writes it: it is read again when asked for
}

// See gets the value of an entry by its index. The node is valid only until it returns.
type See func(entry int, node *yamltree.Node)

// listState is how a file has its list.
type listState uint8

const (
	listAbsent listState = iota // no such key
	listEmpty                   // "exposures: []" or nothing after the colon
	listBlock                   // a list of "- " items
)

// Document is a YAML file cut at the entries of one list at its top level.
type Document struct {
	Lines   []yamltext.Line
	EOL     string // the line end that most lines have
	Root    *yamltree.Node
	Entries []Entry

	list  string        // the key of the list
	key   yamltree.Pair // the pair of that key; its line is the one to edit
	state listState
	bom   bool
	text  string // that the lines are of, without the mark at its begin; all end in "\n" unless crlf
	crlf  bool
	// rendered says of each entry whether it is written as RenderEntry writes it; empty
	// when that is not known.
	rendered []bool
	// anchors are the values of the file's anchors by name.
	anchors map[string]*yamltree.Node
}

const byteOrderMark = "\uFEFF"

// Parse reads a file for editing; list is the key at the top level whose entries
// are edited. It relies on the parser for what the values are and checks against
// the text where they are: a file in which the two do not agree is refused rather
// than edited.
func Parse(src []byte, list string) (*Document, *Error) {
	return ParseLike(string(src), list, nil, nil)
}

// ParseLike is [Parse]. Entries that are in another document, too, are not read again: only
// all others are shown to see, some perhaps twice.
func ParseLike(text, list string, other *Document, see See) (*Document, *Error) {
	if see == nil {
		see = func(int, *yamltree.Node) {}
	}
	d := Unreadable(list)
	text, d.bom = strings.CutPrefix(text, byteOrderMark)
	d.split(text)
	if d.cut(other, see) {
		return d, nil
	}
	d = &Document{Lines: d.Lines, EOL: d.EOL, Root: &yamltree.Node{}, list: list, bom: d.bom, text: d.text, crlf: d.crlf}
	if _, err := d.whole(); err != nil {
		return d, err
	}
	d.Each(see)
	return d, nil
}

// whole reads all lines with the YAML parser.
func (d *Document) whole() (*Document, *Error) {
	read, problem := yamltree.Parse(d.plainText())
	if problem != nil {
		return nil, &Error{Line: problem.Line, Problem: problem.What, Fix: problem.Fix}
	}
	root := read.Root
	d.Root, d.anchors = root, read.Anchors
	if root.Kind != yamltree.Map && (root.Kind != yamltree.Scalar || root.Scalar != "") {
		return nil, &Error{Line: 1, Problem: "is not a YAML mapping", Fix: otherFile}
	}
	key, ok := root.Pair(d.list)
	if !ok {
		return d, nil
	}
	d.key = key
	return d, d.locate()
}

// Anchored reports that the file has anchors.
func (d *Document) Anchored() bool { return len(d.anchors) > 0 }

// Unreadable is a document without lines, for a file that Parse refused.
func Unreadable(list string) *Document {
	return &Document{EOL: "\n", Root: &yamltree.Node{}, list: list}
}

// EntryLines are the lines of an entry.
func (d *Document) EntryLines(e *Entry) []yamltext.Line { return d.Lines[e.First:e.Last] }

// Node is the value of an entry.
func (d *Document) Node(e *Entry) *yamltree.Node {
	if e.node != nil {
		return e.node
	}
	r := yamltext.Reader{Lines: d.Lines}
	return r.Entry(e.First, e.Last, e.Dash)
}

// Each shows the value of each entry.
func (d *Document) Each(see See) {
	r := yamltext.Reader{Lines: d.Lines}
	for i := range d.Entries {
		e := &d.Entries[i]
		n := e.node
		if n == nil {
			r.Reuse()
			n = r.Entry(e.First, e.Last, e.Dash)
		}
		see(i, n)
	}
}

// Rename puts other lines, as many, in the place of an entry's, with another name. The
// entry must be written as RenderEntry writes it, before and after.
func (d *Document) Rename(e *Entry, name string, lines []yamltext.Line) {
	copy(d.EntryLines(e), lines)
	e.Name, e.from, e.to = name, 0, 0
}

// EntryText is an entry with its dash in column DashColumn and "\n" as line end.
func (d *Document) EntryText(e *Entry) string {
	if text, whole := d.source(e); whole && e.Dash == yamltext.DashColumn {
		return text
	}
	return yamltext.TextAt(d.EntryLines(e), e.Dash)
}

// source is the part of the text that an entry is read from. It is whole when its lines are
// still those, and end in "\n".
func (d *Document) source(e *Entry) (text string, whole bool) {
	if d.crlf || e.to == 0 || e.to > len(d.text) || d.text[e.to-1] != '\n' {
		return "", false
	}
	return d.text[e.from:e.to], true
}

// SameEntry compares the lines of two entries whatever their indent and line ends.
func SameEntry(da *Document, a *Entry, db *Document, b *Entry) bool {
	if x, whole := da.source(a); whole && a.Dash == b.Dash {
		if y, whole := db.source(b); whole {
			return x == y
		}
	}
	return slices.EqualFunc(da.EntryLines(a), db.EntryLines(b), func(x, y yamltext.Line) bool {
		return x.Text == yamltext.Shift(y.Text, a.Dash-b.Dash)
	})
}

// ListLine is the index of the line that has the list's key, -1 without a list.
func (d *Document) ListLine() int {
	if d.state == listAbsent {
		return -1
	}
	return d.key.Line
}

// split cuts text into lines.
func (d *Document) split(text string) {
	crlf := 0
	d.text = text
	d.Lines = make([]yamltext.Line, 0, strings.Count(text, "\n")+1)
	for text != "" {
		body, rest, found := strings.Cut(text, "\n")
		l := yamltext.Line{Text: body}
		if found {
			l.End = "\n"
			if trimmed, ok := strings.CutSuffix(body, "\r"); ok {
				l = yamltext.Line{Text: trimmed, End: "\r\n"}
				crlf++
			}
		}
		d.Lines = append(d.Lines, l)
		text = rest
	}
	d.crlf = crlf > 0
	if crlf*2 > len(d.Lines) {
		d.EOL = "\r\n"
	}
}

// plainText is the text with "\n" as its line end, so that the parser counts
// lines as split does.
func (d *Document) plainText() string { return yamltext.Join(d.Lines) }
