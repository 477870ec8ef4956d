package exposure

import (
	"slices"
	"strings"
)

// draft is one entry while values are spliced into its lines. After each change
// it is read again, so that positions are always those of the text.
type draft struct {
	lines []line
	eol   string
	doc   *document // the entry alone, under a line "exposures:"
	entry *entry
	// anchored: it has anchors, which the rest of the file may use, or uses one
	// of the file.
	anchored bool
}

func newDraft(lines []line, eol string) *draft {
	d := &draft{eol: eol}
	d.read(lines)
	return d
}

// read takes over lines if they are one entry.
func (d *draft) read(lines []line) bool {
	doc := &document{lines: slices.Concat([]line{{"exposures:", "\n"}}, lines), eol: d.eol}
	root, anchored, ferr := parseRoot(doc.plainText())
	d.anchored = anchored
	if ferr == nil {
		doc.root = root
		doc.key, _ = root.own("exposures")
		if doc.key.node != nil {
			ferr = doc.locate()
		}
	}
	if d.lines == nil {
		d.lines = lines
	}
	if ferr != nil || len(doc.entries) != 1 || doc.entries[0].node.kind != nodeMap {
		return false
	}
	d.doc, d.entry, d.lines = doc, &doc.entries[0], lines
	return true
}

// set gives a field another value (nil removes it). It reports whether the text
// now says so; if not, nothing has changed.
func (d *draft) set(f field, target []string) bool {
	if d.entry == nil || d.entry.node.fixed {
		return false
	}
	f.items = target
	lines, ok := d.changed(f)
	if !ok {
		return false
	}
	before := *d
	if d.read(lines) && sameValues(f.path, d.entry.node.values(f.path...), target) {
		return true
	}
	*d = before
	return false
}

// changed are the lines of the entry with the value of f put in.
func (d *draft) changed(f field) ([]line, bool) {
	p, end, found := d.find(f.path)
	if !found {
		if len(f.items) == 0 {
			return nil, false // there, but not where lines can be edited
		}
		return d.insertField(f)
	}
	list := f.list && p.node.kind == nodeList
	switch {
	case p.node.kind != nodeScalar && !list, p.node.fixed && !list:
		return nil, false
	case len(f.items) == 0:
		return d.removeField(f.path)
	case list && !p.node.fixed && len(p.node.items) > 0:
		return d.editList(p, end, f)
	}
	return d.replace(p, end, f)
}

// find locates the pair at a path, every mapping on the way in block style. Its
// value ends before line end (in lines of d.doc).
func (d *draft) find(path []string) (p keyed, end int, ok bool) {
	m, limit := d.entry.node, d.entry.last
	for i, key := range path {
		at := slices.IndexFunc(m.pairs, func(p keyed) bool { return p.key == key })
		if m.kind != nodeMap || m.fixed || at < 0 {
			return p, 0, false
		}
		p = m.pairs[at]
		if at+1 < len(m.pairs) {
			limit = m.pairs[at+1].line
		}
		if !d.doc.hasKeyAt(p) || limit <= p.line || limit > len(d.doc.lines) {
			return p, 0, false
		}
		if i < len(path)-1 {
			m = p.node
		}
	}
	return p, d.doc.trimBack(p.line, limit, p.col), true
}

// with replaces the lines [from, to) of d.doc and returns those of the entry.
func (d *draft) with(from, to int, lines []line) []line {
	return slices.Concat(d.doc.lines[1:from], lines, d.doc.lines[to:])
}

func (d *draft) cutLines(text string) []line {
	var out []line
	for l := range strings.Lines(text) {
		out = append(out, line{strings.TrimSuffix(l, "\n"), d.eol})
	}
	return out
}

// replace writes a new value behind the colon and keeps the comment of the line.
func (d *draft) replace(p keyed, end int, f field) ([]line, bool) {
	var old []string
	for _, l := range d.doc.lines[p.line:end] {
		old = append(old, l.text)
	}
	text := strings.Join(old, "\n")
	key := text[:p.colon+1]
	value, comment := splitComment(text[p.colon+1:])
	if p.node.fixed && !strings.HasSuffix(strings.TrimSpace(value), "]") || strings.Contains(comment, "\n") {
		return nil, false // a comment, or what looks like one, inside the value
	}
	rendered := strings.TrimSuffix(renderValue(f, p.col), "\n")
	if !f.list {
		rendered = inStyle(value, f.items[0], rendered)
	}
	if comment != "" {
		comment = spaceBefore(text[p.colon+1:], value) + comment
		first, rest, many := strings.Cut(rendered, "\n")
		switch {
		case f.list && many:
			rendered = first + comment + "\n" + rest
		default:
			rendered += comment
		}
	}
	return d.with(p.line, end, d.cutLines(key+rendered+"\n")), true
}

// spaceBefore is what stands between a value and the comment behind it.
func spaceBefore(text, value string) string {
	rest := strings.TrimPrefix(text, value)
	if space := rest[:len(rest)-len(strings.TrimLeft(rest, " \t"))]; space != "" && strings.HasPrefix(text, value) {
		return space
	}
	return " "
}

// removeField drops a pair, and the mappings that would be left empty.
func (d *draft) removeField(path []string) ([]line, bool) {
	for len(path) > 1 {
		parent := d.entry.node.get(path[:len(path)-1]...)
		if parent == nil || len(parent.pairs) != 1 || len(parent.merges) > 0 {
			break
		}
		path = path[:len(path)-1]
	}
	p, end, ok := d.find(path)
	if !ok || p.line == d.entry.first || p.node.fixed && p.node.kind != nodeList {
		return nil, false
	}
	return d.with(p.line, end, nil), true
}

// insertField adds a pair, with the mappings it needs, behind the key that comes
// before it in the order darkroom writes.
func (d *draft) insertField(f field) ([]line, bool) {
	m, depth := d.entry.node, 0
	for depth < len(f.path)-1 {
		p, ok := m.own(f.path[depth])
		if !ok {
			break
		}
		m = p.node
		depth++
	}
	if m.kind != nodeMap || m.fixed || len(m.pairs) == 0 {
		return nil, false
	}
	behind, first := m.pairs[0], depth > 0
	for _, p := range m.pairs {
		if rank(p.key) < rank(f.path[depth]) {
			behind, first = p, false
		}
	}
	_, end, ok := d.find(append(slices.Clone(f.path[:depth]), behind.key))
	if !ok {
		return nil, false
	}
	if first {
		end = behind.line
	}
	text := renderFields([]field{f}, f.path[:depth], behind.col)
	return d.with(end, end, d.cutLines(text)), true
}

// rank orders keys as renderEntry does; unknown ones stay where they are.
func rank(key string) int {
	return slices.Index([]string{
		"name", "label", "type", "maturity", "url", "description", "depends_on", "owner", "email",
		"config", "enabled", "tags", "meta", "tableau", "luid", "key", "kind", "server", "site",
		"workbook_luid", "workbook", "project_path", "managed_by", "unmatched", "incomplete",
	}, key)
}

// editList adds and removes elements, each on its own line, and leaves the
// others and their comments alone.
func (d *draft) editList(p keyed, end int, f field) ([]line, bool) {
	items := p.node.items
	if !d.plainItems(p, end) {
		return nil, false
	}
	keep := map[string]bool{}
	for _, s := range f.items {
		keep[valueKey(f.path, s)] = true
	}
	before := f.placed(missing(f, items), items)
	var out []line
	for i, it := range items {
		for _, s := range before[i] {
			out = append(out, d.cutLines(renderItem(s, f.plain, items[0].col))...)
		}
		next := end
		if i+1 < len(items) {
			next = items[i+1].line
		}
		last := d.doc.trimBack(it.line, next, it.col)
		if keep[valueKey(f.path, it.node.scalar)] {
			out = append(out, d.doc.lines[it.line:last]...)
		}
		if i == len(items)-1 {
			for _, s := range before[len(items)] {
				out = append(out, d.cutLines(renderItem(s, f.plain, items[0].col))...)
			}
		}
		out = append(out, d.doc.lines[last:next]...)
	}
	return d.with(items[0].line, end, out), true
}

// placed puts each new element before the item that follows it in darkroom's
// order, or behind all of them: whatever a person put between stays, and an
// element that goes and comes back finds its place again.
func (f field) placed(fresh []string, items []item) map[int][]string {
	before := map[int][]string{}
	for _, s := range fresh {
		at := len(items)
		for _, after := range f.order[slices.Index(f.order, s)+1:] {
			i := slices.IndexFunc(items, func(it item) bool { return valueKey(f.path, it.node.scalar) == valueKey(f.path, after) })
			if i >= 0 {
				at = i
				break
			}
		}
		before[at] = append(before[at], s)
	}
	return before
}

// plainItems: every element of the list is a scalar on lines of its own.
func (d *draft) plainItems(p keyed, end int) bool {
	after := p.line
	for _, it := range p.node.items {
		if it.node.kind != nodeScalar || it.node.fixed || it.col != p.node.items[0].col || it.line <= after || it.line >= end || !d.doc.dashAt(it) {
			return false
		}
		after = it.line
	}
	return true
}

// commented reports a comment on the lines of a value, of a list on those of one
// element.
func (d *draft) commented(f field, value string) bool {
	if d.entry == nil {
		return false
	}
	p, end, ok := d.find(f.path)
	if !ok {
		return false
	}
	has := func(first, last int, from int) bool {
		text := d.doc.lines[first].text[from:]
		for _, l := range d.doc.lines[first+1 : last] {
			text += "\n" + l.text
		}
		_, comment := splitComment(text)
		return comment != ""
	}
	if p.node.kind != nodeList {
		return has(p.line, end, p.colon+1)
	}
	for i, it := range p.node.items {
		next := end
		if i+1 < len(p.node.items) {
			next = p.node.items[i+1].line
		}
		if it.node.scalar == value && it.line > p.line && it.line < next && d.doc.dashAt(it) {
			return has(it.line, d.doc.trimBack(it.line, next, it.col), it.col+1)
		}
	}
	return false
}

// missing are the elements of f that the list does not have.
func missing(f field, items []item) []string {
	return slices.DeleteFunc(slices.Clone(f.items), func(s string) bool {
		return slices.ContainsFunc(items, func(it item) bool { return valueKey(f.path, it.node.scalar) == valueKey(f.path, s) })
	})
}
