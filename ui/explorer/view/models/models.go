// Package models is the Models view: project → folders → models, sources, seeds and
// snapshots → the dashboards downstream.
package models

import (
	"cmp"
	"slices"

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
		Groupings: groupings(),
		Columns:   treeview.Columns(),
		Unfolds:   true,
		Empty: func(*view.Host) (title, advice string) {
			return "No dbt project yet.", "Run dbt parse in the project, or name a manifest with --manifest FILE."
		},
	})
	return flat.New(h, tree, flat.Spec{Has: readsModel, About: "flat: dashboards that read a model"})
}

// outline puts the resources into their places.
func outline(g *lineage.Graph, places []*place) *treeview.Outline {
	o := &treeview.Outline{Graph: g, Grow: growDownstream, Leaf: func(o *treeview.Outline, id tree.ID) bool {
		n := o.Item(id).Node
		return n != lineage.None && o.Graph.Node(n).Dashboard != nil || o.Count(id) == 0
	}}
	folders, rows := treeview.NewFolders(o), 0
	for _, p := range places {
		rows += len(p.resources)
	}
	o.Reserve(rows + rows/foldersShare)
	for _, p := range places {
		home := tree.None
		for _, folder := range p.folders {
			home = folders.Under(home, folder, folder)
		}
		for _, id := range p.resources {
			o.AddResource(home, id)
		}
	}
	return o
}

// foldersShare is for how many resources there is about one folder.
const foldersShare = 32

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
