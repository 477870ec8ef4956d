package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// Own is [Inside] for a file that is darkroom's alone, such as a journal: a link in its
// place could be used to have another file overwritten.
func Own(root, name string) (string, error) {
	path, err := Inside(root, name)
	if err != nil {
		return "", err
	}
	if err := noLink(filepath.Join(root, filepath.FromSlash(name))); err != nil {
		return "", Failed("use", name, err)
	}
	return path, nil
}

func noLink(path string) error {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case info.Mode()&fs.ModeSymlink != 0:
		return errors.New("it is a link; delete it")
	}
	return nil
}

// OpenOwn opens a file that is written bit by bit, made with its folder when it is not
// there; see [Own].
func OpenOwn(path string, flag int, perm fs.FileMode) (*os.File, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	if err := noLink(path); err != nil {
		return nil, &fs.PathError{Op: "open", Path: path, Err: err}
	}
	return os.OpenFile(path, flag|os.O_CREATE, perm)
}

// AppendOwn adds to the end of a file of the project and waits until the disk has it;
// see [Own].
func AppendOwn(root, name string, data []byte) error {
	path, err := Own(root, name)
	if err != nil {
		return err
	}
	f, err := OpenOwn(path, os.O_WRONLY|os.O_APPEND, 0o644)
	if err == nil {
		_, err = f.Write(data)
		err = errors.Join(err, f.Sync(), f.Close())
	}
	if err != nil {
		return Failed("write", name, err)
	}
	return nil
}

// Lock takes the lock that a file is for, unless another process has it; see [Own].
func Lock(path string) (lock *flock.Flock, ok bool, err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, false, err
	}
	if err := noLink(path); err != nil {
		return nil, false, &fs.PathError{Op: "lock", Path: path, Err: err}
	}
	lock = flock.New(path, flock.SetPermissions(0o644))
	ok, err = lock.TryLock()
	return lock, ok, err
}

// Remove deletes a file, or a link without what it names. There may be none.
func Remove(path string) error {
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
