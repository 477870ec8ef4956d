package relation

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Part is one part of a name, without its quotes and in Unicode form NFC.
type Part struct {
	Text   string
	Quoted bool
}

// Read splits a written name at the dots outside quotes:
//
//	name := part ('.' part)*     part := '[' … ']' | '"' … '"' | '`' … '`' | bare
//
// A doubled closing quote is one quote of the name. White space around bare text is
// dropped. A part may be empty ("db..t"), but not the last one: a trailing dot is
// ignored. A name without any text has no parts. A quote that is never closed
// is an ordinary character, so that every text has a reading (RULES.md#reading-a-name).
func Read(s string) []Part {
	if parts := AppendParts(make([]Part, 0, 3), s); len(parts) > 0 {
		return parts
	}
	return nil
}

// AppendParts is Read into a list that the caller keeps for the next name.
func AppendParts(dst []Part, s string) []Part {
	r := reader{s: s, parts: dst}
	for r.at < len(s) {
		if s[r.at] == '.' {
			r.end()
			continue
		}
		if !r.begun && r.quote() {
			continue
		}
		r.begun = r.begun || !space(s[r.at])
		r.at++
	}
	r.end()
	for n := len(r.parts); n > len(dst) && r.parts[n-1].Text == ""; n-- {
		r.parts = r.parts[:n-1]
	}
	return r.parts
}

// reader is the state of Read.
type reader struct {
	s      string
	at     int // the next byte
	start  int // where the part, or what follows its quotes, begins
	parts  []Part
	begun  bool              // the part has text, not only white space
	quoted bool              // the text is body, and it was in quotes
	body   string            // without the quotes
	last   [len(openers)]int // per kind of quote: the last place that may close it, -1 for none, 0 before it is asked for
}

// quote reads the quoted text that begins at r.at, if any does.
func (r *reader) quote() bool {
	q := quoteOf(r.s[r.at])
	if q < 0 || r.lastOf(q) <= r.at {
		return false
	}
	body, end, ok := inside(r.s, r.at, closers[q])
	if !ok {
		r.last[q] = -1 // there is no closing quote after this
		return false
	}
	r.begun, r.quoted, r.body = true, true, body
	r.at, r.start = end+1, end+1
	return true
}

// lastOf is the last place that may close a kind of quote, -1 when there is none.
func (r *reader) lastOf(q int) int {
	if r.last[q] == 0 {
		r.last[q] = strings.LastIndexByte(r.s, closers[q])
		if r.last[q] == 0 {
			r.last[q] = -1 // nothing opens before it
		}
	}
	return r.last[q]
}

// end closes a part. Text after the closing quote belongs to it.
func (r *reader) end() {
	text := strings.TrimSpace(r.s[r.start:r.at])
	if r.quoted {
		text = r.body + text
	}
	r.parts = append(r.parts, Part{Text: NFC(text), Quoted: r.quoted})
	r.at++
	r.start, r.begun, r.quoted = r.at, false, false
}

// Unquote reads a text that is one quoted part and nothing besides.
func Unquote(s string) (part string, ok bool) {
	q := quoteOf(s[0])
	if q < 0 {
		return "", false
	}
	body, end, ok := inside(s, 0, closers[q])
	return NFC(body), ok && body != "" && end == len(s)-1
}

// NFC is s in Unicode form NFC, in which names are compared.
func NFC(s string) string {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return norm.NFC.String(s)
		}
	}
	return s // as most names are
}

func space(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

const (
	openers = "[\"`"
	closers = "]\"`"
)

// quoteOf is the kind of quote that opens with a byte, -1 for none.
func quoteOf(c byte) int {
	for q := range len(openers) {
		if openers[q] == c {
			return q
		}
	}
	return -1
}

// inside reads the quoted text that opens at s[at] and gives the place of its
// closing quote.
func inside(s string, at int, closer byte) (body string, end int, ok bool) {
	doubled := false
	for end = at + 1; ; end += 2 {
		n := strings.IndexByte(s[end:], closer)
		if n < 0 {
			return "", 0, false
		}
		end += n
		if end+1 >= len(s) || s[end+1] != closer {
			break
		}
		doubled = true
	}
	body = s[at+1 : end]
	if doubled {
		one := string(closer)
		body = strings.ReplaceAll(body, one+one, one)
	}
	return body, end, true
}

// Caption reads Tableau's own captions: in "T (a.b.t)" the inner name is that of the
// table when it was dragged in, in "T (a.b)" it is database and schema, unless T begins
// with b (RULES.md#captions). ok is false for any other text.
func Caption(s string) (name string, ok bool) {
	if !strings.Contains(s, " (") {
		return "", false
	}
	s = strings.TrimSpace(s)
	if parts := Read(s); len(parts) == 1 && parts[0].Quoted {
		s = strings.TrimSpace(parts[0].Text)
	}
	open := strings.LastIndex(s, " (")
	if open <= 0 || !strings.HasSuffix(s, ")") || strings.Contains(s[:open], ".") {
		return "", false
	}
	inner, table := s[open+2:len(s)-1], strings.TrimSpace(s[:open])
	switch parts := Read(inner); {
	case len(parts) < 2:
		return "", false
	case len(parts) == 2 && !hasPrefixFold(table, parts[1].Text):
		return table, true
	}
	return inner, true
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}
