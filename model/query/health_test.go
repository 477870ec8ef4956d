package query

import (
	"slices"
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/health"
	"darkroom/model/lineage"
	"darkroom/model/lineage/lineagetest"
	"darkroom/model/outlook"
)

// A dashboard, a resource and an exposure have the health that is shown of them: what a
// dashboard reads has one of its own, which is not the dashboard's.
func TestHealthField(t *testing.T) {
	shop := lineagetest.Shop()
	shop.Runs = map[string]model.Run{}
	for _, r := range shop.Resources {
		shop.Runs[r.ID] = model.Run{Status: "success", EndedAt: noon}
	}
	shop.Runs["model.shop.stg"] = model.Run{Status: "error", EndedAt: noon}
	g, err := lineage.Build(t.Context(), []*model.Project{shop}, []*model.Site{lineagetest.Tower("fct", "nowhere")}, lineage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	k := Known{Graph: g, Now: noon, Nodes: g.Selectable(lineagetest.Nodes(shop))}
	if k.Health, err = health.New(t.Context(), g, health.Options{Now: noon}); err != nil {
		t.Fatal(err)
	}
	board := &outlook.Entry{Name: "board", In: shop, DependsOn: []string{"model.shop.fct"}}
	for text, want := range map[string]string{
		"health:degraded": "stg, on fct, board", "health:deg": "stg, on fct, board", "-health:degraded": "orders, fct, rpt, dim, a, b, orders, on nowhere",
		"health:unknown": "on nowhere", "health:degraded kind:dashboard": "on fct",
	} {
		s, err := ReadSelection([]string{text}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if !s.NeedsHealth() {
			t.Errorf("%q needs no health", text)
		}
		in, _, err := s.Find(t.Context(), k)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for id := range lineage.ID(g.Len()) {
			if n := g.Node(id); in.Has(id) && n.Dashboard != nil {
				got = append(got, n.Dashboard.Title())
			} else if in.Has(id) {
				got = append(got, n.Resource.Name)
			}
		}
		if in.HasEntry(board) {
			got = append(got, "board")
		}
		if g, w := sorted(got), sorted(strings.Split(want, ", ")); g != w {
			t.Errorf("%q selects %s, want %s", text, g, w)
		}
	}
	if _, err := ReadSelection([]string{"health:ill"}, nil); err == nil || !strings.Contains(err.Error(), "takes degraded, caution, healthy or unknown") {
		t.Error(err)
	}
	var offered []string
	for _, s := range k.Complete("health:") {
		offered = append(offered, s.Show+" "+s.Note)
	}
	if got := strings.Join(offered, ", "); got != "degraded 1 dashboard, unknown 1 dashboard" {
		t.Error(got)
	}
}

// Without any results nothing has a health, and the filter says where results come from.
func TestHealthFieldWithoutResults(t *testing.T) {
	k := known(t, lineagetest.Tower("fct"))
	for _, judged := range []*health.Health{nil, made(t, k.Graph)} {
		k.Health = judged
		b, problem := Parse("-health:degraded").Bind(k)
		if !strings.Contains(problem, "dbt run writes target/run_results.json") || b.Meets(0, true) {
			t.Error(problem)
		}
		if len(k.Complete("health:")) > 0 {
			t.Error("states are offered")
		}
	}
}

func sorted(words []string) string {
	slices.Sort(words)
	return strings.Join(words, ", ")
}

func made(t *testing.T, g *lineage.Graph) *health.Health {
	h, err := health.New(t.Context(), g, health.Options{Now: noon})
	if err != nil {
		t.Fatal(err)
	}
	return h
}
