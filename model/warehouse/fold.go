package warehouse

import (
	"unicode"
	"unicode/utf8"
)

// Fold is what a warehouse does to a name that is written without quotes.
type Fold uint8

const (
	FoldNone Fold = iota + 1 // kept as written
	FoldUpper
	FoldLower
)

// Apply folds s rune by rune, independent of any language.
func (f Fold) Apply(s string) string {
	if f.keeps(s) {
		return s
	}
	b := make([]byte, 0, len(s))
	for _, r := range s {
		b = utf8.AppendRune(b, f.rune(r))
	}
	return string(b)
}

func (f Fold) keeps(s string) bool {
	if f == FoldNone {
		return true
	}
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

// Gives reports whether written, when folded, equals stored. It does not allocate.
func (f Fold) Gives(written, stored string) bool {
	if f == FoldNone {
		return written == stored
	}
	first, at := byte('a'), 0 // of the letters that change
	if f == FoldLower {
		first = 'A'
	}
	for ; at < min(len(written), len(stored)) && written[at] < utf8.RuneSelf; at++ {
		c := written[at]
		if c-first < 26 {
			c ^= 'a' - 'A'
		}
		if c != stored[at] {
			return false
		}
	}
	written, stored = written[at:], stored[at:]
	for _, r := range written {
		s, n := utf8.DecodeRuneInString(stored)
		if n == 0 || f.rune(r) != s {
			return false
		}
		stored = stored[n:]
	}
	return stored == ""
}
