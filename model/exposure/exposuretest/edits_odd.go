package exposuretest

import (
	"fmt"
	"slices"
	"strings"
)

// oddKey writes a key with an anchor, a tag, quotes or its question mark.
func (e *Editor) oddKey() ([]string, bool) {
	m := e.mark()
	marks := []string{}
	ok := e.replaceLine(`^ +(label|url|type|kind|workbook|site): \S+$`, func(l string) []string {
		in := indentOf(l)
		key, value, _ := strings.Cut(strings.TrimSpace(l), ": ")
		switch e.R.IntN(4) {
		case 0:
			marks = append(marks, "&"+m)
			return []string{in + "&" + m + " " + key + ": " + value}
		case 1:
			return []string{in + "!!str " + key + ": " + value}
		case 2:
			return []string{in + "? " + key, in + ": " + value}
		}
		return []string{in + `"` + key + `" : ` + value}
	})
	return marks, ok
}

// empty takes the value of a list or a mapping away, but for a comment.
func (e *Editor) empty() ([]string, bool) {
	m := e.mark()
	b, ok := e.entry()
	if !ok {
		return nil, false
	}
	at := e.line(b.lines, `^ +(tags|depends_on|owner|meta|tableau|incomplete):$`)
	if at < 0 {
		return nil, false
	}
	end := at + 1
	for end < len(b.lines) && len(indentOf(b.lines[end])) > len(indentOf(b.lines[at])) {
		end++
	}
	if strings.Contains(strings.Join(b.lines[at:end], "\n"), "mk") {
		return nil, false // what was marked must stay
	}
	value := e.pick([]string{"", " []", " {}", " null", " ~"})
	return []string{m}, e.put(b, slices.Concat(b.lines[:at:at], []string{b.lines[at] + value + " # " + m}, b.lines[end:]))
}

// documentMarks puts the marks of a document around a file.
func (e *Editor) documentMarks() ([]string, bool) {
	f := &(*e.Files)[e.R.IntN(len(*e.Files))]
	text := strings.TrimPrefix(string(f.Text), "\uFEFF")
	if text == "" || strings.Contains(text, "\n...") || strings.Contains(text, "---\n") || strings.Contains(text, "---\r") {
		return nil, false
	}
	m := e.mark()
	f.Text = []byte(fmt.Sprintf("# %s\n---\n%s\n... # end %s\n", m, text, m))
	return []string{"# " + m, "end " + m}, true
}

// copyByMerge gives an entry an anchor, and adds one of its own that merges it.
func (e *Editor) copyByMerge() ([]string, bool) {
	m := e.mark()
	b, ok := e.entry()
	if !ok || !strings.HasPrefix(strings.TrimSpace(b.lines[0]), "- name:") {
		return nil, false
	}
	in := indentOf(b.lines[0])
	anchored := slices.Concat([]string{in + "- &" + m, in + "  " + strings.TrimPrefix(b.lines[0], in+"- ")}, b.lines[1:])
	copied := []string{"", in + "- <<: *" + m, in + "  name: " + m}
	return []string{"&" + m, "name: " + m}, e.put(b, append(anchored, copied...))
}
