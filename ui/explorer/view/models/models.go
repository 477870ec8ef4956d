// Package models is the Models view: project → folders → models, sources, seeds and
// snapshots → the dashboards downstream.
package models

import (
	"cmp"
	"maps"
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
		Groupings: groupings(),
		Columns:   treeview.Columns(),
		Unfolds:   true,
		Empty: func(*view.Host) (title, advice string) {
			return "No dbt project yet.", "Run dbt parse in the project, or name a manifest with --manifest FILE."
		},
	})
	return flat.New(h, tree, flat.Spec{Has: readsModel, About: "flat: dashboards that read a model"})
}

// outline puts each resource into the folders that a grouping has for it, in the order of
// their places.
func outline(g *lineage.Graph, in foldersOf, rank func(string) int) *treeview.Outline {
	o := &treeview.Outline{Graph: g, Grow: growDownstream, Leaf: func(o *treeview.Outline, id tree.ID) bool {
		n := o.Item(id).Node
		return n != lineage.None && g.Node(n).Dashboard != nil || o.Count(id) == 0
	}}
	folders, home, last := treeview.NewFolders(o), tree.None, (*place)(nil)
	spots := inOrder(g, in, rank)
	o.Reserve(len(spots) + len(spots)/foldersShare)
	for _, at := range spots {
		if at.place != last {
			home, last = tree.None, at.place
			for _, folder := range at.folders {
				home = folders.Under(home, folder, folder)
			}
		}
		o.AddResource(home, at.id)
	}
	return o
}

// foldersShare is for how many resources there is about one folder.
const foldersShare = 32

// spot is a resource in one of its places.
type spot struct {
	id   lineage.ID
	name string
	*place
}

// place is where resources are, among all places in their order.
type place struct {
	folders []string
	text    string
	rank    int
}

// inOrder are the resources that are shown, in the order of their places. One that has
// several tags has several places.
func inOrder(g *lineage.Graph, in foldersOf, rank func(string) int) []spot {
	spots, places := make([]spot, 0, g.Resources()), map[string]*place{}
	for id := range lineage.ID(g.Resources()) {
		n := g.Node(id)
		switch n.Resource.Kind {
		case model.KindModel, model.KindSeed, model.KindSnapshot, model.KindSource:
			for _, folders := range in(n) {
				if len(g.Projects) > 1 {
					folders = append([]string{model.ProjectTitle(n.Project, g.Projects)}, folders...)
				}
				text := sortKey(folders, rank)
				if places[text] == nil {
					places[text] = &place{folders: folders, text: text}
				}
				spots = append(spots, spot{id, n.Resource.Name, places[text]})
			}
		}
	}
	for i, text := range slices.Sorted(maps.Keys(places)) {
		places[text].rank = i
	}
	slices.SortFunc(spots, func(a, b spot) int {
		if a.rank != b.rank {
			return a.rank - b.rank
		}
		return cmp.Or(strings.Compare(a.name, b.name), int(a.id-b.id))
	})
	return spots
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
