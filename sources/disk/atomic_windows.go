package disk

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
)

// replaceFile writes a temporary file next to the target and renames it; renameio does
// not support Windows. Its name is one that [Sweep] knows.
func replaceFile(target string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(target), "."+filepath.Base(target)+strings.Repeat("0", tempDigits)+"*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), target)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

// syncFolder is nothing here: a folder cannot be opened like a file.
func syncFolder(string) {}
