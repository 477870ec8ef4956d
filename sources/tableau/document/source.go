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
	"os"
	"path/filepath"
	"strings"

	"darkroom/sources/disk"
)

// Source is where files are looked up and how large one may be. The zero value is
// the operating system's file system.
type Source struct {
	FS       fs.FS
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
	return Parse(file, text)
}

// Read checks one file that is in memory.
func Read(ctx context.Context, file string, data []byte) (Document, error) {
	text, err := unpack(ctx, file, bytes.NewReader(data), int64(len(data)), defaultMaxBytes)
	if err != nil {
		return Document{}, err
	}
	return Parse(file, text)
}

func (in Source) readText(ctx context.Context, path string) (string, error) {
	f, size, err := in.openRegular(path)
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

// openRegular refuses pipes and devices, which could block for ever.
func (in Source) openRegular(path string) (f io.ReadCloser, size int64, err error) {
	info, err := in.Stat(path)
	if err != nil {
		return nil, 0, err
	}
	if !info.Mode().IsRegular() {
		return nil, 0, errors.New("not a regular file")
	}
	if in.FS != nil {
		f, err = openFS(in.FS, path)
	} else {
		f, err = os.Open(path)
	}
	return f, info.Size(), err
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

func openFS(fsys fs.FS, path string) (io.ReadCloser, error) { return fsys.Open(path) }

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

func (in Source) Stat(path string) (fs.FileInfo, error) {
	if in.FS != nil {
		return fs.Stat(in.FS, path)
	}
	return os.Stat(path)
}

// List names the metadata files in a folder and in its subfolders, each folder's
// sorted by name and before those of its subfolders. Hidden files and folders, and links to
// folders, do not count. A subfolder that cannot be listed is an error of its own.
func (in Source) List(folder string) (files []string, unlisted []error, err error) {
	join, read := filepath.Join, os.ReadDir
	if in.FS != nil {
		join = func(parts ...string) string { return strings.TrimPrefix(strings.Join(parts, "/"), "./") }
		read = func(name string) ([]fs.DirEntry, error) { return fs.ReadDir(in.FS, name) }
	}
	entries, err := read(folder)
	if err != nil {
		return nil, nil, Failed(folder, "cannot be listed", err, "check the folder's permissions")
	}
	var below []string
	for _, entry := range entries {
		name := entry.Name()
		switch {
		case strings.HasPrefix(name, "."):
		case entry.IsDir():
			below = append(below, join(folder, name))
		case BaseName(name) != name:
			files = append(files, join(folder, name))
		}
	}
	for _, sub := range below {
		more, errs, err := in.List(sub)
		files, unlisted = append(files, more...), append(unlisted, errs...)
		if err != nil {
			unlisted = append(unlisted, err)
		}
	}
	return files, unlisted, nil
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
