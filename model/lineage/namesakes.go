package lineage

import (
	"darkroom/model"
	"darkroom/model/selector"
)

// SelectorID is what selectors know a node of a project by: its unique_id, with the
// folder of the project where another of that name has it.
func (g *Graph) SelectorID(p *model.Project, uniqueID string) string {
	if _, ok := g.again[projectID{p, uniqueID}]; ok {
		return uniqueID + " in " + p.Root
	}
	if _, ok := g.byID[uniqueID]; !ok && g.namesake(p) {
		return uniqueID + " in " + p.Root // a test or an exposure
	}
	return uniqueID
}

// namesake reports that a project before p has its name.
func (g *Graph) namesake(p *model.Project) bool {
	for _, q := range g.Projects {
		if q == p {
			return false
		}
		if model.Namesakes(p, q) {
			return true
		}
	}
	return false
}

// Distinguish gives the nodes of a project the ids that SelectorID gives them.
func (g *Graph) Distinguish(p *model.Project, nodes []selector.Node) {
	if !g.namesake(p) {
		return
	}
	for i := range nodes {
		n := &nodes[i]
		parents := make([]string, len(n.Parents))
		for j, id := range n.Parents {
			parents[j] = g.SelectorID(p, id)
		}
		n.ID, n.Parents = g.SelectorID(p, n.ID), parents
	}
}
