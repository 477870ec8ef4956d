package disktest

import (
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
)

// Unprivileged runs a test as a user that file modes apply to, also when the tests run
// as root: the kernel checks files by the fsuid of the thread.
func Unprivileged(t *testing.T) {
	if os.Geteuid() != 0 {
		return
	}
	const nobody = 65534
	runtime.LockOSThread() // not unlocked on failure: then the thread ends with the test
	Must(t, syscall.Setfsuid(nobody))
	t.Cleanup(func() {
		if syscall.Setfsuid(0) == nil {
			runtime.UnlockOSThread()
		}
	})
}

// OpenTo lets other users into the folder of the test. All folders below it can be
// removed again when the test ends.
func OpenTo(t *testing.T, root string, mode os.FileMode) {
	Must(t, os.Chmod(filepath.Dir(root), 0o755))
	Must(t, os.Chmod(root, mode))
	t.Cleanup(func() { unlock(root) })
}

func unlock(dir string) {
	_ = os.Chmod(dir, 0o755)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return // removing it says what is wrong
	}
	for _, e := range entries {
		if e.IsDir() {
			unlock(filepath.Join(dir, e.Name()))
		}
	}
}
