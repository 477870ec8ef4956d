package lineage_test

import (
	"fmt"
	"runtime"
	"testing"

	"darkroom/model"
	"darkroom/model/lineage"
)

// reading is a site whose dashboards all read the first tables of a project through one
// data source.
func reading(dashboards, tables int) *model.Site {
	s := &model.Site{Name: "big", Datasources: []model.Datasource{{ID: "d", Name: "Orders"}}}
	for i := range tables {
		id := fmt.Sprint("t", i)
		s.Tables = append(s.Tables, model.Table{ID: id, Name: fmt.Sprint("m", i), Place: &model.Place{Schema: "marts", Database: "shop", ConnectionType: "postgres"}})
		s.Datasources[0].TableIDs = append(s.Datasources[0].TableIDs, id)
	}
	for i := range dashboards {
		id := fmt.Sprint(i)
		s.Sheets = append(s.Sheets, model.Sheet{ID: id, Name: "Sheet", DatasourceIDs: []string{"d"}})
		s.Dashboards = append(s.Dashboards, model.Dashboard{ID: id, LUID: id, Name: id, SheetIDs: []string{id}})
	}
	return s
}

// marts are models that a site of reading names.
func marts(n int) *model.Project {
	p := &model.Project{Name: "shop", Adapter: "postgres"}
	for i := range n {
		name := fmt.Sprint("m", i)
		p.Resources = append(p.Resources, model.Resource{
			ID: "model.shop." + name, Kind: model.KindModel, Name: name, Common: &model.Common{Package: "shop", Database: "shop", Schema: "marts", Materialized: "table"}, Extra: &model.ResourceExtra{Identifier: name},
		})
	}
	return p
}

// linkBytes is what a graph keeps for one more link, with its route and its edge.
func linkBytes(t testing.TB, dashboards int) float64 {
	t.Helper()
	const few, many = 1, 17
	p := marts(many)
	size := func(tables int) int64 {
		site := reading(dashboards, tables)
		before := heap()
		g, err := lineage.Build(t.Context(), []*model.Project{p}, []*model.Site{site}, lineage.Options{})
		if err != nil {
			t.Fatal(err)
		}
		after := heap()
		if d := g.Dashboards()[0]; len(d.Links) != tables || d.Links[0].Resource == lineage.None {
			t.Fatalf("%d links: %v", len(d.Links), d.Links[0].Verdict)
		}
		runtime.KeepAlive(site)
		return after - before
	}
	return float64(size(many)-size(few)) / float64(dashboards*(many-few))
}

func heap() int64 {
	runtime.GC()
	runtime.GC() // the first empties pools
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// A link is a place in a list, an edge in both directions and its route: what its table is
// is kept once for all of them.
func TestMemoryOfALink(t *testing.T) {
	const most = 200
	if n := linkBytes(t, 500); n > most {
		t.Errorf("%.0f bytes, want %d at most", n, most)
	}
}

func BenchmarkMemoryOfALink(b *testing.B) {
	for b.Loop() {
		b.ReportMetric(linkBytes(b, 5_000), "B/link")
	}
}
