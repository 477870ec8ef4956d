// Package models is the Models view: project → folders → models, sources, seeds and
// snapshots → the dashboards downstream.
package models

import (
	"cmp"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/ui/explorer/view"
	"darkroom/ui/explorer/view/flat"
	"darkroom/ui/explorer/view/treeview"
	"darkroom/ui/tree"
)

// New makes the view.
func New(h *view.Host) view.View {
	tree := treeview.New(h, treeview.Spec{
		Info: view.Info{
			Name: "models", Title: "Models", About: "which dashboards depend on a model",
			Home: view.HomeOfResources,
		},
		Build:   outline,
		Columns: treeview.Columns(),
		Unfolds: true,
		Empty: func(*view.Host) (title, advice string) {
			return "No dbt project yet.", "Run dbt parse in the project, or name a manifest with --manifest FILE."
		},
	})
	return flat.New(h, tree, flat.Spec{Has: readsModel, About: "flat: dashboards that read a model"})
}

func outline(g *lineage.Graph) *treeview.Outline {
	o := &treeview.Outline{Graph: g, Grow: growDownstream, Leaf: func(o *treeview.Outline, id tree.ID) bool {
		n := o.Item(id).Node
		return n != lineage.None && g.Node(n).Dashboard != nil || o.Count(id) == 0
	}}
	order, places := inOrder(g)
	folders, homes := treeview.NewFolders(o), map[string]tree.ID{}
	for _, id := range order {
		home, made := homes[places[id]]
		if !made {
			home = tree.None
			for _, folder := range foldersOf(g, g.Node(id)) {
				home = folders.Under(home, folder, folder)
			}
			homes[places[id]] = home
		}
		o.AddResource(home, id)
	}
	return o
}

// inOrder are the resources that are shown, in the order of their places, and the
// places as text.
func inOrder(g *lineage.Graph) (order []lineage.ID, places map[lineage.ID]string) {
	order = make([]lineage.ID, 0, g.Resources())
	for id := range lineage.ID(g.Resources()) {
		switch g.Node(id).Resource.Kind {
		case model.KindModel, model.KindSeed, model.KindSnapshot, model.KindSource:
			order = append(order, id)
		}
	}
	places = make(map[lineage.ID]string, len(order))
	for _, id := range order {
		places[id] = sortKey(foldersOf(g, g.Node(id)))
	}
	slices.SortStableFunc(order, func(a, b lineage.ID) int {
		return cmp.Or(strings.Compare(places[a], places[b]), strings.Compare(g.Node(a).Resource.Name, g.Node(b).Resource.Name))
	})
	return order, places
}

// foldersOf lists the folders of a resource: its path without the file; a source is
// below its source name; a package's nodes are below the package.
func foldersOf(g *lineage.Graph, n *lineage.Node) []string {
	r := n.Resource
	var in []string
	if len(g.Projects) > 1 {
		in = append(in, model.ProjectTitle(n.Project, g.Projects))
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
	return max(0, slices.Index([]string{"models", "seeds", "snapshots", "sources", "packages"}, folder))
}

// growDownstream makes the dashboards below a resource: those that read it
// directly, then one group for the rest.
func growDownstream(o *treeview.Outline, id tree.ID) {
	node := o.Item(id).Node
	if node == lineage.None { // the group
		for _, d := range mostViewed(slices.Clone(o.Dashboards(id))) {
			o.AddDashboard(id, d)
		}
		return
	}
	if o.Graph.Node(node).Dashboard != nil { // nothing reads a dashboard
		return
	}
	var direct []*lineage.Dashboard
	for _, down := range o.Graph.Downstream(node) {
		if d := o.Graph.Node(down).Dashboard; d != nil {
			direct = append(direct, d)
		}
	}
	for _, d := range mostViewed(direct) {
		o.AddDashboard(id, d)
	}
	if o.Count(id) > len(direct) {
		o.Add(id, treeview.Item{
			Name: "through downstream models", Key: "\x01indirect", Lazy: true, Dim: true, Facts: &treeview.Facts{Rest: true},
		})
	}
}

// mostViewed orders dashboards by their views, the most of them first.
func mostViewed(list []*lineage.Dashboard) []*lineage.Dashboard {
	slices.SortStableFunc(list, func(a, b *lineage.Dashboard) int { return cmp.Compare(b.Dashboard.Views, a.Dashboard.Views) })
	return list
}

// readsModel reports a dashboard that is linked to a resource: it is below one.
func readsModel(g *lineage.Graph, d *lineage.Dashboard) bool { return len(g.Upstream(d.ID)) > 0 }
