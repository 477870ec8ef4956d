package document

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"

	"github.com/tidwall/gjson"

	"darkroom/sources/dbt/jsonwindow"
)

// Stream walks through a file once without having all of it in memory. It is for files
// that are as they should be: it knows no places of faults, and refuses some files that
// could be read. After any error, Source.Open reads the file or says what is wrong.
type Stream struct {
	w       *jsonwindow.Window
	names   names
	batches [batches]batch // of a list
}

// errStrange is what a Stream leaves to Source.Open.
var errStrange = errors.New("not a file that can be read as a stream")

// Strange is the error with which the reader of a stream leaves a file to Source.Open.
func (s *Stream) Strange() error { return errStrange }

// Stream opens a file; done closes it, after an error it is closed.
func (in Source) Stream(ctx context.Context, file string) (s *Stream, done func(), err error) {
	f, _, err := in.Files.Open(file)
	if err != nil {
		return nil, nil, err
	}
	if s, err = streamOf(ctx, f, in.limit()); err != nil {
		f.Close()
	}
	return s, func() { f.Close() }, err
}

// StreamBytes is Stream for a file that is in memory.
func StreamBytes(ctx context.Context, data []byte) (*Stream, error) {
	return streamOf(ctx, bytes.NewReader(data), defaultMaxBytes)
}

func streamOf(ctx context.Context, f io.Reader, limit int64) (*Stream, error) {
	text, _, err := textOf(f)
	if err != nil {
		return nil, err
	}
	return &Stream{w: jsonwindow.New(ctx, &bounded{text, limit}, "", "", jsonwindow.DefaultSize)}, nil
}

// bounded fails where a text is longer than left.
type bounded struct {
	r    io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, errStrange
	}
	return n, err
}

// Root calls fn with each member of the root, which reads it with Value, or with Object
// and List down to its entries.
func (s *Stream) Root(fn func(name string) error) error {
	return s.w.Document(func(name string) error {
		if strange(name) {
			return errStrange
		}
		return fn(name)
	})
}

// Object is Root for a member that is an object.
func (s *Stream) Object(fn func(name string) error) error {
	more := false
	if err := s.is('{'); err != nil {
		return err
	}
	err := s.w.Try(func(l *jsonwindow.Lexer) { more = l.Enter('{', "") })
	for first := true; err == nil && more; first = false {
		var name string
		err = s.w.Try(func(l *jsonwindow.Lexer) {
			var key []byte
			key, more = l.Key(first)
			name = string(key)
		})
		if err == nil && more && strange(name) {
			err = errStrange
		}
		if err == nil && more {
			err = fn(name)
		}
	}
	return err
}

// strange reports names with characters that are never used, which the window does not check.
func strange(name string) bool {
	return strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0xfffd })
}

// is looks at the first byte of the next value.
func (s *Stream) is(first byte) error {
	c, err := s.w.Peek()
	if err == nil && c != first {
		err = errStrange
	}
	return err
}

// Value reads a value as a whole; depth is how many objects and lists it is in.
func (s *Stream) Value(depth int) (v gjson.Result, err error) {
	deep := false
	err = s.w.Small(func(raw []byte) {
		if deep = TooDeep(raw, maxDepth-depth) >= 0; !deep {
			v = gjson.ParseBytes(raw)
		}
	})
	if deep {
		err = errStrange
	}
	return v, err
}
