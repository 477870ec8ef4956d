package compact

import (
	"strings"
	"testing"
)

// Copies do not depend on what they were made of, and many of them are one allocation.
func TestCopiesShareBlocks(t *testing.T) {
	var a Arena
	source := []byte("warehouse.marts.orders \xff")
	got := a.Copy(source)
	long := strings.Repeat("x", arenaBlock)
	if got != "warehouse.marts.orders \xff" || a.Copy(nil) != "" || a.Copy([]byte(long)) != long {
		t.Errorf("copied %q", got)
	}
	text := []byte(strings.Repeat("text", 8))
	const copies = 1000
	if n := testing.AllocsPerRun(10, func() {
		for range copies {
			a.Copy(text)
		}
	}); n > copies/100 {
		t.Errorf("%v allocations for %d copies", n, copies)
	}
	if a.Copy([]byte("one")) != "one" || got != "warehouse.marts.orders \xff" {
		t.Errorf("a later copy changed an earlier one: %q", got)
	}
}
