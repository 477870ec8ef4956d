package decisions

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"darkroom/model/exposure/yamledit/yamltext"
	"darkroom/sources/disk"
	"darkroom/sources/project/config"
	"darkroom/sources/project/decisions/flowline"
	"darkroom/sources/yamlfile"
)

// decisionsReader goes through the lines of decisions.yml once. It finds
// sections and decisions by their indentation and leaves what is inside to
// flowline.Read or, if that is not sure, to the library, piece by piece.
type decisionsReader struct {
	file     string
	lines    []string // with their line ends; CRLF became LF
	out      *decisionsFile
	budget   int // bytes that may still go through the library
	problems []error
	raw      rawRecord        // the line that is being read
	fields   []flowline.Field // of raw
}

// maxPieces bounds the time the library takes for all of a file; its users are
// decisions that were edited by hand or by a formatter.
const maxPieces = 4 << 20

// section is a top-level key with its lines: lines[first] holds the key.
type section struct {
	key         string
	first, last int // the latter is not part of it
}

// parseDecisions reads decisions.yml. All problems come at once, joined; with
// any of them there is no result, because saving would lose something.
func parseDecisions(file string, data []byte) (*decisionsFile, error) {
	r := newReader(file, data)
	if len(r.lines) > 0 {
		r.read(r.sections())
	}
	if len(r.problems) > 0 {
		return nil, disk.Join(r.problems)
	}
	return r.out, nil
}

func newReader(file string, data []byte) *decisionsReader {
	text := strings.TrimPrefix(string(data), "\ufeff")
	r := &decisionsReader{file: file, out: newDecisions(), budget: maxPieces}
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	if strings.Contains(text, "\r\n") {
		text, r.out.crlf = strings.ReplaceAll(text, "\r\n", "\n"), true
	}
	r.lines = strings.SplitAfter(text, "\n")
	r.lines = r.lines[:len(r.lines)-1]
	r.out.entries = make(map[string]entry, len(r.lines))
	r.fields = r.raw.fields()
	return r
}

func (r *decisionsReader) fail(line int, message, fix string) {
	p := &disk.Error{Kind: disk.ErrInvalid, File: r.file, Place: disk.Place{Line: line + 1, Column: 1}, What: message, Fix: fix}
	if line < len(r.lines) {
		text := r.lines[line]
		p.Place.Source, p.Place.Column = text, len(text)-len(strings.TrimLeft(text, " \t"))+1
	}
	r.problems = append(r.problems, p)
}

// sections splits the file at its top-level keys.
func (r *decisionsReader) sections() []section {
	var list []section
	seen := map[string]bool{}
	for i, line := range r.lines {
		if isInner(line, len(list) > 0) {
			continue
		}
		key, _, found := strings.Cut(line, ":")
		switch {
		case yamltext.IsConflict(line):
			r.fail(i, "an unresolved merge conflict", "resolve it in git: keep one line for each dashboard")
			return nil
		case !found, strings.ContainsRune(" \t-", rune(line[0])):
			r.fail(i, "this line belongs to no section", "the sections are version, decisions, maps, pins and ignore")
			return nil
		case !isSection(key):
			r.fail(i, fmt.Sprintf("unknown section %q", disk.Clip(key)), newer)
		case seen[key]:
			r.fail(i, fmt.Sprintf("the section %s is here twice", key), "put both together")
		}
		seen[key] = true
		if n := len(list); n > 0 {
			list[n-1].last = i
		}
		list = append(list, section{key, i, len(r.lines)})
	}
	return list
}

// isInner reports lines that begin no section.
func isInner(line string, inSection bool) bool {
	switch {
	case isRemark(line):
		return true
	case line[0] == ' ', line[0] == '\t', strings.HasPrefix(line, "- "), line == "-\n":
		return inSection
	}
	return !inSection && line == "---\n"
}

// isRemark reports a blank line or a comment.
func isRemark(line string) bool {
	line = strings.TrimSpace(line)
	return line == "" || line[0] == '#'
}

func (r *decisionsReader) read(sections []section) {
	if !slices.ContainsFunc(sections, func(s section) bool { return s.key == "decisions" }) {
		r.out.before, r.out.after = strings.Join(r.lines, "")+"decisions:\n", ""
	}
	for _, s := range sections {
		switch s.key {
		case "version":
			r.version(s)
		case "decisions":
			r.decisions(s)
		case "maps", "pins", "ignore":
			r.matches(s)
		}
	}
}

func (r *decisionsReader) version(s section) {
	_, text, _ := strings.Cut(r.lines[s.first], ":")
	text, _, _ = strings.Cut(text, "#")
	n, err := strconv.Atoi(strings.TrimSpace(text))
	switch {
	case err != nil || n < 1:
		r.fail(s.first, "version has to be a number", fmt.Sprintf("write version: %d", decisionsVersion))
	case n > decisionsVersion:
		r.fail(s.first, fmt.Sprintf("version %d is newer than this darkroom reads (%d)", n, decisionsVersion), newer)
	}
}

// matches reads maps, pins or ignores; their text stays where it is.
func (r *decisionsReader) matches(s section) {
	var all config.Matches
	y := r.piece(s.first, s.last)
	y.Decode(&all)
	if len(y.Problems) == 0 {
		all.Check(y)
	}
	r.problems = append(r.problems, y.Problems...)
	m := &r.out.matches
	m.Maps, m.Pins, m.Ignore = append(m.Maps, all.Maps...), append(m.Pins, all.Pins...), append(m.Ignore, all.Ignore...)
}

// piece gives lines[first:last] to the library.
func (r *decisionsReader) piece(first, last int) *yamlfile.Piece {
	text := strings.Join(r.lines[first:last], "")
	if r.budget -= len(text); r.budget < 0 {
		text = ""
		r.fail(first, "too much is not written in one line per decision", "let no formatter change this file")
	}
	y := yamlfile.Parse(r.file, text, first+1)
	y.UnknownFix = newer
	return y
}
