package merge

import (
	"maps"
	"slices"
	"strings"

	"darkroom/model/exposure/yamledit"
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
	doc   *yamledit.Document
	byKey map[string]*yamledit.Entry
	state map[string]State
}

const lastHeader = `# What darkroom wrote last: the base on which your edits of the exposures are told
# from Tableau's. Written by darkroom; commit it and leave it as it is.
version: 2

`

// parseLast reads the last export.
func parseLast(base []byte) (*last, error) {
	doc, ferr := yamledit.Parse(base, listKey)
	if ferr != nil {
		ferr.Fix = "restore it from git, or delete it: then every difference is shown as a conflict"
		ferr.File = "last export"
		return nil, ferr
	}
	l := &last{doc: doc, byKey: map[string]*yamledit.Entry{}, state: map[string]State{}}
	for i := range doc.Entries {
		e := &doc.Entries[i]
		if key := identityOf(e.Node); key != "" && l.byKey[key] == nil {
			l.byKey[key] = e
		}
	}
	if states := doc.Root.Get("state"); states != nil {
		for _, p := range states.Pairs {
			l.state[p.Key] = State{
				File: p.Node.Text("file"), Own: p.Node.Text("own") == "true",
				DefaultOwner: p.Node.Text("owner") == "default",
				Gone:         p.Node.Text("gone"), Released: p.Node.Text("released") == "true",
			}
		}
	}
	return l, nil
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
		b.WriteString(`  "` + yamledit.Escape(key) + `": {file: "` + yamledit.Escape(state[key].File) + `"`)
		st := state[key]
		if st.Own {
			b.WriteString(", own: true")
		}
		if st.DefaultOwner {
			b.WriteString(", owner: default")
		}
		if st.Gone != "" {
			b.WriteString(`, gone: "` + yamledit.Escape(st.Gone) + `"`)
		}
		if st.Released {
			b.WriteString(", released: true")
		}
		b.WriteString("}\n")
	}
	return []byte(b.String())
}
