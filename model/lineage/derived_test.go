package lineage

import (
	"sync"
	"testing"

	"darkroom/model"
	"darkroom/model/lineage/lineagetest"
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

// Graphs of the same projects have their resources in one order, which is found once. What
// else is derived is that of one graph.
func TestTheOrderIsThatOfTheProjects(t *testing.T) {
	projects := []*model.Project{lineagetest.Shop()}
	build := func(like *Graph) *Graph {
		g, err := Build(t.Context(), projects, []*model.Site{lineagetest.Tower("fct")}, Options{Like: like})
		if err != nil {
			t.Fatal(err)
		}
		return g
	}
	first := build(nil)
	second := build(first)
	if Derived(second, orderOf) != Derived(first, orderOf) {
		t.Error("the order was found twice")
	}
	if second.CountsBelow() == first.CountsBelow() {
		t.Error("counts of another graph")
	}
}
