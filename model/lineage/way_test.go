package lineage

import (
	"slices"
	"testing"

	"darkroom/model"
	"darkroom/model/lineage/lineagetest"
)

// every way without a node twice, from one node down to another.
func everyWay(g *Graph, from, to ID) (all [][]ID) {
	var walk func(at ID, way []ID)
	walk = func(at ID, way []ID) {
		way = append(way, at)
		if at == to {
			all = append(all, slices.Clone(way))
			return
		}
		for _, next := range g.Downstream(at) {
			if !slices.Contains(way, next) {
				walk(next, way)
			}
		}
	}
	walk(from, nil)
	return all
}

// A way is given wherever there is one, it is as short as any, its steps are edges, and
// in a graph without cycles all of them are counted.
func TestWaysAgreeWithAllWalks(t *testing.T) {
	met := 0
	for seed := range uint64(40) {
		g := randomGraph(t, seed, 2+int(seed)%11, 3)
		acyclic := Derived(g, orderOf).components == g.Resources()
		for from := range ID(g.Len()) {
			for to := range ID(g.Len()) {
				all := everyWay(g, from, to)
				way, n := g.Way(from, to)
				if len(all) == 0 {
					if way != nil || n != 0 {
						t.Fatalf("seed %d: a way from %d to %d: %v", seed, from, to, way)
					}
					continue
				}
				met++
				shortest := slices.MinFunc(all, func(a, b []ID) int { return len(a) - len(b) })
				if len(way) != len(shortest) || way[0] != from || way[len(way)-1] != to || n < 1 {
					t.Fatalf("seed %d: from %d to %d: %v, %d ways; want one like %v", seed, from, to, way, n, shortest)
				}
				for i := range way[1:] {
					if !slices.Contains(g.Downstream(way[i]), way[i+1]) {
						t.Fatalf("seed %d: %v has no edge from %d", seed, way, way[i])
					}
				}
				if acyclic && n != min(len(all), ManyWays) {
					t.Fatalf("seed %d: from %d to %d: %d ways, want %d", seed, from, to, n, len(all))
				}
			}
		}
	}
	if met < 100 {
		t.Errorf("only %d ways were looked at", met)
	}
}

// Lines begin where nothing is upstream and pass no node twice, in cycles neither.
func TestLinesBeginAtTheTop(t *testing.T) {
	for seed := range uint64(40) {
		g := randomGraph(t, seed, 2+int(seed), 4)
		for id := range ID(g.Len()) {
			line := g.Line(id)
			if line[len(line)-1] != id || len(slices.Compact(slices.Sorted(slices.Values(line)))) != len(line) {
				t.Fatalf("seed %d: %v", seed, line)
			}
			for i := range line[1:] {
				if !slices.Contains(g.Upstream(line[i+1]), line[i]) {
					t.Fatalf("seed %d: %v has no edge to %d", seed, line, line[i+1])
				}
			}
			for _, parent := range g.Upstream(line[0]) {
				if r := g.Ranks(); r.before(parent, line[0]) {
					t.Fatalf("seed %d: %d is upstream of the beginning of %v", seed, parent, line)
				}
			}
		}
	}
	g := build(t, []*model.Project{lineagetest.Shop()}, lineagetest.Tower("rpt"))
	var names []string
	for _, id := range g.Line(g.Dashboards()[0].ID) {
		if n := g.Node(id); n.Resource != nil {
			names = append(names, n.Resource.Name)
		}
	}
	if want := []string{"orders", "stg", "fct", "rpt"}; !slices.Equal(names, want) {
		t.Errorf("%v, want %v", names, want)
	}
}
