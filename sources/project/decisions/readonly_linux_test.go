package decisions

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"darkroom/model/curate"
	"darkroom/sources/disk"
	"darkroom/sources/disk/disktest"
	"darkroom/sources/project/config"
)

// unprivileged runs a test as somebody whom file modes bind, also when the tests
// run as root: the kernel checks files by the fsuid of the thread.
func unprivileged(t *testing.T) {
	if os.Geteuid() != 0 {
		return
	}
	const nobody = 65534
	runtime.LockOSThread() // not unlocked on failure: then the thread ends with the test
	disktest.Must(t, syscall.Setfsuid(nobody))
	t.Cleanup(func() {
		if syscall.Setfsuid(0) == nil {
			runtime.UnlockOSThread()
		}
	})
}

// reach lets others into the folder of the test.
func reach(t *testing.T, root string, mode os.FileMode) {
	disktest.Must(t, os.Chmod(filepath.Dir(root), 0o755))
	disktest.Must(t, os.Chmod(root, mode))
	t.Cleanup(func() { _ = os.Chmod(root, 0o755) })
}

func TestReadOnlyRoot(t *testing.T) {
	for _, c := range []struct{ name, file string }{
		{"nothing there", ""},
		{"committed decisions", decisionsName},
		{"a lock of yesterday", lockName},
		{"all of it", journalName},
	} {
		t.Run(c.name, func(t *testing.T) {
			root := t.TempDir()
			want := 0
			if c.file != "" {
				disktest.Write(t, root, decisionsName, "decisions:\n  \"a\": {decision: include}\n")
				disktest.Write(t, root, ignoreName, gitignore)
				want = 1
			}
			if c.file == journalName || c.file == lockName {
				disktest.Write(t, root, c.file, "")
			}
			if c.file != "" {
				disktest.Must(t, os.Chmod(filepath.Join(root, config.Dir), 0o555))
			}
			reach(t, root, 0o555)
			unprivileged(t)

			s, b, warnings := open(t, root, Options{})
			if why, yes := s.ReadOnly(); !yes || !strings.Contains(why, "cannot be written") || len(*warnings) != 1 {
				t.Errorf("%v %q %v", yes, why, *warnings)
			}
			if b.Len() != want {
				t.Errorf("%d records, want %d", b.Len(), want)
			}
			disktest.Must(t, s.Save(b))
			if err := s.Append(b.Exclude([]string{"a"}, curate.Meta{})); !errors.Is(err, ErrReadOnly) {
				t.Error(err)
			}
		})
	}
}

func TestWriteRefused(t *testing.T) {
	root := t.TempDir()
	disktest.Write(t, root, "open/protected.yml", "a")
	disktest.Write(t, root, "hidden/f.yml", "a")
	disktest.Must(t, os.Chmod(filepath.Join(root, "open"), 0o777))
	disktest.Must(t, os.Chmod(filepath.Join(root, "open/protected.yml"), 0o444))
	disktest.Must(t, os.Chmod(filepath.Join(root, "hidden"), 0o755))
	disktest.Must(t, os.Chmod(filepath.Join(root, "hidden/f.yml"), 0o600))
	reach(t, root, 0o755)
	if os.Geteuid() != 0 {
		disktest.Must(t, os.Chmod(filepath.Join(root, "hidden"), 0o000))
	}
	unprivileged(t)
	for _, name := range []string{"open/protected.yml", "hidden/f.yml"} {
		var fe *disk.Error
		err := disk.WriteFileAtomic(filepath.Join(root, name), []byte("b"), []byte("a"))
		if !errors.As(err, &fe) || fe.Fix == "" || !errors.Is(err, os.ErrPermission) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := disktest.Read(t, root, "open/protected.yml"); got != "a" {
		t.Errorf("a protected file was replaced: %q", got)
	}
}
