package compact

import "unicode/utf8"

// ValidText replaces each byte that is not UTF-8 by U+FFFD, as encoding/json does.
func ValidText(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return string([]rune(s))
}
