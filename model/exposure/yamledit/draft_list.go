package yamledit

import "slices"

// editList adds and removes elements, each on its own line, and leaves the
// others and their comments alone.
func (d *Draft) editList(p Pair, end int, f Field) ([]Line, bool) {
	items := p.Node.Items
	if !d.oneItemPerLine(p, end) {
		return nil, false
	}
	before := f.placed(items)
	var out []Line
	insert := func(at int) {
		for _, s := range before[at] {
			out = append(out, d.toLines(renderItem(s, f.Plain, items[0].col))...)
		}
	}
	for i, it := range items {
		insert(i)
		next := end
		if i+1 < len(items) {
			next = items[i+1].line
		}
		last := d.doc.trimBack(it.line, next, it.col)
		if f.Has(f.Items, it.Node.Scalar) {
			out = append(out, d.doc.Lines[it.line:last]...)
		}
		if i == len(items)-1 {
			insert(len(items))
		}
		out = append(out, d.doc.Lines[last:next]...)
	}
	return d.with(items[0].line, end, out), true
}

// placed puts each element of f that the list does not have before the item that
// follows it in the wanted order, or after all of them: whatever was written
// between stays, and an element that goes and comes back finds its place again.
func (f Field) placed(items []Element) map[int][]string {
	before := map[int][]string{}
	for _, s := range f.Items {
		if f.indexOf(items, s) >= 0 {
			continue
		}
		at := len(items)
		for _, after := range f.Order[slices.Index(f.Order, s)+1:] {
			if i := f.indexOf(items, after); i >= 0 {
				at = i
				break
			}
		}
		before[at] = append(before[at], s)
	}
	return before
}

// oneItemPerLine: every element of the list is a scalar on lines of its own.
func (d *Draft) oneItemPerLine(p Pair, end int) bool {
	after := p.line
	for _, it := range p.Node.Items {
		if it.Node.Kind != Scalar || it.Node.fixed || it.col != p.Node.Items[0].col || it.line <= after || it.line >= end || !d.doc.dashAt(it) {
			return false
		}
		after = it.line
	}
	return true
}

// HasComment reports a comment on the lines of a value; of a list, on those of
// the element with that value.
func (d *Draft) HasComment(f Field, value string) bool {
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
		_, comment := splitComment(text)
		return comment != ""
	}
	if p.Node.Kind != List {
		return has(p.line, end, p.colon+1)
	}
	for i, it := range p.Node.Items {
		next := end
		if i+1 < len(p.Node.Items) {
			next = p.Node.Items[i+1].line
		}
		if it.Node.Scalar == value && it.line > p.line && it.line < next && d.doc.dashAt(it) {
			return has(it.line, d.doc.trimBack(it.line, next, it.col), it.col+1)
		}
	}
	return false
}
