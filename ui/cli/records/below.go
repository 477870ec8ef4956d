package records

import (
	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/sources/project/workspace"
)

// below is about the dashboards that depend on a node, at any distance.
type below struct{ dashboards, included, views int }

// belowEach gives it for nodes: one after another when they are so few that going through
// what is below each costs less than counting for the whole graph, as it does when a
// selector names one.
func belowEach(w *workspace.Workspace, nodes []lineage.ID) func(lineage.ID) below {
	included := includedIn(w)
	if len(nodes) <= lineage.Passes(len(w.Graph.Dashboards()))+lineage.Passes(len(included)) {
		return func(id lineage.ID) below { return belowOne(w, id) }
	}
	all := w.Graph.NewSums(true, nil, func(d *lineage.Dashboard) int { return d.Dashboard.Views })
	all.Add(1, w.Graph.DashboardIDs()...)
	some := w.Graph.NewCounts(true, nil)
	some.Add(1, included...)
	return func(id lineage.ID) below { return below{all.Of(id), some.Of(id), all.Sum(id)} }
}

func belowOne(w *workspace.Workspace, id lineage.ID) (b below) {
	for _, d := range w.Graph.DashboardsBelow(id) {
		b.dashboards++
		b.views += max(d.Dashboard.Views, 0)
		if w.Book.Effective(d.Key) == curate.Included {
			b.included++
		}
	}
	return b
}

// includedIn are the dashboards that are to be exported.
func includedIn(w *workspace.Workspace) (ids []lineage.ID) {
	for _, d := range w.Graph.Dashboards() {
		if w.Book.Effective(d.Key) == curate.Included {
			ids = append(ids, d.ID)
		}
	}
	return ids
}
