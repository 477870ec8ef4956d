package decisions

import (
	"fmt"
	"slices"
	"strings"

	"darkroom/sources/disk"
)

// items are the first lines of the list items of a section, and the line after
// its last one. A list in brackets has no line for each item: ok is false.
func (r *decisionsReader) items(s section) (first []int, end int, ok bool) {
	_, inline, _ := strings.Cut(r.lines[s.first], ":")
	inline, _, _ = strings.Cut(inline, " #")
	switch strings.TrimSpace(inline) {
	case "", "[]", "null", "~":
	default:
		return nil, 0, false
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
	return first, end, true
}

func (r *decisionsReader) addItem(key, item string) error {
	for _, s := range r.sections() {
		if s.key != key {
			continue
		}
		first, end, ok := r.items(s)
		if !ok {
			return r.notLines(s)
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

// removeItem drops the lines of one item; comments below it stay. A section that
// has nothing more goes as it came, so that what is undone leaves no trace.
func (r *decisionsReader) removeItem(key string, i int) error {
	for _, s := range r.sections() {
		if s.key != key {
			continue
		}
		first, end, ok := r.items(s)
		if !ok {
			return r.notLines(s)
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
