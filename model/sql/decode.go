package sql

import (
	"sort"
	"strings"
)

const (
	maxText  = 1 << 30 // offsets are kept in 32 bits
	maxParam = 1 << 10 // longest name of a parameter that is recognized
	// paramByte replaces one Tableau parameter in the decoded text. Inside a
	// literal it is an ordinary character, elsewhere the lexer sees a literal.
	paramByte = 0x01
)

// shift says that from a decoded offset on, offsets in the text as given are larger
// by delta bytes.
type shift struct{ at, delta int }

// decode undoes Tableau's escapes from left to right: "<<" is "<", ">>" is ">",
// <[Parameters].[x]> and <Parameters.x> are parameters. It must run before tokens
// are read, because signs are also doubled inside literals
// (RULES.md#decode-before-reading).
func decode(sql string) (text string, shifts []shift, params int) {
	if strings.IndexByte(sql, '<') < 0 && strings.IndexByte(sql, '>') < 0 {
		return sql, nil, 0
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
			n, c = p, paramByte
			params++
		}
		out = append(out, c)
		i += n
		if n > 1 {
			shifts = append(shifts, shift{at: len(out), delta: i - len(out)})
		}
	}
	return string(out), shifts, params
}

// paramLen is the length of the parameter that s begins with, or 0.
func paramLen(s string) int {
	if len(s) > maxParam {
		s = s[:maxParam]
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

// placer converts offsets of the decoded text to offsets and lines of the text as
// given. It is fast for rising offsets and correct for all.
type placer struct {
	sql    string
	shifts []shift
	pos    int // newlines before pos are counted
	line   int
}

func (p *placer) rewind() { p.pos, p.line = 0, 1 }

func (p *placer) at(offset int) (pos, line int) {
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
