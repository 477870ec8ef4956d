package jsonwindow

import (
	"bytes"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Text returns the text of a scalar: a string without quotes and escapes, a number
// or boolean as it is printed, nothing for null and for an absent value. An array
// or object is an error. The result is valid until the next call.
func (l *Lexer) Text(v Span) []byte {
	if v.to == 0 || l.st != ok {
		return nil
	}
	b := l.b[v.from:v.to]
	switch b[0] {
	case 'n':
		return nil
	case '{', '[':
		l.fail(int(v.from), "a string")
		return nil
	case '"':
	default:
		return b
	}
	b = b[1 : len(b)-1]
	if bytes.IndexByte(b, '\\') < 0 {
		return b
	}
	var valid bool
	if l.tmp, valid = unescape(l.tmp[:0], b); !valid {
		l.fail(int(v.from), "a string with valid escapes")
	}
	return l.tmp
}

// unescape appends the text of a JSON string's inside to dst. A lone surrogate
// becomes U+FFFD, as in encoding/json.
func unescape(dst, raw []byte) ([]byte, bool) {
	for {
		n := bytes.IndexByte(raw, '\\')
		if n < 0 {
			return append(dst, raw...), true
		}
		dst = append(dst, raw[:n]...)
		raw = raw[n+1:]
		if len(raw) == 0 {
			return dst, false
		}
		c := raw[0]
		raw = raw[1:]
		if c == 'u' {
			r, used := unicodeEscape(raw)
			if used == 0 {
				return dst, false
			}
			dst = utf8.AppendRune(dst, r)
			raw = raw[used:]
			continue
		}
		at := strings.IndexByte(`"\/bfnrt`, c)
		if at < 0 {
			return dst, false
		}
		dst = append(dst, "\"\\/\b\f\n\r\t"[at])
	}
}

// unicodeEscape reads what follows \u, two of them for a surrogate pair, and says
// how many bytes that took; 0 when there are no four hex digits.
func unicodeEscape(raw []byte) (rune, int) {
	r, valid := hex4(raw)
	if !valid {
		return 0, 0
	}
	if utf16.IsSurrogate(r) {
		if len(raw) >= 10 && raw[4] == '\\' && raw[5] == 'u' {
			if low, valid := hex4(raw[6:]); valid {
				if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
					return pair, 10
				}
			}
		}
		return utf8.RuneError, 4
	}
	return r, 4
}

func hex4(b []byte) (rune, bool) {
	if len(b) < 4 {
		return 0, false
	}
	var r rune
	for _, c := range b[:4] {
		switch {
		case c >= '0' && c <= '9':
			r = r<<4 | rune(c-'0')
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			r = r<<4 | rune(c|0x20-'a'+10)
		default:
			return 0, false
		}
	}
	return r, true
}
