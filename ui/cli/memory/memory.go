// Package memory says when memory is collected: seldom while files are read, of which nearly
// all is kept, and sooner than usual in an explorer that rests. GOGC in the environment counts
// more. Each look through memory while it grows takes processor time for nothing
// (sources/dbt/SPEED.md#commands-and-the-explorer).
package memory

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"slices"
)

// By how much of what is in use memory grows before it is collected, in percent.
const (
	// first is until the first collection: 32 MB, for at 100 % it is 4 MB.
	first = 100 * 32 / 4
	// usual is Go's own, for commands.
	usual = 100
	// loading is for an explorer that reads: two processors are busy with that, and nearly all
	// of it is kept.
	loading = 400
	// resting is for an explorer that has read everything. It is open for hours beside other
	// programs, and hardly allocates.
	resting = 50
)

// Start is for the beginning of a process: memory grows to 32 MB before its first collection,
// and from then on as usual.
func Start() {
	if chosen() {
		return
	}
	debug.SetGCPercent(first)
	afterCollection(usual, first)
}

// Explore is for an explorer that begins to read, after Start. It calls loaded when it has
// read everything, and done at its end.
func Explore() (loaded, done func()) {
	if chosen() {
		return func() {}, func() {}
	}
	afterCollection(loading, first, usual)
	return func() { debug.SetGCPercent(resting) }, func() { debug.SetGCPercent(usual) }
}

// chosen reports that how often memory is collected is not ours to say.
func chosen() bool { return os.Getenv("GOGC") != "" }

// afterCollection sets a percentage after the next collection, if it is one of these by then.
func afterCollection(percent int, from ...int) {
	runtime.AddCleanup(new(struct{ _ *int }), func(percent int) {
		if slices.Contains(from, present()) {
			debug.SetGCPercent(percent)
		}
	}, percent)
}

// present is the percentage that is set.
func present() int {
	sample := []metrics.Sample{{Name: "/gc/gogc:percent"}}
	metrics.Read(sample)
	return int(sample[0].Value.Uint64())
}
