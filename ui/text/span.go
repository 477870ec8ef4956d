package text

import (
	"math"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

const styleOff = "\x1b[0m"

// Span is the cells from first up to end of a styled line. It begins with the styles and
// the link that are on there and ends with none. Half of a wide character is a space.
func Span(line string, first, end int) string {
	var b strings.Builder
	var on styles
	at, state, begun := 0, byte(0), false
	begin := func() {
		if !begun {
			b.WriteString(on.link + on.codes)
			begun = true
		}
	}
	for len(line) > 0 && at < end {
		seq, w, n, next := ansi.DecodeSequence(line, state, nil)
		line, state = line[n:], next
		switch from, to := max(at, first), min(at+w, end); {
		case w == 0:
			on.take(seq)
			if begun {
				b.WriteString(seq)
			}
		case from >= to: // before the span
		case to-from < w:
			begin()
			b.WriteString(Spaces(to - from))
		default:
			begin()
			b.WriteString(seq)
		}
		at += w
	}
	if begun && on.codes != "" {
		b.WriteString(styleOff)
	}
	if begun && on.link != "" {
		b.WriteString(linkOff)
	}
	return b.String()
}

// styles are what has been switched on at a place of a line.
type styles struct{ codes, link string }

func (s *styles) take(seq string) {
	switch {
	case seq == "\x1b[m" || seq == styleOff:
		s.codes = ""
	case seq == linkOff:
		s.link = ""
	case strings.HasPrefix(seq, linkStart):
		s.link = seq
	case strings.HasPrefix(seq, "\x1b[") && strings.HasSuffix(seq, "m"):
		s.codes += seq
	}
}

// Over puts a styled text of a width over the cells of a line from x on.
func Over(line string, x int, over string, width int) string {
	left := Span(line, 0, x)
	s := left + Spaces(x-ansi.StringWidth(left))
	if x > 0 {
		s += Column(x)
	}
	over = Clip(over, width)
	s += over + Spaces(width-ansi.StringWidth(over))
	if right := Span(line, x+width, math.MaxInt); right != "" {
		s += Column(x+width) + right
	}
	return s
}
