package lineage

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"darkroom/model"
	"darkroom/model/growth"
	"darkroom/model/lineage/lineagetest"
)

// randomGraph has n resources with up to four parents each, cycles included, and a
// dashboard on each of the last.
func randomGraph(t *testing.T, seed uint64, n, dashboards int) *Graph {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, 5))
	p := &model.Project{Name: "p", Adapter: "postgres"}
	var tables []string
	for i := range n {
		name := fmt.Sprint("m", i)
		r := model.Resource{
			ID: name, Kind: model.KindModel, Name: name, Common: &model.Common{Database: "shop", Schema: "marts"}, Extra: &model.ResourceExtra{Identifier: name, RelationName: `"shop"."marts"."` + name + `"`},
		}
		for range rng.IntN(5) {
			r.DependsOn = append(r.DependsOn, fmt.Sprint("m", rng.IntN(min(n, i+3))))
		}
		p.Resources = append(p.Resources, r)
	}
	for range dashboards {
		tables = append(tables, fmt.Sprint("m", rng.IntN(n)))
	}
	return build(t, []*model.Project{p}, lineagetest.Tower(tables...))
}

// The counts of all nodes and of groups agree with one walk for each, for more
// dashboards than fit one block, too.
func TestCountsAgreeWithWalks(t *testing.T) {
	for seed := range uint64(60) {
		g := randomGraph(t, seed, 1+int(seed), []int{3, 70, 4000}[seed%3])
		rng := rand.New(rand.NewPCG(seed, 6))
		groups, members := Groups{}, [][]ID{}
		for i := range 4 {
			var group, all []ID
			for range rng.IntN(4) {
				id := ID(rng.IntN(g.Len()))
				group, all = append(group, id), append(all, id)
			}
			if i > 0 {
				group, all = append(group, ID(g.Len()+i-1)), append(all, members[i-1]...)
			}
			groups, members = append(groups, group), append(members, all)
		}
		some := map[ID]bool{}
		var chosen []ID
		for _, id := range g.DashboardIDs() {
			if rng.IntN(2) == 0 {
				some[id], chosen = true, append(chosen, id)
			}
		}
		c := g.NewCounts(true, groups)
		c.Add(1, g.DashboardIDs()...)
		c.Add(-1, chosen...)
		views := func(d *Dashboard) int { return int(d.ID)*7919%100_003 - 5 }
		sums := g.NewSums(true, groups, views)
		sums.Add(1, g.DashboardIDs()...)
		sums.Add(-1, chosen...)
		check := func(id ID, from []ID) {
			all, rest, seen := g.DashboardsBelow(from...), 0, 0
			for _, d := range all {
				if !some[d.ID] {
					rest++
					seen += max(views(d), 0)
				}
			}
			if got := sums.Sum(id); got != seen || sums.Of(id) != rest {
				t.Fatalf("seed %d: the sum at %d is %d of %d, a walk finds %d of %d", seed, id, got, sums.Of(id), seen, rest)
			}
			if got := c.Of(id); got != rest {
				t.Fatalf("seed %d: %d at %d, a walk finds %d", seed, got, id, rest)
			}
			if int(id) < g.Len() && g.CountsBelow().Of(id) != len(all) {
				t.Fatalf("seed %d: %d below %d, a walk finds %d", seed, g.CountsBelow().Of(id), id, len(all))
			}
		}
		for id := range ID(g.Len()) {
			check(id, []ID{id})
		}
		for i, from := range members {
			check(ID(g.Len()+i), from)
		}
	}
}

// A sweep lists what is below one node after another, without what it has listed.
func TestSweepListsEachDashboardOnce(t *testing.T) {
	for seed := range uint64(40) {
		g := randomGraph(t, seed, 20, 30)
		s, seen := g.NewSweep(), map[ID]bool{}
		for id := range ID(g.Len()) {
			var want []ID
			for _, d := range g.DashboardsBelow(id) {
				if !seen[d.ID] {
					seen[d.ID] = true
					want = append(want, d.ID)
				}
			}
			var got []ID
			for _, d := range s.Below(id) {
				got = append(got, d.ID)
			}
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Fatalf("seed %d: %v below %d, want %v", seed, got, id, want)
			}
		}
		s.Close()
	}
}

// layers has n models in layers of ten, each with four parents in the layer above, and
// a dashboard on every model of the last two.
func layers(t *testing.T, n int) *Graph {
	t.Helper()
	p := &model.Project{Name: "p", Adapter: "postgres"}
	var tables []string
	for i := range n {
		name := fmt.Sprint("m", i)
		r := model.Resource{
			ID: name, Kind: model.KindModel, Name: name, Common: &model.Common{Database: "shop", Schema: "marts"}, Extra: &model.ResourceExtra{Identifier: name, RelationName: `"shop"."marts"."` + name + `"`},
		}
		for k := 0; k < 4 && i >= 10; k++ {
			r.DependsOn = append(r.DependsOn, fmt.Sprint("m", i/10*10-10+(i+3*k)%10))
		}
		if i >= n-20 {
			tables = append(tables, name)
		}
		p.Resources = append(p.Resources, r)
	}
	return build(t, []*model.Project{p}, lineagetest.Tower(tables...))
}

func TestCountsGrowWithTheGraph(t *testing.T) {
	growth.Check(t, 200, func(n int) growth.Run {
		g := layers(t, n)
		return func() int {
			c := g.CountsBelow()
			if c.Of(0) != 20 {
				t.Fatalf("%d dashboards below the first model", c.Of(0))
			}
			return g.Visits()
		}
	})
}

// What is near each node is found in a straight line: a walk costs what it reaches, not what
// there is.
func TestNearAncestorsGrowWithTheGraph(t *testing.T) {
	growth.Check(t, 200, func(n int) growth.Run {
		g := layers(t, n)
		return func() (reached int) {
			for id := range ID(g.Resources()) {
				reached += len(g.Ancestors(2, id)) + len(g.Descendants(2, id))
			}
			return reached
		}
	})
}

// BenchmarkSums counts dashboards and their views in a project of many layers, and in one
// where each model has sources of its own.
func BenchmarkSums(b *testing.B) {
	const models, dashboards = 20_000, 4_000
	for _, shape := range []struct {
		name  string
		reads func(i int) (from, to int)
	}{
		{"layered", func(i int) (from, to int) { return max(0, i-200), i }},
		{"shallow", func(i int) (from, to int) {
			if i < models/2 {
				return 0, 0
			}
			return 0, models / 2
		}},
	} {
		b.Run(shape.name, func(b *testing.B) {
			rng := rand.New(rand.NewPCG(1, 5))
			p := &model.Project{Name: "p", Adapter: "postgres"}
			for i := range models {
				name := fmt.Sprint("m", i)
				r := model.Resource{
					ID: name, Kind: model.KindModel, Name: name, NamesRelation: true,
					Common: &model.Common{Database: "shop", Schema: "marts", Rendered: [2]string{`"shop"."marts"."`, `"`}},
				}
				for from, to := shape.reads(i); to > from && len(r.DependsOn) < 4; {
					r.DependsOn = append(r.DependsOn, fmt.Sprint("m", from+rng.IntN(to-from)))
				}
				p.Resources = append(p.Resources, r)
			}
			var tables []string
			for range dashboards {
				tables = append(tables, fmt.Sprint("m", rng.IntN(models)))
			}
			g := build(b, []*model.Project{p}, lineagetest.Tower(tables...))
			folders := make(Groups, 80)
			for id := range ID(g.Resources()) {
				folders[id%80] = append(folders[id%80], id)
			}
			b.ReportAllocs()
			for b.Loop() {
				g.NewSums(true, folders, func(d *Dashboard) int { return int(d.ID) }).Add(1, g.DashboardIDs()...)
			}
		})
	}
}
