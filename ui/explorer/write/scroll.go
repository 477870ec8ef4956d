package write

// scroll is where a page is that is made of lines of which each is drawn as one row or
// more. What is not seen is never drawn: a step looks at the rows it passes.
type scroll struct {
	lines int
	rows  func(i int) int // that line i takes
	top   int             // the first line that is seen
	part  int             // rows of it that are not
	seen  int             // rows on the screen
}

// to puts a line at the top, or as near to it as the end of the page allows.
func (s *scroll) to(line int) {
	s.top, s.part = max(0, min(line, s.lines-1)), 0
	s.clamp()
}

// by moves by rows.
func (s *scroll) by(rows int) {
	for ; rows < 0 && (s.top > 0 || s.part > 0); rows++ {
		if s.part--; s.part < 0 {
			s.top--
			s.part = s.rows(s.top) - 1
		}
	}
	last, part := s.end()
	for ; rows > 0 && (s.top < last || s.top == last && s.part < part); rows-- {
		if s.part++; s.part >= s.rows(s.top) {
			s.top, s.part = s.top+1, 0
		}
	}
	s.clamp()
}

// end is the position in which the last row is at the bottom.
func (s *scroll) end() (line, part int) {
	left := s.seen
	for i := s.lines - 1; i >= 0; i-- {
		n := s.rows(i)
		if n >= left {
			return i, n - left
		}
		left -= n
	}
	return 0, 0
}

// whole reports that all of the page is seen.
func (s *scroll) whole() bool {
	line, part := s.end()
	return line == 0 && part == 0
}

// clamp keeps to the end of the page.
func (s *scroll) clamp() {
	if last, part := s.end(); s.top > last || s.top == last && s.part > part {
		s.top, s.part = last, part
	}
}
