// Package text makes foreign text safe and sized for a terminal: names and SQL
// from Tableau and manifests are hostile input, so everything that is drawn or
// printed passes through Clean first. Colours live in ui/theme.
package text

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"darkroom/model/visible"
)

// Clean gives s on one line without anything that a terminal acts on or that is not
// seen: line ends and tabs become a space, control characters and invalid bytes become
// U+FFFD, and so does each run of hidden characters (model/visible). Ordinary text comes
// back unchanged and uncopied.
func Clean(s string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	marked := false // the hidden characters before this one
	visible.Each(s, func(r rune, hidden bool) {
		switch {
		case hidden && marked:
			return
		case hidden || unicode.Is(unicode.Prepended_Concatenation_Mark, r): // terminals disagree on its width
			b.WriteRune(utf8.RuneError)
		case r == '\n' || r == '\r' || r == '\t' || r == '\u2028' || r == '\u2029':
			b.WriteByte(' ')
		case unicode.IsControl(r):
			b.WriteRune(utf8.RuneError)
		default:
			b.WriteRune(r)
		}
		marked = hidden || r == blackFlag // whose tags only name the country
	})
	return b.String()
}

const blackFlag = '\U0001f3f4'

// CleanLines is Clean for texts of several lines: line ends are kept.
func CleanLines(s string) []string {
	lines := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	for i, l := range lines {
		lines[i] = Clean(l)
	}
	return lines
}

func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] >= 0x7f {
			return isPlainUnicode(s[i:])
		}
	}
	return true
}

func isPlainUnicode(s string) bool {
	for i, r := range s {
		if r < 0x20 || r == '\u2028' || r == '\u2029' || isHostile(r) {
			return false
		}
		if r == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(s[i:]); n == 1 {
				return false
			}
		}
	}
	return true
}

// isHostile covers what can move the cursor, change state or reorder the line, and what
// is not seen, where it is no part of anything else: C0, C1, DEL, direction marks, tags,
// joiners.
func isHostile(r rune) bool {
	return unicode.IsControl(r) || visible.Special(r) || unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}

// SafeJSON escapes in finished JSON what encoding/json leaves alone and a terminal
// acts on or that is not seen: DEL, C1 controls, direction marks, tags. The value does not
// change.
func SafeJSON(doc []byte) []byte {
	if isPlainJSON(doc) {
		return doc
	}
	var out []byte
	visible.Each(string(doc), func(r rune, hidden bool) {
		if !hidden && (r < 0x7f || !unicode.IsControl(r)) {
			out = utf8.AppendRune(out, r)
			return
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			out = fmt.Appendf(out, `\u%04x`, unit)
		}
	})
	return out
}

func isPlainJSON(doc []byte) bool {
	for i, c := range doc {
		if c >= 0x7f {
			return bytes.IndexFunc(doc[i:], func(r rune) bool { return r >= 0x7f && isHostile(r) }) < 0
		}
	}
	return true
}

// Width is the number of cells s takes.
func Width(s string) int {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] >= 0x7f {
			return ansi.StringWidth(s)
		}
	}
	return len(s)
}

// Cut shortens s to at most width cells and then ends it with an ellipsis.
func Cut(s string, width int) string {
	if width <= 0 {
		return ""
	}
	if Width(s) <= width {
		return s
	}
	return ansi.Truncate(s, width, "…")
}

// CutLeft shortens s from the left: the end of a path says most.
func CutLeft(s string, width int) string {
	w := Width(s)
	if w <= width {
		return s
	}
	if width <= 1 {
		return Cut(s, width)
	}
	for cut := w - width + 1; ; cut++ { // a wide character on the edge needs one more
		if rest := ansi.TruncateLeft(s, cut, ""); Width(rest) < width || cut >= w {
			return Cut("…"+rest, width)
		}
	}
}

// Pad makes s exactly width cells wide: shortened or filled with spaces.
func Pad(s string, width int) string {
	if width <= 0 {
		return ""
	}
	s = Cut(s, width)
	if w := Width(s); w < width {
		s += Spaces(width - w)
	}
	return s
}

// PadLeft is Pad with the text on the right, for numbers.
func PadLeft(s string, width int) string {
	s = Cut(s, width)
	if w := Width(s); w < width {
		s = Spaces(width-w) + s
	}
	return s
}

const blanks = "                                                                                                                                "

// Spaces gives n spaces, none for n ≤ 0.
func Spaces(n int) string {
	if n <= 0 {
		return ""
	}
	if n <= len(blanks) {
		return blanks[:n]
	}
	return strings.Repeat(" ", n)
}

// Short prints a count in at most five cells: 7, 950, 1.2k, 34k, 1.2M.
func Short(n int) string {
	switch {
	case n < 0:
		return ""
	case n < 1000:
		return strconv.Itoa(n)
	case n < 9950:
		return strconv.FormatFloat(float64(n)/1000, 'f', 1, 64) + "k"
	case n < 999_500:
		return strconv.Itoa((n+500)/1000) + "k"
	}
	return strconv.FormatFloat(float64(n)/1_000_000, 'f', 1, 64) + "M"
}

// Grouped prints a number with its thousands apart: "88,112".
func Grouped(n int) string {
	s := strconv.Itoa(n)
	for at := len(s) - 3; at > 0 && s[at-1] != '-'; at -= 3 {
		s = s[:at] + "," + s[at:]
	}
	return s
}

// Count prints "1 dashboard", "12 dashboards".
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// ShortCount prints "1 view", "1.2k views"; nothing below zero.
func ShortCount(n int, noun string) string {
	switch {
	case n < 0:
		return ""
	case n == 1:
		return "1 " + noun
	}
	return Short(n) + " " + noun + "s"
}

// Progress prints "12 of 40", or "40" when all are done or total is unknown.
func Progress(done, total int) string {
	if total > done {
		return strconv.Itoa(done) + " of " + strconv.Itoa(total)
	}
	return strconv.Itoa(done)
}

// CellOf is the cell at which part begins in a styled line, -1 when the line does
// not have it in one piece.
func CellOf(styled, part string) int {
	plain := ansi.Strip(styled)
	before, _, ok := strings.Cut(plain, part)
	if !ok {
		return -1
	}
	return Width(before)
}
