package yamledit

import "strings"

// locate finds the lines of every entry.
func (d *Document) locate() *Error {
	fail := func(at int, problem string) *Error {
		return &Error{Line: at + 1, Problem: problem, Fix: "write " + d.list + `: as a list of indented "- name:" items, or ` + otherFile}
	}
	if !d.hasKeyAt(d.key) {
		return fail(max(d.key.line, 0), "the key "+d.list+" is not at the start of a line")
	}
	list := d.key.Node
	if list.Kind == Scalar && list.Scalar == "" || list.Kind == List && len(list.Items) == 0 {
		d.state = listEmpty
		return nil
	}
	if list.Kind != List || list.fixed {
		return fail(d.key.line, d.list+" is not a plain list")
	}
	d.state = listBlock
	end := d.listEnd()
	d.Entries = make([]Entry, 0, len(list.Items))
	at, line := 0, 0
	for i, it := range list.Items {
		next := end
		if i+1 < len(list.Items) {
			next = list.Items[i+1].line
		}
		if it.line <= d.key.line || it.line >= next || next > len(d.Lines) || it.col != list.Items[0].col || !d.dashAt(it) {
			return fail(max(it.line, 0), "cannot find where an entry starts")
		}
		e := Entry{First: it.line, Last: d.trimBack(it.line, next, it.col), Dash: it.col, Name: it.Node.Text("name"), Like: -1, node: it.Node}
		e.from = at + sizeOf(d.Lines[line:e.First])
		e.to = e.from + sizeOf(d.Lines[e.First:e.Last])
		at, line = e.to, e.Last
		d.Entries = append(d.Entries, e)
	}
	return nil
}

// hasKeyAt checks that a pair's key and colon are where the parser says.
func (d *Document) hasKeyAt(p Pair) bool {
	if p.line < 0 || p.line >= len(d.Lines) || p.colon <= p.col {
		return false
	}
	text := d.Lines[p.line].Text
	return p.colon < len(text) && text[p.colon] == ':' && strings.Trim(text[p.col:p.colon], `"' `) == p.Key && p.Key != ""
}

func (d *Document) dashAt(it Element) bool {
	text := d.Lines[it.line].Text
	return indentOf(text) == it.col && it.col < len(text) && text[it.col] == '-'
}

// listEnd is the line after the list: the next key of the top level, the end of
// the document, or the end of the file.
func (d *Document) listEnd() int {
	if next := d.Root.nextAfter(d.key.line, len(d.Lines)); next < len(d.Lines) {
		return next
	}
	for i := d.key.line + 1; i < len(d.Lines); i++ {
		if t := d.Lines[i].Text; strings.HasPrefix(t, "---") || strings.HasPrefix(t, "...") {
			return i
		}
	}
	return len(d.Lines)
}

// trimBack leaves out blank lines and comments at the end of [first, next): what
// is not indented deeper than the item belongs to whatever follows. (A "#" line
// that deep cannot be the text of a block scalar.)
func (d *Document) trimBack(first, next, col int) int {
	for next > first+1 {
		t := strings.TrimRight(d.Lines[next-1].Text, " \t")
		if t != "" && (indentOf(t) > col || !strings.HasPrefix(t[indentOf(t):], "#")) {
			break
		}
		next--
	}
	return next
}
