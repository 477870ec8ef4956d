package merge

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"

	"darkroom/model/exposure/dbtyaml"
	"darkroom/model/exposure/yamledit"
)

// editor makes edits by hand at random. Each that adds something has a mark of its own,
// which must never be lost.
type editor struct {
	r     *rand.Rand
	n     int
	files *[]File
	used  map[string]int // how often an edit of each kind was made
}

// blockOf is an entry of a file while it is edited.
type blockOf struct {
	file  int
	name  string
	lines []string
}

func (e *editor) mark() string {
	e.n++
	return fmt.Sprintf("mk%04d", e.n)
}

func (e *editor) pick(list []string) string { return list[e.r.IntN(len(list))] }

// edits by name; each returns what it added, and whether it found a place.
var edits = map[string]func(e *editor) (marks []string, ok bool){
	"comment behind a line":    (*editor).commentBehind,
	"comment on its own":       (*editor).commentLine,
	"moved comment":            (*editor).moveComment,
	"value":                    (*editor).changeValue,
	"quotes":                   (*editor).requote,
	"block scalar":             (*editor).blockScalar,
	"removed value":            (*editor).removeValue,
	"flow style":               (*editor).flowStyle,
	"key":                      (*editor).addKey,
	"item":                     (*editor).addItem,
	"map in a list":            (*editor).addMapItem,
	"anchor and alias":         (*editor).anchorAndAlias,
	"anchor used elsewhere":    (*editor).anchorUsedElsewhere,
	"anchor from outside":      (*editor).anchorFromOutside,
	"merge key":                (*editor).mergeKey,
	"anchored entry":           (*editor).anchoredEntry,
	"copy":                     (*editor).copyEntry,
	"copy into another file":   (*editor).copyElsewhere,
	"deleted entry":            (*editor).deleteEntry,
	"moved entry":              (*editor).moveEntry,
	"moved to another file":    (*editor).moveElsewhere,
	"renamed":                  (*editor).rename,
	"hand-written entry":       (*editor).handWritten,
	"blank line":               (*editor).blankLine,
	"key order":                (*editor).swapKeys,
	"comment between entries":  (*editor).commentBetween,
	"comment in a nested list": (*editor).commentInList,
}

// edit makes one edit that dbt accepts. One that it would not accept is taken back.
func (e *editor) edit() (marks []string) {
	names := make([]string, 0, len(edits))
	for name := range edits {
		names = append(names, name)
	}
	slices.Sort(names)
	name := e.pick(names)
	before := slices.Clone(*e.files)
	marks, ok := edits[name](e)
	if ok && e.valid() {
		e.used[name]++
		return marks
	}
	*e.files = before
	return nil
}

// valid: dbt reads every file, and no name is there twice. A key that is there twice
// is refused, with its place: dbt takes the last one.
func (e *editor) valid() bool {
	seen := map[string]bool{}
	for _, f := range *e.files {
		if _, ferr := yamledit.Parse(f.Text, listKey); ferr != nil && strings.Contains(ferr.Problem, "already defined") {
			return false
		}
		d, problem := dbtyaml.Read(f.Text)
		if problem != nil {
			return false
		}
		for _, name := range d.Names(listKey) {
			if name == "" || seen[name] {
				return false
			}
			seen[name] = true
		}
	}
	return true
}

// entries are those of all files, as far as they can be edited.
func (e *editor) entries() []blockOf {
	var out []blockOf
	for i, f := range *e.files {
		doc, ferr := yamledit.Parse(f.Text, listKey)
		if ferr != nil {
			continue
		}
		for n := range doc.Entries {
			b := blockOf{file: i, name: doc.Entries[n].Name}
			for _, l := range doc.EntryLines(&doc.Entries[n]) {
				b.lines = append(b.lines, l.Text)
			}
			out = append(out, b)
		}
	}
	return out
}

func (e *editor) entry() (blockOf, bool) {
	list := e.entries()
	if len(list) == 0 {
		return blockOf{}, false
	}
	return list[e.r.IntN(len(list))], true
}

// put writes an entry back; no lines take it out.
func (e *editor) put(b blockOf, lines []string) bool {
	f := &(*e.files)[b.file]
	doc, ferr := yamledit.Parse(f.Text, listKey)
	if ferr != nil {
		return false
	}
	for i := range doc.Entries {
		if doc.Entries[i].Name != b.name {
			continue
		}
		var out []yamledit.Line
		out = append(out, doc.Lines[:doc.Entries[i].First]...)
		for _, l := range lines {
			out = append(out, yamledit.Line{Text: l, End: doc.EOL})
		}
		out = append(out, doc.Lines[doc.Entries[i].Last:]...)
		e.setLines(b.file, out, len(doc.Entries) == 1 && len(lines) == 0, doc.ListLine())
		return true
	}
	return false
}

// setLines writes the lines of a file; an emptied list needs its brackets.
func (e *editor) setLines(file int, lines []yamledit.Line, emptied bool, listLine int) {
	f := &(*e.files)[file]
	text := ""
	if strings.HasPrefix(string(f.Text), "\uFEFF") {
		text = "\uFEFF"
	}
	for i, l := range lines {
		if emptied && i == listLine {
			l.Text = "exposures: []"
		}
		text += l.Text + l.End
	}
	f.Text = []byte(text)
}

// line picks a line of an entry that fits, -1 without one.
func (e *editor) line(lines []string, fits string) int {
	at := regexp.MustCompile(fits)
	var found []int
	for i, l := range lines {
		if at.MatchString(l) {
			found = append(found, i)
		}
	}
	if len(found) == 0 {
		return -1
	}
	return found[e.r.IntN(len(found))]
}

// replaceLine changes one line that fits of a random entry.
func (e *editor) replaceLine(fits string, with func(line string) []string) bool {
	b, ok := e.entry()
	if !ok {
		return false
	}
	i := e.line(b.lines, fits)
	if i < 0 {
		return false
	}
	return e.put(b, slices.Concat(b.lines[:i:i], with(b.lines[i]), b.lines[i+1:]))
}

func indentOf(s string) string { return s[:len(s)-len(strings.TrimLeft(s, " "))] }

func (e *editor) commentBehind() ([]string, bool) {
	m := e.mark()
	return []string{m}, e.replaceLine(`^ *(- )?\S.*$`, func(l string) []string {
		return []string{l + e.pick([]string{" # ", "  # "}) + m}
	})
}

func (e *editor) commentLine() ([]string, bool) {
	m := e.mark()
	return []string{m}, e.replaceLine(`^ +\S`, func(l string) []string {
		return []string{l, e.pick([]string{indentOf(l), indentOf(l), "    ", "  ", "          ", ""}) + "# " + m}
	})
}

func (e *editor) commentInList() ([]string, bool) {
	m := e.mark()
	return []string{m}, e.replaceLine(`^ +(tags|depends_on|incomplete):$|^ +- `, func(l string) []string {
		return []string{l, e.pick([]string{indentOf(l), indentOf(l) + "  ", indentOf(l) + "    "}) + "# " + m}
	})
}

func (e *editor) commentBetween() ([]string, bool) {
	m := e.mark()
	b, ok := e.entry()
	return []string{m}, ok && e.put(b, append(b.lines, e.pick([]string{"  # ", "# "})+m, ""))
}

func (e *editor) moveComment() ([]string, bool) {
	b, ok := e.entry()
	if !ok {
		return nil, false
	}
	i := e.line(b.lines, `^ *#`)
	if i < 0 {
		return nil, false
	}
	comment := b.lines[i]
	rest := slices.Delete(slices.Clone(b.lines), i, i+1)
	at := 1 + e.r.IntN(len(rest))
	return nil, e.put(b, slices.Insert(rest, at, comment))
}

func (e *editor) changeValue() ([]string, bool) {
	m := e.mark()
	return []string{m}, e.replaceLine(`^ +(label|url|description|name|email|workbook|site): ".*"$`, func(l string) []string {
		key, _, _ := strings.Cut(l, ":")
		return []string{key + ": " + e.pick([]string{m, `"` + m + `"`, "'" + m + "'"})}
	})
}

func (e *editor) requote() ([]string, bool) {
	return nil, e.replaceLine(`^ +\w+: "[^"'\\#]*"$`, func(l string) []string { return []string{strings.ReplaceAll(l, `"`, "'")} })
}

func (e *editor) blockScalar() ([]string, bool) {
	m := e.mark()
	return []string{m}, e.replaceLine(`^ +description: ".*"$`, func(l string) []string {
		in := indentOf(l)
		return []string{in + "description: " + e.pick([]string{"|", ">-", "|-"}), in + "  " + m, "", in + "  # no comment: " + m}
	})
}

func (e *editor) removeValue() ([]string, bool) {
	return nil, e.replaceLine(`^ +(label|url|email|site|workbook): ".*"$`, func(string) []string { return nil })
}

// flowStyle writes a list or the owner on one line.
func (e *editor) flowStyle() ([]string, bool) {
	b, ok := e.entry()
	if !ok {
		return nil, false
	}
	i := e.line(b.lines, `^ +(tags|depends_on|owner):$`)
	if i < 0 {
		return nil, false
	}
	var parts []string
	end := i + 1
	for ; end < len(b.lines) && len(indentOf(b.lines[end])) > len(indentOf(b.lines[i])) && !strings.Contains(b.lines[end], "#"); end++ {
		part := strings.TrimPrefix(strings.TrimSpace(b.lines[end]), "- ")
		if strings.HasPrefix(part, "ref(") {
			part = `"` + part + `"`
		}
		parts = append(parts, part)
	}
	brackets := "[]"
	if strings.Contains(b.lines[i], "owner") {
		brackets = "{}"
	}
	one := b.lines[i] + " " + brackets[:1] + strings.Join(parts, ", ") + brackets[1:]
	return nil, len(parts) > 0 && e.put(b, slices.Concat(b.lines[:i:i], []string{one}, b.lines[end:]))
}

func (e *editor) addKey() ([]string, bool) {
	m := e.mark()
	return []string{m}, e.replaceLine(`^ +(type: dashboard|managed_by: darkroom|meta:|config:)$`, func(l string) []string {
		in := indentOf(l)
		switch strings.TrimSpace(l) {
		case "meta:":
			return []string{l, in + "  " + m + ": {a: [b, c]}"}
		case "config:":
			return []string{l, in + "  enabled: true # " + m}
		case "type: dashboard":
			return []string{l, in + "maturity: high # " + m}
		}
		return []string{l, in + m + ": 1"}
	})
}

func (e *editor) addItem() ([]string, bool) {
	m := e.mark()
	return []string{m}, e.replaceLine(`^ +(tags|depends_on|incomplete):$`, func(l string) []string {
		in := indentOf(l) + "  "
		return []string{l, in + "- " + e.pick([]string{"source('by', '" + m + "')", m, `"` + m + `" # ` + m})}
	})
}

func (e *editor) addMapItem() ([]string, bool) {
	m := e.mark()
	return []string{m}, e.replaceLine(`^ +(tags|depends_on):$`, func(l string) []string {
		in := indentOf(l) + "  "
		return [][]string{
			{l, in + "- {mine: " + m + "}"},
			{l, in + "- mine: " + m, in + "  too: 1"},
			{l, in + "- [" + m + "]"},
			{l, in + "- !!str " + m},
		}[e.r.IntN(4)]
	})
}
