package yamledit

import (
	"slices"

	"darkroom/model/exposure/yamledit/yamltext"
	"darkroom/model/exposure/yamledit/yamltree"
)

// editList adds and removes elements, each on its own line, and leaves the
// others and their comments alone.
func (d *Draft) editList(p yamltree.Pair, end int, f yamltext.Field) ([]yamltext.Line, bool) {
	items := p.Node.Items
	if !d.oneItemPerLine(p, end) {
		return nil, false
	}
	before := placed(f, items)
	var out []yamltext.Line
	insert := func(at int) {
		for _, s := range before[at] {
			out = append(out, d.toLines(yamltext.RenderItem(s, f.Plain, items[0].Col))...)
		}
	}
	for i, it := range items {
		insert(i)
		next := end
		if i+1 < len(items) {
			next = items[i+1].Line
		}
		last := d.doc.trimBack(it.Line, next, it.Col)
		if f.Has(f.Items, it.Node.Scalar) {
			out = append(out, d.doc.Lines[it.Line:last]...)
		}
		if i == len(items)-1 {
			insert(len(items))
		}
		out = append(out, d.doc.Lines[last:next]...)
	}
	return d.with(items[0].Line, end, out), true
}

// placed puts each element of f that the list does not have before the item that
// follows it in the wanted order, or after all of them: whatever was written
// between stays, and an element that goes and comes back finds its place again.
func placed(f yamltext.Field, items []yamltree.Element) map[int][]string {
	before := map[int][]string{}
	for _, s := range f.Items {
		if indexOf(f, items, s) >= 0 {
			continue
		}
		at := len(items)
		for _, after := range f.Order[slices.Index(f.Order, s)+1:] {
			if i := indexOf(f, items, after); i >= 0 {
				at = i
				break
			}
		}
		before[at] = append(before[at], s)
	}
	return before
}

// indexOf is the index of the element with a value, -1 without one.
func indexOf(f yamltext.Field, items []yamltree.Element, value string) int {
	return slices.IndexFunc(items, func(it yamltree.Element) bool { return f.Equal(it.Node.Scalar, value) })
}

// oneItemPerLine: every element of the list is a scalar on lines of its own.
func (d *Draft) oneItemPerLine(p yamltree.Pair, end int) bool {
	after := p.Line
	for _, it := range p.Node.Items {
		if it.Node.Kind != yamltree.Scalar || it.Node.Fixed || it.Col != p.Node.Items[0].Col || it.Line <= after || it.Line >= end || !d.doc.dashAt(it) {
			return false
		}
		after = it.Line
	}
	return true
}

// HasComment reports a comment on the lines of a value; of a list, on those of
// the element with that value.
func (d *Draft) HasComment(f yamltext.Field, value string) bool {
	if d.entry == nil {
		return false
	}
	p, end, ok := d.find(f.Path)
	if !ok {
		return false
	}
	has := func(first, last int, from int) bool {
		text := d.doc.Lines[first].Text[from:]
		for _, l := range d.doc.Lines[first+1 : last] {
			text += "\n" + l.Text
		}
		_, comment := yamltext.SplitComment(text)
		return comment != ""
	}
	if p.Node.Kind != yamltree.List {
		return has(p.Line, end, p.Colon+1)
	}
	for i, it := range p.Node.Items {
		next := end
		if i+1 < len(p.Node.Items) {
			next = p.Node.Items[i+1].Line
		}
		if it.Node.Scalar == value && it.Line > p.Line && it.Line < next && d.doc.dashAt(it) {
			return has(it.Line, d.doc.trimBack(it.Line, next, it.Col), it.Col+1)
		}
	}
	return false
}
