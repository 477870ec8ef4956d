package exposure

import (
	"maps"
	"slices"
	"strings"
)

// State is what the last export remembers of an entry beside its text.
type State struct {
	// File is where it was written. When the entry is now elsewhere, a person
	// moved it.
	File string
	// Own: a person chose the place (moved or adopted); a layout leaves it there.
	Own bool
	// Gone is the day, 2026-11-23, on which a complete fetch first came without
	// the dashboard.
	Gone string
	// DefaultOwner: the owner is that of the options, since Tableau named none.
	DefaultOwner bool
	// Released: no longer exported, and its edited entry was left to the person.
	Released bool
}

// last is the last export taken apart.
type last struct {
	doc   *document
	byKey map[string]*entry
	state map[string]State
}

const lastHeader = `# What darkroom wrote last: the base on which your edits of the exposures are told
# from Tableau's. Written by darkroom; commit it and leave it as it is.
version: 2

`

// parseLast reads the last export.
func parseLast(base []byte) (*last, error) {
	doc, ferr := parse(base)
	if ferr != nil {
		ferr.Cure = "restore it from git, or delete it: then every difference is shown as a conflict"
		ferr.File = "last export"
		return nil, ferr
	}
	l := &last{doc: doc, byKey: map[string]*entry{}, state: map[string]State{}}
	for i := range doc.entries {
		e := &doc.entries[i]
		if key := e.key(); key != "" && l.byKey[key] == nil {
			l.byKey[key] = e
		}
	}
	if states := doc.root.get("state"); states != nil {
		for _, p := range states.pairs {
			l.state[p.key] = State{
				File: p.node.text("file"), Own: p.node.text("own") == "true",
				DefaultOwner: p.node.text("owner") == "default",
				Gone:         p.node.text("gone"), Released: p.node.text("released") == "true",
			}
		}
	}
	return l, nil
}

// lines are those of an entry of the last export, at the dash that Render uses.
func (l *last) text(e *entry) string {
	var b strings.Builder
	for _, at := range l.doc.lines[e.first:e.last] {
		b.WriteString(shifted(at.text, entryDash-e.dash) + "\n")
	}
	return b.String()
}

// renderLast writes the last export: entries by name, one line of state per key.
func renderLast(entries map[string]string, state map[string]State) []byte {
	var b strings.Builder
	b.WriteString(lastHeader)
	if len(entries) == 0 {
		b.WriteString("exposures: []\n")
	} else {
		b.WriteString("exposures:\n")
	}
	for i, name := range slices.Sorted(maps.Keys(entries)) {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(entries[name])
	}
	if len(state) > 0 {
		b.WriteString("\n# Where each stands; own: a person chose the place; owner: default,\n# that of darkroom.yml; gone: not in Tableau since.\nstate:\n")
	}
	for _, key := range slices.Sorted(maps.Keys(state)) {
		b.WriteString(`  "` + escape(key) + `": {file: "` + escape(state[key].File) + `"`)
		st := state[key]
		if st.Own {
			b.WriteString(", own: true")
		}
		if st.DefaultOwner {
			b.WriteString(", owner: default")
		}
		if st.Gone != "" {
			b.WriteString(`, gone: "` + escape(st.Gone) + `"`)
		}
		if st.Released {
			b.WriteString(", released: true")
		}
		b.WriteString("}\n")
	}
	return []byte(b.String())
}
