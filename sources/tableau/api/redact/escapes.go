package redact

import (
	"bytes"
	"encoding/hex"
	"html"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"darkroom/model/pattern"
)

// MaxEscapes is how many escapes around each other are seen through: JSON in a
// query in a page.
const MaxEscapes = 3

// view is a text behind escapes. Byte i of it means the bytes from[i] to to[i]
// of the original.
type view struct {
	text     []byte
	from, to []int
}

func viewOf(text string) view {
	v := view{[]byte(text), make([]int, 0, len(text)), make([]int, 0, len(text))}
	for i := range len(text) {
		v.from, v.to = append(v.from, i), append(v.to, i+1)
	}
	return v
}

// escape is one way of writing letters: each begins with one of the marks, and read
// says what a text that begins with it means, and how long that is; 0 if it
// is not an escape. inside is how many more escapes may be within.
type escape struct {
	marks  string
	read   func(text []byte) (plain []byte, length int)
	inside int
}

var escapes = []escape{
	{"&", readHTML, MaxEscapes},
	{"\\", readQuoted, MaxEscapes},
	{"%", readPercent, MaxEscapes},
	{"0", readHexNumber, 0},
	{"123456789", readNumber, 0},
}

// without is the view behind one more escape; false if there is none.
func (v view) without(e escape) (view, bool) {
	if !bytes.ContainsAny(v.text, e.marks) {
		return v, false
	}
	out := view{make([]byte, 0, len(v.text)), make([]int, 0, len(v.text)), make([]int, 0, len(v.text))}
	found := false
	for i := 0; i < len(v.text); {
		plain, n := v.text[i:i+1], 1
		if strings.IndexByte(e.marks, v.text[i]) >= 0 {
			if p, length := e.read(v.text[i:]); length > 0 {
				plain, n, found = p, length, true
			}
		}
		for _, b := range plain {
			out.text = append(out.text, b)
			out.from, out.to = append(out.from, v.from[i]), append(out.to, v.to[i+n-1])
		}
		i += n
	}
	return out, found
}

// entity is what means a letter in HTML; a cut may take the end of it, and the
// digits or the few names that matter are still enough.
var entity = pattern.Of(`^&(?:#[xX][0-9a-fA-F]{1,6};?|#[0-9]{1,7};?|[a-zA-Z0-9]{2,32};|amp|lt|gt|quot)`)

// readHTML reads "&amp;", "&#39;", "&#x27;".
func readHTML(text []byte) ([]byte, int) {
	found := entity().Find(text)
	plain := html.UnescapeString(string(found))
	if plain == string(found) {
		return nil, 0
	}
	return []byte(plain), len(found)
}

// readPercent reads "%2F".
func readPercent(text []byte) ([]byte, int) {
	if len(text) < 3 {
		return nil, 0
	}
	b, err := hex.DecodeString(string(text[1:3]))
	if err != nil {
		return nil, 0
	}
	return b, 3
}

// readHexNumber reads "0x2f", a byte in a list of them.
func readHexNumber(text []byte) ([]byte, int) {
	if len(text) < 4 || text[1] != 'x' && text[1] != 'X' {
		return nil, 0
	}
	b, err := hex.DecodeString(string(text[2:4]))
	if err != nil {
		return nil, 0
	}
	return b, 4
}

// readNumber reads "47", a byte in a list of them.
func readNumber(text []byte) ([]byte, int) {
	n := 0
	for n < min(len(text), 4) && text[n] >= '0' && text[n] <= '9' {
		n++
	}
	b, err := strconv.ParseUint(string(text[:n]), 10, 8)
	if err != nil || b < ' ' {
		return nil, 0
	}
	return []byte{byte(b)}, n
}

// readQuoted reads what JSON, JavaScript, Go and Python write in quotes: "\n",
// "\u0026", "\x26".
func readQuoted(text []byte) ([]byte, int) {
	if len(text) < 2 {
		return nil, 0
	}
	switch b := text[1]; b {
	case 'u':
		return readUnicode(text)
	case 'x':
		if b, n := readPercent(text[1:]); n > 0 {
			return b, n + 1
		}
		return nil, 0
	case '"', '\'', '\\', '/', '&', '$', '`':
		return text[1:2], 2
	default:
		if i := bytes.IndexByte([]byte("abfnrtv"), b); i >= 0 {
			return []byte("\a\b\f\n\r\t\v")[i : i+1], 2
		}
	}
	return nil, 0
}

// readUnicode reads "\u00e9", and pairs of them for what is beyond 16 bits.
func readUnicode(text []byte) ([]byte, int) {
	unit := func(text []byte) (rune, bool) {
		if len(text) < 6 || text[0] != '\\' || text[1] != 'u' {
			return 0, false
		}
		n, err := strconv.ParseUint(string(text[2:6]), 16, 16)
		return rune(n), err == nil
	}
	r, ok := unit(text)
	if !ok {
		return nil, 0
	}
	if low, ok := unit(text[6:]); ok && utf16.IsSurrogate(r) {
		return utf8.AppendRune(nil, utf16.DecodeRune(r, low)), 12
	}
	return utf8.AppendRune(nil, r), 6
}
