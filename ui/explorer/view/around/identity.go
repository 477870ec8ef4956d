package around

import (
	"strings"

	"darkroom/model/declared"
	"darkroom/model/lineage"
	"darkroom/model/subgraph"
)

const dashboardPrefix = "dashboard."

// identity is what a node is in any graph, so that the view can follow a reload.
func identity(g *lineage.Graph, id lineage.ID, x *declared.Exposure) string {
	switch {
	case x != nil:
		return x.ID
	case id == lineage.None:
		return ""
	}
	n := g.Node(id)
	if n.Resource != nil {
		return g.SelectorID(n.Project, n.Resource.ID)
	}
	return dashboardPrefix + n.Dashboard.Key
}

// find finds a node by its identity.
func find(g *lineage.Graph, id string) (subgraph.Root, bool) {
	if id == "" {
		return subgraph.Root{}, false
	}
	if key, ok := strings.CutPrefix(id, dashboardPrefix); ok {
		if d, ok := g.Dashboard(key); ok {
			return subgraph.Root{Node: d.ID}, true
		}
	}
	if node, ok := g.Resource(id); ok {
		return subgraph.Root{Node: node}, true
	}
	for _, p := range g.Projects {
		if bare, ok := strings.CutSuffix(id, " in "+p.Root); ok {
			if node, ok := g.ResourceIn(p, bare); ok {
				return subgraph.Root{Node: node}, true
			}
		}
	}
	all := declared.Of(g).All
	for i := range all {
		if all[i].ID == id {
			return subgraph.Root{Node: lineage.None, Exposure: &all[i]}, true
		}
	}
	return subgraph.Root{}, false
}
