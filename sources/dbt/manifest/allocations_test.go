package manifest

import (
	"testing"

	"darkroom/sources/dbt/dbttest"
	"darkroom/sources/dbt/jsonwindow"
)

// TestAllocations: entries share their memory, so that there is less than one allocation
// for each.
func TestAllocations(t *testing.T) {
	data := dbttest.Generate(3, 600)
	entries := 0
	perRun := testing.AllocsPerRun(3, func() {
		p, err := read(data, jsonwindow.DefaultSize)
		if err != nil {
			t.Fatal(err)
		}
		entries = len(p.Resources) + len(p.Tests) + len(p.Disabled) + len(p.Exposures)
	})
	if entries < 1000 || perRun > float64(entries) {
		t.Errorf("%v allocations for %d entries", perRun, entries)
	}
}
