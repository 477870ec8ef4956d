// Package pending is the work in the background that a key has asked for and whose answer
// opens something: one at a time, and esc stops it. Until the answer comes all keys work.
//
// Not here: what the work is, and what stays in the background by itself, such as a sync.
package pending

import "context"

// Work is what runs, or nothing.
type Work struct {
	run  int
	what string
	stop context.CancelFunc // nil while nothing runs
}

// Begin stops what runs and begins something else: "comparing". The number is for [Work.End].
func (w *Work) Begin(ctx context.Context, what string) (context.Context, int) {
	w.Stop()
	ctx, stop := context.WithCancel(ctx)
	w.run, w.what, w.stop = w.run+1, what, stop
	return ctx, w.run
}

// End is called with an answer. It reports false when that was stopped, or is of something
// older.
func (w *Work) End(run int) bool {
	if w.stop == nil || run != w.run {
		return false
	}
	w.stop()
	w.stop = nil
	return true
}

// Stop ends what runs, and says what that was; empty when nothing did.
func (w *Work) Stop() string {
	if w.stop == nil {
		return ""
	}
	w.stop()
	w.stop = nil
	return w.what
}
