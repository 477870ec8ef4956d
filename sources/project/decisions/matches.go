package decisions

import (
	"fmt"
	"slices"
	"strings"

	"darkroom/sources/disk"
	"darkroom/sources/project/config"
	"darkroom/sources/project/decisions/flowline"
)

// Matches are those that were learnt: accepted in the explorer; darkroom.yml has its
// own. A nil store has none. What two people decided in two branches, and git put into one
// file, is there once, as the first of them has it.
func (s *Store) Matches() config.Matches {
	if s == nil {
		return config.Matches{}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.file.matches
	return config.Matches{
		Maps:   once(m.Maps, func(m config.Map) config.Map { return config.Map{Tool: m.Key(), BI: m.BI, DBT: m.DBT} }),
		Pins:   once(m.Pins, func(p config.Pin) string { return p.Table }),
		Ignore: once(m.Ignore, func(g config.Ignore) string { return g.Table }),
	}
}

// once is a list with the first of each key.
func once[T any, K comparable](list []T, key func(T) K) (out []T) {
	seen := make(map[K]bool, len(list))
	for _, item := range list {
		if !seen[key(item)] {
			out = append(out, item)
		}
		seen[key(item)] = true
	}
	return out
}

// AddPin adds one line to the pins of decisions.yml, at once and apart from the
// journal; the rest of the file stays byte for byte.
func (s *Store) AddPin(p config.Pin) error {
	if slices.ContainsFunc(s.Matches().Pins, func(have config.Pin) bool { return have.Table == p.Table }) {
		return fmt.Errorf("%s: %s is pinned already", decisionsName, p.Table)
	}
	return s.addItem("pins", flowline.Field{Name: "table", Value: &p.Table, Quoted: true}, flowline.Field{Name: "node", Value: &p.Node, Quoted: true},
		flowline.Field{Name: "by", Value: &p.By, Quoted: true}, flowline.Field{Name: "at", Value: &p.At, Quoted: true}, flowline.Field{Name: "why", Value: &p.Why, Quoted: true})
}

// AddIgnore is [Store.AddPin] for an ignore.
func (s *Store) AddIgnore(g config.Ignore) error {
	return s.addItem("ignore", flowline.Field{Name: "table", Value: &g.Table, Quoted: true},
		flowline.Field{Name: "by", Value: &g.By, Quoted: true}, flowline.Field{Name: "at", Value: &g.At, Quoted: true}, flowline.Field{Name: "why", Value: &g.Why, Quoted: true})
}

// AddMap is [Store.AddPin] for a map.
func (s *Store) AddMap(m config.Map) error {
	return s.addItem("maps", flowline.Field{Name: m.Key(), Value: &m.BI, Quoted: true}, flowline.Field{Name: "dbt", Value: &m.DBT, Quoted: true})
}

// RemovePin takes the pin of a table away again, with its lines.
func (s *Store) RemovePin(table string) error {
	return s.editMatches(func(r *decisionsReader) error {
		return removeItems(r, "pins", s.file.matches.Pins, func(p config.Pin) bool { return p.Table == table })
	})
}

// RemoveIgnore is [Store.RemovePin] for an ignore.
func (s *Store) RemoveIgnore(table string) error {
	return s.editMatches(func(r *decisionsReader) error {
		return removeItems(r, "ignore", s.file.matches.Ignore, func(g config.Ignore) bool { return g.Table == table })
	})
}

// RemoveMap is [Store.RemovePin] for a map.
func (s *Store) RemoveMap(m config.Map) error {
	return s.editMatches(func(r *decisionsReader) error { return removeItems(r, "maps", s.file.matches.Maps, m.Same) })
}

func (s *Store) addItem(key string, fields ...flowline.Field) error {
	var item strings.Builder
	item.WriteString("- ")
	flowline.WriteFields(&item, fields)
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

// items are the first lines of the list items of a section, and the line after
// its last one. A list in brackets has no line for each item, which is an error.
func (r *decisionsReader) items(s section) (first []int, end int, err error) {
	_, inline, _ := strings.Cut(r.lines[s.first], ":")
	inline, _, _ = strings.Cut(inline, " #")
	switch strings.TrimSpace(inline) {
	case "", "[]", "null", "~":
	default:
		return nil, 0, r.notLines(s)
	}
	end = s.first + 1
	indent := ""
	for i := end; i < s.last; i++ {
		if isRemark(r.lines[i]) {
			continue
		}
		if len(first) == 0 {
			indent = indentOf(r.lines[i])
		}
		if strings.HasPrefix(r.lines[i], indent+"-") {
			first = append(first, i)
		}
		end = i + 1
	}
	return first, end, nil
}

func (r *decisionsReader) addItem(key, item string) error {
	for _, s := range r.sections() {
		if s.key != key {
			continue
		}
		first, end, err := r.items(s)
		if err != nil {
			return err
		}
		indent := "  "
		if len(first) > 0 {
			indent = indentOf(r.lines[first[0]])
		} else {
			r.lines[s.first] = key + ":\n"
		}
		r.lines = slices.Insert(r.lines, end, indent+item)
		return nil
	}
	r.lines = append(r.lines, key+":\n", "  "+item)
	return nil
}

// removeItems drops the lines of all items that are meant, and fails without any.
func removeItems[T any](r *decisionsReader, key string, list []T, meant func(T) bool) error {
	if !slices.ContainsFunc(list, meant) {
		return fmt.Errorf("%s: there is no such entry in %s", decisionsName, key)
	}
	for i, item := range slices.Backward(list) {
		if !meant(item) {
			continue
		}
		if err := r.removeItem(key, i); err != nil {
			return err
		}
	}
	return nil
}

// removeItem drops the lines of one item; comments below it stay. A section that
// has nothing more goes as it came, so that what is undone leaves no trace.
func (r *decisionsReader) removeItem(key string, i int) error {
	for _, s := range r.sections() {
		if s.key != key {
			continue
		}
		first, end, err := r.items(s)
		if err != nil {
			return err
		}
		if i >= 0 && i < len(first) {
			if i+1 < len(first) {
				end = first[i+1]
			}
			for isRemark(r.lines[end-1]) {
				end--
			}
			r.lines = slices.Delete(r.lines, first[i], end)
			if len(first) == 1 && end-first[i] == s.last-s.first-1 {
				r.lines = slices.Delete(r.lines, s.first, s.first+1)
			}
			return nil
		}
	}
	return fmt.Errorf("%s: there is no such entry in %s", decisionsName, key)
}

func (r *decisionsReader) notLines(s section) error {
	r.fail(s.first, s.key+" is not written one item per line", `write it with one "- {…}" line each`)
	return disk.Join(r.problems)
}

// indentOf are the blanks before a line.
func indentOf(line string) string { return line[:len(line)-len(strings.TrimLeft(line, " "))] }
