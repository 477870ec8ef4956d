package explorer

import (
	"cmp"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/ui/tree"
)

// modelsOutline is the Models view: project → folders → models, sources, seeds
// and snapshots → the dashboards downstream.
func modelsOutline(g *lineage.Graph) *outline {
	o := &outline{graph: g, grow: growDownstream, leaf: func(o *outline, id tree.ID) bool {
		it := &o.items[id]
		return it.kind == itemDashboard || it.kind == itemRead || len(o.dashboards(id)) == 0
	}}
	order := make([]lineage.ID, 0, g.Resources())
	for id := range lineage.ID(g.Resources()) {
		switch g.Node(id).Resource.Kind {
		case model.KindModel, model.KindSeed, model.KindSnapshot, model.KindSource:
			order = append(order, id)
		}
	}
	places := make(map[lineage.ID]string, len(order))
	for _, id := range order {
		places[id] = sortKey(folders(g.Node(id), len(g.Projects) > 1))
	}
	slices.SortStableFunc(order, func(a, b lineage.ID) int {
		return cmp.Or(strings.Compare(places[a], places[b]), strings.Compare(g.Node(a).Resource.Name, g.Node(b).Resource.Name))
	})
	index, homes := map[string]tree.ID{}, map[string]tree.ID{}
	for _, id := range order {
		home, made := homes[places[id]]
		if !made {
			home = tree.None
			for _, folder := range folders(g.Node(id), len(g.Projects) > 1) {
				home = o.folder(index, home, folder, folder)
			}
			homes[places[id]] = home
		}
		o.add(home, item{kind: itemResource, node: id, name: g.Node(id).Resource.VersionedName(), key: g.Node(id).Resource.ID})
	}
	return o
}

// folders lists the folders a resource stands in: its path without the file; a
// source below its source name; a package's nodes below the package.
func folders(n *lineage.Node, withProject bool) []string {
	r := n.Resource
	var in []string
	if withProject {
		in = append(in, n.Project.Name)
	}
	if r.Package != n.Project.Name && r.Package != "" {
		in = append(in, "packages", r.Package)
	}
	if r.Kind == model.KindSource {
		return append(in, "sources", r.SourceName)
	}
	parts := strings.Split(r.Path, "/")
	if len(parts) < 2 {
		return append(in, r.Kind.String()+"s")
	}
	return append(in, parts[:len(parts)-1]...)
}

// sortKey makes folders comparable as one text: models first, then what people
// open less often, and otherwise by name.
func sortKey(folders []string) string {
	var b strings.Builder
	for _, f := range folders {
		b.WriteByte(byte('0' + rank(f)))
		b.WriteString(f)
		b.WriteByte(0)
	}
	return b.String()
}

func rank(folder string) int {
	switch folder {
	case "models":
		return 0
	case "seeds":
		return 1
	case "snapshots":
		return 2
	case "sources":
		return 3
	case "packages":
		return 4
	}
	return 0
}

// growDownstream makes the dashboards below a resource: those that read it
// directly, then one group for the rest.
func growDownstream(o *outline, id tree.ID) {
	switch it := o.items[id]; it.kind {
	case itemResource:
		direct := 0
		for _, down := range o.graph.Downstream(it.node) {
			if d := o.graph.Node(down).Dashboard; d != nil {
				o.addDashboard(id, d)
				direct++
			}
		}
		if len(o.dashboards(id)) > direct {
			o.add(id, item{kind: itemIndirect, node: lineage.None, name: "through downstream models", key: "\x01indirect"})
		}
	case itemIndirect:
		for _, d := range o.dashboards(id) {
			o.addDashboard(id, d)
		}
	}
}

func (o *outline) addDashboard(parent tree.ID, d *lineage.Dashboard) tree.ID {
	return o.add(parent, item{kind: itemDashboard, node: d.ID, name: d.Title(), key: d.Key})
}

// indirectDashboards are those below a resource that do not read it themselves.
func indirectDashboards(g *lineage.Graph, id lineage.ID) []*lineage.Dashboard {
	direct := map[lineage.ID]bool{}
	for _, down := range g.Downstream(id) {
		direct[down] = true
	}
	return slices.DeleteFunc(g.DashboardsBelow(id), func(d *lineage.Dashboard) bool { return direct[d.ID] })
}
