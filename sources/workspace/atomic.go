package workspace

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// maxFile is the most that is read of a file of this package; far above any
// honest one.
const maxFile = 256 << 20

// WriteFileAtomic replaces a file as a whole: after a crash or on a full disk
// there is the old file or the new one, nothing between. expectOld is what the
// caller read, nil when there was no file; when the disk says otherwise nothing
// is written and the error is a [*ChangedError]. Mode and links are kept (the
// file that a link names is replaced), missing folders are made, a file that may
// not be written is left alone, and one that has the content already is not
// touched. Other failures are a [*FileError].
func WriteFileAtomic(path string, data, expectOld []byte) error {
	target, err := followLinks(path)
	if err != nil {
		return fileError("write", path, err)
	}
	old, err := readFile(target)
	switch {
	case err != nil:
		return fileError("write", path, err)
	case (old == nil) != (expectOld == nil), !bytes.Equal(old, expectOld):
		return &ChangedError{Path: path, Gone: old == nil, New: expectOld == nil}
	case old != nil && bytes.Equal(old, data):
		return nil
	}
	if old != nil {
		// A rename needs no right to write the file itself; somebody who took
		// that right away meant it.
		f, err := os.OpenFile(target, os.O_WRONLY, 0)
		if err != nil {
			return fileError("write", path, err)
		}
		f.Close()
	} else if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return fileError("write", path, err)
	}
	if err := replaceFile(target, data); err != nil {
		return fileError("write", path, err)
	}
	return nil
}

// readFile is the content of a plain file, nil when there is none.
func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular(): // a pipe would block for ever
		return nil, &fs.PathError{Op: "read", Path: path, Err: errors.New("not a plain file")}
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(data) > maxFile {
		err = fmt.Errorf("larger than %d MiB", maxFile>>20)
	}
	return data, err
}

// ReadInside reads a file of the project, nil when there is none; see [Inside].
func ReadInside(root, name string) ([]byte, error) {
	path, err := Inside(root, name)
	if err != nil {
		return nil, err
	}
	data, err := readFile(path)
	if err != nil {
		return nil, fileError("read", name, err)
	}
	return data, nil
}

// WriteInside is [WriteFileAtomic] for a file of the project; see [Inside].
func WriteInside(root, name string, data, expectOld []byte) error {
	path, err := Inside(root, name)
	if err != nil {
		return err
	}
	return WriteFileAtomic(path, data, expectOld)
}
