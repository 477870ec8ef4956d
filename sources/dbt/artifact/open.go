package artifact

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"

	"darkroom/sources/dbt/jsonwindow"
	"darkroom/sources/disk"
)

// Open puts a window over r, which holds total bytes, for progress only; progress may be
// nil. Gzip is recognized by its first bytes, not by the name.
func Open(ctx context.Context, r io.Reader, total int64, name, fix string, progress func(read, total int64), window int) (*jsonwindow.Window, error) {
	raw := &disk.Counter{R: r}
	head := bufio.NewReaderSize(raw, 4096)
	magic, err := head.Peek(2)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, &disk.Error{File: name, What: "cannot be read at byte 0", Err: err}
	}
	var text io.Reader = head
	if bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		if text, err = disk.Gunzip(head); err != nil {
			return nil, &disk.Error{File: name, What: "a broken gzip file at byte 0", Err: err, Fix: fix}
		}
	}
	w := jsonwindow.New(ctx, text, name, fix, window)
	if progress != nil {
		w.Tick = func() { progress(raw.N, total) }
	}
	return w, nil
}
