package yamledit

import (
	"cmp"
	"slices"
	"strings"

	"darkroom/model/exposure/yamledit/yamltext"
	"darkroom/model/exposure/yamledit/yamltree"
)

// Draft is one entry while values are put into its lines. After each change it is
// read again, so that positions are always those of the text.
type Draft struct {
	lines []yamltext.Line
	eol   string
	rank  func(key string) int
	doc   *Document // the entry alone, under a line "entries:"
	entry *Entry    // nil when the lines are not one entry
	// comments and marks are what has to be in the lines after every change.
	comments, marks []string
}

// NewDraft starts from the lines of an entry; what it adds ends in eol. rank
// orders keys: a new one comes after those of a lower rank.
func NewDraft(lines []yamltext.Line, eol string, rank func(key string) int) *Draft {
	d := &Draft{eol: eol, rank: rank}
	d.read(lines)
	return d
}

// Lines are the lines of the entry with all changes so far.
func (d *Draft) Lines() []yamltext.Line { return d.lines }

// Editable reports whether the entry is written with one key per line.
func (d *Draft) Editable() bool { return d.entry != nil && !d.entry.node.Fixed }

// read takes over lines if they are one entry.
func (d *Draft) read(lines []yamltext.Line) bool {
	const list = "entries"
	doc := &Document{Lines: slices.Concat([]yamltext.Line{{Text: list + ":", End: "\n"}}, lines), EOL: d.eol, list: list}
	if d.lines == nil {
		d.lines = lines
	}
	read, err := yamltree.Parse(doc.plainText())
	if err != nil {
		return false
	}
	doc.Root = read.Root
	doc.key, _ = read.Root.Pair(list)
	if doc.key.Node == nil || doc.locate() != nil || len(doc.Entries) != 1 || doc.Entries[0].node.Kind != yamltree.Map {
		return false
	}
	d.doc, d.entry, d.lines = doc, &doc.Entries[0], lines
	d.comments, d.marks = read.Comments, read.Marks
	return true
}

// Set gives a field other values (none removes it). It says why it did not; then
// nothing has changed. What else is written in the entry stays, comments in a value
// that goes included, unless dropComments is set.
func (d *Draft) Set(f yamltext.Field, items []string, dropComments bool) (why string) {
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
func (d *Draft) changed(f yamltext.Field) ([]yamltext.Line, bool) {
	p, end, found := d.find(f.Path)
	if !found {
		if len(f.Items) == 0 {
			return nil, false // there, but not where lines can be edited
		}
		return d.insertField(f)
	}
	list := f.List && p.Node.Kind == yamltree.List
	switch {
	case p.Node.Kind != yamltree.Scalar && !list, p.Node.Fixed && !list:
		return nil, false
	case len(f.Items) == 0:
		return d.removeField(f.Path)
	case list && !p.Node.Fixed && len(p.Node.Items) > 0:
		return d.editList(p, end, f)
	}
	return d.replaceValue(p, end, f)
}

// find locates the pair at a path, every mapping on the way in block style. Its
// value ends before line end (in lines of d.doc).
func (d *Draft) find(path []string) (p yamltree.Pair, end int, ok bool) {
	m, limit := d.entry.node, d.entry.Last
	for i, key := range path {
		at := slices.IndexFunc(m.Pairs, func(p yamltree.Pair) bool { return p.Key == key })
		if m.Kind != yamltree.Map || m.Fixed || at < 0 {
			return p, 0, false
		}
		p = m.Pairs[at]
		limit = m.NextAfter(p.Line, limit)
		if !d.doc.hasKeyAt(p) || limit <= p.Line || limit > len(d.doc.Lines) {
			return p, 0, false
		}
		if i < len(path)-1 {
			m = p.Node
		}
	}
	return p, d.doc.trimBack(p.Line, limit, p.Col), true
}

// with replaces the lines [from, to) of d.doc and returns those of the entry.
func (d *Draft) with(from, to int, lines []yamltext.Line) []yamltext.Line {
	return slices.Concat(d.doc.Lines[1:from], lines, d.doc.Lines[to:])
}

func (d *Draft) toLines(text string) []yamltext.Line {
	var out []yamltext.Line
	for l := range strings.Lines(text) {
		out = append(out, yamltext.Line{Text: strings.TrimSuffix(l, "\n"), End: d.eol})
	}
	return out
}

// replaceValue writes a new value after the colon and keeps the comment of the
// line.
func (d *Draft) replaceValue(p yamltree.Pair, end int, f yamltext.Field) ([]yamltext.Line, bool) {
	var old []string
	for _, l := range d.doc.Lines[p.Line:end] {
		old = append(old, l.Text)
	}
	text := strings.Join(old, "\n")
	key := text[:p.Colon+1]
	value, comment := yamltext.SplitComment(text[p.Colon+1:])
	gap := ""
	if after, isBehind := strings.CutPrefix(text[p.Colon+1:], value); isBehind && comment != "" {
		gap, _, _ = strings.Cut(after, "#")
	}
	below := strings.Contains(gap, "\n") // the comment has lines of its own
	if p.Node.Fixed && !strings.HasSuffix(strings.TrimSpace(value), "]") || strings.Contains(comment, "\n") && !below {
		return nil, false // a comment, or what looks like one, inside the value
	}
	rendered := strings.TrimSuffix(yamltext.RenderValue(f, p.Col), "\n")
	if !f.List {
		rendered = yamltext.InStyle(value, f.Items[0], rendered)
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
	return d.with(p.Line, end, d.toLines(key+rendered+"\n")), true
}

// removeField drops a pair, and the mappings that would be left empty.
func (d *Draft) removeField(path []string) ([]yamltext.Line, bool) {
	for len(path) > 1 {
		parent := d.entry.node.Get(path[:len(path)-1]...)
		if parent == nil || len(parent.Pairs) != 1 || len(parent.Merges()) > 0 {
			break
		}
		path = path[:len(path)-1]
	}
	p, end, ok := d.find(path)
	if !ok || p.Line == d.entry.First || p.Node.Fixed && p.Node.Kind != yamltree.List {
		return nil, false
	}
	return d.with(p.Line, end, nil), true
}

// insertField adds a pair, with the mappings it needs, after the keys of a lower
// rank.
func (d *Draft) insertField(f yamltext.Field) ([]yamltext.Line, bool) {
	m, depth := d.entry.node, 0
	for depth < len(f.Path)-1 {
		p, ok := m.Pair(f.Path[depth])
		if !ok {
			break
		}
		m = p.Node
		depth++
	}
	if m.Kind != yamltree.Map || m.Fixed || len(m.Pairs) == 0 {
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
		end = behind.Line
	}
	text := yamltext.RenderFields([]yamltext.Field{f}, f.Path[:depth], behind.Col)
	return d.with(end, end, d.toLines(text)), true
}
