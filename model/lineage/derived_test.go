package lineage

import (
	"sync"
	"testing"
)

// What is derived from a graph is computed once, on first use, and kept for
// that graph alone.
func TestDerivedIsWorkedOutOnce(t *testing.T) {
	type counted struct{ nodes int }
	runs := 0
	derive := func(g *Graph) *counted {
		runs++
		return &counted{g.Len()}
	}
	g := Empty()
	first := Derived(g, derive)
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			if Derived(g, derive) != first {
				t.Error("a second value for one graph")
			}
		})
	}
	wait.Wait()
	if runs != 1 {
		t.Errorf("worked out %d times", runs)
	}
	if Derived(Empty(), derive) == first || runs != 2 {
		t.Error("another graph has the value of the first")
	}
}
