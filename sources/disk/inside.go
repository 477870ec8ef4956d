package disk

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// maxLinks stops a chain of links that ends in itself.
const maxLinks = 40

// followLinks is the file that a path really names, every link followed, also
// when the file or its folders do not exist yet.
func followLinks(path string) (string, error) { return followFrom(path, 0) }

func followFrom(path string, hops int) (string, error) {
	real, err := filepath.EvalSymlinks(path)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return real, err
	}
	dir := filepath.Dir(path)
	if dir == path {
		return path, nil
	}
	if dir, err = followFrom(dir, hops); err != nil {
		return "", err
	}
	path = filepath.Join(dir, filepath.Base(path))
	to, err := os.Readlink(path)
	if err != nil { // really nothing there
		return path, nil
	}
	if hops == maxLinks {
		return "", &fs.PathError{Op: "open", Path: path, Err: errors.New("too many links")}
	}
	if !filepath.IsAbs(to) {
		to = filepath.Join(dir, to)
	}
	return followFrom(to, hops+1)
}

// NotLocal says why a name from a configuration cannot name a file inside the
// project; empty when it can.
func NotLocal(name string) string {
	switch {
	case name == "":
		return "a file name is missing"
	case strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7f }):
		return "a file name cannot hold control characters"
	case strings.Contains(name, `\`):
		return "write paths with forward slashes"
	case !filepath.IsLocal(filepath.FromSlash(name)):
		return "the path has to be relative and inside the project"
	}
	return ""
}

// Inside is the real path of a file of the project whose name comes from a file
// (slashes, relative to root). It refuses names and links that lead out of root.
func Inside(root, name string) (string, error) {
	outside := func(why string) (string, error) {
		return "", &Error{Doing: "use", File: name, What: why}
	}
	if why := NotLocal(name); why != "" {
		return outside(why)
	}
	realRoot, err := filepath.Abs(root)
	if err == nil {
		realRoot, err = filepath.EvalSymlinks(realRoot)
	}
	if err != nil {
		return "", Failed("open", root, err)
	}
	real, err := followLinks(filepath.Join(realRoot, filepath.FromSlash(name)))
	if err != nil {
		return "", Failed("open", name, err)
	}
	rel, err := filepath.Rel(realRoot, real)
	if err != nil || !filepath.IsLocal(rel) {
		return outside("a link leads out of the project, to " + real)
	}
	for step := range strings.SplitSeq(filepath.ToSlash(rel), "/") {
		if strings.EqualFold(step, ".git") { // a file there can make git run a program
			return outside("this is git's own folder")
		}
	}
	return real, nil
}

// ReadInside reads a file of the project, nil when there is none; see [Inside].
func ReadInside(root, name string) ([]byte, error) {
	path, err := Inside(root, name)
	if err != nil {
		return nil, err
	}
	data, err := ReadFile(path)
	if err != nil {
		return nil, Failed("read", name, err)
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

// RemoveInside deletes a file of the project, and the folders that are empty
// without it. A link is left alone together with what it names.
func RemoveInside(root, name string) error {
	real, err := Inside(root, name)
	if err != nil {
		return err
	}
	file := filepath.Join(root, filepath.FromSlash(name))
	if info, err := os.Lstat(file); err != nil || !info.Mode().IsRegular() {
		return Failed("remove", name, errors.New("it is a link; delete it yourself"))
	}
	if err := os.Remove(real); err != nil {
		return Failed("remove", name, err)
	}
	syncFolder(filepath.Dir(real))
	for dir := path.Dir(name); strings.Contains(dir, "/"); dir = path.Dir(dir) {
		folder := filepath.Join(root, filepath.FromSlash(dir))
		if info, err := os.Lstat(folder); err != nil || !info.IsDir() || os.Remove(folder) != nil {
			break // a link, or not empty
		}
	}
	return nil
}
