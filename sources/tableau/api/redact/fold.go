package redact

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// foldings are the ways in which letters of a secret are changed or set apart without
// being encoded: case, spaces and line ends; and whatever is put between letters or
// bytes, as in "61:62" and "a-b-c". Each says which letters stay.
var foldings = []func(rune) bool{
	func(r rune) bool { return !unicode.IsSpace(r) },
	func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) },
}

// leastFolded is how many letters a folded secret needs: of fewer, words of any text
// would be taken for it.
const leastFolded = 5

// fold is a text with one case and without the letters that do not stay.
func fold(text string, stays func(rune) bool) string {
	return strings.Map(func(r rune) rune {
		if !stays(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, text)
}

// folded is the view of a folded text.
func (v view) folded(stays func(rune) bool) view {
	out := view{make([]byte, 0, len(v.text)), make([]int, 0, len(v.text)), make([]int, 0, len(v.text))}
	for i := 0; i < len(v.text); {
		r, n := utf8.DecodeRune(v.text[i:])
		if r != utf8.RuneError && stays(r) {
			before := len(out.text)
			out.text = utf8.AppendRune(out.text, unicode.ToLower(r))
			for range len(out.text) - before {
				out.from, out.to = append(out.from, v.from[i]), append(out.to, v.to[i+n-1])
			}
		}
		i += n
	}
	return out
}
