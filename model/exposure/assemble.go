package exposure

import (
	"cmp"
	"slices"
	"strings"
)

// chunk is an entry with the comments and blank lines that follow it. The first
// chunk of a file is all that comes before its entries.
type chunk struct {
	name      string
	body, gap []line
	removed   bool
	want      *node // what it has to say in its new file, when it was moved
}

// finish puts a file together again.
func (m *merger) finish(t *target) *FileError {
	if t.bad != nil {
		return nil
	}
	slices.SortStableFunc(t.added, func(a, b chunk) int { return cmp.Compare(a.name, b.name) })
	gone := slices.ContainsFunc(t.chunks, func(c chunk) bool { return c.removed })
	left := slices.ContainsFunc(t.chunks[1:], func(c chunk) bool { return !c.removed })
	switch {
	case gone && !left && len(t.added) == 0 && t.onlyOurs():
		t.res.Text = nil
	case !gone && len(t.added) == 0 && t.unchanged():
		t.res.Text = t.res.Old
	default:
		var ferr *FileError
		if t.res.Text, ferr = t.assemble(); ferr != nil {
			return ferr
		}
	}
	if len(t.res.Names) > 0 || string(t.res.Text) != string(t.res.Old) {
		m.out.Files = append(m.out.Files, t.res)
	}
	return nil
}

// unchanged: every entry has the lines it had.
func (t *target) unchanged() bool {
	for i, e := range t.doc.entries {
		if !slices.Equal(t.chunks[i+1].body, t.doc.lines[e.first:e.last]) {
			return false
		}
	}
	return true
}

// assemble joins what stays and what is new and reads it back: what it says must
// be what was meant, or nothing is written.
func (t *target) assemble() ([]byte, *FileError) {
	d := t.doc
	style := len(d.entries) < 2 || startsBlank(t.chunks[1].gap)
	chunks := dropRemoved(t.chunks)
	chunks = insert(chunks, t.added, style, d.eol)
	head := &chunks[0]
	switch {
	case d.state == listAbsent && len(chunks) > 1:
		head.body = appendKey(d)
	case d.state != listAbsent && (len(chunks) == 1) != (d.state == listEmpty):
		var ok bool
		if head.body, ok = d.setList(len(chunks) == 1); !ok {
			return nil, unsafeEdit(d.key.line + 1)
		}
	}
	text := d.join(chunks)
	if !d.verify(text, chunks) {
		return nil, unsafeEdit(0)
	}
	return text, nil
}

func unsafeEdit(at int) *FileError {
	return &FileError{Line: at, Problem: "cannot be edited without risk to what a person wrote", Cure: "export to another file"}
}

// chunks cuts a file at its entries and hands out the lines between.
func (d *document) chunks() []chunk {
	if d.state == listAbsent {
		return []chunk{{body: d.lines}}
	}
	from := d.key.line + 1
	chunks := []chunk{{body: d.lines[:from:from]}}
	for _, e := range d.entries {
		chunks[len(chunks)-1].gap = d.lines[from:e.first:e.first]
		chunks = append(chunks, chunk{name: e.name, body: d.lines[e.first:e.last:e.last]})
		from = e.last
	}
	chunks[len(chunks)-1].gap = d.lines[from:]
	return chunks
}

// dropRemoved takes out removed entries with one run of blank lines each; their
// comments stay, since nobody can say what they are about.
func dropRemoved(chunks []chunk) []chunk {
	out := chunks[:1:1]
	for i, c := range chunks[1:] {
		if !c.removed {
			out = append(out, c)
			continue
		}
		prev := &out[len(out)-1]
		gap := c.gap
		end := i == len(chunks)-2
		if len(out) == 1 && len(prev.gap) == 0 && !end || len(prev.gap) > 0 && blank(prev.gap[len(prev.gap)-1]) {
			gap = trimBlankStart(gap)
		}
		prev.gap = slices.Concat(prev.gap, gap)
		if end && len(gap) == 0 {
			prev.gap = trimBlankEnd(prev.gap)
		}
	}
	return out
}

// insert places new entries by name when the file is sorted, else at the end. A
// comment right above an entry stays right above it.
func insert(chunks, added []chunk, spaced bool, eol string) []chunk {
	sorted := slices.IsSortedFunc(chunks[1:], func(a, b chunk) int { return strings.Compare(a.name, b.name) })
	out := make([]chunk, 0, len(chunks)+len(added))
	for i, c := range chunks {
		out = append(out, c)
		for len(added) > 0 && (i == len(chunks)-1 || sorted && added[0].name < chunks[i+1].name) {
			next := added[0]
			added = added[1:]
			prev := &out[len(out)-1]
			next.gap, prev.gap = prev.gap, nil
			if spaced && len(out) > 1 {
				prev.gap = []line{{end: eol}}
			}
			if spaced && i < len(chunks)-1 && !startsBlank(next.gap) {
				next.gap = slices.Concat([]line{{end: eol}}, next.gap)
			}
			out = append(out, next)
		}
	}
	return out
}

// appendKey opens a list at the end of a file that has none.
func appendKey(d *document) []line {
	body := slices.Clone(d.lines)
	if len(body) > 0 && !blank(body[len(body)-1]) {
		body = append(body, line{end: d.eol})
	}
	if d.root.kind != nodeMap {
		body = append(body, line{"version: 2", d.eol}, line{end: d.eol})
	}
	return append(body, line{"exposures:", d.eol})
}

// setList changes the key's line between "exposures:" and "exposures: []".
func (d *document) setList(empty bool) ([]line, bool) {
	body := slices.Clone(d.lines[:d.key.line+1])
	l := &body[d.key.line]
	value, comment := splitComment(l.text[d.key.colon+1:])
	value = strings.TrimSpace(value)
	text := l.text[:d.key.colon+1]
	switch {
	case empty && value == "":
		text += " []"
	case !empty && (value == "" || value == "[]" || value == "null" || value == "~"):
	default:
		return nil, false
	}
	if comment != "" {
		text += " " + comment
	}
	l.text = text
	return body, true
}

// join writes chunks as bytes. Only the very last line may lack its line end.
func (d *document) join(chunks []chunk) []byte {
	var b strings.Builder
	if d.bom {
		b.WriteString("\uFEFF")
	}
	pending := ""
	write := func(ls []line) {
		for _, l := range ls {
			b.WriteString(pending + l.text + l.end)
			pending = ""
			if l.end == "" {
				pending = d.eol
			}
		}
	}
	for _, c := range chunks {
		write(c.body)
		write(c.gap)
	}
	return []byte(b.String())
}

// verify reads the outcome back.
func (d *document) verify(text []byte, chunks []chunk) bool {
	got, ferr := parse(text)
	if ferr != nil || len(got.entries) != len(chunks)-1 {
		return false
	}
	for i := range got.entries {
		want := &chunks[i+1]
		if got.entries[i].name != want.name || want.want != nil && !sameNode(want.want, got.entries[i].node) {
			return false
		}
	}
	var before, after []string
	for _, p := range d.root.pairs {
		before = append(before, p.key)
	}
	for _, p := range got.root.pairs {
		after = append(after, p.key)
	}
	return slices.Equal(before, after) || d.state == listAbsent && slices.Contains(after, "exposures")
}

func blank(l line) bool { return strings.TrimSpace(l.text) == "" }

func startsBlank(ls []line) bool { return len(ls) > 0 && blank(ls[0]) }

func trimBlankStart(ls []line) []line {
	for startsBlank(ls) {
		ls = ls[1:]
	}
	return ls
}

func trimBlankEnd(ls []line) []line {
	for len(ls) > 0 && blank(ls[len(ls)-1]) {
		ls = ls[:len(ls)-1]
	}
	return ls
}

// toLines cuts rendered text into lines for a list whose dashes stand at dash.
func toLines(text string, dash int, eol string) []line {
	var out []line
	for l := range strings.Lines(text) {
		out = append(out, line{shifted(strings.TrimSuffix(l, "\n"), dash-entryDash), eol})
	}
	return out
}

// shifted indents a line by n more columns, or by fewer when n is negative.
func shifted(text string, n int) string {
	switch {
	case text == "" || n == 0:
		return text
	case n > 0:
		return strings.Repeat(" ", n) + text
	}
	return text[min(-n, indentOf(text)):]
}
