package workbooktest

import (
	"slices"
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/columns"
	"darkroom/model/lineage"
)

// InGraph is what the graph of sites and of a project with the made tables says of each
// dashboard, in the words of Truth.
func InGraph(t testing.TB, sites ...*model.Site) map[string]Truth {
	t.Helper()
	p := &model.Project{Name: "shop", Adapter: "postgres"}
	for _, name := range Tables() {
		p.Resources = append(p.Resources, model.Resource{
			ID: "model.shop." + name, Kind: model.KindModel, Name: name, Common: &model.Common{Package: "shop", Materialized: "table", Database: "shop", Schema: "marts"},
			Extra: &model.ResourceExtra{Identifier: name, RelationName: `"shop"."marts"."` + name + `"`},
		})
	}
	g, err := lineage.Build(t.Context(), []*model.Project{p}, sites, lineage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return said(g)
}

// said is what a graph says of each dashboard.
func said(g *lineage.Graph) map[string]Truth {
	out := map[string]Truth{}
	x := columns.Of(g)
	for _, d := range g.Dashboards() {
		var t Truth
		for _, c := range x.OfDashboard(d) {
			t.Columns = append(t.Columns, g.Node(c.Relation).Resource.Name+"."+c.Name)
		}
		slices.Sort(t.Columns)
		out[d.Title()] = t
	}
	for _, name := range Tables() {
		id, _ := g.Resource("model.shop." + name)
		for _, u := range x.Relation(id).Unknown {
			if u.Dashboard != nil {
				t := out[u.Dashboard.Title()]
				t.Unknown = append(t.Unknown, name)
				slices.SortFunc(t.Unknown, strings.Compare)
				out[u.Dashboard.Title()] = t
			}
		}
	}
	return out
}
