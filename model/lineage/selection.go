package lineage

import (
	"darkroom/model"
	"darkroom/model/selector"
)

// Selectable joins the nodes of manifests with the dashboards of the graph, which are
// nodes of their own and below the resources that they read
// (model/selector/SELECTORS.md#dashboards).
func (g *Graph) Selectable(nodes []selector.Node) *selector.Universe {
	for _, d := range g.dashboards {
		n := selector.Node{ID: g.selectorID(d.ID), Type: selector.Dashboard, Name: d.Dashboard.Name}
		for _, up := range g.Upstream(d.ID) {
			n.Parents = append(n.Parents, g.selectorID(up))
		}
		nodes = append(nodes, n)
	}
	return selector.New(nodes)
}

func (g *Graph) selectorID(id ID) string {
	n := g.Node(id)
	if n.Dashboard != nil {
		return "dashboard." + n.Dashboard.Key
	}
	return g.SelectorID(n.Project, n.Resource.ID)
}

// Selection says what of a graph a selector means. The zero value means everything.
type Selection struct {
	g     *Graph
	found *selector.Found
	meets func(ID) bool // nil: what was found
}

// Selected is what was found among what g.Selectable gave.
func (g *Graph) Selected(found *selector.Found) Selection { return Selection{g: g, found: found} }

// SelectedBy is what meets a condition that only nodes of the graph can meet. With found,
// a selector means the rest of a project, its exposures.
func (g *Graph) SelectedBy(meets func(ID) bool, found *selector.Found) Selection {
	return Selection{g, found, meets}
}

// All reports that nothing was selected in particular.
func (s Selection) All() bool { return s.found == nil && s.meets == nil }

// Narrowed reports a selection of nodes of the graph alone: an exposure is in it by its
// dashboards.
func (s Selection) Narrowed() bool { return s.found == nil && s.meets != nil }

// Has reports whether a node is selected.
func (s Selection) Has(id ID) bool {
	switch {
	case s.All():
		return true
	case id == None:
		return false
	case s.meets != nil:
		return s.meets(id)
	}
	return s.found.Has(s.g.selectorID(id))
}

// HasID reports whether the node of a project's unique_id is selected, and whether it
// could be: an exposure that is planned and in no file is not there to be selected.
func (s Selection) HasID(p *model.Project, id string) (has, known bool) {
	switch {
	case s.All():
		return true, true
	case s.Narrowed():
		return false, true
	}
	id = s.g.SelectorID(p, id)
	return s.found.Has(id), s.found.Knows(id)
}
