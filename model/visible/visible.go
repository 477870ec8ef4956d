// Package visible knows the characters that are not seen: tags (U+E0000), directions,
// joiners, fillers, selectors of variants. Text that is hidden in a name can mislead its
// reader, or a program that reads it, so none of it reaches the screen or a file.
//
// Some of them are a part of what is seen, and stay in their place: a joiner between
// emoji or between letters of a script that joins, and one variation selector after a
// character that has variants. The tags of a flag such as that of England go like any
// other hidden text, and the black flag before them stays.
//
// Not here: control characters, which a screen replaces (ui/text) and YAML escapes
// (model/exposure/yamledit).
package visible

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	nonJoiner = '\u200c'
	joiner    = '\u200d'
	textStyle = '\ufe0e'
	emoji     = '\ufe0f'
)

// Special reports a character that is not seen by itself. In its place it may be a part
// of what is seen.
func Special(r rune) bool {
	switch {
	case r < 0x300:
		return r == 0xad
	case r > 0x3164 && r < 0xfe00: // most letters of Asia
		return false
	}
	return unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) &&
		!unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}

// Each calls what for each character of a text, with whether it is hidden.
func Each(s string, what func(r rune, hidden bool)) {
	last := rune(-1) // that is seen, or a part of it
	for i, r := range s {
		if !Special(r) {
			what(r, false)
			last = r
			continue
		}
		next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
		if !stays(last, r, next) {
			what(r, true)
			continue
		}
		what(r, false)
		last = r
	}
}

// stays reports whether a special character is a part of what is seen.
func stays(last, r, next rune) bool {
	switch {
	case r == joiner || r == nonJoiner:
		return joins(last) && joins(next) && !Special(next)
	case last < 0 || Special(last) || unicode.IsSpace(last) || unicode.IsControl(last):
		return false
	case last < 0x80: // only keys such as 1 have variants
		return (r == textStyle || r == emoji) && strings.ContainsRune("#*0123456789", last)
	case r >= 0xe0100 && r <= 0xe01ef: // variants of Chinese characters
		return unicode.Is(unicode.Han, last)
	}
	return unicode.Is(unicode.Variation_Selector, r)
}

// joins reports a letter of a script that joins, or an emoji with what belongs to it:
// nothing of Latin, Greek and Cyrillic.
func joins(r rune) bool {
	return r > 0x58f && r != utf8.RuneError && unicode.IsPrint(r) && r != joiner && r != nonJoiner
}

// Strip is a text without what is hidden in it. Stripping twice changes nothing.
func Strip(s string) string {
	ascii := 0
	for ascii < len(s) && s[ascii] < utf8.RuneSelf {
		ascii++
	}
	if strings.IndexFunc(s[ascii:], Special) < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	Each(s, func(r rune, hidden bool) {
		if !hidden {
			b.WriteRune(r)
		}
	})
	return b.String()
}
