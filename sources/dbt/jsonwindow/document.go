package jsonwindow

import "bytes"

// Document walks the root object: section is called with each key and must consume
// its value. Only white space may follow the root.
func (w *Window) Document(section func(key string) error) error {
	if err := w.begin(); err != nil {
		return err
	}
	for first := true; ; first = false {
		var key string
		more := false
		w.section, w.top = "", frame{}
		err := w.Try(func(l *Lexer) {
			var k []byte
			k, more = l.Key(first)
			key = string(k)
		})
		if err != nil {
			return err
		}
		if !more {
			return w.finish()
		}
		w.section = key
		if err := section(key); err != nil {
			return err
		}
	}
}

// begin consumes a byte-order mark and the root's bracket.
func (w *Window) begin() error {
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
	return w.Try(func(l *Lexer) {
		if l.peek(); l.st == ok && l.b[l.i] != '{' {
			l.fail(l.i, "a JSON object")
		}
		l.i++
	})
}

// finish reads to the end of the file, where only white space may follow. In a
// gzipped file this also checks the checksum.
func (w *Window) finish() error {
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

// Members walks an object: each is called with every key and must consume the
// value. null is an empty object. The key is valid during the call.
func (w *Window) Members(each func(l *Lexer, key []byte)) error {
	return w.container('{', "an object", func(l *Lexer, first bool) bool {
		key, more := l.Key(first)
		if more {
			each(l, key)
		}
		return more
	})
}

// Elements walks an array in the same way.
func (w *Window) Elements(each func(l *Lexer)) error {
	return w.container('[', "an array", func(l *Lexer, first bool) bool {
		more := l.Element(first)
		if more {
			each(l)
		}
		return more
	})
}

func (w *Window) container(open byte, want string, next func(l *Lexer, first bool) bool) error {
	more := false
	if err := w.Try(func(l *Lexer) { more = l.Enter(open, want) }); err != nil {
		return err
	}
	w.top = frame{array: open == '['}
	for first := true; more; first = false {
		if err := w.Try(func(l *Lexer) { more = next(l, first) }); err != nil {
			return err
		}
		if !first {
			w.top.index++ // of the element before the comma
		}
	}
	return nil
}

// Small consumes a complete small value, for gjson. The bytes are valid during the
// call.
func (w *Window) Small(use func(raw []byte)) error {
	return w.Try(func(l *Lexer) {
		if v := l.Value(); l.st == ok {
			use(l.Valid(v))
		}
	})
}

// Peek gives the first byte of the next value.
func (w *Window) Peek() (c byte, err error) {
	err = w.Try(func(l *Lexer) { c = l.peek() })
	return c, err
}

// Discard skips a value of any size without keeping it.
func (w *Window) Discard() error {
	c, err := w.Peek()
	if err != nil {
		return err
	}
	if c != '{' && c != '[' && c != '"' {
		return w.Try((*Lexer).Skip)
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
			e := fault(w.file, w.base+int64(w.pos+l.badAt), l.want, describe(l.b[l.badAt:l.badAt+1]), w.fix) // always a bracket
			e.Place.Path = w.section
			return e
		}
		if w.pos += l.i; l.st == ok {
			return nil
		}
		if err := w.more(); err != nil {
			return err
		}
	}
}
