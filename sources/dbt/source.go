package dbt

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"

	"darkroom/sources/disk"
)

// Options are the reader's hooks; both may be nil. They are called from the
// goroutine that loads.
type Options struct {
	// Progress gets the bytes read of the manifest, before unpacking, and how
	// many there are; total is 0 when unknown.
	Progress func(read, total int64)
	// Warn gets what is wrong with the artifacts next to the manifest. They are
	// left out; the project is still loaded.
	Warn func(error)
}

func (o Options) warn(err error) {
	if o.Warn != nil {
		o.Warn(err)
	}
}

// counter counts the bytes that leave a reader.
type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// open puts a window over r. Gzip is recognized by its first bytes, not by the name.
func open(ctx context.Context, r io.Reader, total int64, name, fix string, opt Options, window int) (*window, error) {
	raw := &counter{r: r}
	head := bufio.NewReaderSize(raw, 4096)
	magic, err := head.Peek(2)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, &disk.Error{File: name, What: "cannot be read at byte 0", Err: err}
	}
	var text io.Reader = head
	if bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		if text, err = gzip.NewReader(head); err != nil {
			return nil, &disk.Error{File: name, What: "a broken gzip file at byte 0", Err: err, Fix: fix}
		}
	}
	w := newWindow(ctx, text, name, fix, window)
	if opt.Progress != nil {
		w.tick = func() { opt.Progress(raw.n, total) }
	}
	return w, nil
}
