package merge

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"darkroom/model/exposure/yamledit"
	"darkroom/model/exposure/yamledit/yamltext"
)

// LastExport is the file of the last export, in a project.
const LastExport = ".darkroom/last_export.yml"

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

// filesOf are those that states name.
func filesOf(states map[string]State) (out []string) {
	before := ""
	for _, st := range states {
		if st.File != before { // many are in one
			before = st.File
			out = append(out, st.File)
		}
	}
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(name string) bool { return name == "" })
}

// isZero reports that nothing is remembered.
func (st State) isZero() bool {
	return st.File == "" && !st.PlacedByHand && st.GoneSince == "" && !st.DefaultOwner && !st.Released && len(st.Copies) == 0
}

// lastExport is the last export taken apart.
type lastExport struct {
	doc    *yamledit.Document
	said   []*said // per entry
	byKey  map[string]*yamledit.Entry
	saidOf map[string]*said // by key
	state  map[string]State
}

const lastExportHeader = `# What darkroom wrote last: the base that distinguishes your edits of the exposures from
# Tableau's. Written by darkroom; commit it and leave it as it is.
version: 2

`

// Base is the text of a last export ([Outcome.Base]). Its entries are read when they are
// asked for. Not for several goroutines at once.
type Base struct {
	text    string
	entries string           // the text without the states, where these are known
	states  map[string]State // nil when they are not known
	last    *lastExport
	err     error
}

// ReadBase begins to read a last export; nil when there is none.
func ReadBase(text []byte) *Base {
	b := &Base{text: string(text)}
	var known bool
	if b.entries, b.states, known = cutStates(b.text); !known {
		b.entries, b.states = b.text, nil
	}
	return b
}

// Files are the files that it names; none when it cannot be read, which ReadDisk reports.
func (b *Base) Files() []string {
	if b.states != nil {
		return filesOf(b.states)
	}
	last, err := b.export()
	if err != nil {
		return nil
	}
	return filesOf(last.state)
}

// export reads all of it, once.
func (b *Base) export() (*lastExport, error) {
	if b.last == nil && b.err == nil {
		b.last, b.err = b.parse()
	}
	return b.last, b.err
}

func (b *Base) parse() (*lastExport, error) {
	l := &lastExport{state: b.states}
	var ferr *yamledit.Error
	if l.doc, l.said, ferr = readEntries(b.entries, nil); ferr != nil && l.state != nil {
		l.state = nil
		l.doc, l.said, ferr = readEntries(b.text, nil)
	}
	if ferr != nil {
		ferr.Fix = "restore it from git, or delete it: then every difference is shown as a conflict"
		ferr.File = LastExport
		if line := yamltext.ConflictIn(b.text); line > 0 {
			ferr.Line, ferr.Problem = line, unresolved
			ferr.Fix = "take one side, as with git checkout --ours " + LastExport + "; the next export writes it again"
		}
		return nil, ferr
	}
	l.byKey, l.saidOf = make(map[string]*yamledit.Entry, len(l.said)), make(map[string]*said, len(l.said))
	for i, s := range l.said {
		if s.Key != "" && l.byKey[s.Key] == nil {
			l.byKey[s.Key], l.saidOf[s.Key] = &l.doc.Entries[i], s
		}
	}
	if l.state == nil {
		l.state = statesIn(l.doc)
	}
	return l, nil
}

// statesIn are the states of a last export by key.
func statesIn(doc *yamledit.Document) map[string]State {
	states := map[string]State{}
	if all := doc.Root.Get("state"); all != nil {
		for _, p := range all.Pairs {
			states[p.Key] = State{
				File: p.Node.Text("file"), PlacedByHand: p.Node.Text("own") == "true",
				DefaultOwner: p.Node.Text("owner") == "default",
				GoneSince:    p.Node.Text("gone"), Released: p.Node.Text("released") == "true",
				Copies: p.Node.Values("copies"),
			}
		}
	}
	return states
}

// cutStates takes the states off the end of a last export and reads them, each line that
// says a file and no more without the YAML parser. It reports false, with all of the text,
// when they are not written as renderLastExport writes them.
func cutStates(base string) (entries string, states map[string]State, ok bool) {
	const begin = "\nstate:\n"
	at := strings.LastIndex(base, begin)
	if at < 0 {
		return base, nil, false
	}
	states = make(map[string]State, strings.Count(base[at+len(begin):], "\n"))
	var more strings.Builder
	more.WriteString(begin)
	lines := 0
	for line := range strings.Lines(base[at+len(begin):]) {
		if !strings.HasPrefix(line, `  "`) || !strings.HasSuffix(line, "}\n") {
			return base, nil, false
		}
		lines++
		if key, st, simple := simpleState(line); simple {
			states[key] = st
		} else {
			more.WriteString(line)
		}
	}
	doc, ferr := yamledit.ParseLike(more.String(), listKey, nil, nil)
	if ferr != nil {
		return base, nil, false
	}
	maps.Copy(states, statesIn(doc))
	return base[:at+1], states, len(states) == lines // none is there twice
}

// simpleState reads the line of a state without escapes and copies.
func simpleState(line string) (key string, st State, ok bool) {
	rest, _ := strings.CutPrefix(line, `  "`)
	key, rest, _ = strings.Cut(rest, `"`)
	if rest, ok = strings.CutPrefix(rest, `: {file: "`); !ok || strings.Contains(line, `\`) {
		return "", State{}, false
	}
	st.File, rest, _ = strings.Cut(rest, `"`)
	rest, st.PlacedByHand = strings.CutPrefix(rest, ", own: true")
	rest, st.DefaultOwner = strings.CutPrefix(rest, ", owner: default")
	if gone, found := strings.CutPrefix(rest, `, gone: "`); found {
		st.GoneSince, rest, _ = strings.Cut(gone, `"`)
	}
	rest, st.Released = strings.CutPrefix(rest, ", released: true")
	return key, st, rest == "}\n"
}

// stateSize is a little more than the usual size of the line of a state.
const stateSize = 128

// renderLastExport writes the last export: entries by name, one line of state per key.
func renderLastExport(entries []baseEntry, state map[string]State) []byte {
	size := len(lastExportHeader) + stateSize*(len(state)+4)
	for i := range entries {
		size += len(entries[i].text) + 1
	}
	b := bytes.NewBuffer(make([]byte, 0, size))
	b.WriteString(lastExportHeader)
	if len(entries) == 0 {
		b.WriteString("exposures: []\n")
	} else {
		b.WriteString("exposures:\n")
	}
	for i := range entries {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(entries[i].text)
	}
	if len(state) > 0 {
		b.WriteString("\n# The file of each entry; own: placed by hand; owner: default, that of\n# darkroom.yml; gone: not in Tableau since.\nstate:\n")
	}
	for _, key := range slices.Sorted(maps.Keys(state)) {
		b.WriteString(`  "` + yamltext.Escape(key) + `": {file: "` + yamltext.Escape(state[key].File) + `"`)
		st := state[key]
		if st.PlacedByHand {
			b.WriteString(", own: true")
		}
		if st.DefaultOwner {
			b.WriteString(", owner: default")
		}
		if st.GoneSince != "" {
			b.WriteString(`, gone: "` + yamltext.Escape(st.GoneSince) + `"`)
		}
		if st.Released {
			b.WriteString(", released: true")
		}
		if len(st.Copies) > 0 {
			b.WriteString(", copies: " + quotedList(st.Copies))
		}
		b.WriteString("}\n")
	}
	return b.Bytes()
}

// quotedList writes texts as a list on one line.
func quotedList(list []string) string {
	var quoted []string
	for _, s := range list {
		quoted = append(quoted, `"`+yamltext.Escape(s)+`"`)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}
