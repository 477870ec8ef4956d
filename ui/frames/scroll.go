package frames

import (
	"strconv"

	"github.com/charmbracelet/x/ansi"
)

// worthScrolling are the bytes of a frame from which it is looked whether scrolling saves some.
const worthScrolling = 500

// leastMoved are the lines that have to be found elsewhere to say that they moved.
const leastMoved = 4

// shift says that lines of the last frame, from first up to before end, are scrolled up by a
// number of lines, below 0 down.
type shift struct{ first, end, by int }

// moved finds lines that are elsewhere in the last frame, by their left halves: beside them
// may be a pane that has not moved.
func (p *Painter) moved() (shift, bool) {
	n := len(p.now.lines)
	places := make(map[uint64]int, n)
	for y := range n {
		if h := p.was.hash(y, p.width/2); h != 0 {
			if _, twice := places[h]; twice {
				places[h] = -1
			} else {
				places[h] = y
			}
		}
	}
	found := map[int]shift{}
	count := map[int]int{}
	best := 0
	for y := range n {
		from, ok := places[p.now.hash(y, p.width/2)]
		if !ok || from < 0 || from == y {
			continue
		}
		by := from - y
		s, ok := found[by]
		if !ok {
			s = shift{first: min(y, from), by: by}
		}
		s.end = max(y, from) + 1
		found[by] = s
		if count[by]++; count[by] > count[best] {
			best = by
		}
	}
	return found[best], count[best] >= leastMoved
}

// hash is that of the first cells of a line, 0 for blank ones.
func (s *screen) hash(y, width int) uint64 {
	cells := s.cells[y]
	cells = trimmed(cells[:min(width, len(cells))])
	if len(cells) == 0 || !s.sure[y] {
		return 0
	}
	h := uint64(14695981039346656037) // FNV-1a, by cells
	for _, c := range cells {
		h = (h ^ uint64(c.char) ^ uint64(c.style)<<32) * 1099511628211
	}
	return h
}

// scroll moves lines as the terminal does.
func (s *screen) scroll(m shift) {
	n := m.end - m.first
	for range (m.by + n) % n { // lines go up one by one; down is the other way round
		s.up(m.first, m.end)
	}
	from, end := m.end-m.by, m.end
	if m.by < 0 {
		from, end = m.first, m.first-m.by
	}
	for y := from; y < end; y++ {
		s.lines[y], s.cells[y], s.sure[y] = "", s.cells[y][:0], true
	}
}

// up moves lines up by one, and the first to the end.
func (s *screen) up(first, end int) {
	line, cells, sure := s.lines[first], s.cells[first], s.sure[first]
	copy(s.lines[first:end], s.lines[first+1:end])
	copy(s.cells[first:end], s.cells[first+1:end])
	copy(s.sure[first:end], s.sure[first+1:end])
	s.lines[end-1], s.cells[end-1], s.sure[end-1] = line, cells, sure
}

// scroll lets the terminal move lines. What it moves in is blank.
func (p *pen) scroll(m shift) {
	code, by := byte('S'), m.by
	if by < 0 {
		code, by = 'T', -by
	}
	p.scrolled = true
	p.buf = append(p.buf, ansi.SetModeSynchronizedOutput...)
	p.buf = append(p.buf, ansi.SetTopBottomMargins(m.first+1, m.end)...)
	p.buf = append(p.buf, "\x1b["...)
	p.buf = append(strconv.AppendInt(p.buf, int64(by), 10), code)
	p.buf = append(p.buf, "\x1b[r"...) // the whole screen again
}
