package disk

import (
	"os"
	"path/filepath"
	"testing"

	"darkroom/sources/disk/disktest"
)

// What darkroom alone writes is never written through a link, also not inside of the
// project: the file that it names is somebody's.
func TestOwnFollowsNoLink(t *testing.T) {
	root := t.TempDir()
	disktest.Write(t, root, "models/x.sql", "select 1")
	disktest.Must(t, os.Symlink("models/x.sql", filepath.Join(root, "journal")))
	disktest.Must(t, os.Symlink("models/new.sql", filepath.Join(root, "lock")))
	path := filepath.Join(root, "journal")
	if _, err := Own(root, "journal"); err == nil {
		t.Error("a link is one's own")
	}
	if f, err := OpenOwn(path, os.O_WRONLY|os.O_TRUNC, 0o644); err == nil {
		f.Close()
		t.Error("opened through a link")
	}
	if err := AppendOwn(root, "journal", []byte("x")); err == nil {
		t.Error("added through a link")
	}
	if _, _, err := Lock(filepath.Join(root, "lock")); err == nil {
		t.Error("locked through a link")
	}
	disktest.Must(t, Remove(path))
	disktest.Must(t, Remove(path))
	if got := disktest.Read(t, root, "models/x.sql"); got != "select 1" {
		t.Errorf("the file is now %q", got)
	}
	if _, err := os.Lstat(filepath.Join(root, "models/new.sql")); err == nil {
		t.Error("a lock was made through a link")
	}

	disktest.Must(t, AppendOwn(root, "a/b", []byte("1\n")))
	disktest.Must(t, AppendOwn(root, "a/b", []byte("2\n")))
	if got := disktest.Read(t, root, "a/b"); got != "1\n2\n" {
		t.Errorf("added: %q", got)
	}
	one, ok, err := Lock(filepath.Join(root, "c", "lock"))
	if _, again, _ := Lock(filepath.Join(root, "c", "lock")); !ok || err != nil || again {
		t.Errorf("locked %t %v, a second time %t", ok, err, again)
	}
	disktest.Must(t, one.Close())
}

// A folder that is empty without the file goes with it, but not a link to it.
func TestRemoveInsideLeavesLinks(t *testing.T) {
	root := t.TempDir()
	disktest.Write(t, root, "shared/x.yml", "")
	disktest.Must(t, os.MkdirAll(filepath.Join(root, "models"), 0o755))
	disktest.Must(t, os.Symlink("../shared", filepath.Join(root, "models/linked")))
	disktest.Must(t, RemoveInside(root, "models/linked/x.yml"))
	if _, err := os.Lstat(filepath.Join(root, "models/linked")); err != nil {
		t.Error(err)
	}
	disktest.Write(t, root, "models/a/b/x.yml", "")
	disktest.Must(t, RemoveInside(root, "models/a/b/x.yml"))
	if _, err := os.Lstat(filepath.Join(root, "models/a")); err == nil {
		t.Error("an empty folder stays")
	}
}
