package disk

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// maxFile is the most that is read of one file; far above any real one.
const maxFile = 256 << 20

// WriteFileAtomic replaces a file as a whole: after a crash or on a full disk
// there is the old file or the new one, nothing between. expectOld is what the
// caller read, nil when there was no file; when the disk says otherwise nothing
// is written and the error is [ErrChanged]. Mode and links are kept (the
// file that a link names is replaced), missing folders are made, a file that may
// not be written is left alone, and one that has the content already is not
// touched. Temporary files of writers that were killed are removed. Other failures are an [*Error], too.
func WriteFileAtomic(path string, data, expectOld []byte) error {
	target, err := followLinks(path)
	if err != nil {
		return Failed("write", path, err)
	}
	old, err := ReadFile(target)
	switch {
	case err != nil:
		return Failed("write", path, err)
	case (old == nil) != (expectOld == nil), !bytes.Equal(old, expectOld):
		return Changed(path, old == nil, expectOld == nil)
	case old != nil && bytes.Equal(old, data):
		return nil
	}
	if old != nil {
		// A rename needs no permission to write the file itself; if that permission was
		// taken away, it was meant.
		f, err := os.OpenFile(target, os.O_WRONLY, 0)
		if err != nil {
			return Failed("write", path, err)
		}
		f.Close()
	} else if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return Failed("write", path, err)
	}
	sweep(target, stale)
	if err := replaceFile(target, data); err != nil {
		return Failed("write", path, err)
	}
	return nil
}

// ReadFile is the content of a plain file of a bounded size, nil when there is none.
func ReadFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular(): // a pipe would block
		return nil, &fs.PathError{Op: "read", Path: path, Err: errors.New("not a plain file")}
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	read := bytes.NewBuffer(make([]byte, 0, min(info.Size(), maxFile)+bytes.MinRead))
	_, err = read.ReadFrom(io.LimitReader(f, maxFile+1))
	data := read.Bytes()
	if err == nil && len(data) > maxFile {
		err = fmt.Errorf("larger than %d MiB", maxFile>>20)
	}
	return data, err
}

// MakeFile makes a file that is not there yet, and its folder.
func MakeFile(path, text string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return os.WriteFile(path, []byte(text), 0o644)
	}
	return nil
}
