package yamledit

import (
	"regexp"
	"strings"
)

// Unfold writes the map at a path that is in flow style, "meta: {team: sales}", with one
// key per line, so that keys can be added. It reports false, and changes nothing, when the
// entry would not say the same, or when it is no such map.
func (d *Draft) Unfold(path []string) bool {
	if !d.Editable() {
		return false
	}
	p, end, ok := d.find(path)
	if !ok || p.Node.Kind != Map || !p.Node.fixed || p.Node.mark != "" || len(p.Node.merges) > 0 {
		return false
	}
	var all []string
	for _, l := range d.doc.Lines[p.line:end] {
		all = append(all, l.Text)
	}
	text := strings.Join(all, "\n")
	value, comment := splitComment(text[p.colon+1:])
	inner, opened := strings.CutPrefix(strings.TrimSpace(value), "{")
	inner, closed := strings.CutSuffix(inner, "}")
	parts := flowParts(inner)
	if !opened || !closed || strings.Contains(comment, "\n") || len(parts) != len(p.Node.Pairs) {
		return false
	}
	out := text[:p.colon+1]
	if comment != "" {
		out += " " + comment
	}
	for _, part := range parts {
		out += "\n" + strings.Repeat(" ", p.col+2) + part
	}
	before := *d
	if d.read(d.with(p.line, end, d.toLines(out+"\n"))) && sameNode(before.entry.Node, d.entry.Node) &&
		has(d.marks, before.marks) && has(d.comments, before.comments) {
		return true
	}
	*d = before
	return false
}

// lineBreak is one within a value, which reads as a space.
var lineBreak = regexp.MustCompile(`\s*\n\s*`)

// flowParts cuts the inside of a flow map at its commas. Each part is a key, a colon, a
// space and a value on one line; nil when one is not.
func flowParts(inner string) []string {
	var parts []string
	from, colon, depth := 0, -1, 0
	var quote byte
	end := func(to int) bool {
		part := strings.TrimSpace(inner[from:to])
		if colon < 0 {
			return part == "" && strings.TrimSpace(inner[to:]) == "" // after a last comma
		}
		key, value := inner[from:colon], inner[colon+1:to]
		part = strings.TrimSpace(key) + ": " + strings.TrimSpace(value)
		parts = append(parts, strings.TrimSpace(lineBreak.ReplaceAllString(part, " ")))
		from, colon = to+1, -1
		return true
	}
	for i := 0; i < len(inner); i++ {
		switch c := inner[i]; {
		case quote == '"' && c == '\\':
			i++
		case quote != 0:
			switch {
			case c == '\'' && c == quote && strings.HasPrefix(inner[i+1:], "'"):
				i++
			case c == quote:
				quote = 0
			}
		case c == '"' || c == '\'':
			if before := strings.TrimRight(inner[from:i], " \t\n"); before == "" || strings.ContainsRune(",:[{", rune(before[len(before)-1])) {
				quote = c // one within a plain text is an apostrophe
			}
		case c == '[' || c == '{':
			depth++
		case c == ']' || c == '}':
			depth--
		case c == ':' && depth == 0 && colon < 0 && endsKey(inner, from, i):
			colon = i
		case c == ',' && depth == 0:
			if !end(i) {
				return nil
			}
		}
	}
	if !end(len(inner)) {
		return nil
	}
	return parts
}

// endsKey: a colon ends a key before a space, and right after a quoted key.
func endsKey(inner string, from, at int) bool {
	key := strings.TrimSpace(inner[from:at])
	after := inner[at+1:]
	return after == "" || strings.ContainsRune(" \t\n,", rune(after[0])) || strings.HasSuffix(key, `"`) || strings.HasSuffix(key, "'")
}
