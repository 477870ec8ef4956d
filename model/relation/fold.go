package relation

import (
	"unicode"
	"unicode/utf8"
)

// Fold is what a warehouse does to a name that is written without quotes.
type Fold uint8

// The folds.
const (
	FoldNone Fold = iota // kept as written
	FoldUpper
	FoldLower
)

// Apply folds s rune by rune, independent of any language.
func (f Fold) Apply(s string) string {
	if f == FoldNone || f.keeps(s) {
		return s
	}
	b := make([]byte, 0, len(s))
	for _, r := range s {
		b = utf8.AppendRune(b, f.rune(r))
	}
	return string(b)
}

func (f Fold) keeps(s string) bool {
	for _, r := range s {
		if f.rune(r) != r {
			return false
		}
	}
	return true
}

func (f Fold) rune(r rune) rune {
	switch {
	case f == FoldUpper && 'a' <= r && r <= 'z':
		return r - 32
	case f == FoldLower && 'A' <= r && r <= 'Z':
		return r + 32
	case r < utf8.RuneSelf:
		return r
	case f == FoldUpper:
		return unicode.ToUpper(r)
	case f == FoldLower:
		return unicode.ToLower(r)
	}
	return r
}

// gives reports whether written, once folded, is stored. It allocates nothing.
func (f Fold) gives(written, stored string) bool {
	if f == FoldNone {
		return written == stored
	}
	for _, r := range written {
		s, n := utf8.DecodeRuneInString(stored)
		if n == 0 || f.rune(r) != s {
			return false
		}
		stored = stored[n:]
	}
	return stored == ""
}

// AppendKey appends s in a form that is equal for two strings exactly when
// strings.EqualFold holds for them: simple case folding (facts/matching.md §2.4).
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
