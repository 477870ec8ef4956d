// Package disktest has what tests of files need: a file is written, read or the test
// ends.
package disktest

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// Must ends the test with an error.
func Must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Read is the text of a file below root, empty when there is none.
func Read(t testing.TB, root, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, name))
	if !errors.Is(err, os.ErrNotExist) {
		Must(t, err)
	}
	return string(data)
}

// Write makes a file below root, with its folders.
func Write(t testing.TB, root, name, text string) {
	t.Helper()
	Must(t, os.MkdirAll(filepath.Join(root, filepath.Dir(name)), 0o755))
	Must(t, os.WriteFile(filepath.Join(root, name), []byte(text), 0o644))
}
