// Package pause waits for a time, or until its context ends.
//
// Not here: how long is waited (sources/tableau/api for requests, sources/project/refreshjob
// for jobs).
package pause

import (
	"context"
	"time"
)

// For waits for d, and gives the context's error when that ends before.
func For(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
