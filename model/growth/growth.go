// Package growth measures how the work of something grows with the size of its
// input. Nothing but tests imports it. It counts what is allocated, in pieces and in
// bytes, and what the caller counts itself, never time: a busy machine changes none of
// these. With the race detector only visits count.
package growth

import (
	"runtime"
	"testing"
)

// Run does the work once and returns what it counted itself, such as the nodes that
// were visited; 0 where there is nothing to count.
type Run func() (visits int)

// steepest is the factor by which work may grow when the step in size doubles: 2 for
// linear work, 2.25 for n log n from 50 on, 4 for quadratic work.
const steepest = 2.3

// noise is what a run may do more than another for reasons of the runtime, and of what
// just happens to be drawn or looked at. Of bytes and visits little is said by few.
func noise(what string, first float64) float64 {
	if what == "allocations" {
		return 2<<10 + first/4
	}
	return 8 << 10
}

// attempts are how often work is measured before it is said to grow too fast. The least of
// each count is the one that holds: what other goroutines do only adds to it.
const attempts = 3

// Check prepares inputs of n, 2n and 4n, runs each once and fails when the work grows
// faster than n log n. What does not depend on the size does not count, but for bytes.
func Check(t testing.TB, n int, prepare func(n int) Run) {
	t.Helper()
	prepare(n)() // what is made once per process
	var counts [3]map[string]float64
	for attempt := 1; ; attempt++ {
		for i := range counts {
			counts[i] = least(counts[i], measure(prepare(n<<i)))
		}
		if tooFast(t, counts, n, attempt == attempts) == 0 || attempt == attempts {
			return
		}
	}
}

// tooFast is how many counts grow too fast. The last attempt reports them.
func tooFast(t testing.TB, counts [3]map[string]float64, n int, report bool) (bad int) {
	t.Helper()
	for what, first := range counts[0] {
		if what != "visits" && !exact {
			continue
		}
		second, third := counts[1][what], counts[2][what]
		before, after := steepest*max(0, second-first), third-second
		if what == "bytes" { // lists grow in leaps, so that one step says little
			before, after = steepest*steepest*first, third
		}
		t.Logf("%s: %.0f, %.0f, %.0f", what, first, second, third)
		if after <= before+noise(what, first) {
			continue
		}
		if bad++; report {
			t.Errorf("%s at %d, %d and %d: %.0f, %.0f, %.0f, which is worse than n log n", what, n, 2*n, 4*n, first, second, third)
		}
	}
	return bad
}

// least has the lesser of two measurements, by what was counted.
func least(a, b map[string]float64) map[string]float64 {
	for what, n := range a {
		b[what] = min(n, b[what])
	}
	return b
}

func measure(run Run) map[string]float64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	visits := run()
	runtime.ReadMemStats(&after)
	return map[string]float64{
		"allocations": float64(after.Mallocs - before.Mallocs),
		"bytes":       float64(after.TotalAlloc - before.TotalAlloc),
		"visits":      float64(visits),
	}
}
