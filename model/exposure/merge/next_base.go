package merge

import (
	"maps"
	"slices"

	"darkroom/model/exposure"
	"darkroom/model/exposure/yamledit/yamltext"
)

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
