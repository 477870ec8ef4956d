//go:build !unix

package input

import "time"

// readable is not asked on Windows, whose console has keys and no bytes.
func readable(uintptr, time.Duration) bool { return false }
