package workbook_test

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/sources/tableau/workbook"
	"darkroom/sources/tableau/workbooktest"
)

// inGraph is what a graph says of each dashboard of the made tables.
func inGraph(t *testing.T, sites ...*model.Site) map[string]workbooktest.Truth {
	t.Helper()
	p := &model.Project{Name: "shop", Adapter: "postgres"}
	for _, name := range workbooktest.Tables() {
		p.Resources = append(p.Resources, model.Resource{
			ID: "model.shop." + name, Kind: model.KindModel, Name: name, Package: "shop", Materialized: "table",
			Database: "shop", Schema: "marts", Identifier: name, RelationName: `"shop"."marts"."` + name + `"`,
		})
	}
	g, err := lineage.Build(t.Context(), []*model.Project{p}, sites, lineage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return workbooktest.InGraph(g)
}

// A column's dashboards are exactly those whose sheets have a field that is made of it, and
// what is not known is exactly what cannot be traced.
func TestColumnsOfRandomWorkbooks(t *testing.T) {
	used, unknown := 0, 0
	for seed := range uint64(500) {
		m := workbooktest.New(rand.New(rand.NewPCG(seed, 3)), seed%4 == 0)
		sites, err := workbook.Load(t.Context(), []string{"site"}, workbook.Options{FS: m.Files()})
		if err != nil {
			t.Fatal(err)
		}
		want := m.Dashboards()
		if d := cmp.Diff(want, inGraph(t, sites...)); d != "" {
			for name, file := range m.Files() {
				t.Logf("%s\n%s", name, file.Data)
			}
			t.Fatalf("seed %d: want (-), got (+)\n%s", seed, d)
		}
		for _, truth := range want {
			used, unknown = used+len(truth.Columns), unknown+len(truth.Unknown)
		}
	}
	if used < 500 || unknown < 200 {
		t.Errorf("%d columns are used and %d tables unknown: the workbooks show too little", used, unknown)
	}
}
