// Package disktest has what tests of files need: a file is written, read or the test
// ends; what is packed; and a folder of files is a table of cases.
package disktest

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
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

// Files is the text of every file below root, by its name with slashes.
func Files(t testing.TB, root string) map[string]string {
	t.Helper()
	out := map[string]string{}
	Must(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(root, path)
		out[filepath.ToSlash(name)] = Read(t, root, name)
		return err
	}))
	return out
}

// Gzip packs a text.
func Gzip(t testing.TB, text []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, err := z.Write(text)
	Must(t, err)
	Must(t, z.Close())
	return out.Bytes()
}

// GzipBomb is a gigabyte in a megabyte of gzip: a head, then spaces.
func GzipBomb(t testing.TB, head string) []byte {
	t.Helper()
	spaces := Gzip(t, bytes.Repeat([]byte(" "), 32<<20))
	return append(Gzip(t, []byte(head)), bytes.Repeat(spaces, 32)...)
}

// EachCase runs a function on every .yml file of a folder and compares what it
// returns with the .out file of the same name. A new case is a new file; update
// writes the .out files.
func EachCase(t *testing.T, folder string, update bool, run func(t *testing.T, name string, data []byte) string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.yml"))
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".yml")
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(file)
			Must(t, err)
			got := run(t, name, data)
			out := strings.TrimSuffix(file, ".yml") + ".out"
			if update {
				Must(t, os.WriteFile(out, []byte(got), 0o644))
			}
			want, err := os.ReadFile(out)
			if diff := cmp.Diff(string(want), got); diff != "" || err != nil {
				t.Error(err, diff)
			}
		})
	}
}
