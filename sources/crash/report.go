// Package crash writes the report of a crash.
//
// Not here: how a panic gets there (model/beside), and what a crash leaves on the screen
// (ui/cli/fullscreen).
package crash

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"

	"darkroom/sources/disk"
)

// Report is what is known of a crash. It has no data of the project: neither arguments
// nor the environment, and stacks have numbers only.
type Report struct {
	Version string // of darkroom
	What    string // that happened
	Stacks  string
	At      time.Time
}

// Write keeps a report in a file that only you can read, and gives its path.
func (r Report) Write() (string, error) {
	path, err := disk.StateFile(fmt.Sprintf("crash-%s-%d.txt", r.At.UTC().Format("20060102-150405"), os.Getpid()))
	if err != nil {
		return "", err
	}
	return path, disk.WritePrivate(path, []byte(r.text()), nil)
}

func (r Report) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "darkroom %s\n%s, %s/%s\n%s\n\n%s\n\n", strings.TrimPrefix(r.Version, "darkroom "), runtime.Version(), runtime.GOOS, runtime.GOARCH,
		r.At.UTC().Format(time.RFC3339), r.What)
	b.WriteString(r.Stacks)
	return b.String()
}

// Stacks are those of all goroutines.
func Stacks() string {
	for size := 1 << 16; ; size *= 2 {
		buf := make([]byte, size)
		if n := runtime.Stack(buf, true); n < size || size >= 1<<26 {
			return string(buf[:n])
		}
	}
}
