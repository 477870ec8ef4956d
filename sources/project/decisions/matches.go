package decisions

import (
	"slices"
	"strings"

	"darkroom/sources/disk"
	"darkroom/sources/project/config"
)

// Matches are those that were learnt: accepted in the explorer; darkroom.yml has its
// own. A nil store has none.
func (s *Store) Matches() config.Matches {
	if s == nil {
		return config.Matches{}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.file.matches
	return config.Matches{Maps: slices.Clone(m.Maps), Pins: slices.Clone(m.Pins), Ignore: slices.Clone(m.Ignore)}
}

// AddPin adds one line to the pins of decisions.yml, at once and apart from the
// journal; the rest of the file stays byte for byte.
func (s *Store) AddPin(p config.Pin) error {
	return s.addItem("pins", lineField{"table", &p.Table, true}, lineField{"node", &p.Node, true},
		lineField{"by", &p.By, true}, lineField{"at", &p.At, true}, lineField{"why", &p.Why, true})
}

// AddIgnore is [Store.AddPin] for an ignore.
func (s *Store) AddIgnore(g config.Ignore) error {
	return s.addItem("ignore", lineField{"table", &g.Table, true},
		lineField{"by", &g.By, true}, lineField{"at", &g.At, true}, lineField{"why", &g.Why, true})
}

// AddMap is [Store.AddPin] for a map.
func (s *Store) AddMap(m config.Map) error {
	return s.addItem("maps", lineField{m.Key(), &m.BI, true}, lineField{"dbt", &m.DBT, true})
}

// RemovePin takes the pin of a table away again, with its lines.
func (s *Store) RemovePin(table string) error {
	return s.editMatches(func(r *decisionsReader) error {
		i := slices.IndexFunc(s.file.matches.Pins, func(p config.Pin) bool { return p.Table == table })
		return r.removeItem("pins", i)
	})
}

// RemoveIgnore is [Store.RemovePin] for an ignore.
func (s *Store) RemoveIgnore(table string) error {
	return s.editMatches(func(r *decisionsReader) error {
		i := slices.IndexFunc(s.file.matches.Ignore, func(g config.Ignore) bool { return g.Table == table })
		return r.removeItem("ignore", i)
	})
}

// RemoveMap is [Store.RemovePin] for a map.
func (s *Store) RemoveMap(m config.Map) error {
	return s.editMatches(func(r *decisionsReader) error {
		return r.removeItem("maps", slices.IndexFunc(s.file.matches.Maps, m.Same))
	})
}

func (s *Store) addItem(key string, fields ...lineField) error {
	var item strings.Builder
	item.WriteString("- ")
	writeFields(&item, fields)
	item.WriteByte('\n')
	return s.editMatches(func(r *decisionsReader) error { return r.addItem(key, item.String()) })
}

// editMatches changes the lines of decisions.yml as it is on disk. What comes out
// has to read well, with the same decisions, or nothing is written.
func (s *Store) editMatches(edit func(*decisionsReader) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.readOnly != "" {
		return s.refusal()
	}
	old := s.disk
	if len(old) == 0 {
		old = []byte(decisionsHead)
	}
	r := newReader(decisionsName, old)
	if err := edit(r); err != nil {
		return err
	}
	text := strings.Join(r.lines, "")
	if r.out.crlf {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	file, err := parseDecisions(decisionsName, []byte(text))
	if err != nil {
		return err
	}
	if err := disk.WriteInside(s.root, decisionsName, []byte(text), s.disk); err != nil {
		return err
	}
	s.disk, s.file = []byte(text), file
	return nil
}
