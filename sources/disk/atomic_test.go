package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"darkroom/sources/disk/disktest"
)

func TestWriteFileAtomic(t *testing.T) {
	for _, c := range []struct {
		name           string
		disk, old, new string // "-" is no file
		changed        bool
	}{
		{"new", "-", "-", "x", false},
		{"new and empty", "-", "-", "", false},
		{"replaced", "a", "a", "b", false},
		{"emptied", "a", "a", "", false},
		{"same", "a", "a", "a", false},
		{"changed meanwhile", "b", "a", "c", true},
		{"changed to what we want", "c", "a", "c", true},
		{"removed meanwhile", "-", "a", "c", true},
		{"created meanwhile", "b", "-", "c", true},
		{"created empty meanwhile", "", "-", "c", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			root := t.TempDir()
			path := filepath.Join(root, "deep", "er", "f.yml")
			if c.disk != "-" {
				disktest.Write(t, root, "deep/er/f.yml", c.disk)
			}
			var old []byte
			if c.old != "-" {
				old = []byte(c.old)
			}
			err := WriteFileAtomic(path, []byte(c.new), old)
			if errors.Is(err, ErrChanged) != c.changed || (err != nil) != c.changed {
				t.Fatal(err)
			}
			want := c.new
			if c.changed {
				want = strings.TrimPrefix(c.disk, "-")
				if strings.Contains(err.Error(), "removed") != (c.disk == "-") || strings.Contains(err.Error(), "created") != (c.old == "-") || !strings.Contains(err.Error(), path) {
					t.Error(err)
				}
			}
			got, err := os.ReadFile(path)
			if string(got) != want || (err != nil) != (c.changed && c.disk == "-") {
				t.Errorf("%q %v, want %q", got, err, want)
			}
			if left, _ := filepath.Glob(filepath.Join(root, "deep", "er", ".f*")); len(left) > 0 {
				t.Error("left behind", left)
			}
		})
	}
}

func TestWriteKeepsModeAndLink(t *testing.T) {
	root := t.TempDir()
	disktest.Write(t, root, "real/f.yml", "a")
	disktest.Must(t, os.Chmod(filepath.Join(root, "real/f.yml"), 0o640))
	link := filepath.Join(root, "link.yml")
	disktest.Must(t, os.Symlink("real/f.yml", link))
	disktest.Must(t, WriteFileAtomic(link, []byte("b"), []byte("a")))
	info, err := os.Lstat(link)
	disktest.Must(t, err)
	real, err := os.Stat(filepath.Join(root, "real/f.yml"))
	disktest.Must(t, err)
	if info.Mode()&fs.ModeSymlink == 0 || real.Mode().Perm() != 0o640 || disktest.Read(t, root, "real/f.yml") != "b" {
		t.Errorf("link %v, file %v %q", info.Mode(), real.Mode(), disktest.Read(t, root, "real/f.yml"))
	}
	disktest.Must(t, os.Symlink("later/g.yml", filepath.Join(root, "dangling.yml")))
	disktest.Must(t, WriteFileAtomic(filepath.Join(root, "dangling.yml"), []byte("c"), nil))
	if disktest.Read(t, root, "later/g.yml") != "c" {
		t.Error("a link to a file that is still to be made")
	}
}

func TestNotAPlainFile(t *testing.T) {
	root := t.TempDir()
	disktest.Write(t, root, "file", "")
	disktest.Must(t, os.Symlink("b", filepath.Join(root, "a")))
	disktest.Must(t, os.Symlink("a", filepath.Join(root, "b")))
	for _, name := range []string{".", "file/below", "a", "a/below"} {
		var fe *Error
		if err := WriteFileAtomic(filepath.Join(root, name), []byte("x"), nil); !errors.As(err, &fe) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestInside(t *testing.T) {
	root, outside := t.TempDir(), t.TempDir()
	disktest.Write(t, outside, "secret", "s")
	disktest.Must(t, os.MkdirAll(filepath.Join(root, "models"), 0o755))
	for link, to := range map[string]string{
		"models/out": outside, "models/file.yml": filepath.Join(outside, "secret"), "models/new.yml": filepath.Join(outside, "new"),
		"models/up": "../..", "models/in": "../models", "models/abs": filepath.Join(root, "models"), "loop": "loop",
		"models/far.yml": "out/new.yml", "models/dotted": "in/../../models", "models/git": "../.git",
	} {
		disktest.Must(t, os.Symlink(to, filepath.Join(root, link)))
	}
	real, err := filepath.EvalSymlinks(root)
	disktest.Must(t, err)
	for name, want := range map[string]string{
		"models/a.yml": "models/a.yml", "a/b/../c.yml": "a/c.yml", "models/in/x.yml": "models/x.yml",
		"models/in/in/in/new/x.yml": "models/new/x.yml", "models/abs/x.yml": "models/x.yml", "models/dotted/x.yml": "models/x.yml",
		"": "", "../x": "", "/etc/passwd": "", "a/../../x": "", `a\b`: "", "a\x00b": "", "a\nb": "",
		"models/out/x": "", "models/file.yml": "", "models/new.yml": "", "models/up/x": "", "loop": "", "loop/x": "", "models/far.yml": "",
		".git/config": "", ".Git/hooks/x": "", "a/.git/x": "", "models/git/config": "",
	} {
		got, err := Inside(root, name)
		if want != "" {
			want = filepath.Join(real, want)
		}
		if got != want || (err != nil) != (want == "") {
			t.Errorf("%q: %q %v, want %q", name, got, err, want)
		}
		if want == "" {
			if err := WriteInside(root, name, []byte("x"), nil); err == nil {
				t.Errorf("%q: written", name)
			}
			if _, err := ReadInside(root, name); err == nil {
				t.Errorf("%q: read", name)
			}
		}
	}
	entries, err := os.ReadDir(outside)
	if len(entries) != 1 || disktest.Read(t, outside, "secret") != "s" || err != nil {
		t.Error("something outside of the project changed", entries)
	}
	disktest.Must(t, WriteInside(root, "models/in/deep/x.yml", []byte("y"), nil))
	data, err := ReadInside(root, "models/deep/x.yml")
	if diff := cmp.Diff("y", string(data)); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if data, err := ReadInside(root, "models/none.yml"); data != nil || err != nil {
		t.Error("no file is nil without an error", data, err)
	}
	t.Chdir(root)
	if got, err := Inside(".", "models/abs/x.yml"); err != nil || got != filepath.Join(real, "models/x.yml") {
		t.Error(got, err)
	}
}
