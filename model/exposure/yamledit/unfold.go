package yamledit

import (
	"strings"

	"darkroom/model/exposure/yamledit/yamltext"
	"darkroom/model/exposure/yamledit/yamltree"
	"darkroom/model/pattern"
)

// Unfold writes the map at a path that is in flow style, "meta: {team: sales}", with one
// key per line, so that keys can be added. It reports false, and changes nothing, when the
// entry would not say the same, or when it is no such map.
func (d *Draft) Unfold(path []string) bool {
	if !d.Editable() {
		return false
	}
	p, end, ok := d.find(path)
	if !ok || p.Node.Kind != yamltree.Map || !p.Node.Fixed || p.Node.Mark() != "" || len(p.Node.Merges()) > 0 {
		return false
	}
	var all []string
	for _, l := range d.doc.Lines[p.Line:end] {
		all = append(all, l.Text)
	}
	out, ok := unfolded(strings.Join(all, "\n"), p)
	if !ok {
		return false
	}
	before := *d
	if d.read(d.with(p.Line, end, d.toLines(out))) && yamltree.Same(before.entry.node, d.entry.node) &&
		has(d.marks, before.marks) && has(d.comments, before.comments) {
		return true
	}
	*d = before
	return false
}

// unfolded is the text of a pair with the keys of its flow map on lines of their own.
func unfolded(text string, p yamltree.Pair) (string, bool) {
	value, comment := yamltext.SplitComment(text[p.Colon+1:])
	inner, opened := strings.CutPrefix(strings.TrimSpace(value), "{")
	inner, closed := strings.CutSuffix(inner, "}")
	c := cutter{text: inner, colon: -1}
	if !opened || !closed || strings.Contains(comment, "\n") || !c.run() || len(c.parts) != len(p.Node.Pairs) {
		return "", false
	}
	out := text[:p.Colon+1]
	if comment != "" {
		out += " " + comment
	}
	for _, part := range c.parts {
		out += "\n" + strings.Repeat(" ", p.Col+2) + part
	}
	return out + "\n", true
}

// cutter cuts the inside of a flow map at its commas. Each part is a key, a colon, a
// space and a value on one line.
type cutter struct {
	text  string
	parts []string
	from  int  // of the current part
	colon int  // of its key; -1 before it
	depth int  // of brackets
	quote byte // that is open; 0 for none
}

// run reports false for what is not a list of pairs.
func (c *cutter) run() bool {
	for i := 0; i < len(c.text); i++ {
		switch sign := c.text[i]; {
		case c.quote != 0:
			i += c.quoted(i)
		case (sign == '"' || sign == '\'') && c.opens(i):
			c.quote = sign
		case strings.IndexByte("[{", sign) >= 0:
			c.depth++
		case strings.IndexByte("]}", sign) >= 0:
			c.depth--
		case c.depth > 0:
		case sign == ':' && c.colon < 0 && c.endsKey(i):
			c.colon = i
		case sign == ',' && !c.end(i):
			return false
		}
	}
	return c.end(len(c.text))
}

// quoted looks at a sign within quotes and says how many more belong to it.
func (c *cutter) quoted(at int) (more int) {
	sign := c.text[at]
	switch {
	case c.quote == '"' && sign == '\\', sign == '\'' && sign == c.quote && strings.HasPrefix(c.text[at+1:], "'"):
		return 1
	case sign == c.quote:
		c.quote = 0
	}
	return 0
}

// opens: a quote begins a text only where a value or key begins; within a plain text it
// is an apostrophe.
func (c *cutter) opens(at int) bool {
	before := strings.TrimRight(c.text[c.from:at], " \t\n")
	return before == "" || strings.ContainsRune(",:[{", rune(before[len(before)-1]))
}

// endsKey: a colon ends a key before a space, and right after a quoted key.
func (c *cutter) endsKey(at int) bool {
	key, after := strings.TrimSpace(c.text[c.from:at]), c.text[at+1:]
	return after == "" || strings.ContainsRune(" \t\n,", rune(after[0])) || strings.HasSuffix(key, `"`) || strings.HasSuffix(key, "'")
}

// lineBreak is one within a value, which reads as a space.
var lineBreak = pattern.Of(`\s*\n\s*`)

// end takes the part before a comma, or before the end, where there may be none.
func (c *cutter) end(to int) bool {
	if c.colon < 0 {
		return strings.TrimSpace(c.text[min(c.from, len(c.text)):]) == ""
	}
	part := strings.TrimSpace(c.text[c.from:c.colon]) + ": " + strings.TrimSpace(c.text[c.colon+1:to])
	c.parts = append(c.parts, strings.TrimSpace(lineBreak().ReplaceAllString(part, " ")))
	c.from, c.colon = to+1, -1
	return true
}
