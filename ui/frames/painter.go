// Package frames draws frames on a terminal: of each only the cells that differ from the
// frame before it, with as few escape codes as that takes.
//
// Not here: what is on a frame (ui/explorer), and when one is drawn (ui/cli/fullscreen).
package frames

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Painter knows what a terminal shows, and makes the bytes that turn it into the next
// frame. It is for one goroutine.
type Painter struct {
	width, height int
	known         bool   // what the terminal shows is the frame was
	was, now      screen // the last frame, and the one that is drawn
	styles        *styles
	pen, other    pen
}

// screen are the lines of a frame.
type screen struct {
	lines []string
	cells [][]cell
	sure  []bool // that a line is known by cells
}

// New is a painter of a terminal of no size yet.
func New() *Painter { return &Painter{styles: newStyles()} }

// Resize sets the size of the terminal, in cells. The next frame is drawn whole.
func (p *Painter) Resize(width, height int) {
	p.width, p.height = width, height
	p.Forget()
}

// Forget makes the next frame draw everything: something has been written on the terminal.
func (p *Painter) Forget() { p.known = false }

// Paint gives what has to be written for a frame, whose lines are divided by newlines: one
// piece that is valid until the next one, nil for a frame that is as the last one.
func (p *Painter) Paint(frame string) []byte {
	if p.styles.full() {
		p.styles, p.known = newStyles(), false
	}
	p.read(frame)
	p.pen.begin(p.styles, p.width)
	p.paint(&p.pen, &p.was)
	best := &p.pen
	if other := p.scrolled(len(best.buf)); other != nil {
		best = other
	}
	if len(best.buf) > 0 {
		best.end(len(p.now.lines), !p.known)
	}
	p.was, p.now, p.known = p.now, p.was, true
	return best.buf
}

// read takes a frame apart.
func (p *Painter) read(frame string) {
	was, now := &p.was, &p.now
	now.lines = now.lines[:0]
	for more := true; more && (p.height == 0 || len(now.lines) < p.height); {
		var line string
		line, frame, more = strings.Cut(frame, "\n")
		now.lines = append(now.lines, line)
	}
	p.known = p.known && len(was.lines) == len(now.lines)
	for len(now.cells) < len(now.lines) {
		now.cells, now.sure = append(now.cells, nil), append(now.sure, false)
	}
	for y, line := range now.lines {
		if p.known && line == was.lines[y] {
			now.cells[y], now.sure[y] = append(now.cells[y][:0], was.cells[y]...), was.sure[y]
			continue
		}
		now.cells[y], now.sure[y] = p.styles.read(now.cells[y][:0], line, p.width)
	}
}

// paint draws the lines that differ from those of a frame: their cells that do, when both
// are known by cells.
func (p *Painter) paint(pen *pen, was *screen) {
	now := &p.now
	for y, line := range now.lines {
		switch {
		case p.known && line == was.lines[y]:
		case !now.sure[y]:
			pen.raw(y, line)
		case p.known && was.sure[y]:
			pen.change(y, was.cells[y], now.cells[y])
		default:
			pen.whole(y, now.cells[y])
		}
	}
}

// scrolled paints with lines moved by the terminal; nil where that does not take fewer bytes.
func (p *Painter) scrolled(most int) *pen {
	if !p.known || most < worthScrolling {
		return nil
	}
	by, ok := p.moved()
	if !ok {
		return nil
	}
	p.other.begin(p.styles, p.width)
	p.other.scroll(by)
	p.was.scroll(by)
	if p.paint(&p.other, &p.was); len(p.other.buf) >= most {
		return nil
	}
	return &p.other
}

// end ends a frame with its number of lines.
func (p *pen) end(lines int, whole bool) {
	p.style(0)
	if whole {
		p.buf = append(p.buf, ansi.EraseScreenBelow...)
	}
	p.to(lines-1, 0) // where Bubble Tea has it, which erases this line when it ends
	if p.scrolled {
		p.buf = append(p.buf, ansi.ResetModeSynchronizedOutput...)
	}
}
