package frames

import (
	"cmp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// pen makes the bytes of a frame. It knows where the terminal's cursor is and which style
// is on.
type pen struct {
	buf    []byte
	styles *styles
	width  int
	y, x   int   // -1 where it is not known
	on     int32 // the style

	scrolled bool // the frame begins with that
}

func (p *pen) begin(s *styles, width int) {
	*p = pen{buf: p.buf[:0], styles: s, width: width, y: -1, x: -1}
}

// near is up to how many equal cells are drawn again rather than jumped over.
const near = 5

// change draws those words of a line that are others than before.
func (p *pen) change(y int, was, now []cell) {
	was, now = trimmed(was), trimmed(now)
	for x := 0; x < len(now); x++ {
		if now[x] == at(was, x) {
			continue
		}
		from, to := x, x+1 // behind the last that differs
		for ; x < len(now) && x-to < near; x++ {
			if now[x] != at(was, x) {
				to = x + 1
			}
		}
		for from > 0 && word(now[from-1], now[from]) {
			from--
		}
		for to < len(now) && word(now[to-1], now[to]) {
			to++
		}
		p.draw(y, from, now[from:to])
		x = to - 1
	}
	if len(was) > len(now) {
		p.erase(y, len(now))
	}
}

// word reports that one word has both cells: what reads the terminal's bytes finds it in one
// piece.
func word(a, b cell) bool { return a.style == b.style && a.char != ' ' && b.char != ' ' }

// whole draws all of a line.
func (p *pen) whole(y int, cells []cell) {
	cells = trimmed(cells)
	p.draw(y, 0, cells)
	if len(cells) < p.width {
		p.erase(y, len(cells))
	}
}

// draw draws cells from a column on.
func (p *pen) draw(y, x int, cells []cell) {
	p.to(y, x)
	for _, c := range cells {
		p.style(c.style)
		p.buf = utf8.AppendRune(p.buf, c.char)
	}
	p.at(x + len(cells))
}

// raw draws a line of which only its text is known.
func (p *pen) raw(y int, line string) {
	p.to(y, 0)
	p.style(0)
	width := ansi.StringWidth(line)
	if width > p.width {
		line = ansi.Truncate(line, p.width, "") + linkOff
	}
	p.buf = append(p.buf, line...)
	p.buf = append(p.buf, ansi.ResetStyle...)
	if width < p.width {
		p.buf = append(p.buf, ansi.EraseLineRight...)
	}
	p.x = -1 // by the terminal's widths
}

// erase blanks a line from a column on.
func (p *pen) erase(y, x int) {
	p.to(y, x)
	p.style(0)
	p.buf = append(p.buf, ansi.EraseLineRight...)
}

// to moves the cursor.
func (p *pen) to(y, x int) {
	switch {
	case y == p.y && x == p.x:
		return
	case y == p.y && x == 0:
		p.buf = append(p.buf, '\r')
	case y == p.y:
		p.buf = append(p.buf, "\x1b["...)
		p.buf = append(strconv.AppendInt(p.buf, int64(x+1), 10), 'G')
	case y == p.y+1 && p.y >= 0 && x == 0:
		p.buf = append(p.buf, "\r\n"...)
	default:
		p.buf = append(p.buf, "\x1b["...)
		p.buf = append(strconv.AppendInt(p.buf, int64(y+1), 10), ';')
		p.buf = append(strconv.AppendInt(p.buf, int64(x+1), 10), 'H')
	}
	p.y, p.x = y, x
}

// at notes where the cursor is after drawing. In the last column terminals differ.
func (p *pen) at(x int) {
	if p.x = x; x >= p.width {
		p.x = -1
	}
}

// style switches a style on, and what was on off.
func (p *pen) style(style int32) {
	if style == p.on {
		return
	}
	was, now := p.styles.looks[p.on], p.styles.looks[style]
	p.on = style
	if was.link != now.link {
		p.buf = append(p.buf, cmp.Or(now.link, linkOff)...)
	}
	code, params := "\x1b[0;", now.params
	switch {
	case was.params == now.params:
		return
	case now.params == "":
		p.buf = append(p.buf, ansi.ResetStyle...)
		return
	case was.params == "":
		code = "\x1b["
	case strings.HasPrefix(params, was.params) && params[len(was.params)] == ';':
		code, params = "\x1b[", params[len(was.params)+1:]
	}
	p.buf = append(append(append(p.buf, code...), params...), 'm')
}

// at is a cell of a line, which is blank behind its end.
func at(cells []cell, x int) cell {
	if x < len(cells) {
		return cells[x]
	}
	return blank
}

// trimmed is a line without the blank cells at its end.
func trimmed(cells []cell) []cell {
	for len(cells) > 0 && cells[len(cells)-1] == blank {
		cells = cells[:len(cells)-1]
	}
	return cells
}
