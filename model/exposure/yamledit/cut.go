package yamledit

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// cut reads a document by its entries: each that is written as RenderEntry writes it
// without the YAML parser, and what is around them and any other entry with it. It reports
// false where one may depend on the other, such as by an anchor: then nothing is read.
func (d *Document) cut(other *Document, see See) bool {
	key := slices.IndexFunc(d.Lines, func(l Line) bool { return l.Text == d.list+":" })
	if key < 0 || !d.printable() {
		return false
	}
	starts, end, ok := d.starts(key + 1)
	if !ok || len(starts) == 0 {
		return false
	}
	at, ok := d.around(key, end)
	if !ok {
		return false
	}
	entries := &Node{Kind: List, Items: make([]Element, len(starts))}
	r, known := renderedReader{lines: d.Lines}, other.byFirstLine()
	d.rendered = make([]bool, len(starts))
	read := make([]Entry, len(starts)) // of those that are rendered
	for i, from := range starts {
		to := end
		if i+1 < len(starts) {
			to = starts[i+1]
		}
		to = d.trimBack(from, to, DashColumn)
		entries.Items[i] = Element{line: from, col: DashColumn}
		read[i].Like = other.like(known, d.Lines[from:to])
		if d.rendered[i] = read[i].Like >= 0; d.rendered[i] {
			read[i].Name = other.Entries[read[i].Like].Name
			continue
		}
		r.reuse()
		n := r.entry(from, to, DashColumn)
		if d.rendered[i] = n != nil; n == nil {
			if n = parsedEntry(d.list, d.Lines[from:to], from); n == nil {
				return false
			}
			entries.Items[i].Node = n
		}
		read[i].Name = n.Text("name")
		see(i, n)
	}
	at.Node = entries
	d.key = *at
	if d.locate() != nil {
		return false
	}
	for i := range read {
		d.Entries[i].Name, d.Entries[i].Like = read[i].Name, read[i].Like
	}
	return true
}

// around reads what is around the list: its key is in a line, and it has ended before
// another. It gives the pair of the list, which is empty.
func (d *Document) around(key, end int) (*Pair, bool) {
	read, err := parseRoot(textOf(slices.Concat(d.Lines[:key+1], d.Lines[end:])))
	if err != nil || len(read.marks) > 0 || read.root.Kind != Map {
		return nil, false
	}
	read.root.shift(key+1, end-key-1)
	at := slices.IndexFunc(read.root.Pairs, func(p Pair) bool { return p.Key == d.list })
	if at < 0 || read.root.Pairs[at].line != key || !read.root.Pairs[at].Node.isNull() {
		return nil, false
	}
	d.Root, d.anchors = read.root, read.anchors
	return &read.root.Pairs[at], true
}

// byFirstLine are the entries that are written as RenderEntry writes them; of several with
// one first line the last.
func (d *Document) byFirstLine() map[string]int {
	if d == nil {
		return nil
	}
	out := make(map[string]int, len(d.rendered))
	for i, is := range d.rendered {
		if is {
			out[d.Lines[d.Entries[i].First].Text] = i
		}
	}
	return out
}

// like is the index of the known entry that has the same lines, -1 without one.
func (d *Document) like(known map[string]int, lines []Line) int {
	i, found := known[lines[0].Text]
	if !found || !SameText(d.EntryLines(&d.Entries[i]), lines) {
		return -1
	}
	return i
}

// printable reports that no line has a character that only escapes have in what is
// rendered: then a line is a line for every reader of YAML.
func (d *Document) printable() bool {
	for i := range d.Lines {
		text := d.Lines[i].Text
		for j := 0; j < len(text); j++ {
			if c := text[j]; c >= utf8.RuneSelf {
				if !utf8.ValidString(text[j:]) || strings.IndexFunc(text[j:], NotPrintable) >= 0 {
					return false
				}
				break
			} else if c < ' ' || c == 0x7f {
				return false
			}
		}
	}
	return true
}

// starts are the lines on which the entries of the list begin, from a line on, and the line
// after the list. ok is false when something other than entries is in it.
func (d *Document) starts(from int) (starts []int, end int, ok bool) {
	for i := from; i < len(d.Lines); i++ {
		text := d.Lines[i].Text
		indent := indentOf(text)
		switch {
		case indent == len(text), text[indent] == '#' && indent <= DashColumn:
		case indent == 0:
			return starts, i, true
		case indent == DashColumn && strings.HasPrefix(text[indent:], "- "):
			starts = append(starts, i)
		case indent <= DashColumn || len(starts) == 0:
			return nil, 0, false
		}
	}
	return starts, len(d.Lines), true
}

// parsedEntry reads the lines of one entry, the first of which is a line of the file; nil
// when they are not one, or have an anchor, alias or tag.
func parsedEntry(list string, lines []Line, first int) *Node {
	read, err := parseRoot(list + ":\n" + textOf(lines))
	if err != nil || len(read.marks) > 0 || len(read.root.Pairs) != 1 {
		return nil
	}
	n := read.root.Pairs[0].Node
	if read.root.Pairs[0].Key != list || n.Kind != List || n.fixed || len(n.Items) != 1 || n.Items[0].line != 1 || n.Items[0].col != DashColumn {
		return nil
	}
	n.shift(0, first-1)
	return n.Items[0].Node
}

// shift moves what begins in a line, or after it, down. It must not be met twice, as
// what an alias means is.
func (n *Node) shift(from, by int) {
	move := func(line *int) {
		if *line >= from {
			*line += by
		}
	}
	for i := range n.Items {
		move(&n.Items[i].line)
		n.Items[i].Node.shift(from, by)
	}
	for i := range n.Pairs {
		move(&n.Pairs[i].line)
		n.Pairs[i].Node.shift(from, by)
	}
	for i := range n.mergeLines() {
		move(&n.rare.lines[i])
	}
	for _, m := range n.merges() {
		m.shift(from, by)
	}
}

// Foreign is the document without the entries that are written as darkroom writes them,
// which every reader of YAML takes alike.
func (d *Document) Foreign() []byte {
	chunks := d.chunks()
	for i := range d.rendered {
		if d.rendered[i] {
			chunks[i+1].body = nil
		}
	}
	return []byte(d.join(chunks))
}

// ForeignNames are the names of the entries in Foreign.
func (d *Document) ForeignNames() (names []string) {
	for i := range d.Entries {
		if len(d.rendered) == 0 || !d.rendered[i] {
			names = append(names, d.Entries[i].Name)
		}
	}
	return names
}
