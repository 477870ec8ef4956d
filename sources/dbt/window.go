package dbt

import (
	"bytes"
	"context"
	"errors"
	"io"
)

const (
	windowSize = 1 << 20
	// maxEntry bounds the memory that a single hostile entry can claim.
	maxEntry = 256 << 20
)

// window is a sliding view of a JSON text. Its unit of work is a step: a function
// that consumes one thing, a section's name or a whole entry. A step that meets
// the end of the window is run again on a longer one, so steps must leave no trace
// unless the status is ok. The largest entry decides the memory, not the file.
type window struct {
	ctx  context.Context
	file string
	cure string
	r    io.Reader
	tick func() // after each read

	buf      []byte
	pos, end int   // buf[pos:end] is read and not consumed
	base     int64 // offset of buf[0] in the text
	eof      bool

	lex     lexer
	section string // prefix of error paths
	top     frame  // the container whose members the steps consume
}

func newWindow(ctx context.Context, r io.Reader, file, cure string, size int) *window {
	return &window{ctx: ctx, file: file, cure: cure, r: r, tick: func() {}, buf: make([]byte, size)}
}

// fill drops what is consumed and reads until the window is full.
func (w *window) fill() error {
	if w.end == len(w.buf) && w.pos == 0 {
		if len(w.buf) >= maxEntry {
			return w.errorAt(w.pos, "an entry of at most 256 MB", "a larger one")
		}
		w.move(make([]byte, 2*len(w.buf)))
	} else {
		w.move(w.buf)
	}
	for idle := 0; w.end < len(w.buf); {
		if err := w.ctx.Err(); err != nil {
			return err
		}
		n, err := w.r.Read(w.buf[w.end:])
		w.end += n
		w.tick()
		if errors.Is(err, io.EOF) {
			w.eof = true
			return nil
		}
		if err != nil {
			return &Error{File: w.file, Offset: w.base + int64(w.end), Got: "cannot read on", Err: err}
		}
		if idle++; n > 0 {
			idle = 0
		} else if idle == 100 {
			return &Error{File: w.file, Offset: w.base + int64(w.end), Got: "cannot read on", Err: io.ErrNoProgress}
		}
	}
	return nil
}

func (w *window) move(to []byte) {
	w.base += int64(w.pos)
	w.end = copy(to, w.buf[w.pos:w.end])
	w.pos, w.buf = 0, to
}

// try runs step until it fits into the window, and consumes what it took.
func (w *window) try(step func(l *lexer)) error {
	l := &w.lex
	for {
		l.b, l.i, l.st = w.buf[w.pos:w.end:w.end], 0, ok
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

// unexpected makes the error for the value that begins so many bytes behind pos.
func (w *window) unexpected(at int, want string) error {
	if w.pos+at+8 > w.end && !w.eof { // enough for a word
		if err := w.fill(); err != nil {
			return err
		}
	}
	return w.errorAt(w.pos+at, want, describe(w.buf[min(w.pos+at, w.end):w.end]))
}

// more fills the window after a step came up short.
func (w *window) more() error {
	if w.eof {
		return w.errorAt(w.end, "the rest of the JSON", "the end of the file")
	}
	return w.fill()
}

// errorAt makes the error for buf[at].
func (w *window) errorAt(at int, want, got string) error {
	e := &Error{File: w.file, Offset: w.base + int64(at), Want: want, Got: got, Cure: w.cure}
	e.Path = pathAt(w.section, w.top, w.buf[w.pos:w.end], at-w.pos)
	return e
}

// document walks the root object: section is called with each key and has to
// consume its value. Only white space may follow the root.
func (w *window) document(section func(key string) error) error {
	if err := w.open(); err != nil {
		return err
	}
	for first := true; ; first = false {
		var key string
		more := false
		w.section, w.top = "", frame{}
		err := w.try(func(l *lexer) {
			var k []byte
			k, more = l.key(first)
			key = string(k)
		})
		if err != nil {
			return err
		}
		if !more {
			return w.close()
		}
		w.section = key
		if err := section(key); err != nil {
			return err
		}
	}
}

// open consumes a byte-order mark and the root's bracket.
func (w *window) open() error {
	if err := w.fill(); err != nil {
		return err
	}
	w.pos += len(w.buf[:w.end]) - len(bytes.TrimPrefix(w.buf[:w.end], []byte("\xef\xbb\xbf")))
	head := bytes.TrimLeft(w.buf[w.pos:w.end], " \t\r\n")
	switch {
	case len(head) == 0 && w.eof:
		return w.errorAt(w.end, "a JSON object", "an empty file")
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return w.errorAt(w.pos, "UTF-8", "UTF-16")
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return w.errorAt(w.pos, "a JSON object", "a zip file")
	}
	return w.try(func(l *lexer) {
		if l.peek(); l.st == ok && l.b[l.i] != '{' {
			l.fail(l.i, "a JSON object")
		}
		l.i++
	})
}

// close reads to the end of the file, where nothing but white space may be. For a
// gzipped file this is what checks its sum.
func (w *window) close() error {
	w.section, w.top = "", frame{}
	for {
		rest := bytes.TrimLeft(w.buf[w.pos:w.end], " \t\r\n")
		w.pos = w.end - len(rest)
		if len(rest) > 0 {
			return w.unexpected(0, "the end of the file")
		}
		if w.eof {
			return nil
		}
		if err := w.fill(); err != nil {
			return err
		}
	}
}

// members walks an object: each is called with every key and has to consume the
// value. null is an empty object. The key is valid during the call.
func (w *window) members(each func(l *lexer, key []byte)) error {
	return w.container('{', "an object", func(l *lexer, first bool) bool {
		key, more := l.key(first)
		if more {
			each(l, key)
		}
		return more
	})
}

// elements walks an array, likewise.
func (w *window) elements(each func(l *lexer)) error {
	return w.container('[', "an array", func(l *lexer, first bool) bool {
		more := l.elem(first)
		if more {
			each(l)
		}
		return more
	})
}

func (w *window) container(open byte, want string, next func(l *lexer, first bool) bool) error {
	more := false
	if err := w.try(func(l *lexer) { more = l.enter(open, want) }); err != nil {
		return err
	}
	w.top = frame{array: open == '['}
	for first := true; more; first = false {
		if err := w.try(func(l *lexer) { more = next(l, first) }); err != nil {
			return err
		}
		if !first {
			w.top.index++ // of the element before the comma
		}
	}
	return nil
}

// small consumes a value that is wanted whole, for gjson. The bytes are valid
// during the call.
func (w *window) small(use func(raw []byte)) error {
	return w.try(func(l *lexer) {
		if v := l.value(); l.st == ok {
			use(l.valid(v))
		}
	})
}

// peek tells the first byte of the next value.
func (w *window) peek() (c byte, err error) {
	err = w.try(func(l *lexer) { c = l.peek() })
	return c, err
}

// discard jumps over a value of any size without keeping it.
func (w *window) discard() error {
	c, err := w.peek()
	if err != nil {
		return err
	}
	if c != '{' && c != '[' && c != '"' {
		return w.try((*lexer).skip)
	}
	l := &w.lex
	l.depth, l.inString = 0, c == '"'
	if l.inString {
		w.pos++
	}
	for {
		l.b, l.i, l.st = w.buf[w.pos:w.end:w.end], 0, ok
		l.skipOpen()
		if l.st == bad {
			return &Error{
				File: w.file, Path: w.section, Offset: w.base + int64(w.pos+l.badAt),
				Want: l.want, Got: describe(l.b[l.badAt : l.badAt+1]), Cure: w.cure, // always a bracket
			}
		}
		if w.pos += l.i; l.st == ok {
			return nil
		}
		if err := w.more(); err != nil {
			return err
		}
	}
}
