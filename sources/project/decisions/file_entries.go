package decisions

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"darkroom/sources/disk"
	"darkroom/sources/project/decisions/flowline"
	"darkroom/sources/yamlfile"
)

// decisions reads the section decisions and cuts the file around it.
func (r *decisionsReader) decisions(s section) {
	_, inline, _ := strings.Cut(r.lines[s.first], ":")
	var end int
	if isRemark(inline) {
		r.out.before = strings.Join(r.lines[:s.first+1], "")
		end = r.entries(s)
	} else { // {a: {…}, b: {…}}
		r.out.before = strings.Join(r.lines[:s.first], "") + "decisions:\n"
		for end = s.last; isRemark(r.lines[end-1]); end-- {
		}
		r.flow(s.first, end)
	}
	r.out.after = strings.Join(r.lines[end:], "")
}

// entries reads one decision after another and returns the line after the last.
// A decision is a line at the indentation of the first one, with all lines that
// are indented more.
func (r *decisionsReader) entries(s section) int {
	end, width := s.first+1, 0
	for i := end; i < s.last; {
		if isRemark(r.lines[i]) {
			i++
			continue
		}
		indent := len(indentOf(r.lines[i]))
		if width == 0 {
			width = indent
			r.out.indent = strings.Repeat(" ", width)
		}
		if indent != width || width == 0 {
			r.fail(i, "this line is indented otherwise than the decisions above", "indent each decision by the same number of spaces, without tabs")
			return s.last
		}
		last := r.entryEnd(i, s.last, width)
		r.entry(end, i, last)
		i, end = last, last
	}
	return end
}

// entryEnd is the line after the decision that begins at line i. A comment that
// is indented more belongs to it: it may be text of a block scalar.
func (r *decisionsReader) entryEnd(i, last, width int) int {
	end := i + 1
	for j := end; j < last; j++ {
		line := r.lines[j]
		switch inner := len(indentOf(line)) > width; {
		case strings.TrimSpace(line) == "":
		case inner:
			end = j + 1
		case !isRemark(line):
			return end
		}
	}
	return end
}

// entry reads lines[first:last], with the remarks from line above on.
func (r *decisionsReader) entry(above, first, last int) {
	e := entry{
		above: strings.Join(r.lines[above:first], ""),
		raw:   strings.Join(r.lines[first:last], ""),
		line:  first,
	}
	if last == first+1 {
		r.raw = rawRecord{}
		if key, ok := flowline.Read(strings.Trim(r.lines[first], " \n"), r.fields); ok {
			if rec, field := r.raw.record(); field == "" {
				e.rec = rec
				r.add(key, e)
				return
			}
		}
	}
	y := r.piece(first, last)
	for _, c := range y.Comments {
		e.notes += r.out.indent + c + "\n"
	}
	var records map[string]rawRecord
	y.Decode(&records)
	r.library(y, "$", records, e)
}

// flow reads a section that is written as one {…}; it will be written again, one
// line per decision.
func (r *decisionsReader) flow(first, last int) {
	y := r.piece(first, last)
	var section struct {
		Decisions map[string]rawRecord `yaml:"decisions"`
	}
	y.Decode(&section)
	r.library(y, "$.decisions", section.Decisions, entry{line: first})
}

// library takes the decisions in that flowline.Read left alone.
func (r *decisionsReader) library(y *yamlfile.Piece, path string, records map[string]rawRecord, e entry) {
	if len(y.Problems) == 0 {
		for _, key := range slices.Sorted(maps.Keys(records)) {
			at := path + "." + key
			rec, field := records[key].record()
			switch field {
			case "":
				e.rec = rec
				r.add(key, e)
			case "at":
				y.FailAt(at+".at", "this is not a time", yamlfile.TimeFix)
			default:
				y.FailAt(at+".decision", "a decision is one of include, exclude, undecided", "")
			}
		}
	}
	r.problems = append(r.problems, y.Problems...)
}

// add keeps a decision under its key; LUIDs are in lower case.
func (r *decisionsReader) add(key string, e entry) {
	if low := strings.ToLower(key); flowline.IsLUID(low) {
		key = low
	}
	first, twice := r.out.entries[key]
	switch {
	case twice && first.rec.Decision == e.rec.Decision: // two people agree, and git took the lines of both
		e = r.newer(key, first, e)
	case twice:
		r.fail(e.line, fmt.Sprintf("the decision about %q is here twice, first in line %d", disk.Clip(key), first.line+1), "keep one")
		return
	}
	r.out.entries[key] = e
}

// newer is the later one of two that agree, with the comments of both. A reason that only
// the other has becomes a comment.
func (r *decisionsReader) newer(key string, a, b entry) entry {
	if b.rec.At.Before(a.rec.At) {
		a, b = b, a
	}
	b.above = a.above + a.notes + b.above
	if a.rec.Why != "" && a.rec.Why != b.rec.Why {
		var w strings.Builder
		flowline.Write(&w, key, rawOf(a.rec).fields())
		b.above += r.out.indent + "# " + w.String()
	}
	return b
}
