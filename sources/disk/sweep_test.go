package disk

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"darkroom/sources/disk/disktest"
)

// Only files with our kind of name are removed: old ones by a write, beside the file that a
// link names, and all by Sweep.
func TestSweep(t *testing.T) {
	root := t.TempDir()
	names := []string{
		".f.yml5577006791947779410", ".f.yml20261130", ".f.yml", "f.yml5577006791947779410", ".f.yml5577006791947779410x",
		".g.yml5577006791947779410", ".f.yml5577006791947779411",
	}
	for _, name := range names {
		disktest.Write(t, root, "real/"+name, "half")
	}
	disktest.Must(t, os.Mkdir(filepath.Join(root, "real", ".f.yml1234567890123456789"), 0o755))
	disktest.Must(t, os.Symlink("real/f.yml", filepath.Join(root, "link.yml")))
	old := time.Now().Add(-2 * time.Hour)
	disktest.Must(t, os.Chtimes(filepath.Join(root, "real", names[0]), old, old))
	left := func() (out []string) {
		list, err := os.ReadDir(filepath.Join(root, "real"))
		disktest.Must(t, err)
		for _, e := range list {
			out = append(out, e.Name())
		}
		return out
	}
	Sweep(root, "nothing/there.yml")
	Sweep(root, "../out.yml")
	disktest.Must(t, WriteFileAtomic(filepath.Join(root, "link.yml"), []byte("whole"), nil))
	if got := left(); slices.Contains(got, names[0]) || len(got) != len(names)+1 {
		t.Errorf("left: %q", got)
	}
	Sweep(root, "real/f.yml")
	if got := left(); slices.Contains(got, names[6]) || len(got) != len(names) {
		t.Errorf("left: %q", got)
	}
}
