package disk

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// Files is where files are looked up. The zero value is the operating system's file system.
type Files struct{ FS fs.FS }

// Stat describes a file or a folder.
func (f Files) Stat(path string) (fs.FileInfo, error) {
	if f.FS != nil {
		return fs.Stat(f.FS, path)
	}
	return os.Stat(path)
}

// Open gives a file and its size. It refuses pipes and devices, which could block for ever.
func (f Files) Open(path string) (file fs.File, size int64, err error) {
	info, err := f.Stat(path)
	if err != nil {
		return nil, 0, err
	}
	if !info.Mode().IsRegular() {
		return nil, 0, errNotRegular
	}
	if f.FS != nil {
		file, err = f.FS.Open(path)
	} else {
		file, err = os.Open(path)
	}
	return file, info.Size(), err
}

var errNotRegular = errors.New("not a regular file")

// Open gives a file or a folder. It refuses pipes and devices by their names, as
// [Files.Open] does, but not what the process has open already: a shell's <(…), which is
// /dev/fd/63, can be read once.
func Open(path string) (*os.File, error) {
	clean := filepath.ToSlash(filepath.Clean(path))
	isOpen := clean == "/dev/stdin" || strings.HasPrefix(clean, "/dev/fd/") || strings.HasPrefix(clean, "/proc/self/fd/")
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() && !info.IsDir() && !isOpen {
		return nil, errNotRegular
	}
	return os.Open(path)
}

// List names the files in a folder and in its subfolders, each folder's sorted by name and
// before those of its subfolders. wanted chooses files and subfolders; hidden ones, and
// links to folders, do not count. A subfolder that cannot be listed is an error of its own.
func (f Files) List(folder string, wanted func(fs.DirEntry) bool) (files []string, unlisted []error, err error) {
	join, read := filepath.Join, os.ReadDir
	if f.FS != nil {
		join = path.Join
		read = func(name string) ([]fs.DirEntry, error) { return fs.ReadDir(f.FS, name) }
	}
	entries, err := read(folder)
	if err != nil {
		return nil, nil, &Error{File: folder, What: "cannot be listed", Err: err, Fix: "check the folder's permissions"}
	}
	var below []string
	for _, entry := range entries {
		name := entry.Name()
		switch {
		case strings.HasPrefix(name, ".") || !wanted(entry):
		case entry.IsDir():
			below = append(below, join(folder, name))
		default:
			files = append(files, join(folder, name))
		}
	}
	for _, sub := range below {
		more, errs, err := f.List(sub, wanted)
		files, unlisted = append(files, more...), append(unlisted, errs...)
		if err != nil {
			unlisted = append(unlisted, err)
		}
	}
	return files, unlisted, nil
}
