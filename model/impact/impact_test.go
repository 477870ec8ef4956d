package impact

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/declared"
	"darkroom/model/growth"
	"darkroom/model/lineage"
	"darkroom/model/lineage/lineagetest"
	"darkroom/model/outlook"
)

// shop has raw.orders → stg → fct → rpt, dim → rpt, and dashboards on stg, fct, rpt and dim.
func shop(t testing.TB, change func(*model.Project, *model.Site)) *lineage.Graph {
	t.Helper()
	p, s := lineagetest.Shop(), lineagetest.Tower("stg", "fct", "rpt", "dim")
	for i, views := range []int{10, 2000, -1, 30} {
		s.Dashboards[i].Views = views
	}
	s.Workbooks[0].Owner = model.User{Name: "Ann", Email: "ann@example.com"}
	if change != nil {
		change(p, s)
	}
	g, err := lineage.Build(t.Context(), []*model.Project{p}, []*model.Site{s}, lineage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func ids(t testing.TB, g *lineage.Graph, names ...string) (found []lineage.ID) {
	t.Helper()
	for _, name := range names {
		if id, ok := g.Resource(name); ok {
			found = append(found, id)
		} else if d, ok := g.Dashboard(name); ok {
			found = append(found, d.ID)
		} else {
			t.Fatalf("no %s", name)
		}
	}
	return found
}

// ways are the affected things with their paths: "on fct: stg fct".
func ways(g *lineage.Graph, r *Report) (out []string) {
	way := func(title string, path []lineage.ID) {
		var names []string
		for _, id := range path {
			names = append(names, g.Node(id).Resource.Name)
		}
		out = append(out, title+": "+strings.Join(names, " "))
	}
	for _, d := range r.Dashboards {
		way(d.Title(), d.Path)
	}
	for _, x := range r.Exposures {
		way("exposure "+x.Name, x.Path)
	}
	return out
}

func TestWaysAreShortest(t *testing.T) {
	g := shop(t, nil)
	const m = "model.shop."
	for _, c := range []struct {
		changed []string
		want    string
	}{
		{[]string{m + "stg"}, "on fct: stg fct | on stg: stg | on rpt: stg fct rpt"},
		{[]string{"source.shop.raw.orders"}, "on fct: orders stg fct | on stg: orders stg | on rpt: orders stg fct rpt"},
		{[]string{m + "fct", m + "stg"}, "on fct: fct | on stg: stg | on rpt: fct rpt"}, // the nearest of several
		{[]string{m + "dim", m + "dim"}, "on dim: dim | on rpt: dim rpt"},
		{[]string{m + "a"}, ""}, // a cycle ends
		{[]string{"luid-fct"}, "on fct: "},
		{nil, ""},
	} {
		if got := strings.Join(ways(g, Of(g, ids(t, g, c.changed...), Known{})), " | "); got != c.want {
			t.Errorf("%v: %s", c.changed, got)
		}
	}
	if !Of(g, ids(t, g, m+"a"), Known{}).None() {
		t.Error("something depends on a")
	}
}

// The most important come first: what is included or declared, then certified or popular, then
// by views. What is counted is what is listed.
func TestSeverity(t *testing.T) {
	g := shop(t, func(_ *model.Project, s *model.Site) { // stg reads a certified source
		s.Datasources[0].Published, s.Datasources[0].WorkbookID, s.Datasources[0].Certified = true, "", true
	})
	book := curate.New(nil)
	book.Set([]string{"luid-rpt"}, curate.Included, curate.Meta{})
	plan := outlook.Make(nil, map[string]*outlook.Dashboard{
		"luid-rpt": {State: outlook.New, Entries: []*outlook.Entry{{Name: "on_rpt", State: outlook.New, Auto: true}}},
		"luid-dim": {ByHand: true, Entries: []*outlook.Entry{{Name: "by_hand", State: outlook.Manual}}},
	}, "")
	r := Of(g, ids(t, g, "source.shop.raw.orders", "model.shop.dim"), Known{book, plan})
	var got []string
	for _, d := range r.Dashboards {
		got = append(got, fmt.Sprint(d.Title(), " ", d.Severity, " ", d.State, " ", d.Exposure, " ", d.Certified))
	}
	want := []string{
		"on dim included manual by_hand false", "on rpt included new on_rpt false",
		"on fct certified_or_popular   false", "on stg certified_or_popular   true",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if c := r.Counts; c != (Counts{Dashboards: 4, Views: 2040, Owners: 1, Exposures: 1, Certified: 1, By: [3]int{2, 2, 0}}) {
		t.Errorf("%+v", c)
	}
}

func TestOwners(t *testing.T) {
	g := shop(t, func(_ *model.Project, s *model.Site) {
		s.Workbooks = append(s.Workbooks,
			model.Workbook{ID: "w2", Owner: model.User{Name: "Ben"}}, model.Workbook{ID: "w3"}, model.Workbook{ID: "w4", Owner: model.User{Name: "Ann", Email: "ANN@example.com"}})
		s.Dashboards[1].WorkbookID, s.Dashboards[2].WorkbookID, s.Dashboards[3].WorkbookID = "w2", "w3", "w4"
	})
	r := Of(g, ids(t, g, "source.shop.raw.orders", "model.shop.dim"), Known{})
	var got []string
	for _, o := range r.Owners {
		got = append(got, fmt.Sprint(o.Name, " ", len(o.Dashboards), " ", o.Views))
	}
	if want := []string{"Ben 1 2000", "Ann 2 40", " 1 0"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// Exposures of any type are affected, unless they are for a dashboard that is listed, or
// disabled.
func TestExposures(t *testing.T) {
	g := shop(t, func(p *model.Project, _ *model.Site) {
		p.Exposures = []model.Exposure{
			{ID: "exposure.shop.ml", Name: "ml", Type: "ml", Enabled: true, DependsOn: []string{"model.shop.rpt", "model.shop.fct"}},
			{ID: "exposure.shop.off", Name: "off", Type: "ml", DependsOn: []string{"model.shop.fct"}},
			{ID: "exposure.shop.elsewhere", Name: "elsewhere", Enabled: true, DependsOn: []string{"model.shop.dim"}},
			{ID: "exposure.shop.same", Name: "same", Enabled: true, LUID: "LUID-fct", DependsOn: []string{"model.shop.fct"}},
		}
	})
	r := Of(g, ids(t, g, "model.shop.fct"), Known{})
	if got := ways(g, r); !slices.Equal(got, []string{"on fct: fct", "on rpt: fct rpt", "exposure ml: fct"}) {
		t.Errorf("%q", got)
	}
	if r.Counts.Exposures != 1 {
		t.Errorf("%d exposures", r.Counts.Exposures)
	}
}

// One walk, however many dashboards there are and however deep they lie.
func TestOneWalk(t *testing.T) {
	growth.Check(t, 400, func(n int) growth.Run {
		p, tables := &model.Project{Name: "shop", Adapter: "postgres"}, []string(nil)
		for i := range n {
			name := fmt.Sprint("m", i)
			r := model.Resource{
				ID: "model.shop." + name, Kind: model.KindModel, Name: name, Common: &model.Common{Package: "shop", Database: "shop", Schema: "marts"}, Extra: &model.ResourceExtra{Identifier: name, RelationName: `"shop"."marts"."` + name + `"`},
			}
			for k := 1; k <= 4 && i >= 10; k++ { // in layers of ten
				r.DependsOn = append(r.DependsOn, fmt.Sprint("model.shop.m", i/10*10-10+(i+3*k)%10))
			}
			p.Resources = append(p.Resources, r)
			if i >= n-10 || i < n/4 {
				tables = append(tables, name)
			}
		}
		g, err := lineage.Build(t.Context(), []*model.Project{p}, []*model.Site{lineagetest.Tower(tables...)}, lineage.Options{})
		if err != nil {
			t.Fatal(err)
		}
		declared.Of(g)
		w := walk{g: g, before: map[lineage.ID]lineage.ID{}}
		from := ids(t, g, "model.shop.m0", "model.shop.m1")
		return func() int {
			w.from(from)
			return len(w.before)
		}
	})
}
