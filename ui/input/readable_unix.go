//go:build unix

package input

import (
	"errors"
	"time"

	"golang.org/x/sys/unix"
)

// readable waits until something can be read, at most that long. It uses select,
// because poll does not know every terminal of macOS.
func readable(file uintptr, wait time.Duration) bool {
	fd := int(file)
	if fd >= unix.FD_SETSIZE {
		return false
	}
	for end := time.Now().Add(wait); ; wait = time.Until(end) {
		var set unix.FdSet
		set.Set(fd)
		limit := unix.NsecToTimeval(max(wait, 0).Nanoseconds())
		n, err := unix.Select(fd+1, &set, nil, nil, &limit)
		if !errors.Is(err, unix.EINTR) {
			return n > 0 && err == nil
		}
	}
}
