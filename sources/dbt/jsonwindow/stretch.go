package jsonwindow

// stretch is members in a row that were as usual, with the key after them and its colon, or
// with the end of the object. Where the text is the same again, it means the same.
type stretch struct {
	text   []byte
	values []meant
	count  int   // of the members
	last   int32 // the key after them; 0: the end of the object
}

// stretches are the two that followed a key lately.
type stretches struct {
	of    [2]stretch
	last  uint8 // which came last
	again int   // how often one came again, less how often none did
}

// meant is a value among them that has a meaning: its place is counted from their start.
type meant struct {
	meaning uint8
	at      Span
}

const (
	// steady is how much more often a value was the same than not when a stretch leads over it.
	steady = 5
	// maxStretch bounds the text of one.
	maxStretch = 1 << 10
)

// row is the members that are consumed one by one, and as usual, since the last value that was not.
type row struct {
	goesOn bool  // the last value was as usual
	none   bool  // it cannot be kept
	after  int32 // the key before it
	from   int   // where it begins
	to     int   // after the last key
	values []meant
	count  int // of its members
	known  int // of those, how many are in the stretch that is kept
}

// begin starts a row after the last value, and keeps the one before.
func (u *Usual) begin(l *Lexer, first bool) {
	if !first {
		u.keep(l, u.row.to, u.at)
	}
	r := &u.row // each field for itself: copying a whole row takes longer than all the rest
	r.none, r.after, r.from, r.values = u.at == 0 && !first, u.at, l.i, r.values[:0]
	r.goesOn, r.count, r.known = false, 0, 0
}

// next is the stretch that comes next, nil where none does.
func (s *stretches) next(l *Lexer, r *row) *stretch {
	if s.again < -patience || r.none || l.st != ok {
		return nil
	}
	for range s.of {
		x := &s.of[s.last]
		if to := l.i + len(x.text); len(x.text) > 0 && to <= len(l.b) && string(l.b[l.i:to]) == string(x.text) {
			s.again = min(s.again+1, patience)
			return x
		}
		s.last ^= 1
	}
	s.again--
	return nil
}

// pass consumes a stretch that is next.
func (u *Usual) pass(l *Lexer, s *stretch, out []Span) (meaning uint8, more bool) {
	r, from := &u.row, int32(l.i)
	for _, v := range s.values {
		out[v.meaning] = Span{from + v.at.from, from + v.at.to}
	}
	l.i += len(s.text)
	u.at = s.last
	r.to, r.known, r.count = l.i, s.count, s.count
	r.values = append(r.values, s.values...)
	return u.keys[s.last].meaning, s.last > 0
}

// add notes a value that was as usual.
func (r *row) add(meaning uint8, v Span, was *usualValue) {
	if was.again < steady || int(v.to)-r.from > maxStretch || r.none {
		return
	}
	r.goesOn = true
	r.count++
	if meaning > 0 {
		from := int32(r.from)
		r.values = append(r.values, meant{meaning, Span{v.from - from, v.to - from}})
	}
}

// end keeps a row that ends with the object.
func (u *Usual) end(l *Lexer) {
	if l.st == ok && u.row.goesOn {
		u.keep(l, l.i, 0)
	}
}

// keep makes a stretch of the row, if it is new.
func (u *Usual) keep(l *Lexer, to int, last int32) {
	r := &u.row
	after := &u.keys[r.after].after
	if r.count == r.known || r.none || after.again < -patience {
		return
	}
	if r.known == 0 {
		after.last ^= 1
	}
	s := &after.of[after.last]
	s.text = append(s.text[:0], l.b[r.from:to]...)
	s.values = append(s.values[:0], r.values...)
	s.last, s.count = last, r.count
}
