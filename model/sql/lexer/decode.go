package lexer

import (
	"sort"
	"strings"
)

const (
	MaxText  = 1 << 30 // the longest text, in bytes: offsets are kept in 32 bits
	MaxParam = 1 << 10 // the longest name of a parameter that is recognized
	// ParamByte replaces one Tableau parameter in the decoded text. Inside a
	// literal it is an ordinary character, elsewhere the lexer sees a literal.
	ParamByte = 0x01
)

// shift says that from a decoded offset on, offsets in the text as given are larger
// by delta bytes.
type shift struct{ at, delta int }

// Decode undoes Tableau's escapes from left to right: "<<" is "<", ">>" is ">",
// <[Parameters].[x]> and <Parameters.x> are parameters. It must run before tokens
// are read, because signs are also doubled inside literals
// (model/sql/RULES.md#decode-before-reading).
func Decode(sql string) (text string, place Placer, params int) {
	place = Placer{sql: sql, line: 1}
	if strings.IndexByte(sql, '<') < 0 && strings.IndexByte(sql, '>') < 0 {
		return sql, place, 0
	}
	out := make([]byte, 0, len(sql))
	i := 0
	for i < len(sql) {
		c := sql[i]
		if c != '<' && c != '>' {
			out = append(out, c)
			i++
			continue
		}
		n := 1
		if i+1 < len(sql) && sql[i+1] == c {
			n = 2
		} else if p := paramLen(sql[i:]); p > 0 {
			n, c = p, ParamByte
			params++
		}
		out = append(out, c)
		i += n
		if n > 1 {
			place.shifts = append(place.shifts, shift{at: len(out), delta: i - len(out)})
		}
	}
	return string(out), place, params
}

// paramLen is the length of the parameter that s begins with, or 0.
func paramLen(s string) int {
	if len(s) > MaxParam {
		s = s[:MaxParam]
	}
	const dialog, stored = "<parameters.", "<[parameters].["
	if len(s) > len(dialog) && strings.EqualFold(s[:len(dialog)], dialog) {
		if end := strings.IndexByte(s, '>'); end > len(dialog) {
			return end + 1
		}
		return 0
	}
	if len(s) <= len(stored) || !strings.EqualFold(s[:len(stored)], stored) {
		return 0
	}
	for i := len(stored); i+1 < len(s); i++ {
		if s[i] != ']' {
			continue
		}
		switch s[i+1] {
		case '>':
			return i + 2
		case ']':
			i++ // "]]" is a bracket in the name
		default:
			return 0
		}
	}
	return 0
}

// Placer converts offsets of the decoded text to offsets and lines of the text as
// given. It is fast for rising offsets and correct for all.
type Placer struct {
	sql    string
	shifts []shift
	pos    int // newlines before pos are counted
	line   int
}

// Rewind begins with the first line again.
func (p *Placer) Rewind() { p.pos, p.line = 0, 1 }

// At gives the offset and the line in the text as given.
func (p *Placer) At(offset int) (pos, line int) {
	n := sort.Search(len(p.shifts), func(i int) bool { return p.shifts[i].at > offset })
	if n > 0 {
		offset += p.shifts[n-1].delta
	}
	offset = min(offset, len(p.sql))
	if offset < p.pos {
		return offset, 1 + strings.Count(p.sql[:offset], "\n")
	}
	p.line += strings.Count(p.sql[p.pos:offset], "\n")
	p.pos = offset
	return offset, p.line
}
