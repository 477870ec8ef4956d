package jsonwindow

import "cmp"

const (
	// ahead is how many batches and buffers there are besides those at work.
	ahead = 2
	// maxMembers bounds a batch, because hostile members can be tiny and many.
	maxMembers = 256
)

// Beside walks an object as [Window.Members] does, in two goroutines: walk consumes each
// value and finds what is wanted of it, here, while use takes what was found before,
// elsewhere and in the same order. Both have ended when Beside returns. Of several errors it
// gives the one that is first in the text.
func Beside[T any](w *Window, walk func(l *Lexer, found *T), use func(l *Lexer, key []byte, found *T)) error {
	p := newPipe[T](w)
	go p.consume(use)
	w.turn = p.turn
	err := w.Members(func(l *Lexer, key []byte) { p.add(l, key, walk) })
	w.turn = nil
	p.send(false)
	close(p.full)
	return cmp.Or(<-p.ended, err)
}

// pipe carries the members of one object from the goroutine that walks to the one that
// uses them. A buffer of the window belongs to the second until all of its members are used.
type pipe[T any] struct {
	w    *Window
	now  *batch[T] // is being filled
	full chan *batch[T]

	// What is used up comes back.
	free chan *batch[T]
	bufs chan []byte

	ended chan error
}

// batch is some members in one buffer of the window.
type batch[T any] struct {
	members []member[T]
	buf     []byte
	base    int64 // offset of buf[0] in the text
	last    bool  // the window does not need buf any more
	err     error // what went wrong while it was used
}

// member is one of them: spans in found are counted from at.
type member[T any] struct {
	at    int
	key   []byte
	found T
}

func newPipe[T any](w *Window) *pipe[T] {
	p := &pipe[T]{
		w: w, now: new(batch[T]), full: make(chan *batch[T], ahead), ended: make(chan error, 1),
		free: make(chan *batch[T], ahead+1), bufs: make(chan []byte, ahead+1),
	}
	for range ahead {
		p.free <- new(batch[T])
		p.bufs <- nil // made when it is needed
	}
	return p
}

// add is a step: it walks the value of key.
func (p *pipe[T]) add(l *Lexer, key []byte, walk func(l *Lexer, found *T)) {
	if len(p.now.members) == maxMembers {
		p.send(false)
	}
	n := len(p.now.members)
	if n == cap(p.now.members) {
		p.now.members = append(p.now.members, member[T]{})
	}
	p.now.members = p.now.members[:n+1]
	m := &p.now.members[n]
	m.at, m.key = p.w.pos, key
	if walk(l, &m.found); l.st != ok {
		p.now.members = p.now.members[:n]
	}
}

// send hands over what is walked, and takes an empty batch.
func (p *pipe[T]) send(last bool) {
	b := p.now
	b.buf, b.base, b.last = p.w.buf[:p.w.end], p.w.base, last
	p.full <- b
	p.now = <-p.free
	p.now.members = p.now.members[:0]
}

// turn gives a buffer to read into, in place of the one that others still read. It ends
// the walk when they have met an error.
func (p *pipe[T]) turn() ([]byte, error) {
	p.send(true)
	if p.now.err != nil {
		return nil, p.now.err
	}
	if buf := <-p.bufs; cap(buf) == len(p.w.buf) {
		return buf[:cap(buf)], nil
	}
	return make([]byte, len(p.w.buf)), nil
}

// consume uses the batches until the last one, or until an error.
func (p *pipe[T]) consume(use func(l *Lexer, key []byte, found *T)) {
	w := &Window{file: p.w.file, fix: p.w.fix, section: p.w.section, eof: true}
	var err error
	for b := range p.full {
		w.buf, w.end, w.base = b.buf, len(b.buf), b.base
		for i := 0; i < len(b.members) && err == nil; i++ {
			m := &b.members[i]
			w.pos = m.at
			err = w.Try(func(l *Lexer) { use(l, m.key, &m.found) })
		}
		if b.err = err; b.last {
			p.bufs <- b.buf
		}
		p.free <- b
	}
	p.ended <- err
}
