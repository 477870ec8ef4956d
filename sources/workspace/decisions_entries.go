package workspace

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml/ast"
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
		indent := len(r.lines[i]) - len(strings.TrimLeft(r.lines[i], " "))
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
		switch inner := len(line)-len(strings.TrimLeft(line, " ")) > width; {
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
		if key, raw, ok := readDecision(strings.Trim(r.lines[first], " \n")); ok {
			if rec, field := raw.record(); field == "" {
				e.rec = rec
				r.add(key, e)
				return
			}
		}
	}
	y := r.piece(first, last)
	for _, c := range y.comments {
		e.notes += r.out.indent + c + "\n"
	}
	r.library(y, y.root, "$", e)
}

// flow reads a section that is written as one {…}; it will be written anew, one
// line per decision.
func (r *decisionsReader) flow(first, last int) {
	y := r.piece(first, last)
	if y.root == nil {
		r.problems = append(r.problems, y.problems...)
		return
	}
	y.pairs(y.root, "$", func(key string, mv *ast.MappingValueNode) {
		r.library(y, mv.Value, "$."+key, entry{line: first})
	})
}

// library reads the decisions of a mapping that readDecision left alone.
func (r *decisionsReader) library(y *yamlText, n ast.Node, path string, e entry) {
	if n != nil && n.Type() != ast.NullType {
		y.pairs(n, path, func(key string, mv *ast.MappingValueNode) {
			var raw rawRecord
			at := path + "." + key
			y.value(mv.Value, reflect.ValueOf(&raw).Elem(), at)
			y.places[at] = mv.Key.GetToken().Position
			rec, field := raw.record()
			switch {
			case len(y.problems) > 0:
				return
			case field == "at":
				y.failAt(at+".at", "this is not a time", timeCure)
				return
			case field != "":
				y.failAt(at+".decision", "a decision is one of include, exclude, undecided", "")
				return
			}
			e.rec = rec
			r.add(key, e)
		})
	}
	r.problems = append(r.problems, y.problems...)
}

// add keeps a decision under its key; LUIDs are in lower case.
func (r *decisionsReader) add(key string, e entry) {
	if low := strings.ToLower(key); isLUID(low) {
		key = low
	}
	if first, ok := r.out.entries[key]; ok {
		r.fail(e.line, fmt.Sprintf("the decision about %q is here twice, first in line %d", clip(key), first.line+1), "keep one")
		return
	}
	r.out.entries[key] = e
}
