package jsonwindow

import (
	"slices"

	"github.com/tidwall/gjson"
)

// FirstByte is the first byte of a captured value, which says of what kind it is; 0 when it is absent.
func (l *Lexer) FirstByte(v Span) byte {
	if v.to == 0 {
		return 0
	}
	return l.b[v.from]
}

// At reports that the next value begins with a byte.
func (l *Lexer) At(first byte) bool { return l.peek() == first }

// Rewind goes back to the start of a captured value.
func (l *Lexer) Rewind(v Span) { l.i = int(v.from) }

// Pick consumes an object and captures the values of the named keys.
func (l *Lexer) Pick(out []Span, names ...string) {
	clear(out)
	if !l.Enter('{', "an object") {
		return
	}
	for first := true; ; first = false {
		key, more := l.Key(first)
		if !more {
			return
		}
		at := slices.IndexFunc(names, func(name string) bool { return name == string(key) })
		if at < 0 {
			l.Skip()
		} else {
			out[at] = l.Value()
		}
	}
}

// Inside runs use at the start of a captured value, and resumes where it was.
func (l *Lexer) Inside(v Span, use func()) {
	if v.to == 0 || l.st != ok {
		return
	}
	back := l.i
	l.i = int(v.from)
	use()
	l.i = back
}

// Each calls use with every text of a list, or with the one text that is in
// place of a list. Nulls are left out.
func (l *Lexer) Each(v Span, use func(text []byte)) {
	if v.to == 0 || l.st != ok {
		return
	}
	if l.b[v.from] != '[' {
		if text := l.Text(v); len(text) > 0 {
			use(text)
		}
		return
	}
	back := l.i
	l.i = int(v.from) + 1
	for first := true; l.Element(first); first = false {
		item := l.Value()
		if text := l.Text(item); l.st == ok && len(text) > 0 {
			use(text)
		}
	}
	l.i = back
}

// Texts appends what [Lexer.Each] gives to to, where all of it is valid as long as the text.
func (l *Lexer) Texts(to [][]byte, v Span) [][]byte {
	l.Each(v, func(text []byte) {
		if len(l.tmp) > 0 && &text[0] == &l.tmp[0] {
			text = slices.Clone(text)
		}
		to = append(to, text)
	})
	return to
}

// Scan leaves the next value to scan, which says how many bytes of the text it has: 0 where
// the text ends before it does, less where it is none.
func (l *Lexer) Scan(scan func(text []byte) int) {
	if l.peek(); l.st != ok {
		return
	}
	switch n := scan(l.b[l.i:]); {
	case n > 0:
		l.i += n
	case n == 0:
		l.st = short
	default:
		l.fail(l.i, "valid JSON")
	}
}

// Valid returns a value for gjson, which does not detect broken JSON itself.
func (l *Lexer) Valid(v Span) []byte {
	if v.to == 0 || l.st != ok {
		return nil
	}
	raw := l.b[v.from:v.to]
	if !gjson.ValidBytes(raw) {
		l.fail(int(v.from), "valid JSON")
		return nil
	}
	return raw
}

// Truth reads a boolean; absent, null and any other value give the default.
func (l *Lexer) Truth(v Span, otherwise bool) bool {
	if v.to == 0 || l.st != ok {
		return otherwise
	}
	switch string(l.b[v.from:v.to]) {
	case "true":
		return true
	case "false":
		return false
	}
	return otherwise
}
