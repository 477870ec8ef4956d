package merge

import (
	"maps"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/exposure"
	"darkroom/model/exposure/yamledit/yamltext"
)

// listKey is the key of a file's list of exposures.
const listKey = "exposures"

// headerStart begins every header.
const headerStart = "# Written by darkroom from "

// header begins a new file. It names the tools and their keys.
func header(tools []*model.Tool) string {
	keys := []string{"meta." + exposure.DefaultMetaKey}
	if len(tools) > 0 {
		keys = nil
		for _, t := range tools {
			keys = append(keys, "meta."+t.Key)
		}
	}
	return headerStart + model.ToolNames(tools) + `. In entries with "managed_by: darkroom" it
# keeps label, type, url, description, depends_on, owner, tags and ` + strings.Join(keys, ", ") + `
# up to date. What you change there is kept and reported; the rest is yours.
version: 2

`
}

// Render writes the plan as a file of its own: deterministic, exposures sorted by
// name.
func Render(p exposure.Plan) []byte {
	if len(p.Exposures) == 0 {
		return []byte(header(p.Tools) + "exposures: []\n")
	}
	entries := make([]string, len(p.Exposures))
	layout := exposure.NewLayout(p.MetaInConfig)
	for i := range p.Exposures {
		entries[i] = yamltext.RenderEntry(layout.Fields(&p.Exposures[i]))
	}
	return []byte(header(p.Tools) + "exposures:\n" + strings.Join(entries, "\n"))
}

// render gives one item of the list with its line ends, which is valid until it is called
// again.
func (m *merger) render(e *exposure.Exposure) []byte {
	m.buffer.Reset()
	yamltext.WriteEntry(&m.buffer, m.layout.Fields(e))
	return m.buffer.Bytes()
}

// rendered is such an item, kept for when it is needed again.
func (m *merger) rendered(e *planned) string {
	if e.text == "" {
		e.text = string(m.render(e.Exposure))
	}
	return e.text
}

// nextBase is the next base: the plan, and the last export of what was held back.
func (m *merger) nextBase() []byte {
	entries := make([]baseEntry, 0, max(len(m.ours), len(m.last.byKey)))
	for i := range m.ours {
		if e := &m.ours[i]; !m.skipped[e.Key] {
			entries = append(entries, baseEntry{e.Name, m.baseText(e)})
		}
	}
	entries = m.withHeldBack(entries)
	copies := m.copies()
	for key, st := range m.state {
		if len(st.Copies)+len(copies) > 0 {
			st.Copies = copies[key]
			m.state[key] = st
			delete(copies, key)
		}
	}
	for key, names := range copies {
		m.state[key] = State{Copies: names}
	}
	maps.DeleteFunc(m.state, func(_ string, st State) bool { return st.isZero() })
	return renderLastExport(entries, m.state)
}

// baseEntry is an entry of a last export.
type baseEntry struct{ name, text string }

func byName(e baseEntry, name string) int { return strings.Compare(e.name, name) }

// withHeldBack adds to entries by name those that were held back, with their states.
func (m *merger) withHeldBack(entries []baseEntry) []baseEntry {
	var held []string
	for key := range m.last.byKey {
		if _, here := m.at[key]; m.planned[key] == nil && !m.removed[key] && (here || m.heldKeys[key]) {
			held = append(held, key)
		}
	}
	slices.Sort(held)
	planned, added := entries, map[string]bool{}
	for _, key := range held {
		e := m.last.byKey[key]
		if _, taken := slices.BinarySearchFunc(planned, e.Name, byName); taken || added[e.Name] {
			continue
		}
		added[e.Name] = true
		entries = append(entries, baseEntry{e.Name, m.last.doc.EntryText(e)})
		if _, ok := m.state[key]; !ok {
			m.state[key] = m.last.state[key]
		}
	}
	slices.SortFunc(entries, func(a, b baseEntry) int { return strings.Compare(a.name, b.name) })
	return entries
}

// baseText is what the plan says of an exposure, with the old text of values
// whose conflict waits for an answer.
func (m *merger) baseText(e *planned) string {
	asked := m.unanswered[e.Key]
	if len(asked) == 0 {
		return m.rendered(e)
	}
	var fields []yamltext.Field
	for _, f := range m.layout.Fields(e.Exposure) {
		if old, open := asked[f.ID()]; !open || len(old) == 0 && isIdentity(f) {
			fields = append(fields, f)
		}
	}
	for _, f := range m.owned {
		if old := asked[f.ID()]; len(old) > 0 {
			f.Items, f.Plain = old, false
			fields = append(fields, f)
		}
	}
	slices.SortStableFunc(fields, func(a, b yamltext.Field) int {
		return slices.CompareFunc(a.Path, b.Path, func(x, y string) int { return m.rank(x) - m.rank(y) })
	})
	return yamltext.RenderEntry(fields)
}
