package write

import (
	"slices"
	"sort"
	"strconv"
	"strings"
)

// kind says what a line of the page is, and so how it is drawn.
type kind uint8

const (
	plain kind = iota
	dim
	warning
	title   // of a file
	heading // of an exposure; note is what happens to it
	choice  // a conflict
	context // lines of a file
	added
	removed
	gap // lines of a file are left out here
)

// line is one line of the page before it is wrapped and cleaned.
type line struct {
	kind     kind
	text     string
	note     string
	old, new int // numbers in the file; 0 is none
	indent   int
	conflict int // of a choice: its index
}

// read takes the diff of a file apart: the lines with their numbers, and a heading before
// each exposure that changes.
func (f *FilePlan) read() []line {
	lines := strings.Count(f.Diff, "\n") + 1
	out := make([]line, 0, lines+len(f.Removed)+len(f.Changed)+len(f.Added)) // and a few that go on
	r := diffReader{file: f, state: map[string]string{}, begun: map[string]bool{}}
	for _, of := range []struct {
		names []string
		word  string
	}{{f.Removed, "removed"}, {f.Changed, "changed"}, {f.Added, "new"}} {
		for _, name := range of.names {
			r.state[name] = of.word
		}
	}
	hunk := make([]line, 0, lines)
	end := func() {
		if len(hunk) > 0 {
			if len(out) > 0 {
				out = append(out, line{kind: gap})
			}
			out = r.titled(out, hunk)
		}
		hunk = hunk[:0]
	}
	for l := range strings.SplitSeq(strings.TrimSuffix(f.Diff, "\n"), "\n") {
		switch {
		case strings.HasPrefix(l, "@@"):
			end()
			r.old, r.new = starts(l)
		case r.old+r.new == 0: // the names of the files
		default:
			hunk = append(hunk, r.line(l))
		}
	}
	end()
	return out
}

// starts are the first numbers of "@@ -12,7 +14,8 @@", at least 1.
func starts(l string) (before, after int) {
	fields := strings.Fields(l)
	number := func(i int, sign string) int {
		if i >= len(fields) {
			return 1
		}
		n, _, _ := strings.Cut(strings.TrimPrefix(fields[i], sign), ",")
		v, _ := strconv.Atoi(n)
		return max(v, 1)
	}
	return number(1, "-"), number(2, "+")
}

// diffReader counts lines.
type diffReader struct {
	file     *FilePlan
	state    map[string]string // by name: what happens to it
	begun    map[string]bool   // it has a heading
	old, new int
}

func (r *diffReader) line(l string) line {
	switch {
	case strings.HasPrefix(l, "+"):
		r.new++
		return line{kind: added, text: l[1:], new: r.new - 1}
	case strings.HasPrefix(l, "-"):
		r.old++
		return line{kind: removed, text: l[1:], old: r.old - 1}
	case strings.HasPrefix(l, `\`): // "No newline at end of file"
		return line{kind: dim, text: l}
	}
	r.old++
	r.new++
	return line{kind: context, text: strings.TrimPrefix(l, " "), old: r.old - 1, new: r.new - 1}
}

// titled adds the lines of a hunk to others, with a heading before those of each exposure
// that changes in it.
func (r *diffReader) titled(out, hunk []line) []line {
	changes := map[string]bool{}
	for i := range hunk {
		if hunk[i].kind != context {
			changes[r.entry(&hunk[i])] = true
		}
	}
	current := ""
	for i := range hunk {
		if name := r.entry(&hunk[i]); name != current {
			current = name
			if state := r.state[name]; changes[name] && state != "" {
				if r.begun[name] {
					state += ", continued"
				}
				r.begun[name] = true
				out = append(out, line{kind: heading, text: name, note: state})
			}
		}
		out = append(out, hunk[i])
	}
	return out
}

// entry is the exposure that a line is in; empty before the first.
func (r *diffReader) entry(l *line) string {
	list, n := r.file.New, l.new
	if l.kind == removed {
		list, n = r.file.Old, l.old
	}
	i := sort.Search(len(list), func(i int) bool { return list[i].Line > n })
	if i == 0 {
		return ""
	}
	return list[i-1].Name
}

// headings are the places of those of a page, without those that go on.
func headings(page []line) (at []int) {
	for i := range page {
		if page[i].kind == heading && !strings.HasSuffix(page[i].note, "continued") {
			at = append(at, i)
		}
	}
	return at
}

// widest are the cells that the numbers of a page need.
func widest(page []line) int {
	most := 0
	for i := range page {
		most = max(most, page[i].old, page[i].new)
	}
	return len(strconv.Itoa(most))
}

// find is the first line of which something is true, -1 without one.
func find(page []line, is func(*line) bool) int {
	return slices.IndexFunc(page, func(l line) bool { return is(&l) })
}
