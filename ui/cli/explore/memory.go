package explore

import (
	"os"
	"runtime/debug"
)

// collectAt is by how much of what is in use memory may grow before it is collected, in
// percent.
const collectAt = 50

// frugally has memory collected sooner than usual: the explorer is open for hours beside
// other programs, and hardly allocates once everything is loaded. GOGC in the environment
// counts more. What it returns makes things as they were.
func frugally() (done func()) {
	if os.Getenv("GOGC") != "" {
		return func() {}
	}
	before := debug.SetGCPercent(collectAt)
	return func() { debug.SetGCPercent(before) }
}
