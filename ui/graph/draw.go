package graph

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"darkroom/ui/text"
	"darkroom/ui/theme"
)

// Look is how a drawing is drawn.
type Look struct {
	ASCII    bool
	Line     theme.Style
	Lit      theme.Style // lines of the path
	Label    func(node int) []Span
	Cut      string // one cell, where a label is cut at the edge; empty for no sign
	Path     *Path
	Cursor   int    // the node with the cursor; -1 is none
	Bar      string // before the cursor's label
	BarStyle theme.Style
}

// Span is a part of a label.
type Span struct {
	Text  string
	Style theme.Style
}

// Lines are the lines of a part of the drawing, from a cell on.
func (d *Drawing) Lines(look *Look, x, y, width, height int) []string {
	byRow := make([][]int, d.height)
	for _, layer := range d.layers {
		for _, i := range layer {
			if it := &d.items[i]; !it.lane() {
				byRow[it.row] = append(byRow[it.row], it.node)
			}
		}
	}
	var lines []string
	for row := max(y, 0); row < min(y+height, d.height); row++ {
		lines = append(lines, d.line(look, row, byRow[row], x, x+width))
	}
	return lines
}

// line draws one row between two cells.
func (d *Drawing) line(look *Look, row int, nodes []int, from, to int) string {
	b := canvas{from: from, to: to}
	at := 0
	for _, node := range nodes {
		x, _, width := d.Box(node)
		d.stretch(&b, look, row, at, x-1)
		if node == look.Cursor {
			b.put(x-1, look.Bar, look.BarStyle)
		} else {
			d.stretch(&b, look, row, x-1, x)
		}
		at = max(b.label(x, look.Label(node), look.Cut), x+width)
	}
	d.stretch(&b, look, row, at, d.width)
	return strings.TrimRight(b.String(), " ")
}

// stretch draws lines and blanks between two cells of a row.
func (d *Drawing) stretch(b *canvas, look *Look, row, from, to int) {
	from, to = max(from, b.from), min(to, b.to, d.width)
	for x := from; x < to; {
		lit, end := look.Path.at(x, row), x
		signs := newSigns(look.ASCII, lit)
		var s strings.Builder
		for ; end < to && look.Path.at(end, row) == lit; end++ {
			s.WriteString(d.glyph(signs, end, row))
		}
		style := look.Line
		if lit {
			style = look.Lit
		}
		b.put(x, s.String(), style)
		x = end
	}
}

func (d *Drawing) glyph(s *signs, x, y int) string {
	c := d.cells[y][x]
	if joins := c&left == 0 && c&right != 0 && x > 0 && d.cells[y][x-1]&right != 0; joins {
		return s.joins[c>>2]
	}
	return s.lines[c]
}

// signs are the characters of lines, by the arms of a cell. joins are those of a line
// that comes from above or below into one that passes: they have no arm to the left
// (LAYOUT.md#reading-a-drawing).
type signs struct {
	lines [16]string
	joins [4]string // by up and down
}

// newSigns are those of lines, or of lines on the path.
func newSigns(asciiOnly, lit bool) *signs {
	switch {
	case asciiOnly && lit:
		return &signs{
			[16]string{" ", "=", "=", "=", "!", "#", "#", "#", "!", "#", "#", "#", "!", "#", "#", "#"},
			[4]string{" ", `\`, "/", ">"},
		}
	case asciiOnly:
		return &signs{
			[16]string{" ", "-", "-", "-", "|", "+", "+", "+", "|", "+", "+", "+", "|", "+", "+", "+"},
			[4]string{" ", `\`, "/", ">"},
		}
	case lit:
		return &signs{
			[16]string{" ", "╸", "╺", "━", "╹", "┛", "┗", "┻", "╻", "┓", "┏", "┳", "┃", "┫", "┣", "╋"},
			[4]string{" ", "┗", "┏", "┣"},
		}
	}
	return &signs{
		[16]string{" ", "╴", "╶", "─", "╵", "┘", "└", "┴", "╷", "┐", "┌", "┬", "│", "┤", "├", "┼"},
		[4]string{" ", "╰", "╭", "├"},
	}
}

// canvas is a part of a line, from a cell to before another, that is written from left
// to right.
type canvas struct {
	strings.Builder
	from, to, at int // at is the next cell to write, from from on
}

// label writes the parts of a label, with a sign in its first or last cell where it is cut,
// and gives the cell after it.
func (b *canvas) label(x int, spans []Span, cut string) (end int) {
	end = x
	for _, s := range spans {
		end += text.Width(s.Text)
	}
	from, to := b.from, b.to
	if cut != "" {
		from, to = b.whole(x, end)
	}
	for _, s := range spans {
		next := x + text.Width(s.Text)
		if from > b.from && x <= b.from && next > b.from {
			b.put(b.from, cut, s.Style)
		}
		b.putIn(from, to, x, s.Text, s.Style)
		if to < b.to && x <= to && next > to && b.from+b.at <= to {
			b.put(to, cut, s.Style)
		}
		x = next
	}
	return end
}

// whole are the cells that are left for a label without those that its signs take.
func (b *canvas) whole(x, end int) (from, to int) {
	from, to = b.from, b.to
	if x < b.from && end > b.from {
		from++
	}
	if x < b.to && end > b.to {
		to--
	}
	return from, to
}

// put writes a text at a cell, as far as it is on the canvas.
func (b *canvas) put(x int, s string, style theme.Style) { b.putIn(b.from, b.to, x, s, style) }

// putIn is put for a part of the canvas.
func (b *canvas) putIn(from, to, x int, s string, style theme.Style) {
	w := text.Width(s)
	lo, hi := max(x, from), min(x+w, to)
	if lo >= hi {
		return
	}
	if lo > x || hi < x+w {
		s = ansi.Cut(s, lo-x, hi-x)
		if w = text.Width(s); lo > x {
			lo = hi - w // a wide character on the edge leaves a blank
		}
	}
	next := b.from + b.at
	b.WriteString(text.Spaces(lo - next))
	b.WriteString(style.Render(s))
	b.at = lo + w - b.from
}
