//go:build !windows

package disk

import (
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"
)

// replaceFile writes a temporary file next to the target and renames it; the folder is synced too, so
// that a journal may be emptied once this returns.
func replaceFile(target string, data []byte) error {
	dir := filepath.Dir(target)
	f, err := renameio.NewPendingFile(target, renameio.WithTempDir(dir),
		renameio.WithPermissions(0o644), renameio.WithExistingPermissions())
	if err != nil {
		return err
	}
	defer f.Cleanup() //nolint:errcheck // nothing is left to do about it
	if _, err := f.Write(data); err != nil {
		return err
	}
	if err := f.CloseAtomicallyReplace(); err != nil {
		return err
	}
	syncFolder(dir)
	return nil
}

// syncFolder waits until the disk has the names in a folder.
func syncFolder(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync() // not every file system can
		d.Close()
	}
}
