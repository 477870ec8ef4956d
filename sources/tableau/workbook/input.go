package workbook

import (
	"context"
	"fmt"
	"io"
	"strings"

	"darkroom/sources/disk"
)

// maxToken bounds one tag or one run of text; the XML reader holds a token in
// memory. The largest honest ones are pictures in base64.
const maxToken = 16 << 20

// input feeds the XML reader byte by byte and watches over what it costs.
type input struct {
	ctx    context.Context
	r      io.Reader
	buf    []byte
	at, n  int
	read   int64  // bytes that have been brought into buf
	limit  int64  // of this file
	total  *int64 // of all files
	packed int64  // size in the archive, 0 outside of one
	since  int64  // where the current token began
	err    error
}

func newInput(l *loader, r io.Reader, packed int64) *input {
	return &input{ctx: l.ctx, r: r, buf: make([]byte, 64<<10), limit: l.maxBytes(), total: &l.left, packed: packed}
}

// token says that a new token begins.
func (in *input) token() { in.since = in.read - int64(in.n-in.at) }

func (in *input) ReadByte() (byte, error) {
	if in.at == in.n {
		if err := in.fill(); err != nil {
			return 0, err
		}
	}
	c := in.buf[in.at]
	in.at++
	return c, nil
}

// Read serves the XML reader's type; it reads bytes only.
func (in *input) Read(p []byte) (int, error) {
	if in.at == in.n {
		if err := in.fill(); err != nil {
			return 0, err
		}
	}
	n := copy(p, in.buf[in.at:in.n])
	in.at += n
	return n, nil
}

// peek gives the first bytes without taking them.
func (in *input) peek() []byte {
	if in.at == in.n && in.fill() != nil {
		return nil
	}
	return in.buf[in.at:in.n]
}

func (in *input) fill() error {
	if in.err == nil {
		in.err = in.check()
	}
	if in.err != nil {
		return in.err
	}
	in.at, in.n = 0, 0
	for in.n == 0 && in.err == nil {
		in.n, in.err = in.r.Read(in.buf)
	}
	in.read += int64(in.n)
	*in.total -= int64(in.n)
	if in.n > 0 {
		return nil
	}
	return in.err
}

// check looks at every bound once per buffer.
func (in *input) check() error {
	switch {
	case in.ctx.Err() != nil:
		return in.ctx.Err()
	case in.read > in.limit:
		return &trouble{fmt.Sprintf("more than %d MB of XML", in.limit>>20), tooLongFix}
	case *in.total < 0:
		return &trouble{"the files of this folder are more than may be read together", "split the folder"}
	case in.packed > 0 && disk.TooPacked(in.read, in.packed):
		return &trouble{disk.ErrBomb.Error(), bombFix}
	case in.read-in.since > maxToken:
		return tokenTooLong()
	}
	return nil
}

func tokenTooLong() *trouble {
	return &trouble{fmt.Sprintf("one tag or text is longer than %d MB", maxToken>>20), "a workbook does not look like this; save it again in Tableau"}
}

const tooLongFix = "a workbook is never that long; save it again in Tableau"

// place is where in a path something is read.
type place struct{ file, entry string }

func (p place) fault(line int, what, fix string) *disk.Error {
	return &disk.Error{File: p.file, Place: placeIn(p.entry, line), What: what, Fix: fix}
}

func (p place) tooLong(limit int64) *disk.Error {
	return p.fault(0, fmt.Sprintf("more than %d MB of XML", limit>>20), tooLongFix)
}

// placeIn is a member of an archive and a line in it, each when known.
func placeIn(entry string, line int) disk.Place {
	var parts []string
	if entry != "" {
		parts = append(parts, fmt.Sprintf("in %q", clip(entry)))
	}
	if line > 0 {
		parts = append(parts, fmt.Sprintf("at line %d", line))
	}
	return disk.Place{Path: strings.Join(parts, ": ")}
}

// trouble is a finding of a reader that does not know where it reads.
type trouble struct{ what, fix string }

func (t *trouble) Error() string { return t.what }

func fault(file, what, fix string) *disk.Error {
	return &disk.Error{File: file, What: what, Fix: fix}
}

func failed(file, what string, err error, fix string) *disk.Error {
	return &disk.Error{File: file, What: what, Err: err, Fix: fix}
}

// clip shortens a text from a file for a message.
func clip(s string) string { return disk.ClipTo(strings.ToValidUTF8(s, "?"), 200) }
