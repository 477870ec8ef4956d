// Package piped gives a command what comes on standard input as a file: readers look at a
// file more than once.
//
// Not here: which words mean standard input (ui/cli).
package piped

import (
	"cmp"
	"io"
	"os"
	"path/filepath"
)

// File copies a stream into a file of its own folder; remove takes both away.
func File(in io.Reader, name string) (file string, remove func(), err error) {
	dir, err := os.MkdirTemp("", "darkroom-stdin-")
	if err != nil {
		return "", nil, err
	}
	remove = func() { _ = os.RemoveAll(dir) } // the system empties its folder in the end
	file = filepath.Join(dir, name)
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err == nil {
		_, err = io.Copy(f, in)
		err = cmp.Or(err, f.Close())
	}
	if err != nil {
		remove()
		return "", nil, err
	}
	return file, remove, nil
}
