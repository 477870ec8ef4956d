package nodes

import (
	"bytes"
	"testing"

	"darkroom/sources/dbt/dbttest"
)

// TestAllocations: nodes share their texts and lists; most of what is left are configurations
// that do not repeat.
func TestAllocations(t *testing.T) {
	data := dbttest.Generate(3, 600)
	nodes := 0
	perRun := testing.AllocsPerRun(3, func() {
		m, err := Read(t.Context(), bytes.NewReader(data), "manifest.json", "shop", false)
		if err != nil {
			t.Fatal(err)
		}
		nodes = len(m.Nodes)
	})
	if nodes < 1000 || perRun > 2*float64(nodes) {
		t.Errorf("%v allocations for %d nodes", perRun, nodes)
	}
}
