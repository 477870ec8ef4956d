package tableau

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
)

const (
	defaultMaxBytes = 1 << 30
	maxGuess        = 256 << 20 // of the first allocation
	maxRatio        = 1032      // of gzip
)

// read returns the file's text, unpacked when it starts like gzip.
func (opt Options) read(ctx context.Context, path string) (string, error) {
	f, size, err := opt.openRegular(path)
	if err != nil {
		return "", fault(path, "cannot be opened: "+reason(err), "check the path")
	}
	defer f.Close()

	in := bufio.NewReaderSize(f, 64<<10)
	var r io.Reader = in
	if magic, _ := in.Peek(2); string(magic) == "\x1f\x8b" {
		if r, err = gzip.NewReader(in); err != nil {
			return "", gzipFault(path, err)
		}
		size = max(size*8, min(unpackedSize(f), size*maxRatio))
	}
	limit := opt.MaxBytes
	if limit <= 0 {
		limit = defaultMaxBytes
	}
	var out strings.Builder
	out.Grow(int(min(size, limit, maxGuess)))
	n, err := io.Copy(&out, &ctxReader{ctx, io.LimitReader(r, limit+1)})
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err != nil && r != io.Reader(in):
		return "", gzipFault(path, err)
	case err != nil:
		return "", fault(path, "cannot be read: "+reason(err), "")
	case n > limit:
		return "", fault(path, fmt.Sprintf("more than %d MB of text", limit>>20),
			"split it: the pages of an answer can stand in several files of one folder")
	}
	return out.String(), nil
}

// openRegular refuses pipes and devices, which could block for ever.
func (opt Options) openRegular(path string) (f io.ReadCloser, size int64, err error) {
	info, err := opt.stat(path)
	if err != nil {
		return nil, 0, err
	}
	if !info.Mode().IsRegular() {
		return nil, 0, errors.New("not a regular file")
	}
	if opt.FS != nil {
		f, err = openFS(opt.FS, path)
	} else {
		f, err = os.Open(path)
	}
	return f, info.Size(), err
}

// unpackedSize is what a gzip file says of itself in its last four bytes, 0 when it
// cannot be asked: a guess, so that a large text is not copied while it grows.
func unpackedSize(f io.Reader) int64 {
	r, ok := f.(interface {
		io.ReaderAt
		Stat() (fs.FileInfo, error)
	})
	if !ok {
		return 0
	}
	info, err := r.Stat()
	var last [4]byte
	if err == nil {
		_, err = r.ReadAt(last[:], info.Size()-int64(len(last)))
	}
	if err != nil {
		return 0
	}
	return int64(binary.LittleEndian.Uint32(last[:]))
}

func openFS(fsys fs.FS, path string) (io.ReadCloser, error) { return fsys.Open(path) }

func gzipFault(path string, err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fault(path, "the gzip data ends in the middle", "copy the file again, or run darkroom sync")
	}
	return fault(path, "the gzip data is damaged: "+err.Error(), "copy the file again, or run darkroom sync")
}

// ctxReader ends a long copy when its context does.
type ctxReader struct {
	ctx context.Context
	r   io.Reader
}

func (c *ctxReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
