package disk

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"darkroom/sources/disk/disktest"
)

func TestWriteRefused(t *testing.T) {
	root := t.TempDir()
	disktest.Write(t, root, "open/protected.yml", "a")
	disktest.Write(t, root, "hidden/f.yml", "a")
	disktest.Must(t, os.Chmod(filepath.Join(root, "open"), 0o777))
	disktest.Must(t, os.Chmod(filepath.Join(root, "open/protected.yml"), 0o444))
	disktest.Must(t, os.Chmod(filepath.Join(root, "hidden"), 0o755))
	disktest.Must(t, os.Chmod(filepath.Join(root, "hidden/f.yml"), 0o600))
	disktest.OpenTo(t, root, 0o755)
	if os.Geteuid() != 0 {
		disktest.Must(t, os.Chmod(filepath.Join(root, "hidden"), 0o000))
	}
	disktest.Unprivileged(t)
	for _, name := range []string{"open/protected.yml", "hidden/f.yml"} {
		var fe *Error
		err := WriteFileAtomic(filepath.Join(root, name), []byte("b"), []byte("a"))
		if !errors.As(err, &fe) || fe.Fix == "" || !errors.Is(err, os.ErrPermission) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := disktest.Read(t, root, "open/protected.yml"); got != "a" {
		t.Errorf("a protected file was replaced: %q", got)
	}
}
