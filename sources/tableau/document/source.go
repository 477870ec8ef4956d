package document

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"

	"darkroom/sources/disk"
)

// Source is where files are looked up and how large one may be. The zero value is
// the operating system's file system.
type Source struct {
	disk.Files
	MaxBytes int64 // of one file, uncompressed; 0 is 1 GiB
}

const (
	defaultMaxBytes = 1 << 30
	maxGuess        = 256 << 20 // of the first allocation
)

// Open brings one file into memory and checks it.
func (in Source) Open(ctx context.Context, file string) (Document, error) {
	text, err := in.readText(ctx, file)
	if err != nil {
		return Document{}, err
	}
	return parse(file, text)
}

// Read checks one file that is in memory.
func Read(ctx context.Context, file string, data []byte) (Document, error) {
	text, err := unpack(ctx, file, bytes.NewReader(data), int64(len(data)), defaultMaxBytes)
	if err != nil {
		return Document{}, err
	}
	return parse(file, text)
}

func (in Source) readText(ctx context.Context, path string) (string, error) {
	f, size, err := in.Files.Open(path)
	if err != nil {
		return "", Failed(path, "cannot be opened", err, "check the path")
	}
	defer f.Close()
	return unpack(ctx, path, f, size, in.limit())
}

func (in Source) limit() int64 {
	if in.MaxBytes <= 0 {
		return defaultMaxBytes
	}
	return in.MaxBytes
}

// unpack returns the file's text, unpacked when it starts like gzip. size is that of
// the file.
func unpack(ctx context.Context, path string, f io.Reader, size, limit int64) (string, error) {
	r, packed, err := textOf(f)
	switch {
	case err != nil:
		return "", gzipFault(path, err)
	case packed:
		size = max(size*8, min(unpackedSize(f), size*disk.MaxRatio))
	}
	var out strings.Builder
	out.Grow(int(min(size, limit, maxGuess)))
	n, err := io.Copy(&out, &ctxReader{ctx, io.LimitReader(r, limit+1)})
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err != nil && packed:
		return "", gzipFault(path, err)
	case err != nil:
		return "", Failed(path, "cannot be read", err, "")
	case n > limit:
		return "", Fault(path, fmt.Sprintf("more than %d MB of text", limit>>20),
			"split it: the pages of an answer can be in several files of one folder")
	}
	return out.String(), nil
}

// textOf unpacks a file that starts like gzip.
func textOf(f io.Reader) (text io.Reader, packed bool, err error) {
	in := bufio.NewReaderSize(f, 64<<10)
	if magic, _ := in.Peek(2); string(magic) != "\x1f\x8b" {
		return in, false, nil
	}
	text, err = disk.Gunzip(in)
	return text, true, err
}

// unpackedSize is what a gzip file says of itself in its last four bytes, 0 when it
// cannot be asked: a guess, so that a large text is not copied while it grows.
func unpackedSize(f io.Reader) int64 {
	at, ok := f.(io.ReaderAt)
	if !ok {
		return 0
	}
	var size int64
	switch f := f.(type) {
	case interface{ Size() int64 }: // bytes in memory
		size = f.Size()
	case interface{ Stat() (fs.FileInfo, error) }:
		info, err := f.Stat()
		if err != nil {
			return 0
		}
		size = info.Size()
	}
	var last [4]byte
	if _, err := at.ReadAt(last[:], size-int64(len(last))); err != nil {
		return 0
	}
	return int64(binary.LittleEndian.Uint32(last[:]))
}

func gzipFault(path string, err error) error {
	if errors.Is(err, disk.ErrBomb) {
		return Fault(path, err.Error(), "remove the file: no site packs like this")
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return Fault(path, "the gzip data ends in the middle", "copy the file again, or run darkroom sync")
	}
	return Fault(path, "the gzip data is damaged: "+err.Error(), "copy the file again, or run darkroom sync")
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

// List names the metadata files in a folder and in its subfolders.
func (in Source) List(folder string) (files []string, unlisted []error, err error) {
	return in.Files.List(folder, func(e fs.DirEntry) bool { return e.IsDir() || BaseName(e.Name()) != e.Name() })
}

// endings are those of metadata files, each also with .gz after it.
func endings() []string { return []string{".json", ".jsonl", ".ndjson"} }

// BaseName is the last part of path without the ending of a metadata file ("." stays).
func BaseName(path string) string {
	name := filepath.Base(filepath.ToSlash(path))
	lower := strings.TrimSuffix(strings.ToLower(name), ".gz")
	for _, ending := range endings() {
		if stem, ok := strings.CutSuffix(lower, ending); ok && stem != "" {
			return name[:len(stem)]
		}
	}
	return name
}
