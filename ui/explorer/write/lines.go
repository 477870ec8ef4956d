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
	text     string
	note     string
	old, new int32 // numbers in the file; 0 is none
	conflict int32 // of a choice: its index
	indent   uint8
	kind     kind
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
	_, rest, more := strings.Cut("\n"+strings.TrimSuffix(f.Diff, "\n"), "\n@@") // after the names of the files
	for more {
		var hunk string
		hunk, rest, more = strings.Cut(rest, "\n@@")
		head, body, some := strings.Cut(hunk, "\n")
		if !some {
			continue
		}
		if len(out) > 0 {
			out = append(out, line{kind: gap})
		}
		r.old, r.new = starts("@@" + head)
		out = r.titled(out, body)
	}
	return out
}

// starts are the first numbers of "@@ -12,7 +14,8 @@", at least 1.
func starts(l string) (before, after int32) {
	fields := strings.Fields(l)
	number := func(i int, sign string) int32 {
		if i >= len(fields) {
			return 1
		}
		n, _, _ := strings.Cut(strings.TrimPrefix(fields[i], sign), ",")
		v, _ := strconv.ParseInt(n, 10, 32)
		return int32(max(v, 1))
	}
	return number(1, "-"), number(2, "+")
}

// diffReader counts lines.
type diffReader struct {
	file     *FilePlan
	state    map[string]string // by name: what happens to it
	begun    map[string]bool   // it has a heading
	old, new int32
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
// that changes in it. It goes through them twice.
func (r *diffReader) titled(out []line, hunk string) []line {
	changes, begin := map[string]bool{}, *r
	for l := range strings.SplitSeq(hunk, "\n") {
		if l := r.line(l); l.kind != context {
			changes[r.entry(&l)] = true
		}
	}
	r.old, r.new = begin.old, begin.new
	current := ""
	for l := range strings.SplitSeq(hunk, "\n") {
		l := r.line(l)
		if name := r.entry(&l); name != current {
			current = name
			if state := r.state[name]; changes[name] && state != "" {
				if r.begun[name] {
					state += ", continued"
				}
				r.begun[name] = true
				out = append(out, line{kind: heading, text: name, note: state})
			}
		}
		out = append(out, l)
	}
	return out
}

// entry is the exposure that a line is in; empty before the first.
func (r *diffReader) entry(l *line) string {
	list, n := r.file.New, l.new
	if l.kind == removed {
		list, n = r.file.Old, l.old
	}
	i := sort.Search(len(list), func(i int) bool { return list[i].Line > int(n) })
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
	most := int32(0)
	for i := range page {
		most = max(most, page[i].old, page[i].new)
	}
	return len(strconv.Itoa(int(most)))
}

// find is the first line of which something is true, -1 without one.
func find(page []line, is func(*line) bool) int {
	return slices.IndexFunc(page, func(l line) bool { return is(&l) })
}
