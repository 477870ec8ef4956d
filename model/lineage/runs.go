package lineage

import "darkroom/model"

// Run is the newest result of a resource, from the results of the project that builds it.
func (g *Graph) Run(id ID) (model.Run, bool) {
	n := g.Node(id)
	if run, ok := n.Project.Runs[n.Resource.ID]; ok {
		return run, true
	}
	for _, p := range g.Projects {
		if p != n.Project && p.Name == n.Resource.Package() {
			run, ok := p.Runs[n.Resource.ID]
			return run, ok
		}
	}
	return model.Run{}, false
}
