package frames

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// cell is a character that takes one cell on every terminal, in a style.
type cell struct {
	char  rune
	style int32 // in the table of styles; 0 is none
}

var blank = cell{char: ' '}

// styles numbers what can be switched on at a place of a line.
type styles struct {
	looks   []look
	numbers map[look]int32
}

// look is a style: the parameters of its SGR sequence, and the link that is on.
type look struct{ params, link string }

func newStyles() *styles {
	return &styles{looks: []look{{}}, numbers: map[look]int32{{}: 0}}
}

// full reports so many styles, each link being one, that it is time to begin again.
func (s *styles) full() bool { return len(s.looks) > 4096 }

func (s *styles) number(l look) int32 {
	n, ok := s.numbers[l]
	if !ok {
		n = int32(len(s.looks))
		l = look{strings.Clone(l.params), strings.Clone(l.link)}
		s.looks, s.numbers[l] = append(s.looks, l), n
	}
	return n
}

// read appends the cells of a line. It is not known by cells when it has a character that
// terminals give different widths, or a sequence other than those of text.Column, styles
// and links.
func (s *styles) read(cells []cell, line string, width int) ([]cell, bool) {
	r := reader{cells: cells, styles: s}
	for len(line) > 0 {
		if c := line[0]; c >= ' ' && c < 0x7f {
			r.cells, line = append(r.cells, cell{rune(c), r.style}), line[1:]
			continue
		}
		if line[0] != '\x1b' {
			char, n := utf8.DecodeRuneInString(line)
			if !sure(char) {
				return r.cells, false
			}
			r.cells, line = append(r.cells, cell{char, r.style}), line[n:]
			continue
		}
		code, rest, ok := sequence(line)
		if !ok || !r.take(code, width) {
			return r.cells, false
		}
		line = rest
	}
	return r.cells, len(r.cells) <= width
}

// reader is where a line has been read up to.
type reader struct {
	cells  []cell
	styles *styles
	on     look
	style  int32 // its number
}

// take takes in a sequence, unless it is not known.
func (r *reader) take(code string, width int) bool {
	switch final := code[len(code)-1]; {
	case code[1] == ']':
		r.on.link = strings.TrimPrefix(code, linkOff)
		r.style = r.styles.number(r.on)
	case final == 'm':
		r.on.params = with(r.on.params, code[2:len(code)-1])
		r.style = r.styles.number(r.on)
	case code == "\x1b[K": // what is behind it is blank, as long as it is not drawn
		return r.style == 0
	case final == 'G':
		column := column(code)
		if column < len(r.cells) || column > width {
			return false
		}
		for len(r.cells) < column {
			r.cells = append(r.cells, blank)
		}
	default:
		return false
	}
	return true
}

// linkOff ends a link (OSC 8).
const linkOff = "\x1b]8;;\x1b\\"

// sequence cuts the escape sequence at the beginning of a line.
func sequence(line string) (code, rest string, ok bool) {
	if len(line) < 3 {
		return "", "", false
	}
	switch line[1] {
	case '[':
		for i := 2; i < len(line); i++ {
			if line[i] >= 0x40 && line[i] <= 0x7e {
				return line[:i+1], line[i+1:], true
			}
		}
	case ']':
		if end := strings.Index(line, "\x1b\\"); end > 0 && strings.HasPrefix(line, "\x1b]8;;") {
			return line[:end+2], line[end+2:], true
		}
	}
	return "", "", false
}

// column is where a sequence moves to on its line, from 0; -1 for one that is not known.
func column(code string) int {
	n, err := strconv.Atoi(code[2 : len(code)-1])
	if err != nil {
		return -1
	}
	return n - 1
}

// with is what is on after the parameters of one more SGR sequence. A reset at its beginning
// ends all before it.
func with(params, more string) string {
	switch {
	case more == "" || more == "0":
		return ""
	case strings.HasPrefix(more, "0;"):
		return more[2:]
	case params == "":
		return more
	}
	return params + ";" + more
}

// sure reports a character that takes one cell on every terminal: letters of alphabets
// without marks, and what lines and signs are drawn with, unless it can be an emoji.
func sure(r rune) bool {
	return unicode.Is(narrow, r) && !unicode.Is(emoji, r)
}
