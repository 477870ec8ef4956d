package exposuretest

import (
	"fmt"
	"slices"
	"strings"

	"darkroom/model/exposure/yamledit"
	"darkroom/model/exposure/yamledit/yamltext"
)

// anchorPlaces are keys whose value may get an anchor.
const anchorPlaces = `^ +(owner|tags|depends_on|config|meta|tableau|label|url|description|name|email|workbook|kind):`

// withAnchor puts an anchor at a key's value.
func withAnchor(line, name string) string {
	key, value, _ := strings.Cut(line, ":")
	return key + ": &" + name + value
}

// anchorAndAlias gives a value of one entry an anchor, and another entry behind it
// in the file the alias, at the same key.
func (e *Editor) anchorAndAlias() ([]string, bool) {
	m := e.mark()
	list := e.entries()
	if len(list) < 2 {
		return nil, false
	}
	i := e.R.IntN(len(list) - 1)
	from := list[i]
	at := e.line(from.lines, anchorPlaces)
	if at < 0 {
		return nil, false
	}
	key, _, _ := strings.Cut(from.lines[at], ":")
	uses := 0
	for _, to := range list[i+1:] {
		if to.file != from.file || e.R.IntN(2) == 0 {
			continue
		}
		n := slices.IndexFunc(to.lines, func(l string) bool { return strings.HasPrefix(l, key+":") })
		if n < 0 {
			continue
		}
		end := n + 1
		for end < len(to.lines) && (len(indentOf(to.lines[end])) > len(indentOf(to.lines[n])) || to.lines[end] == "") {
			end++
		}
		if strings.Contains(strings.Join(to.lines[n:end], "\n"), "mk") {
			continue // what was marked must stay
		}
		if e.put(to, slices.Concat(to.lines[:n:n], []string{key + ": *" + m}, to.lines[end:])) {
			uses++
		}
	}
	lines := slices.Clone(from.lines)
	lines[at] = withAnchor(lines[at], m)
	return []string{"&" + m}, uses > 0 && e.put(from, lines)
}

// anchorUsedElsewhere uses an anchor of an entry behind the list, or gives one to an
// item of a list that is used in the same list.
func (e *Editor) anchorUsedElsewhere() ([]string, bool) {
	m := e.mark()
	b, ok := e.entry()
	if !ok {
		return nil, false
	}
	if e.R.IntN(2) == 0 {
		return []string{"&" + m, "*" + m}, e.replaceLine(`^ +- ["r]`, func(l string) []string {
			return []string{strings.Replace(l, "- ", "- &"+m+" ", 1), indentOf(l) + "- *" + m}
		})
	}
	at := e.line(b.lines, anchorPlaces)
	if at < 0 {
		return nil, false
	}
	lines := slices.Clone(b.lines)
	lines[at] = withAnchor(lines[at], m)
	if !e.put(b, lines) {
		return nil, false
	}
	f := &(*e.Files)[b.file]
	f.Text = append([]byte(strings.TrimRight(string(f.Text), "\r\n")), fmt.Sprintf("\n\nx_%s: [*%s, *%s]\n", m, m, m)...)
	return []string{"&" + m, "x_" + m}, true
}

// anchorFromOutside uses an anchor of the head of the file in an entry.
func (e *Editor) anchorFromOutside() ([]string, bool) {
	m := e.mark()
	b, ok := e.entry()
	if !ok {
		return nil, false
	}
	at := e.line(b.lines, `^ +(owner|label):`)
	if at < 0 || strings.Contains(b.lines[at], "mk") {
		return nil, false
	}
	end, value := at+1, m
	if strings.Contains(b.lines[at], "owner") {
		value = "{name: " + m + "}"
		for end < len(b.lines) && len(indentOf(b.lines[end])) > len(indentOf(b.lines[at])) {
			end++
		}
	}
	if strings.Contains(strings.Join(b.lines[at:end], "\n"), "mk") {
		return nil, false
	}
	key, _, _ := strings.Cut(b.lines[at], ":")
	return []string{"&" + m, "*" + m}, e.put(b, slices.Concat(b.lines[:at:at], []string{key + ": *" + m}, b.lines[end:])) && e.head(b.file, "x_"+m+": &"+m+" "+value)
}

// mergeKey merges a map of the head into an entry, its owner or its meta.
func (e *Editor) mergeKey() ([]string, bool) {
	m := e.mark()
	b, ok := e.entry()
	if !ok {
		return nil, false
	}
	at := e.line(b.lines, `^ +(type: dashboard|owner:|tableau:|meta:)$`)
	if at < 0 {
		return nil, false
	}
	in := indentOf(b.lines[at])
	if strings.HasSuffix(b.lines[at], ":") {
		in += "  "
	}
	return []string{"&" + m, "*" + m}, e.put(b, slices.Concat(b.lines[:at+1:at+1], []string{in + "<<: *" + m}, b.lines[at+1:])) && e.head(b.file, "x_"+m+": &"+m+" {maturity: low}")
}

// head puts a line before the list of a file.
func (e *Editor) head(file int, line string) bool {
	doc, ferr := yamledit.Parse((*e.Files)[file].Text, "exposures")
	if ferr != nil || doc.ListLine() < 0 {
		return false
	}
	e.setLines(file, slices.Insert(slices.Clone(doc.Lines), doc.ListLine(), yamltext.Line{Text: line, End: doc.EOL}), false, -1)
	return true
}

func (e *Editor) anchoredEntry() ([]string, bool) {
	m := e.mark()
	b, ok := e.entry()
	if !ok || !strings.HasPrefix(strings.TrimSpace(b.lines[0]), "- name:") {
		return nil, false
	}
	in := indentOf(b.lines[0])
	lines := slices.Concat([]string{in + "- &" + m, in + "  " + strings.TrimPrefix(b.lines[0], in+"- ")}, b.lines[1:])
	if !e.put(b, lines) {
		return nil, false
	}
	if e.R.IntN(2) == 0 {
		f := &(*e.Files)[b.file]
		f.Text = append([]byte(strings.TrimRight(string(f.Text), "\r\n")), fmt.Sprintf("\n\nx_%s: [*%s]\n", m, m)...)
	}
	return []string{"&" + m}, true
}

// renamed is an entry with another name, which is a mark; anchors in it stay where
// they are.
func renamed(b blockOf, m string) ([]string, bool) {
	lines := slices.Clone(b.lines)
	for i, l := range lines {
		if strings.Contains(l, "&") && !strings.Contains(l, `"`) || strings.Contains(l, "*mk") {
			return nil, false
		}
		if i < 2 && strings.Contains(l, "name: "+b.name) {
			lines[i] = strings.Replace(l, "name: "+b.name, "name: "+m, 1)
		}
	}
	return lines, true
}

func (e *Editor) copyEntry() ([]string, bool) {
	m := e.mark()
	b, ok := e.entry()
	if !ok {
		return nil, false
	}
	name := e.pick([]string{"a" + m, "z" + m})
	lines, ok := renamed(b, name)
	if !ok {
		return nil, false
	}
	both := slices.Concat(lines, []string{""}, b.lines)
	if e.R.IntN(2) == 0 {
		both = slices.Concat(b.lines, []string{""}, lines)
	}
	return []string{"name: " + name}, e.put(b, both)
}

func (e *Editor) copyElsewhere() ([]string, bool) {
	m := e.mark()
	b, ok := e.entry()
	if !ok {
		return nil, false
	}
	lines, ok := renamed(b, m)
	if ok {
		e.intoFile(b.file, lines)
	}
	return []string{"name: " + m}, ok
}

// intoFile adds an entry to a file other than the given one, or to a new one.
func (e *Editor) intoFile(not int, lines []string) {
	text := strings.Join(lines, "\n") + "\n"
	for i := range *e.Files {
		f := &(*e.Files)[i]
		if i != not && f.Text != nil && e.R.IntN(2) == 0 {
			doc, ferr := yamledit.Parse(f.Text, "exposures")
			if ferr == nil && len(doc.Entries) > 0 && doc.EOL == "\n" && doc.Entries[0].Dash == len(indentOf(lines[0])) {
				at := doc.Entries[0].First
				var in []yamltext.Line
				for _, l := range lines {
					in = append(in, yamltext.Line{Text: l, End: "\n"})
				}
				e.setLines(i, slices.Insert(slices.Clone(doc.Lines), at, in...), false, -1)
				return
			}
		}
	}
	*e.Files = append(*e.Files, File{Name: fmt.Sprintf("models/%s%d.yml", e.pick([]string{"a", "z"}), e.n), Text: []byte("version: 2\nexposures:\n" + text)})
}

func (e *Editor) deleteEntry() ([]string, bool) {
	b, ok := e.entry()
	if !ok || strings.Contains(strings.Join(b.lines, "\n"), "mk") || e.R.IntN(3) > 0 {
		return nil, false
	}
	return nil, e.put(b, nil)
}

func (e *Editor) moveEntry() ([]string, bool) {
	list := e.entries()
	if len(list) < 2 {
		return nil, false
	}
	i := e.R.IntN(len(list) - 1)
	a, b := list[i], list[i+1]
	if a.file != b.file || !e.put(a, nil) {
		return nil, false
	}
	return nil, e.put(b, slices.Concat(b.lines, []string{""}, a.lines))
}

func (e *Editor) moveElsewhere() ([]string, bool) {
	b, ok := e.entry()
	if !ok || strings.Contains(strings.Join(b.lines, "\n"), "*mk") {
		return nil, false
	}
	ok = e.put(b, nil)
	if ok {
		e.intoFile(b.file, b.lines)
	}
	return nil, ok
}

func (e *Editor) rename() ([]string, bool) {
	m := e.mark()
	b, ok := e.entry()
	if !ok {
		return nil, false
	}
	if strings.Contains(b.name, "mk") {
		return nil, false
	}
	lines := slices.Clone(b.lines)
	at := slices.IndexFunc(lines, func(l string) bool { return strings.HasSuffix(l, "name: "+b.name) })
	if at < 0 {
		return nil, false
	}
	lines[at] = strings.Replace(lines[at], b.name, m, 1)
	return nil, e.put(b, lines) // the name goes with the entry
}

func (e *Editor) handWritten() ([]string, bool) {
	m := e.mark()
	b, ok := e.entry()
	if !ok {
		return nil, false
	}
	in := indentOf(b.lines[0])
	own := []string{in + "- name: " + m, in + "  type: notebook # " + m, in + "  owner: {name: x, email: x@y.z}", "", in + "  # end of " + m, ""}
	return []string{"name: " + m, "# " + m, "end of " + m}, e.put(b, slices.Concat(own, b.lines))
}

func (e *Editor) blankLine() ([]string, bool) {
	return nil, e.replaceLine(`^ +(label|type|owner|config):`, func(l string) []string { return []string{"", l} })
}

func (e *Editor) swapKeys() ([]string, bool) {
	b, ok := e.entry()
	if !ok {
		return nil, false
	}
	at := e.line(b.lines, `^    (label|type|url): [^>|]*$`)
	if at < 0 || at+1 >= len(b.lines) || !strings.HasPrefix(b.lines[at+1], "    ") || strings.HasPrefix(b.lines[at+1], "     ") || strings.Count(b.lines[at+1], `"`) == 1 {
		return nil, false
	}
	lines := slices.Clone(b.lines)
	if len(lines) > at+2 && strings.HasPrefix(lines[at+2], "      ") {
		return nil, false
	}
	lines[at], lines[at+1] = lines[at+1], lines[at]
	return nil, e.put(b, lines)
}
