package yamledit

import (
	"slices"
	"strings"

	"darkroom/model/exposure/yamledit/yamltext"
	"darkroom/model/exposure/yamledit/yamltree"
)

// dropRemoved takes out removed entries with one run of blank lines each; their
// comments stay, since it is not known what they are about.
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
		if len(out) == 1 && len(prev.gap) == 0 && !end || len(prev.gap) > 0 && yamltext.Blank(prev.gap[len(prev.gap)-1]) {
			gap = yamltext.TrimStart(gap)
		}
		prev.gap = append(prev.gap, gap...) // chunks gives each its own lines
		if end && len(gap) == 0 {
			prev.gap = yamltext.TrimEnd(prev.gap)
		}
	}
	return out
}

// insert places new entries by name when the file is sorted, otherwise at the
// end. A comment right above an entry stays right above it.
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
				prev.gap = []yamltext.Line{{End: eol}}
			}
			if spaced && i < len(chunks)-1 && !yamltext.StartsBlank(next.gap) {
				next.gap = slices.Concat([]yamltext.Line{{End: eol}}, next.gap)
			}
			out = append(out, next)
		}
	}
	return out
}

// withList opens the list at the end of a file that has none.
func (d *Document) withList() []yamltext.Line {
	body := slices.Clone(d.Lines)
	if len(body) > 0 && !yamltext.Blank(body[len(body)-1]) {
		body = append(body, yamltext.Line{End: d.EOL})
	}
	if d.Root.Kind != yamltree.Map {
		body = append(body, yamltext.Line{Text: "version: 2", End: d.EOL}, yamltext.Line{End: d.EOL})
	}
	return append(body, yamltext.Line{Text: d.list + ":", End: d.EOL})
}

// setList changes the key's line between "exposures:" and "exposures: []".
func (d *Document) setList(empty bool) ([]yamltext.Line, bool) {
	body := slices.Clone(d.Lines[:d.key.Line+1])
	l := &body[d.key.Line]
	value, comment := yamltext.SplitComment(l.Text[d.key.Colon+1:])
	value = strings.TrimSpace(value)
	text := l.Text[:d.key.Colon+1]
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
	l.Text = text
	return body, true
}

// join writes chunks as one text. Only the very last line may lack its line end.
func (d *Document) join(chunks []chunk) string {
	var b strings.Builder
	size := len(byteOrderMark)
	for i := range chunks {
		size += len(chunks[i].text) + yamltext.Size(chunks[i].body) + yamltext.Size(chunks[i].gap) + len(d.EOL)
	}
	b.Grow(size)
	if d.bom {
		b.WriteString(byteOrderMark)
	}
	pending := ""
	write := func(ls []yamltext.Line) {
		for _, l := range ls {
			b.WriteString(pending)
			b.WriteString(l.Text)
			b.WriteString(l.End)
			pending = ""
			if l.End == "" {
				pending = d.EOL
			}
		}
	}
	for i := range chunks {
		if c := &chunks[i]; c.text != "" {
			b.WriteString(pending + c.text)
			pending = ""
		}
		write(chunks[i].body)
		write(chunks[i].gap)
	}
	return b.String()
}

// verify reads the outcome back.
func (d *Document) verify(text string, chunks []chunk) (*Document, *Error) {
	got, err := ParseLike(text, d.list, d, nil)
	if err != nil || len(got.Entries) != len(chunks)-1 {
		return nil, unsafeEdit(0)
	}
	for i := range got.Entries {
		want := &chunks[i+1]
		if got.Entries[i].Name != want.name || want.want != nil && !yamltree.Same(want.want, got.Node(&got.Entries[i])) {
			return nil, unsafeEdit(0)
		}
		got.Entries[i].Name = want.name // which does not keep all of the text
	}
	for name, value := range got.anchors {
		if old := d.anchors[name]; old != nil && !yamltree.Same(old, value) {
			return nil, unsafeEdit(0)
		}
	}
	keys := func(n *yamltree.Node) []string {
		out := make([]string, 0, len(n.Pairs))
		for _, p := range n.Pairs {
			out = append(out, p.Key)
		}
		return out
	}
	before, after := keys(d.Root), keys(got.Root)
	if !slices.Equal(before, after) && (d.state != listAbsent || !slices.Contains(after, d.list)) {
		return nil, unsafeEdit(0)
	}
	return got, nil
}
