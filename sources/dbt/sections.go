package dbt

import (
	"bytes"
	"slices"
	"strings"

	"darkroom/model"
)

// disabledSection reads "disabled": a map of id to nodes, before dbt 1.0 a list of nodes.
func (m *manifest) disabledSection() error {
	c, err := m.w.peek()
	if err != nil {
		return err
	}
	if c == '[' {
		return m.w.elements(func(l *lexer) {
			m.b.e.walk(l)
			m.addDisabled(l, nil)
		})
	}
	m.extents = map[string]extent{}
	return m.w.members(m.disabledNodes)
}

// disabledNodes reads the nodes under one id. Their extent is found first: the step
// must not keep one before it knows that all are in the window.
func (m *manifest) disabledNodes(l *lexer, id []byte) {
	v := l.value()
	if l.st != ok {
		return
	}
	if was, again := m.extents[string(id)]; again {
		m.drop(was)
	}
	x := extent{from: m.mark()}
	l.i = int(v.from)
	if l.b[v.from] == '{' {
		m.b.e.walk(l)
		m.addDisabled(l, id)
	} else if l.enter('[', "an array") {
		for first := true; l.elem(first); first = false {
			m.b.e.walk(l)
			m.addDisabled(l, id)
		}
	}
	x.to = m.mark()
	m.extents[string(id)] = x
}

func (m *manifest) addDisabled(l *lexer, id []byte) {
	if id == nil {
		id = slices.Clone(l.text(m.b.e[fUniqueID]))
	}
	m.addEntry(l, id, "", false)
}

func (m *manifest) groupSection() error {
	at := map[string]int{}
	return m.w.members(func(l *lexer, id []byte) {
		b := m.b
		b.e.walk(l)
		name := b.words.text(l.text(b.e[fName]))
		owner, emails := b.owner(l)
		if l.st != ok {
			return
		}
		if name == "" {
			name = b.words.text(id[bytes.LastIndexByte(id, '.')+1:])
		}
		if was, again := at[string(id)]; again {
			*m.groups.at(was) = model.Group{}
		}
		at[string(id)] = m.groups.n
		*m.groups.add() = model.Group{Name: name, OwnerName: owner, OwnerEmail: strings.Join(emails, ", ")}
	})
}

// parentMap keeps the map only when no entry has given its parents so far; otherwise
// depends_on is the truth, and Fusion's early manifests have the map empty.
func (m *manifest) parentMap() error {
	m.parents = nil
	if m.linked {
		return m.w.discard()
	}
	m.parents = map[string][]string{}
	return m.w.members(func(l *lexer, id []byte) {
		m.b.e[fParents] = l.value()
		if ids := m.b.parents(l); l.st == ok {
			m.parents[validText(string(id))] = ids
		}
	})
}
