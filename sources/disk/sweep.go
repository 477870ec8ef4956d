package disk

import (
	"os"
	"path/filepath"
	"strings"
	"time"
)

// tempDigits is how many digits at least follow the name of a temporary file; a date
// that was put there by hand has fewer.
const tempDigits = 12

// Sweep removes the temporary files that were to replace a file of the project and whose
// writer ended before it could: they have our kind of name, and were not touched for
// some time. Give 0 when no writer is left. What cannot be removed stays.
func Sweep(root, name string, untouched time.Duration) {
	path, err := Inside(root, name)
	if err != nil {
		return
	}
	dir, base := filepath.Split(path)
	list, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, e := range list {
		if !isTemporary(e.Name(), base) || !e.Type().IsRegular() {
			continue
		}
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) >= untouched {
			_ = os.Remove(filepath.Join(dir, e.Name()))
		}
	}
}

// isTemporary reports the names that replaceFile gives: ".tableau.yml5577006791947779410".
func isTemporary(name, base string) bool {
	digits, ok := strings.CutPrefix(name, "."+base)
	return ok && len(digits) >= tempDigits && strings.Trim(digits, "0123456789") == ""
}
