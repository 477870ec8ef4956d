package yamledit

import (
	"cmp"
	"slices"
	"strings"

	"darkroom/model/exposure/yamledit/yamltext"
	"darkroom/model/exposure/yamledit/yamltree"
)

// Rewrite is a document while its entries are replaced, added, removed and moved.
// Entries are addressed by their index in Document.Entries.
type Rewrite struct {
	doc    *Document
	chunks []chunk // the head, then one for each entry
	added  []chunk
	names  map[string]int // how many entries that stay or come have a name
}

// chunk is an entry with the comments and blank lines that follow it. The first
// chunk of a file is all that comes before its entries.
type chunk struct {
	name      string
	text      string // of an entry that comes as it is written; body has none then
	body, gap []yamltext.Line
	removed   bool
	want      *yamltree.Node // what it has to say in its new file, when it was moved
}

// Placed is an entry as it will be: its lines with the column of its dash, or all its Text,
// and its index in Document.Entries, -1 for one that comes.
type Placed struct {
	Name     string
	Text     string
	Lines    []yamltext.Line
	Dash, At int
}

// Entries are those that stay, and then those that come.
func (w *Rewrite) Entries() []Placed {
	out := make([]Placed, 0, len(w.doc.Entries)+len(w.added))
	for i := range w.doc.Entries {
		if c := &w.chunks[i+1]; !c.removed {
			out = append(out, Placed{Name: c.name, Lines: c.body, Dash: w.doc.Entries[i].Dash, At: i})
		}
	}
	for _, c := range w.added {
		out = append(out, Placed{Name: c.name, Text: c.text, Lines: c.body, Dash: w.dash(), At: -1})
	}
	return out
}

// Rewrite starts with the document as it is.
func (d *Document) Rewrite() *Rewrite {
	w := &Rewrite{doc: d, chunks: d.chunks(), names: map[string]int{}}
	for _, c := range w.chunks[1:] {
		w.names[c.name]++
	}
	return w
}

// chunks cuts a file at its entries and hands out the lines between.
func (d *Document) chunks() []chunk {
	if d.state == listAbsent {
		return []chunk{{body: d.Lines}}
	}
	from := d.key.Line + 1
	chunks := make([]chunk, 1, len(d.Entries)+1)
	chunks[0].body = d.Lines[:from:from]
	for i := range d.Entries {
		e := &d.Entries[i]
		chunks[len(chunks)-1].gap = d.Lines[from:e.First:e.First]
		chunks = append(chunks, chunk{name: e.Name, body: d.Lines[e.First:e.Last:e.Last]})
		from = e.Last
	}
	chunks[len(chunks)-1].gap = slices.Clip(d.Lines[from:])
	return chunks
}

// Name is what entry i is called now.
func (w *Rewrite) Name(i int) string { return w.chunks[i+1].name }

// Lines are those of entry i now.
func (w *Rewrite) Lines(i int) []yamltext.Line { return w.chunks[i+1].body }

// Replace gives entry i another name or other lines.
func (w *Rewrite) Replace(i int, name string, lines []yamltext.Line) {
	c := &w.chunks[i+1]
	if !c.removed {
		w.names[c.name]--
		w.names[name]++
	}
	c.name, c.body = name, lines
}

// Remove takes entry i out. Comments around it stay.
func (w *Rewrite) Remove(i int) {
	if c := &w.chunks[i+1]; !c.removed {
		c.removed = true
		w.names[c.name]--
	}
}

// Add puts a new entry, as RenderEntry writes it, in its place.
func (w *Rewrite) Add(name, rendered string) {
	if w.dash() == yamltext.DashColumn && w.doc.EOL == "\n" {
		w.add(chunk{name: name, text: rendered})
		return
	}
	w.add(chunk{name: name, body: yamltext.LinesAt(rendered, w.dash(), w.doc.EOL)})
}

func (w *Rewrite) add(c chunk) {
	w.added = append(w.added, c)
	w.names[c.name]++
}

// HasName reports whether an entry of that name will be in the file.
func (w *Rewrite) HasName(name string) bool { return w.names[name] > 0 }

// MoveTo takes entry i, with these lines and the comments right above it, into
// another file. It says why it does not, and does nothing, when the entry depends on
// its file by an anchor or the other file has its name.
func (w *Rewrite) MoveTo(to *Rewrite, i int, name string, lines []yamltext.Line) (why string) {
	dr := NewDraft(lines, w.doc.EOL, nil)
	isAnchor := func(mark string) bool { return mark[0] == '&' || mark[0] == '*' }
	switch at := slices.IndexFunc(dr.marks, isAnchor); {
	case dr.entry == nil:
		return "it is written in a way that cannot be edited safely"
	case at >= 0:
		return "it is written with " + dr.marks[at] + ", and anchors end with their file"
	case to.HasName(name):
		return "an exposure of that name is there already"
	}
	above := &w.chunks[i].gap
	lead := len(*above)
	for lead > 0 && strings.HasPrefix(strings.TrimSpace((*above)[lead-1].Text), "#") {
		lead--
	}
	by := to.dash() - dr.entry.Dash
	moved := chunk{name: name, want: dr.entry.node}
	for _, l := range slices.Concat((*above)[lead:], lines) {
		moved.body = append(moved.body, yamltext.Line{Text: yamltext.Shift(l.Text, by), End: to.doc.EOL})
	}
	*above = (*above)[:lead:lead]
	w.Remove(i)
	to.add(moved)
	return ""
}

// dash is the column of the dashes of the file's list.
func (w *Rewrite) dash() int {
	if len(w.doc.Entries) > 0 {
		return w.doc.Entries[0].Dash
	}
	return yamltext.DashColumn
}

// Emptied reports that the last entry was removed and nothing but lines of these
// texts is left of the file.
func (w *Rewrite) Emptied(expendable map[string]bool) bool {
	if len(w.added) > 0 || !slices.ContainsFunc(w.chunks, func(c chunk) bool { return c.removed }) {
		return false
	}
	for i, c := range w.chunks {
		if i > 0 && !c.removed {
			return false
		}
		if c.removed {
			c.body = nil
		}
		for _, l := range slices.Concat(c.body, c.gap) {
			if !expendable[strings.TrimSpace(l.Text)] {
				return false
			}
		}
	}
	return true
}

// Unchanged reports that every entry has the lines it had.
func (w *Rewrite) Unchanged() bool {
	if len(w.added) > 0 {
		return false
	}
	for i := range w.doc.Entries {
		if w.chunks[i+1].removed || !slices.Equal(w.Lines(i), w.doc.EntryLines(&w.doc.Entries[i])) {
			return false
		}
	}
	return true
}

// joined are the head of the file and its entries, in their order, as they will be.
func (w *Rewrite) joined() []chunk {
	slices.SortStableFunc(w.added, func(a, b chunk) int { return cmp.Compare(a.name, b.name) })
	spaced := len(w.doc.Entries) < 2 || yamltext.StartsBlank(w.chunks[1].gap)
	return insert(dropRemoved(slices.Clone(w.chunks)), w.added, spaced, w.doc.EOL)
}

// Text joins what stays and what is new and reads it back: what it says must be
// what was meant, otherwise it is an Error.
func (w *Rewrite) Text() ([]byte, *Document, *Error) {
	d := w.doc
	chunks := w.joined()
	head := &chunks[0]
	switch {
	case d.state == listAbsent && len(chunks) > 1:
		head.body = d.withList()
	case d.state != listAbsent && (len(chunks) == 1) != (d.state == listEmpty):
		var ok bool
		if head.body, ok = d.setList(len(chunks) == 1); !ok {
			return nil, nil, unsafeEdit(d.key.Line + 1)
		}
	}
	text := d.join(chunks)
	if len(d.anchors) > 0 {
		moved, lost := d.anchorsMoved(text)
		if len(lost) > 0 {
			return nil, nil, unsafeEdit(0)
		}
		text = moved
	}
	read, err := d.verify(text, chunks)
	if err != nil {
		return nil, nil, err
	}
	return []byte(text), read, nil
}
