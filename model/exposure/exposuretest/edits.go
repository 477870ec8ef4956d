package exposuretest

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"

	"darkroom/model/exposure/dbtyaml"
	"darkroom/model/exposure/yamledit"
	"darkroom/model/exposure/yamledit/yamltext"
)

// File is a YAML file of a project: its slash path and its text.
type File struct {
	Name string
	Text []byte
}

// Editor edits files by hand at random. Each edit that adds something has a mark of its
// own, which must never be lost.
type Editor struct {
	R     *rand.Rand
	Files *[]File
	Used  map[string]int // how often an edit of each kind was made
	n     int
}

// blockOf is an entry of a file while it is edited.
type blockOf struct {
	file  int
	name  string
	lines []string
}

func (e *Editor) mark() string {
	e.n++
	return fmt.Sprintf("mk%04d", e.n)
}

func (e *Editor) pick(list []string) string { return list[e.R.IntN(len(list))] }

// edits by name; each returns what it added, and whether it found a place.
func edits() map[string]func(e *Editor) (marks []string, ok bool) {
	return map[string]func(e *Editor) (marks []string, ok bool){
		"comment behind a line":    (*Editor).commentBehind,
		"comment on its own":       (*Editor).commentLine,
		"moved comment":            (*Editor).moveComment,
		"value":                    (*Editor).changeValue,
		"quotes":                   (*Editor).requote,
		"block scalar":             (*Editor).blockScalar,
		"removed value":            (*Editor).removeValue,
		"flow style":               (*Editor).flowStyle,
		"key":                      (*Editor).addKey,
		"item":                     (*Editor).addItem,
		"map in a list":            (*Editor).addMapItem,
		"anchor and alias":         (*Editor).anchorAndAlias,
		"anchor used elsewhere":    (*Editor).anchorUsedElsewhere,
		"anchor from outside":      (*Editor).anchorFromOutside,
		"merge key":                (*Editor).mergeKey,
		"anchored entry":           (*Editor).anchoredEntry,
		"copy":                     (*Editor).copyEntry,
		"copy into another file":   (*Editor).copyElsewhere,
		"deleted entry":            (*Editor).deleteEntry,
		"moved entry":              (*Editor).moveEntry,
		"moved to another file":    (*Editor).moveElsewhere,
		"renamed":                  (*Editor).rename,
		"hand-written entry":       (*Editor).handWritten,
		"blank line":               (*Editor).blankLine,
		"key order":                (*Editor).swapKeys,
		"comment between entries":  (*Editor).commentBetween,
		"comment in a nested list": (*Editor).commentInList,
		"odd key":                  (*Editor).oddKey,
		"emptied":                  (*Editor).empty,
		"document marks":           (*Editor).documentMarks,
		"copy by a merge key":      (*Editor).copyByMerge,
	}
}

// Kinds are the names of all edits.
func Kinds() []string { return slices.Sorted(maps.Keys(edits())) }

// Edit makes one edit that dbt accepts. One that it would not accept is taken back.
func (e *Editor) Edit() (marks []string) {
	name := e.pick(Kinds())
	before := slices.Clone(*e.Files)
	marks, ok := edits()[name](e)
	if ok && e.Valid() {
		e.Used[name]++
		return marks
	}
	*e.Files = before
	return nil
}

// Valid: dbt reads every file, and no name is there twice. A key that is there twice
// is refused, with its place: dbt takes the last one.
func (e *Editor) Valid() bool {
	seen := map[string]bool{}
	for _, f := range *e.Files {
		if _, ferr := yamledit.Parse(f.Text, "exposures"); ferr != nil && strings.Contains(ferr.Problem, "already defined") {
			return false
		}
		d, problem := dbtyaml.Read(f.Text)
		if problem != nil {
			return false
		}
		for _, name := range d.Names("exposures") {
			if name == "" || seen[name] {
				return false
			}
			seen[name] = true
		}
	}
	return true
}

// entries are those of all files, as far as they can be edited.
func (e *Editor) entries() []blockOf {
	var out []blockOf
	for i, f := range *e.Files {
		doc, ferr := yamledit.Parse(f.Text, "exposures")
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

func (e *Editor) entry() (blockOf, bool) {
	list := e.entries()
	if len(list) == 0 {
		return blockOf{}, false
	}
	return list[e.R.IntN(len(list))], true
}

// put writes an entry back; no lines take it out.
func (e *Editor) put(b blockOf, lines []string) bool {
	f := &(*e.Files)[b.file]
	doc, ferr := yamledit.Parse(f.Text, "exposures")
	if ferr != nil {
		return false
	}
	for i := range doc.Entries {
		if doc.Entries[i].Name != b.name {
			continue
		}
		var out []yamltext.Line
		out = append(out, doc.Lines[:doc.Entries[i].First]...)
		for _, l := range lines {
			out = append(out, yamltext.Line{Text: l, End: doc.EOL})
		}
		out = append(out, doc.Lines[doc.Entries[i].Last:]...)
		e.setLines(b.file, out, len(doc.Entries) == 1 && len(lines) == 0, doc.ListLine())
		return true
	}
	return false
}

// setLines writes the lines of a file; an emptied list needs its brackets.
func (e *Editor) setLines(file int, lines []yamltext.Line, emptied bool, listLine int) {
	f := &(*e.Files)[file]
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
func (e *Editor) line(lines []string, fits string) int {
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
	return found[e.R.IntN(len(found))]
}

// replaceLine changes one line that fits of a random entry.
func (e *Editor) replaceLine(fits string, with func(line string) []string) bool {
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

func (e *Editor) commentBehind() ([]string, bool) {
	m := e.mark()
	return []string{m}, e.replaceLine(`^ *(- )?\S.*$`, func(l string) []string {
		return []string{l + e.pick([]string{" # ", "  # "}) + m}
	})
}

func (e *Editor) commentLine() ([]string, bool) {
	m := e.mark()
	return []string{m}, e.replaceLine(`^ +\S`, func(l string) []string {
		return []string{l, e.pick([]string{indentOf(l), indentOf(l), "    ", "  ", "          ", ""}) + "# " + m}
	})
}

func (e *Editor) commentInList() ([]string, bool) {
	m := e.mark()
	return []string{m}, e.replaceLine(`^ +(tags|depends_on|incomplete):$|^ +- `, func(l string) []string {
		return []string{l, e.pick([]string{indentOf(l), indentOf(l) + "  ", indentOf(l) + "    "}) + "# " + m}
	})
}

func (e *Editor) commentBetween() ([]string, bool) {
	m := e.mark()
	b, ok := e.entry()
	return []string{m}, ok && e.put(b, append(b.lines, e.pick([]string{"  # ", "# "})+m, ""))
}

func (e *Editor) moveComment() ([]string, bool) {
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
	at := 1 + e.R.IntN(len(rest))
	return nil, e.put(b, slices.Insert(rest, at, comment))
}

func (e *Editor) changeValue() ([]string, bool) {
	m := e.mark()
	return []string{m}, e.replaceLine(`^ +(label|url|description|name|email|workbook|site): ".*"$`, func(l string) []string {
		key, _, _ := strings.Cut(l, ":")
		return []string{key + ": " + e.pick([]string{m, `"` + m + `"`, "'" + m + "'"})}
	})
}

func (e *Editor) requote() ([]string, bool) {
	return nil, e.replaceLine(`^ +\w+: "[^"'\\#]*"$`, func(l string) []string { return []string{strings.ReplaceAll(l, `"`, "'")} })
}

func (e *Editor) blockScalar() ([]string, bool) {
	m := e.mark()
	return []string{m}, e.replaceLine(`^ +description: ".*"$`, func(l string) []string {
		in := indentOf(l)
		return []string{in + "description: " + e.pick([]string{"|", ">-", "|-"}), in + "  " + m, "", in + "  # no comment: " + m}
	})
}

func (e *Editor) removeValue() ([]string, bool) {
	return nil, e.replaceLine(`^ +(label|url|email|site|workbook): ".*"$`, func(string) []string { return nil })
}

// flowStyle writes a list or the owner on one line.
func (e *Editor) flowStyle() ([]string, bool) {
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

func (e *Editor) addKey() ([]string, bool) {
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

func (e *Editor) addItem() ([]string, bool) {
	m := e.mark()
	return []string{m}, e.replaceLine(`^ +(tags|depends_on|incomplete):$`, func(l string) []string {
		in := indentOf(l) + "  "
		return []string{l, in + "- " + e.pick([]string{"source('by', '" + m + "')", m, `"` + m + `" # ` + m})}
	})
}

func (e *Editor) addMapItem() ([]string, bool) {
	m := e.mark()
	return []string{m}, e.replaceLine(`^ +(tags|depends_on):$`, func(l string) []string {
		in := indentOf(l) + "  "
		return [][]string{
			{l, in + "- {mine: " + m + "}"},
			{l, in + "- mine: " + m, in + "  too: 1"},
			{l, in + "- [" + m + "]"},
			{l, in + "- !!str " + m},
		}[e.R.IntN(4)]
	})
}
