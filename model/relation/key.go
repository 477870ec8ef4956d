package relation

import (
	"unicode"
	"unicode/utf8"
)

// AppendKey appends s in a form that is equal for two strings exactly when
// strings.EqualFold holds for them: simple case folding (RULES.md#comparing-a-part).
func AppendKey(dst []byte, s string) []byte {
	for _, r := range s {
		switch {
		case 'A' <= r && r <= 'Z':
			dst = append(dst, byte(r)+32)
		case r < utf8.RuneSelf:
			dst = append(dst, byte(r))
		default:
			dst = utf8.AppendRune(dst, keyRune(r))
		}
	}
	return dst
}

// keyRune is the smallest rune that folds to r; ASCII letters in lower case.
func keyRune(r rune) rune {
	least := r
	for x := unicode.SimpleFold(r); x != r; x = unicode.SimpleFold(x) {
		least = min(least, x)
	}
	if 'A' <= least && least <= 'Z' {
		least += 32
	}
	return least
}
