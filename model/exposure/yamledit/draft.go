package yamledit

import (
	"cmp"
	"slices"
	"strings"
)

// Draft is one entry while values are put into its lines. After each change it is
// read again, so that positions are always those of the text.
type Draft struct {
	lines []Line
	eol   string
	rank  func(key string) int
	doc   *Document // the entry alone, under a line "entries:"
	entry *Entry    // nil when the lines are not one entry
	// comments and marks are what has to be in the lines after every change.
	comments, marks []string
}

// NewDraft starts from the lines of an entry; what it adds ends in eol. rank
// orders keys: a new one comes after those of a lower rank.
func NewDraft(lines []Line, eol string, rank func(key string) int) *Draft {
	d := &Draft{eol: eol, rank: rank}
	d.read(lines)
	return d
}

// Lines are the lines of the entry with all changes so far.
func (d *Draft) Lines() []Line { return d.lines }

// Editable reports whether the entry is written with one key per line.
func (d *Draft) Editable() bool { return d.entry != nil && !d.entry.node.fixed }

// read takes over lines if they are one entry.
func (d *Draft) read(lines []Line) bool {
	const list = "entries"
	doc := &Document{Lines: slices.Concat([]Line{{list + ":", "\n"}}, lines), EOL: d.eol, list: list}
	read, err := parseRoot(doc.plainText())
	if err == nil {
		doc.Root = read.root
		doc.key, _ = read.root.Pair(list)
		if doc.key.Node != nil {
			err = doc.locate()
		}
	}
	if d.lines == nil {
		d.lines = lines
	}
	if err != nil || len(doc.Entries) != 1 || doc.Entries[0].node.Kind != Map {
		return false
	}
	d.doc, d.entry, d.lines = doc, &doc.Entries[0], lines
	d.comments, d.marks = read.comments, read.marks
	return true
}

// Set gives a field other values (none removes it). It says why it did not; then
// nothing has changed. What else is written in the entry stays, comments in a value
// that goes included, unless dropComments is set.
func (d *Draft) Set(f Field, items []string, dropComments bool) (why string) {
	if !d.Editable() {
		return d.whyNot(f.Path)
	}
	f.Items = items
	lines, ok := d.changed(f)
	if !ok {
		return d.whyNot(f.Path)
	}
	before := *d
	switch {
	case !d.read(lines) || !f.Same(d.entry.node.Values(f.Path...), items) || !sameBut(before.entry.node, d.entry.node, f.Path):
		why = before.whyNot(f.Path)
	case !has(d.marks, before.marks):
		why = before.whyNot(f.Path)
	case !dropComments && !has(d.comments, before.comments):
		why = "a comment in it would go too: take removes both"
	default:
		return ""
	}
	*d = before
	return why
}

// changed are the lines of the entry with the value of f put in.
func (d *Draft) changed(f Field) ([]Line, bool) {
	p, end, found := d.find(f.Path)
	if !found {
		if len(f.Items) == 0 {
			return nil, false // there, but not where lines can be edited
		}
		return d.insertField(f)
	}
	list := f.List && p.Node.Kind == List
	switch {
	case p.Node.Kind != Scalar && !list, p.Node.fixed && !list:
		return nil, false
	case len(f.Items) == 0:
		return d.removeField(f.Path)
	case list && !p.Node.fixed && len(p.Node.Items) > 0:
		return d.editList(p, end, f)
	}
	return d.replaceValue(p, end, f)
}

// find locates the pair at a path, every mapping on the way in block style. Its
// value ends before line end (in lines of d.doc).
func (d *Draft) find(path []string) (p Pair, end int, ok bool) {
	m, limit := d.entry.node, d.entry.Last
	for i, key := range path {
		at := slices.IndexFunc(m.Pairs, func(p Pair) bool { return p.Key == key })
		if m.Kind != Map || m.fixed || at < 0 {
			return p, 0, false
		}
		p = m.Pairs[at]
		limit = m.nextAfter(p.line, limit)
		if !d.doc.hasKeyAt(p) || limit <= p.line || limit > len(d.doc.Lines) {
			return p, 0, false
		}
		if i < len(path)-1 {
			m = p.Node
		}
	}
	return p, d.doc.trimBack(p.line, limit, p.col), true
}

// with replaces the lines [from, to) of d.doc and returns those of the entry.
func (d *Draft) with(from, to int, lines []Line) []Line {
	return slices.Concat(d.doc.Lines[1:from], lines, d.doc.Lines[to:])
}

func (d *Draft) toLines(text string) []Line {
	var out []Line
	for l := range strings.Lines(text) {
		out = append(out, Line{strings.TrimSuffix(l, "\n"), d.eol})
	}
	return out
}

// replaceValue writes a new value after the colon and keeps the comment of the
// line.
func (d *Draft) replaceValue(p Pair, end int, f Field) ([]Line, bool) {
	var old []string
	for _, l := range d.doc.Lines[p.line:end] {
		old = append(old, l.Text)
	}
	text := strings.Join(old, "\n")
	key := text[:p.colon+1]
	value, comment := splitComment(text[p.colon+1:])
	gap := ""
	if after, isBehind := strings.CutPrefix(text[p.colon+1:], value); isBehind && comment != "" {
		gap, _, _ = strings.Cut(after, "#")
	}
	below := strings.Contains(gap, "\n") // the comment has lines of its own
	if p.Node.fixed && !strings.HasSuffix(strings.TrimSpace(value), "]") || strings.Contains(comment, "\n") && !below {
		return nil, false // a comment, or what looks like one, inside the value
	}
	rendered := strings.TrimSuffix(renderValue(f, p.col), "\n")
	if !f.List {
		rendered = inStyle(value, f.Items[0], rendered)
	}
	switch first, rest, many := strings.Cut(rendered, "\n"); {
	case comment == "":
	case below:
		rendered += gap + comment
	case f.List && many:
		rendered = first + cmp.Or(gap, " ") + comment + "\n" + rest
	default:
		rendered += cmp.Or(gap, " ") + comment
	}
	return d.with(p.line, end, d.toLines(key+rendered+"\n")), true
}

// removeField drops a pair, and the mappings that would be left empty.
func (d *Draft) removeField(path []string) ([]Line, bool) {
	for len(path) > 1 {
		parent := d.entry.node.Get(path[:len(path)-1]...)
		if parent == nil || len(parent.Pairs) != 1 || len(parent.merges()) > 0 {
			break
		}
		path = path[:len(path)-1]
	}
	p, end, ok := d.find(path)
	if !ok || p.line == d.entry.First || p.Node.fixed && p.Node.Kind != List {
		return nil, false
	}
	return d.with(p.line, end, nil), true
}

// insertField adds a pair, with the mappings it needs, after the keys of a lower
// rank.
func (d *Draft) insertField(f Field) ([]Line, bool) {
	m, depth := d.entry.node, 0
	for depth < len(f.Path)-1 {
		p, ok := m.Pair(f.Path[depth])
		if !ok {
			break
		}
		m = p.Node
		depth++
	}
	if m.Kind != Map || m.fixed || len(m.Pairs) == 0 {
		return nil, false
	}
	behind, first := m.Pairs[0], depth > 0
	for _, p := range m.Pairs {
		if d.rank(p.Key) < d.rank(f.Path[depth]) {
			behind, first = p, false
		}
	}
	_, end, ok := d.find(append(slices.Clone(f.Path[:depth]), behind.Key))
	if !ok {
		return nil, false
	}
	if first {
		end = behind.line
	}
	text := renderFields([]Field{f}, f.Path[:depth], behind.col)
	return d.with(end, end, d.toLines(text)), true
}
