package selector

import (
	"fmt"
	"strconv"
	"strings"
)

// Everything is what dbt selects when only something is excluded
// (SELECTORS.md#nothing-selected), and all dashboards.
const Everything = "fqn:* source:* exposure:* metric:* semantic_model:* dashboard:*"

// Read reads a selector of the command line, and one of what is excluded: a space
// joins, a comma keeps what both sides mean. Without a selector it is everything.
func Read(selected, excluded string) (Spec, error) {
	named := strings.TrimSpace(selected) != ""
	if !named {
		selected = Everything
	}
	in, err := readUnion(selected, named)
	if err != nil {
		return nil, err
	}
	out, err := readUnion(excluded, true)
	if err != nil {
		return nil, err
	}
	return &Group{Op: Difference, Parts: []Spec{in, out}}, nil
}

func readUnion(text string, named bool) (*Group, error) {
	all := &Group{Op: Union, Raw: text}
	for part := range strings.FieldsSeq(text) {
		both := &Group{Op: Intersection, Raw: part, Named: named}
		for raw := range strings.SplitSeq(part, ",") {
			w, err := readWord(raw)
			if err != nil {
				return nil, err
			}
			both.Parts = append(both.Parts, w)
		}
		all.Parts = append(all.Parts, both)
	}
	return all, nil
}

// readWord reads one word (SELECTORS.md#grammar).
func readWord(raw string) (*Word, error) {
	w, method := shapeOf(raw)
	if w.Family && w.below {
		return nil, fmt.Errorf("selector %q: @ does not go with a + at the end; leave one of them out", raw)
	}
	return w, w.setMethod(method)
}

// shapeOf takes a word apart: what is in front of its value and behind it, and its
// method.
func shapeOf(raw string) (w *Word, method string) {
	w = &Word{Raw: raw}
	rest, family := strings.CutPrefix(raw, "@")
	w.Family = family
	if before, after, ok := strings.Cut(rest, "+"); ok && isDigits(before) {
		w.Up, rest = steps(before), after
	}
	if before, after, ok := strings.Cut(rest, ":"); ok && isMethodWord(before) {
		method, rest = before, after
	}
	if i := strings.LastIndexByte(rest, '+'); i >= 0 && isDigits(rest[i+1:]) {
		w.Down, w.below, rest = steps(rest[i+1:]), true, rest[:i]
	}
	w.Value = rest
	return w, method
}

// setMethod takes the method's name with its arguments, "config.meta.owner"; empty is
// dbt's default, which depends on how the value looks.
func (w *Word) setMethod(name string) error {
	value, _ := w.Value.(string)
	if name == "" {
		w.Method = defaultMethod(value)
	} else {
		parts := strings.Split(name, ".")
		w.Method, w.Arguments = parts[0], parts[1:]
	}
	m := methodCalled(w.Method)
	if m == nil {
		return fmt.Errorf("selector %q: no method %q; there are %s", w.Raw, w.Method+":", strings.Join(MethodNames(), ", "))
	}
	if m.takes == nil {
		return nil
	}
	if wants := m.takes(value); wants != "" {
		return fmt.Errorf("selector %q: %s: takes %s", w.Raw, w.Method, wants)
	}
	return nil
}

func defaultMethod(value string) string {
	lower := strings.ToLower(value)
	switch {
	case strings.Contains(value, "/"):
		return "path"
	case strings.HasSuffix(lower, ".sql"), strings.HasSuffix(lower, ".py"), strings.HasSuffix(lower, ".csv"):
		return "file"
	}
	return "fqn"
}

// isMethodWord reports letters, digits, underscores and dots: what may be in front of
// the colon. Any other colon is a part of the value.
func isMethodWord(s string) bool {
	for _, r := range s {
		if r != '_' && r != '.' && (r < '0' || r > '9') && (r|0x20 < 'a' || r|0x20 > 'z') {
			return false
		}
	}
	return s != ""
}

func isDigits(s string) bool { return strings.Trim(s, "0123456789") == "" }

func steps(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	return -1
}

// HasReach reports a word with the plus or the @ of a selector, and a value.
func HasReach(raw string) bool {
	w, _ := shapeOf(raw)
	return w.Value != "" && (w.Family || w.Up != 0 || w.Down != 0)
}
