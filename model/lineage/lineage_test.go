package lineage

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/lineage/lineagetest"
	"darkroom/model/match"
)

func build(t testing.TB, projects []*model.Project, sites ...*model.Site) *Graph {
	t.Helper()
	g, err := Build(t.Context(), projects, sites, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func (g *Graph) names(ids []ID) string {
	var out []string
	for _, id := range ids {
		if n := g.Node(id); n.Dashboard != nil {
			out = append(out, n.Dashboard.Dashboard.Name)
		} else {
			out = append(out, n.Resource.Name)
		}
	}
	return strings.Join(out, " ")
}

func TestDashboards(t *testing.T) {
	g := build(t, []*model.Project{lineagetest.Shop()}, lineagetest.Tower("rpt", "fct", "nowhere"))
	below := func(name string) string {
		id, ok := g.Resource("model.shop." + name)
		if !ok {
			t.Fatal(name)
		}
		var names []string
		for _, d := range g.DashboardsBelow(id) {
			names = append(names, d.Dashboard.Name)
		}
		return strings.Join(names, ", ")
	}
	for name, want := range map[string]string{"stg": "on fct, on rpt", "rpt": "on rpt", "dim": "on rpt", "a": ""} {
		if got := below(name); got != want {
			t.Errorf("below %s: %q, want %q", name, got, want)
		}
	}
	d, ok := g.Dashboard("luid-nowhere")
	if !ok || d.Status != StatusNotLinked || len(d.Links) != 1 || g.Explain(&d.Links[0]).Because == "" {
		t.Errorf("a dashboard on an unknown table: %+v", d)
	}
	if d, _ := g.Dashboard("luid-fct"); d.Status != StatusLinked || strings.Join(d.ContainerPath, "/") != "P" {
		t.Errorf("a linked dashboard: %v %v", d.Status, d.ContainerPath)
	}
}

func TestTwoManifestsOfOneProjectAreOneNode(t *testing.T) {
	dev := lineagetest.Shop()
	dev.Resources = dev.Resources[:4]
	g := build(t, []*model.Project{lineagetest.Shop(), dev}, lineagetest.Tower("fct"))
	if g.Resources() != len(lineagetest.Shop().Resources) {
		t.Errorf("%d resources", g.Resources())
	}
}

// The walk over adjacency arrays agrees with a plain search on random graphs,
// cycles and double edges included.
func TestReachAgreesWithAPlainSearch(t *testing.T) {
	for seed := range uint64(200) {
		rng := rand.New(rand.NewPCG(seed, 3))
		n := 1 + rng.IntN(12)
		p := &model.Project{Name: "p", Adapter: "postgres"}
		parents := map[int][]int{}
		for i := range n {
			r := model.Resource{ID: fmt.Sprint(i), Kind: model.KindModel, Name: fmt.Sprint(i), Extra: &model.ResourceExtra{Identifier: fmt.Sprint(i)}}
			for range rng.IntN(4) {
				from := rng.IntN(n)
				r.DependsOn = append(r.DependsOn, fmt.Sprint(from))
				if from != i {
					parents[i] = append(parents[i], from)
				}
			}
			p.Resources = append(p.Resources, r)
		}
		g := build(t, []*model.Project{p})
		start := rng.IntN(n)
		seen := map[int]bool{}
		var visit func(int)
		visit = func(i int) {
			if !seen[i] {
				seen[i] = true
				for _, up := range parents[i] {
					visit(up)
				}
			}
		}
		visit(start)
		delete(seen, start)
		var want []ID
		for i := range n {
			if seen[i] {
				want = append(want, ID(i))
			}
		}
		if got := g.Ancestors(-1, ID(start)); !slices.Equal(got, want) {
			t.Fatalf("seed %d: ancestors of %d: %v, want %v", seed, start, got, want)
		}
		for _, up := range g.Ancestors(-1, ID(start)) {
			if !slices.Contains(g.Descendants(-1, up), ID(start)) {
				t.Fatalf("seed %d: %d is upstream of %d but not the other way round", seed, up, start)
			}
		}
	}
}

func BenchmarkDashboardsBelow(b *testing.B) {
	p := &model.Project{Name: "p", Adapter: "postgres"}
	for i := range 100_000 {
		r := model.Resource{ID: fmt.Sprint("m", i), Kind: model.KindModel, Name: fmt.Sprint("m", i), Extra: &model.ResourceExtra{Identifier: fmt.Sprint("m", i)}}
		for k := 1; k <= 4 && i > 0; k++ {
			r.DependsOn = append(r.DependsOn, fmt.Sprint("m", (i*k*7919)%i))
		}
		p.Resources = append(p.Resources, r)
	}
	g, err := Build(b.Context(), []*model.Project{p}, nil, Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		g.DashboardsBelow(0)
	}
}

// A connection alias also says in which dialect custom SQL is read: # begins a
// comment for MySQL only.
func TestConnectionAliasesReachCustomSQL(t *testing.T) {
	s := lineagetest.Tower("fct")
	s.Tables[0] = model.Table{
		ID: "t0", Kind: model.CustomSQLTable, Name: "Q", Place: &model.Place{Database: "shop", ConnectionType: "our_plugin"},
		Extra: &model.TableExtra{Query: "select * from marts.fct # join marts.dim on 1=1"},
	}
	p := lineagetest.Shop()
	p.Adapter = "mysql"
	g, err := Build(t.Context(), []*model.Project{p}, []*model.Site{s}, Options{Match: match.Config{ConnectionAliases: map[string]string{"our_plugin": "mysql"}}})
	if err != nil {
		t.Fatal(err)
	}
	d, _ := g.Dashboard("luid-fct")
	if got := g.names(g.Upstream(d.ID)); got != "fct" || len(d.Links) != 1 {
		t.Errorf("reads %q in %d links, want fct alone", got, len(d.Links))
	}
}
