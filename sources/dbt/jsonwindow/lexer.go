package jsonwindow

import (
	"bytes"

	"darkroom/sources/dbt/jsonwindow/quote"
)

// MaxDepth is the deepest nesting that is read. dbt's own files stay below 30.
const MaxDepth = 1000

type status uint8

const (
	ok    status = iota
	short        // the window ends before the value does
	bad          // not what it should be: badAt, want
)

// Span is a piece of the window, from its first byte to after its last one. The zero
// Span means absent: no value can start at offset 0, its key is there.
type Span struct{ from, to int32 }

// Len is the number of bytes of the value.
func (v Span) Len() int { return int(v.to - v.from) }

// Lexer walks JSON in one window. Its status sticks: after short or bad every
// method does nothing, so callers look at it once, at the end.
type Lexer struct {
	b  []byte
	i  int
	st status

	badAt int
	want  string

	base int64 // offset of b[0] in the text

	// What skipping needs to resume in the next window.
	depth    int
	inString bool
	kinds    [MaxDepth]byte

	tmp []byte // holds the last unescaped text
}

// Offset is how much of the text comes before what is next.
func (l *Lexer) Offset() int64 { return l.base + int64(l.i) }

// OK reports that nothing has gone wrong, and that the window has not ended.
func (l *Lexer) OK() bool { return l.st == ok }

func (l *Lexer) fail(at int, want string) {
	if l.st == ok {
		l.st, l.badAt, l.want = bad, at, want
	}
}

// peek skips white space and returns the next byte, which stays unread; 0 when
// there is none.
func (l *Lexer) peek() byte {
	if l.st != ok {
		return 0
	}
	b, i := l.b, l.i
	for ; i < len(b); i++ {
		if c := b[i]; c > ' ' || !isSpace(c) {
			l.i = i
			return c
		}
	}
	l.i, l.st = i, short
	return 0
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }

// Enter consumes the bracket that opens an object or array and reports true. A
// null is consumed too: it is the empty container.
func (l *Lexer) Enter(open byte, want string) bool {
	switch c := l.peek(); {
	case l.st != ok:
		return false
	case c == open:
		l.i++
		return true
	case c == 'n':
		l.literal()
		return false
	default:
		l.fail(l.i, want)
		return false
	}
}

// Key consumes the next key of an object and its colon. It reports false when the
// object ended or the status is no longer ok. First says that there was no member yet.
func (l *Lexer) Key(first bool) ([]byte, bool) {
	v, plain := l.key(first)
	if v.to == 0 {
		return nil, false
	}
	key := l.b[v.from+1 : v.to-1]
	if !plain && bytes.IndexByte(key, '\\') >= 0 {
		var valid bool
		if key, valid = unescape(nil, key); !valid {
			l.fail(int(v.from), "valid escapes in the key")
			return nil, false
		}
	}
	return key, l.colon()
}

// KeyAt is Key, and says where the key is, for [Lexer.Text].
func (l *Lexer) KeyAt(first bool) (Span, bool) {
	v, _ := l.key(first)
	return v, v.to > 0 && l.colon()
}

// key consumes the next key without its colon, if there is one; plain means that there is
// certainly no escape in it.
func (l *Lexer) key(first bool) (v Span, plain bool) {
	from := l.quick(first)
	if from == 0 {
		if from = l.quote(first); from == 0 {
			return Span{}, false
		}
	}
	end, plain := quote.KeyEnd(l.b, from)
	if end < 0 {
		l.st = short
		return Span{}, false
	}
	l.i = end
	return Span{int32(from - 1), int32(end)}, plain
}

// colon consumes one.
func (l *Lexer) colon() bool {
	if l.i == len(l.b) || l.b[l.i] != ':' {
		if l.peek() != ':' {
			l.fail(l.i, "a colon")
			return false
		}
	}
	l.i++
	return true
}

// quick finds the next key where dbt writes it: after a comma and a space. It
// returns the offset of its text, 0 when the text looks otherwise.
func (l *Lexer) quick(first bool) int {
	if i := l.i; !first && i+2 < len(l.b) && l.b[i] == ',' && l.b[i+1] == ' ' && l.b[i+2] == '"' && l.st == ok {
		return i + 3
	}
	return 0
}

// quote finds the next key wherever it is.
func (l *Lexer) quote(first bool) int {
	c := l.peek()
	if c == '}' {
		l.i++
		return 0
	}
	if !first && l.st == ok {
		if c != ',' {
			l.fail(l.i, "a comma or }")
			return 0
		}
		l.i++
		c = l.peek()
	}
	if c != '"' {
		l.fail(l.i, "a key in quotes")
		return 0
	}
	return l.i + 1
}

// Element reports whether an array has another element, consuming commas and the end.
func (l *Lexer) Element(first bool) bool {
	c := l.peek()
	switch {
	case l.st != ok:
		return false
	case c == ']':
		l.i++
		return false
	case first:
		return true
	case c != ',':
		l.fail(l.i, "a comma or ]")
		return false
	}
	l.i++
	if l.peek() == ']' {
		l.fail(l.i, "a value")
	}
	return l.st == ok
}

// Value consumes any value and returns where it is.
func (l *Lexer) Value() Span {
	c := l.peek()
	from := l.i
	l.skipFrom(c)
	return Span{int32(from), int32(l.i)}
}

// Skip consumes any value.
func (l *Lexer) Skip() { l.skipFrom(l.peek()) }

// skipFrom consumes the value whose first byte, c, is next.
func (l *Lexer) skipFrom(c byte) {
	switch c {
	case '"':
		if end := quote.End(l.b, l.i+1); end >= 0 {
			l.i = end
		} else {
			l.st = short
		}
	case '{', '[':
		if l.i+1 < len(l.b) && l.b[l.i+1] == c+2 { // empty, as most are
			l.i += 2
			return
		}
		l.depth, l.inString = 0, false
		l.skipOpen()
	default:
		l.literal()
	}
}

// literal consumes a number, true, false or null.
func (l *Lexer) literal() {
	if l.st != ok {
		return
	}
	start := l.i
	if null := start + 4; null < len(l.b) && string(l.b[start:null]) == "null" && !isLiteral(l.b[null]) {
		l.i = null // as most are
		return
	}
	for l.i < len(l.b) && isLiteral(l.b[l.i]) {
		l.i++
	}
	word := l.b[start:l.i]
	switch {
	case l.i == len(l.b):
		l.st = short // more of it may follow
	case len(word) == 0:
		l.fail(start, "a value")
	case word[0] == '-' || word[0] >= '0' && word[0] <= '9':
	case string(word) != "null" && string(word) != "true" && string(word) != "false":
		l.fail(start, "a value")
	}
}

func isLiteral(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.' || c == 'E'
}

// skipOpen consumes up to the bracket that brings the depth back to zero. When
// the window ends first, the status is short and depth and inString say how to go
// on after the consumed part; the odd backslash at a window's end stays unread.
func (l *Lexer) skipOpen() {
	b, i := l.b, l.i
	if l.inString {
		if i = l.rest(i); i < 0 || l.depth == 0 {
			l.i = max(i, l.i)
			return
		}
	}
	for i < len(b) {
		c := b[i]
		i++
		switch c {
		case '"':
			end := quote.End(b, i)
			if end < 0 {
				l.rest(i)
				return
			}
			i = end
		case '{', '[':
			if l.depth == MaxDepth {
				l.fail(i-1, "less nesting")
				return
			}
			l.kinds[l.depth] = c + 2 // the closing one, in ASCII
			l.depth++
		case '}', ']':
			l.depth--
			if l.kinds[l.depth] != c {
				l.fail(i-1, "a matching bracket")
				return
			}
			if l.depth == 0 {
				l.i = i
				return
			}
		}
	}
	l.i, l.st = i, short
}

// rest consumes the remainder of a string that began at or before i and returns
// the offset after it, or -1 when the window ends before the string does.
func (l *Lexer) rest(i int) int {
	if end := quote.End(l.b, i); end >= 0 {
		l.inString = false
		return end
	}
	l.inString, l.st = true, short
	l.i = len(l.b) - quote.Backslashes(l.b[i:])%2
	return -1
}
