package yamledit

import (
	"slices"
	"strings"
	"unicode/utf8"

	"darkroom/model/exposure/yamledit/yamltext"
	"darkroom/model/exposure/yamledit/yamltree"
)

// cut reads a document by its entries: each that is written as RenderEntry writes it
// without the YAML parser, and what is around them and any other entry with it. It reports
// false where one may depend on the other, such as by an anchor: then nothing is read.
func (d *Document) cut(other *Document, see See) bool {
	key := slices.IndexFunc(d.Lines, func(l yamltext.Line) bool { return l.Text == d.list+":" })
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
	entries := &yamltree.Node{Kind: yamltree.List, Items: make([]yamltree.Element, len(starts))}
	r, known := yamltext.Reader{Lines: d.Lines}, other.byFirstLine()
	d.rendered = make([]bool, len(starts))
	read := make([]Entry, len(starts)) // of those that are rendered
	for i, from := range starts {
		to := end
		if i+1 < len(starts) {
			to = starts[i+1]
		}
		next := to
		to = d.trimBack(from, to, yamltext.DashColumn)
		entries.Items[i] = yamltree.Element{Line: from, Col: yamltext.DashColumn}
		read[i].Like = other.like(known, d.Lines[from:to])
		if d.rendered[i] = read[i].Like >= 0; d.rendered[i] {
			read[i].Name = other.Entries[read[i].Like].Name
			continue
		}
		r.Reuse()
		n := r.Entry(from, to, yamltext.DashColumn)
		if d.rendered[i] = n != nil; n == nil {
			if n = d.parsedEntry(from, next, i+1 == len(starts)); n == nil {
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
func (d *Document) around(key, end int) (*yamltree.Pair, bool) {
	read, err := yamltree.Parse(yamltext.Join(slices.Concat(d.Lines[:key+1], d.Lines[end:])))
	if err != nil || len(read.Marks) > 0 || read.Root.Kind != yamltree.Map {
		return nil, false
	}
	read.Root.Shift(key+1, end-key-1)
	at := slices.IndexFunc(read.Root.Pairs, func(p yamltree.Pair) bool { return p.Key == d.list })
	if at < 0 || read.Root.Pairs[at].Line != key || !read.Root.Pairs[at].Node.IsNull() {
		return nil, false
	}
	d.Root, d.anchors = read.Root, read.Anchors
	return &read.Root.Pairs[at], true
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
func (d *Document) like(known map[string]int, lines []yamltext.Line) int {
	i, found := known[lines[0].Text]
	if !found || !yamltext.SameText(d.EntryLines(&d.Entries[i]), lines) {
		return -1
	}
	return i
}

// printable reports that no line has a character that only escapes have in what is
// rendered: then a line is a line for every reader of YAML.
func (d *Document) printable() bool {
	for i := range d.Lines {
		text := d.Lines[i].Text
		for j := range len(text) {
			if c := text[j]; c >= utf8.RuneSelf {
				if !utf8.ValidString(text[j:]) || strings.IndexFunc(text[j:], yamltext.NotPrintable) >= 0 {
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
		indent := yamltext.Indent(text)
		switch {
		case indent == len(text), text[indent] == '#' && indent <= yamltext.DashColumn:
		case indent == 0:
			return starts, i, true
		case indent == yamltext.DashColumn && strings.HasPrefix(text[indent:], "- "):
			starts = append(starts, i)
		case indent <= yamltext.DashColumn || len(starts) == 0:
			return nil, 0, false
		}
	}
	return starts, len(d.Lines), true
}

// parsedEntry reads the entry in lines from ≤ i < to; nil when they are not one, or have an
// anchor, alias or tag. The parser accepts some texts only when nothing follows, so what
// follows in the file stands behind them: blank lines, and an entry or another key.
func (d *Document) parsedEntry(from, to int, last bool) *yamltree.Node {
	entries, keys, after := 1, 1, ""
	if !last {
		entries, after = 2, strings.Repeat(" ", yamltext.DashColumn)+"- next: 0\n"
	} else if to < len(d.Lines) {
		keys, after = 2, "next: 0\n"
	}
	read, err := yamltree.Parse(d.list + ":\n" + yamltext.Join(d.Lines[from:to]) + after)
	if err != nil || len(read.Marks) > 0 || len(read.Root.Pairs) != keys {
		return nil
	}
	n := read.Root.Pairs[0].Node
	if read.Root.Pairs[0].Key != d.list || n.Kind != yamltree.List || n.Fixed || len(n.Items) != entries || n.Items[0].Line != 1 || n.Items[0].Col != yamltext.DashColumn {
		return nil
	}
	n.Shift(0, from-1)
	return n.Items[0].Node
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

func (d *Document) ForeignNames() (names []string) {
	for i := range d.Entries {
		if len(d.rendered) == 0 || !d.rendered[i] {
			names = append(names, d.Entries[i].Name)
		}
	}
	return names
}
