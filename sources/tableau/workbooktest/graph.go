package workbooktest

import (
	"slices"
	"strings"

	"darkroom/model/columns"
	"darkroom/model/lineage"
)

// InGraph is what a graph says of each dashboard, in the words of Truth.
func InGraph(g *lineage.Graph) map[string]Truth {
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
