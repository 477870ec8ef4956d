// Package shellword writes names as words of a command that can be copied into a POSIX
// shell. Not here: running any command.
package shellword

import "strings"

// plain are the signs that no shell gives a meaning to, besides letters and digits.
const plain = "_-./:@%+,="

// Quote is a text as one word of a command.
func Quote(s string) string {
	special := func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune(plain, r)
	}
	if s != "" && !strings.ContainsFunc(s, special) {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// Item is a text as the one item of a flag that takes a list with commas.
func Item(s string) string {
	if strings.ContainsAny(s, ",\"\r\n") {
		s = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return Quote(s)
}
