package merge

import (
	"maps"
	"slices"
	"strings"

	"darkroom/model/exposure/yamledit"
)

// State is what the last export remembers of an entry besides its text.
type State struct {
	// File is where it was written. When the entry is now elsewhere, it was
	// moved by hand.
	File string
	// PlacedByHand: moved by hand or adopted; a layout leaves it in its place.
	PlacedByHand bool
	// GoneSince is the day, 2026-11-23, on which a complete fetch first came without
	// the dashboard.
	GoneSince string
	// DefaultOwner: the owner is that of the options, since Tableau reported none.
	DefaultOwner bool
	// Released: no longer exported, and its edited entry stays as it was edited.
	Released bool
	// Copies are the names of entries that were made by hand from this one.
	Copies []string
}

// files are those that the last export names.
func (l *lastExport) files() (out []string) {
	for _, st := range l.state {
		if st.File != "" {
			out = append(out, st.File)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// isZero reports that nothing is remembered.
func (st State) isZero() bool {
	return st.File == "" && !st.PlacedByHand && st.GoneSince == "" && !st.DefaultOwner && !st.Released && len(st.Copies) == 0
}

// lastExport is the last export taken apart.
type lastExport struct {
	doc   *yamledit.Document
	byKey map[string]*yamledit.Entry
	state map[string]State
}

const lastExportHeader = `# What darkroom wrote last: the base that distinguishes your edits of the exposures from
# Tableau's. Written by darkroom; commit it and leave it as it is.
version: 2

`

// parseLastExport reads the last export.
func parseLastExport(base []byte) (*lastExport, error) {
	doc, ferr := yamledit.Parse(base, listKey)
	if ferr != nil {
		ferr.Fix = "restore it from git, or delete it: then every difference is shown as a conflict"
		ferr.File = "last export"
		return nil, ferr
	}
	l := &lastExport{doc: doc, byKey: map[string]*yamledit.Entry{}, state: map[string]State{}}
	for i := range doc.Entries {
		e := &doc.Entries[i]
		if key := identityOf(e.Node); key != "" && l.byKey[key] == nil {
			l.byKey[key] = e
		}
	}
	if states := doc.Root.Get("state"); states != nil {
		for _, p := range states.Pairs {
			l.state[p.Key] = State{
				File: p.Node.Text("file"), PlacedByHand: p.Node.Text("own") == "true",
				DefaultOwner: p.Node.Text("owner") == "default",
				GoneSince:    p.Node.Text("gone"), Released: p.Node.Text("released") == "true",
				Copies: p.Node.Values("copies"),
			}
		}
	}
	return l, nil
}

// renderLastExport writes the last export: entries by name, one line of state per key.
func renderLastExport(entries map[string]string, state map[string]State) []byte {
	var b strings.Builder
	b.WriteString(lastExportHeader)
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
		b.WriteString("\n# The file of each entry; own: placed by hand; owner: default, that of\n# darkroom.yml; gone: not in Tableau since.\nstate:\n")
	}
	for _, key := range slices.Sorted(maps.Keys(state)) {
		b.WriteString(`  "` + yamledit.Escape(key) + `": {file: "` + yamledit.Escape(state[key].File) + `"`)
		st := state[key]
		if st.PlacedByHand {
			b.WriteString(", own: true")
		}
		if st.DefaultOwner {
			b.WriteString(", owner: default")
		}
		if st.GoneSince != "" {
			b.WriteString(`, gone: "` + yamledit.Escape(st.GoneSince) + `"`)
		}
		if st.Released {
			b.WriteString(", released: true")
		}
		if len(st.Copies) > 0 {
			b.WriteString(", copies: " + quotedList(st.Copies))
		}
		b.WriteString("}\n")
	}
	return []byte(b.String())
}

// quotedList writes texts as a list on one line.
func quotedList(list []string) string {
	var quoted []string
	for _, s := range list {
		quoted = append(quoted, `"`+yamledit.Escape(s)+`"`)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}
