package manifest

import (
	"slices"

	"darkroom/sources/compact"
	"darkroom/sources/dbt/jsonwindow"
)

// disabled is a map of id to nodes, and before dbt 1.0 a list of nodes.
func (m *reader) disabled() error {
	c, err := m.w.Peek()
	if err != nil {
		return err
	}
	if c == '[' {
		return m.w.Elements(func(l *jsonwindow.Lexer) {
			m.entry(l)
			m.addDisabled(l, nil)
		})
	}
	m.refused = map[string]extent{}
	return m.w.Members(m.disabledNodes)
}

// disabledNodes reads the nodes under one id. Their extent is found first: the step
// must not keep one before it knows that all are in the window.
func (m *reader) disabledNodes(l *jsonwindow.Lexer, id []byte) {
	v := l.Value()
	if !l.OK() {
		return
	}
	if was, again := m.refused[string(id)]; again {
		m.drop(was)
	}
	x := extent{from: m.mark()}
	l.Rewind(v)
	if l.FirstByte(v) == '{' {
		m.entry(l)
		m.addDisabled(l, id)
	} else if l.Enter('[', "an array") {
		for first := true; l.Element(first); first = false {
			m.entry(l)
			m.addDisabled(l, id)
		}
	}
	x.to = m.mark()
	m.refused[string(id)] = x
}

func (m *reader) addDisabled(l *jsonwindow.Lexer, id []byte) {
	if id == nil {
		id = slices.Clone(l.Text(m.b.e[fUniqueID]))
	}
	m.addEntry(l, id, "", false)
}

// parentMap keeps the map only when no entry has given its parents so far; otherwise
// depends_on is the truth, and Fusion's early manifests have the map empty.
func (m *reader) parentMap() error {
	m.parents = nil
	if m.linked {
		return m.w.Discard()
	}
	m.parents = map[string][]string{}
	return m.w.Members(func(l *jsonwindow.Lexer, id []byte) {
		m.b.e[fParents] = l.Value()
		if ids := m.b.parents(l); l.OK() {
			m.parents[compact.ValidText(string(id))] = ids
		}
	})
}
