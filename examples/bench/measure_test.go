package main

import "testing"

func TestPeakBytesAreInTheUnitOfTheSystem(t *testing.T) {
	for system, want := range map[string]int64{"linux": 2 << 20, "freebsd": 2 << 20, "darwin": 2 << 10} {
		if got := peakBytes(system, 2<<10); got != want {
			t.Errorf("%s: %d", system, got)
		}
	}
}
