package lineage_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/model/lineage/lineagetest"
	"darkroom/model/match"
	"darkroom/model/modeltest"
)

// A graph that shares the resources of an earlier one is the same as one that makes them
// itself, whatever the earlier one was built with.
func TestLikeAnEarlierGraph(t *testing.T) {
	namesake := lineagetest.Shop()
	namesake.Root, modeltest.Common(&namesake.Resources[1]).Schema = "elsewhere", "other"
	sites := []*model.Site{lineagetest.Tower("fct", "rpt", "orders", "nowhere")}
	for _, projects := range [][]*model.Project{nil, {lineagetest.Shop()}, {lineagetest.Shop(), namesake}, {tangled(1)}, {tangled(2)}} {
		for _, c := range []struct {
			sites  []*model.Site
			match  match.Config
			shares bool
		}{
			{nil, match.Config{}, true},
			{sites, match.Config{}, true},
			{sites, match.Config{Strict: true}, false},
		} {
			earlier := built(t, projects, c.sites, lineage.Options{Match: c.match})
			want := built(t, projects, sites, lineage.Options{})
			got := built(t, projects, sites, lineage.Options{Like: earlier})
			same(t, want, got)
			if (got.Matcher() == earlier.Matcher()) != c.shares {
				t.Errorf("matcher shared: want %v", c.shares)
			}
			again := built(t, projects, c.sites, lineage.Options{Match: c.match})
			same(t, again, earlier) // it is as it was
		}
	}
	other := built(t, []*model.Project{tangled(1)}, sites, lineage.Options{})
	same(t, built(t, []*model.Project{namesake}, sites, lineage.Options{}), built(t, []*model.Project{namesake}, sites, lineage.Options{Like: other}))
}

func built(t *testing.T, projects []*model.Project, sites []*model.Site, opt lineage.Options) *lineage.Graph {
	t.Helper()
	g, err := lineage.Build(t.Context(), projects, sites, opt)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// same compares what graphs say about their nodes and edges.
func same(t *testing.T, want, got *lineage.Graph) {
	t.Helper()
	if want.Len() != got.Len() || want.Resources() != got.Resources() {
		t.Fatalf("%d nodes, %d resources; want %d, %d", got.Len(), got.Resources(), want.Len(), want.Resources())
	}
	for id := range lineage.ID(want.Len()) {
		if up, down := got.Upstream(id), got.Downstream(id); !slices.Equal(up, want.Upstream(id)) || !slices.Equal(down, want.Downstream(id)) {
			t.Errorf("node %d: %v, %v; want %v, %v", id, up, down, want.Upstream(id), want.Downstream(id))
		}
		n, of := got.Node(id), want.Node(id)
		if n.Resource != of.Resource || n.Project != of.Project || (n.Dashboard == nil) != (of.Dashboard == nil) {
			t.Errorf("node %d is another one", id)
		}
		if n.Resource == nil {
			continue
		}
		if found, ok := got.ResourceIn(n.Project, n.Resource.ID); !ok || found != id {
			t.Errorf("%s is found as %d, want %d", n.Resource.ID, found, id)
		}
	}
}

// tangled has models that depend on any others, some of them twice, or on none.
func tangled(seed uint64) *model.Project {
	rnd := rand.New(rand.NewPCG(1, seed))
	p := &model.Project{Name: "tangled", Adapter: "postgres"}
	for i := range 60 {
		r := model.Resource{ID: fmt.Sprint("model.tangled.", i), Kind: model.KindModel, Name: fmt.Sprint(i), Common: &model.Common{Package: "tangled"}}
		for range rnd.IntN(6) {
			r.DependsOn = append(r.DependsOn, fmt.Sprint("model.tangled.", rnd.IntN(70)))
		}
		p.Resources = append(p.Resources, r)
	}
	return p
}

// Neighbours are those that the projects name, each once and sorted.
func TestNeighboursAreThoseOfTheProject(t *testing.T) {
	for seed := range uint64(20) {
		p := tangled(seed)
		g := built(t, []*model.Project{p}, nil, lineage.Options{})
		for i := range p.Resources {
			id, _ := g.Resource(p.Resources[i].ID)
			var want []lineage.ID
			for _, parent := range p.Resources[i].DependsOn {
				if from, ok := g.Resource(parent); ok && from != id {
					want = append(want, from)
				}
			}
			slices.Sort(want)
			if want = slices.Compact(want); !slices.Equal(g.Upstream(id), want) {
				t.Errorf("seed %d: upstream of %d: %v, want %v", seed, id, g.Upstream(id), want)
			}
			for _, from := range want {
				if !slices.Contains(g.Downstream(from), id) || !slices.IsSorted(g.Downstream(from)) {
					t.Errorf("seed %d: downstream of %d: %v, want %d among them", seed, from, g.Downstream(from), id)
				}
			}
		}
	}
}
