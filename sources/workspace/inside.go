package workspace

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// maxLinks stops a chain of links that bites its tail.
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

// checkLocal tells why a name from a configuration cannot name a file inside the
// project; empty when it can.
func checkLocal(name string) string {
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
		return "", &FileError{Op: "use", Path: name, Err: errors.New(why)}
	}
	if why := checkLocal(name); why != "" {
		return outside(why)
	}
	realRoot, err := filepath.Abs(root)
	if err == nil {
		realRoot, err = filepath.EvalSymlinks(realRoot)
	}
	if err != nil {
		return "", fileError("open", root, err)
	}
	real, err := followLinks(filepath.Join(realRoot, filepath.FromSlash(name)))
	if err != nil {
		return "", fileError("open", name, err)
	}
	if rel, err := filepath.Rel(realRoot, real); err != nil || !filepath.IsLocal(rel) {
		return outside("a link leads out of the project, to " + real)
	}
	return real, nil
}
