package jsonwindow

import (
	"context"
	"errors"
	"fmt"
	"io"

	"darkroom/sources/disk"
)

const (
	// DefaultSize suits files of every size: a longer entry makes its window grow.
	DefaultSize = 256 << 10
	// maxEntry bounds the memory that a single hostile entry can claim.
	maxEntry = 256 << 20
)

// Window is a sliding view of a JSON text. Its unit of work is a step: a function
// that consumes one thing, a section's name or a whole entry. A step that meets
// the end of the window is run again on a longer one, so steps must leave no trace
// unless the status is ok. The largest entry decides the memory, not the file.
type Window struct {
	ctx  context.Context
	file string
	fix  string
	r    io.Reader
	Tick func() // called after each read

	limit int                    // of buf
	turn  func() ([]byte, error) // another buffer, when the present one is still read

	buf      []byte
	pos, end int   // buf[pos:end] is read and not consumed
	base     int64 // offset of buf[0] in the text
	eof      bool

	lex     Lexer
	section string // prefix of error paths
	top     frame  // the container whose members the steps consume
}

// New puts a window of size bytes over r. File and fix are for errors.
func New(ctx context.Context, r io.Reader, file, fix string, size int) *Window {
	return &Window{ctx: ctx, file: file, fix: fix, r: r, Tick: func() {}, limit: maxEntry, buf: make([]byte, size)}
}

// fill drops what is consumed and reads until the window is full.
func (w *Window) fill() error {
	if w.end == len(w.buf) && w.pos == 0 {
		if len(w.buf) >= w.limit {
			return w.errorAt(w.pos, fmt.Sprintf("an entry of at most %d bytes", w.limit), "a larger one")
		}
		w.move(make([]byte, 2*len(w.buf)))
	} else if err := w.drop(); err != nil {
		return err
	}
	for idle := 0; w.end < len(w.buf); {
		if err := w.ctx.Err(); err != nil {
			return err
		}
		n, err := w.r.Read(w.buf[w.end:])
		w.end += n
		w.Tick()
		if errors.Is(err, io.EOF) {
			w.eof = true
			return nil
		}
		if err != nil {
			return w.stopped(err)
		}
		if idle++; n > 0 {
			idle = 0
		} else if idle == 100 {
			return w.stopped(io.ErrNoProgress)
		}
	}
	return nil
}

// drop moves what is not consumed to the start.
func (w *Window) drop() error {
	to := w.buf
	if w.turn != nil {
		var err error
		if to, err = w.turn(); err != nil {
			return err
		}
	}
	w.move(to)
	return nil
}

func (w *Window) move(to []byte) {
	w.base += int64(w.pos)
	w.end = copy(to, w.buf[w.pos:w.end])
	w.pos, w.buf = 0, to
}

// Try runs step until it fits into the window, and consumes what it read.
func (w *Window) Try(step func(l *Lexer)) error {
	l := &w.lex
	for {
		l.b, l.i, l.st, l.base = w.buf[w.pos:w.end:w.end], 0, ok, w.base+int64(w.pos)
		step(l)
		switch l.st {
		case ok:
			w.pos += l.i
			return nil
		case bad:
			return w.unexpected(l.badAt, l.want)
		}
		if err := w.more(); err != nil {
			return err
		}
	}
}

// unexpected makes the error for the value that begins at bytes after pos.
func (w *Window) unexpected(at int, want string) error {
	if w.pos+at+8 > w.end && !w.eof { // enough for a word
		if err := w.fill(); err != nil {
			return err
		}
	}
	return w.errorAt(w.pos+at, want, describe(w.buf[min(w.pos+at, w.end):w.end]))
}

// more fills the window after a step reached its end.
func (w *Window) more() error {
	if w.eof {
		return w.errorAt(w.end, "the rest of the JSON", "the end of the file")
	}
	return w.fill()
}

// stopped is the error for a reader that fails before the end.
func (w *Window) stopped(err error) error {
	return &disk.Error{File: w.file, What: fmt.Sprintf("cannot read on at byte %d", w.base+int64(w.end)), Err: err, Fix: w.fix}
}

// ErrorIn makes the error for a value that the current step has captured.
func (w *Window) ErrorIn(v Span, want, got string) error {
	return w.errorAt(w.pos+int(v.from), want, got)
}

// WrongDocument makes the error for JSON that is sound, and not what was wanted.
func (w *Window) WrongDocument(want, got, fix string) error { return fault(w.file, 0, want, got, fix) }

// errorAt makes the error for buf[at].
func (w *Window) errorAt(at int, want, got string) error {
	e := fault(w.file, w.base+int64(at), want, got, w.fix)
	e.Place.Path = pathAt(w.section, w.top, w.buf[w.pos:w.end], at-w.pos)
	return e
}
