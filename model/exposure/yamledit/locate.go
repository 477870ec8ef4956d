package yamledit

import (
	"strings"

	"darkroom/model/exposure/yamledit/yamltext"
	"darkroom/model/exposure/yamledit/yamltree"
)

// locate finds the lines of every entry.
func (d *Document) locate() *Error {
	fail := func(at int, problem string) *Error {
		return &Error{Line: at + 1, Problem: problem, Fix: "write " + d.list + `: as a list of indented "- name:" items, or ` + otherFile}
	}
	if !d.hasKeyAt(d.key) {
		return fail(max(d.key.Line, 0), "the key "+d.list+" is not at the start of a line")
	}
	list := d.key.Node
	if list.Kind == yamltree.Scalar && list.Scalar == "" || list.Kind == yamltree.List && len(list.Items) == 0 {
		d.state = listEmpty
		return nil
	}
	if list.Kind != yamltree.List || list.Fixed {
		return fail(d.key.Line, d.list+" is not a plain list")
	}
	d.state = listBlock
	end := d.listEnd()
	d.Entries = make([]Entry, 0, len(list.Items))
	at, line := 0, 0
	for i, it := range list.Items {
		next := end
		if i+1 < len(list.Items) {
			next = list.Items[i+1].Line
		}
		if it.Line <= d.key.Line || it.Line >= next || next > len(d.Lines) || it.Col != list.Items[0].Col || !d.dashAt(it) {
			return fail(max(it.Line, 0), "cannot find where an entry starts")
		}
		e := Entry{First: it.Line, Last: d.trimBack(it.Line, next, it.Col), Dash: it.Col, Name: it.Node.Text("name"), Like: -1, node: it.Node}
		e.from = at + yamltext.Size(d.Lines[line:e.First])
		e.to = e.from + yamltext.Size(d.Lines[e.First:e.Last])
		at, line = e.to, e.Last
		d.Entries = append(d.Entries, e)
	}
	return nil
}

// hasKeyAt checks that a pair's key and colon are where the parser says.
func (d *Document) hasKeyAt(p yamltree.Pair) bool {
	if p.Line < 0 || p.Line >= len(d.Lines) || p.Colon <= p.Col {
		return false
	}
	text := d.Lines[p.Line].Text
	return p.Colon < len(text) && text[p.Colon] == ':' && strings.Trim(text[p.Col:p.Colon], `"' `) == p.Key && p.Key != ""
}

func (d *Document) dashAt(it yamltree.Element) bool {
	text := d.Lines[it.Line].Text
	return yamltext.Indent(text) == it.Col && it.Col < len(text) && text[it.Col] == '-'
}

// listEnd is the line after the list: the next key of the top level, the end of
// the document, or the end of the file.
func (d *Document) listEnd() int {
	if next := d.Root.NextAfter(d.key.Line, len(d.Lines)); next < len(d.Lines) {
		return next
	}
	for i := d.key.Line + 1; i < len(d.Lines); i++ {
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
		if t != "" && (yamltext.Indent(t) > col || !strings.HasPrefix(t[yamltext.Indent(t):], "#")) {
			break
		}
		next--
	}
	return next
}
