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
func (m *merger) rendered(e *exposure.Exposure) string {
	text, known := m.texts[e.Key]
	if !known {
		text = string(m.render(e))
		m.texts[e.Key] = text
	}
	return text
}

// nextBase is the next base: the plan, and the last export of what was held back.
func (m *merger) nextBase() []byte {
	entries := make(map[string]string, len(m.plan.Exposures))
	for i := range m.plan.Exposures {
		if e := &m.plan.Exposures[i]; !m.skipped[e.Key] {
			entries[e.Name] = m.baseText(e)
		}
	}
	for key, e := range m.last.byKey {
		_, here := m.at[key]
		if m.planned[key] == nil && !m.removed[key] && (here || m.heldKeys[key]) && entries[e.Name] == "" {
			entries[e.Name] = m.last.doc.EntryText(e)
			if _, ok := m.state[key]; !ok {
				m.state[key] = m.last.state[key]
			}
		}
	}
	copies := m.copies()
	for key, st := range m.state {
		st.Copies = copies[key]
		m.state[key] = st
		delete(copies, key)
	}
	for key, names := range copies {
		m.state[key] = State{Copies: names}
	}
	maps.DeleteFunc(m.state, func(_ string, st State) bool { return st.isZero() })
	return renderLastExport(entries, m.state)
}

// baseText is what the plan says of an exposure, with the old text of values
// whose conflict waits for an answer.
func (m *merger) baseText(e *exposure.Exposure) string {
	asked := m.unanswered[e.Key]
	if len(asked) == 0 {
		return m.rendered(e)
	}
	var fields []yamltext.Field
	for _, f := range m.layout.Fields(e) {
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
