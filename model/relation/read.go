package relation

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Part is one part of a name, without its quotes and in Unicode form NFC.
type Part struct {
	Text   string
	Quoted bool
}

// Read splits a written name at the dots that stand outside quotes:
//
//	name := part ('.' part)*     part := '[' … ']' | '"' … '"' | '`' … '`' | bare
//
// A doubled closing quote inside means itself. White space around bare text is
// dropped. A part may be empty ("db..t"), the last one may not: a trailing dot
// is ignored. A name without any text has no parts. A quote that is never closed
// is an ordinary character, so that every text has a reading (§2.4).
func Read(s string) []Part {
	r := reader{text: make([]byte, 0, 64), parts: make([]Part, 0, 4)}
	var last [len(openers)]int // per quote: the last place that may close it
	for q := range last {
		last[q] = strings.LastIndexByte(s, closers[q])
	}
	for i := 0; i < len(s); i++ {
		switch q := strings.IndexByte(openers, s[i]); {
		case s[i] == '.':
			r.end()
			continue
		case q >= 0 && last[q] > i && !r.begun:
			if body, end, ok := inside(s, i, closers[q]); ok {
				r.text, r.quoted, r.begun, i = append(r.text[:0], body...), true, true, end
				continue
			}
			last[q] = -1 // none closes from here on
		}
		r.add(s[i])
	}
	r.end()
	for n := len(r.parts); n > 0 && r.parts[n-1].Text == ""; n-- {
		r.parts = r.parts[:n-1]
	}
	if len(r.parts) == 0 {
		return nil
	}
	return r.parts
}

// reader is the state of Read.
type reader struct {
	parts  []Part
	text   []byte // of the part being read
	begun  bool   // the part has text, not only white space
	quoted bool
}

func (r *reader) add(c byte) {
	space := c == ' ' || c == '\t' || c == '\n' || c == '\r'
	if space && r.quoted {
		return // "a" . "b"
	}
	r.begun = r.begun || !space
	r.text = append(r.text, c)
}

func (r *reader) end() {
	p := string(r.text)
	if !r.quoted {
		p = strings.TrimSpace(p)
	}
	r.parts = append(r.parts, Part{Text: norm.NFC.String(p), Quoted: r.quoted})
	r.text, r.begun, r.quoted = r.text[:0], false, false
}

const (
	openers = "[\"`"
	closers = "]\"`"
)

// inside reads the quoted text that opens at s[at] and gives the place of its
// closing quote.
func inside(s string, at int, closer byte) (body string, end int, ok bool) {
	from := at + 1
	var b strings.Builder
	for {
		n := strings.IndexByte(s[from:], closer)
		if n < 0 {
			return "", 0, false
		}
		b.WriteString(s[from : from+n])
		from += n + 1
		if from >= len(s) || s[from] != closer {
			return b.String(), from - 1, true
		}
		b.WriteByte(closer)
		from++
	}
}

// Caption reads "T (a.b.t)", Tableau's own caption of a table: the inner name is
// what the table was called when it was dragged in (§2.1). ok is false for any
// other text.
func Caption(s string) (inner string, ok bool) {
	s = strings.TrimSpace(s)
	if parts := Read(s); len(parts) == 1 && parts[0].Quoted {
		s = strings.TrimSpace(parts[0].Text)
	}
	open := strings.LastIndex(s, " (")
	if open <= 0 || !strings.HasSuffix(s, ")") || strings.Contains(s[:open], ".") {
		return "", false
	}
	inner = s[open+2 : len(s)-1]
	return inner, len(Read(inner)) >= 2
}
