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

// stale is the age from which a temporary file has no writer any more.
const stale = time.Hour

// Sweep removes the temporary files that were to replace a file of the project, of
// whatever age: call it when no writer of that file is left. A write removes those that are
// an hour old. What cannot be removed stays.
func Sweep(root, name string) {
	if path, err := Inside(root, name); err == nil {
		sweep(path, 0)
	}
}

// sweep removes the temporary files beside a file that were not touched for some time.
func sweep(path string, untouched time.Duration) {
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
