// Package decided finds what was decided about a table by its id or its canonical names, in
// which * is any text (model/match/RULES.md#canonical-names). What a decision does to a verdict
// is package match.
package decided

import (
	"strings"

	"darkroom/model/relation"
)

// List is the pins or the ignores, by the tables that they name. Plain ids and names without a
// star are looked up, patterns are tried one after another.
type List struct {
	literal  map[string]int // id or canonical name → entry
	folded   map[string]int // canonical name in key form → entry
	patterns []pattern
	Named    bool // whether any entry is a canonical name
}

type pattern struct {
	text  string
	entry int
}

// Add takes the table of entry number i; the first of several counts.
func (l *List) Add(i int, table string) {
	if l.literal == nil {
		l.literal, l.folded = map[string]int{}, map[string]int{}
	}
	named := strings.Contains(table, "://")
	l.Named = l.Named || named
	if named && strings.Contains(table, "*") {
		l.patterns = append(l.patterns, pattern{table, i})
		return
	}
	if _, twice := l.literal[table]; !twice {
		l.literal[table] = i
	}
	key := string(relation.AppendKey(nil, table))
	if _, twice := l.folded[key]; named && !twice {
		l.folded[key] = i
	}
}

// Find gives the entry for a table with this id and these canonical names. With
// exactCase, names that differ in case are different, as on their platform.
func (l *List) Find(id string, names []string, exactCase bool) (int, bool) {
	if i, ok := l.literal[id]; ok && id != "" {
		return i, true
	}
	for _, name := range names {
		if i, ok := l.literal[name]; ok {
			return i, true
		}
	}
	for _, name := range names {
		if i, ok := l.folded[string(relation.AppendKey(nil, name))]; ok && !exactCase {
			return i, true
		}
		for _, p := range l.patterns {
			if glob(p.text, name, exactCase) {
				return p.entry, true
			}
		}
	}
	return 0, false
}

// glob reports whether pattern, in which each * is any text, is s.
func glob(pattern, s string, exactCase bool) bool {
	if !exactCase {
		pattern, s = string(relation.AppendKey(nil, pattern)), string(relation.AppendKey(nil, s))
	}
	pieces := strings.Split(pattern, "*")
	last := len(pieces) - 1
	if last == 0 {
		return pattern == s
	}
	rest, ok := strings.CutPrefix(s, pieces[0])
	if !ok || len(rest) < len(pieces[last]) || !strings.HasSuffix(rest, pieces[last]) {
		return false
	}
	rest = rest[:len(rest)-len(pieces[last])]
	for _, piece := range pieces[1:last] {
		at := strings.Index(rest, piece)
		if at < 0 {
			return false
		}
		rest = rest[at+len(piece):]
	}
	return true
}
