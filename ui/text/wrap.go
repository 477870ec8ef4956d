package text

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Wrap breaks s, which has no styles, into lines of at most width cells, at spaces where
// possible. A word that is longer than a line is broken after a sign that divides names
// and paths; a hyphen breaks no other word, so that addresses stay in one piece.
func Wrap(s string, width int) []string {
	if width <= 0 {
		return nil
	}
	var lines []string
	for l := range strings.SplitSeq(s, "\n") {
		lines = append(lines, wrapLine(l, width)...)
	}
	return lines
}

func wrapLine(s string, width int) (lines []string) {
	if Width(s) <= width {
		return []string{s}
	}
	line, used := "", 0
	flush := func() {
		lines = append(lines, line)
		line, used = "", 0
	}
	for s != "" {
		var space, word string
		space, word, s = nextWord(s)
		w := Width(word)
		if len(space) >= width-1 { // an indent that leaves no room for a wide character
			space = ""
		}
		if used+len(space)+w <= width {
			line, used = line+space+word, used+len(space)+w
			continue
		}
		if used > 0 {
			flush()
			space = ""
		}
		for line, used = space, len(space); used+w > width && word != ""; {
			head := headOf(word, width-used)
			line, word, w = line+head, word[len(head):], w-Width(head)
			flush()
		}
		line, used = line+word, used+w
	}
	if line != "" || len(lines) == 0 {
		lines = append(lines, line)
	}
	return lines
}

// nextWord takes the spaces at the beginning and the word after them.
func nextWord(s string) (space, word, rest string) {
	word = strings.TrimLeft(s, " ")
	space = s[:len(s)-len(word)]
	if end := strings.IndexByte(word, ' '); end >= 0 {
		return space, word[:end], word[end:]
	}
	return space, word, ""
}

// headOf is the beginning of a word that fits into some cells, at least one character: up
// to a sign that divides, when the half of the cells or more is before it.
func headOf(word string, cells int) string {
	near := min(len(word), 32*cells) // what is further is not looked at for each line again
	for near < len(word) && !utf8.RuneStart(word[near]) {
		near++
	}
	head := ansi.Truncate(word[:near], cells, "")
	if head == "" {
		_, n := utf8.DecodeRuneInString(word)
		return word[:n]
	}
	for _, signs := range []string{"/", ".", ",:;&?=_-"} {
		if at := strings.LastIndexAny(head, signs); at >= 0 && Width(head[:at+1])*2 >= cells {
			return head[:at+1]
		}
	}
	return head
}
