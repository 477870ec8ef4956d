package lineage

import (
	"strings"

	"darkroom/model"
)

// useResources adds the resources, those of a graph of the same projects as they are there.
func (g *Graph) useResources(like *Graph) {
	if like == nil {
		g.again, g.schemas = map[projectID]ID{}, schemasOf(g.Projects)
		g.addResources()
		return
	}
	share[order](g, like) // it has the resources alone
	g.byID, g.again, g.schemas, g.spots, g.resources = like.byID, like.again, like.schemas, like.spots, like.resources
}

func schemasOf(projects []*model.Project) map[string]bool {
	schemas := map[string]bool{}
	for _, p := range projects {
		for i := range p.Resources {
			schemas[strings.ToLower(p.Resources[i].Schema())] = true
		}
	}
	return schemas
}

func (g *Graph) addResources() {
	n := 0
	for _, p := range g.Projects {
		n += len(p.Resources)
	}
	g.spots, g.byID = make([]spot, 0, n), make(map[string]ID, n)
	for at, p := range g.Projects {
		for i := range p.Resources {
			r := &p.Resources[i]
			id, twice := g.byID[r.ID]
			if twice && g.sameNode(id, p, r) {
				continue
			}
			if twice {
				g.again[projectID{p, r.ID}] = ID(g.resources)
			} else {
				g.byID[r.ID] = ID(g.resources)
			}
			g.spots, g.resources = append(g.spots, spot{int32(at), int32(i)}), g.resources+1
		}
	}
}

// resourceEdges joins resources by depends_on, of every manifest that has them, or as a graph
// of the same projects does.
func (g *Graph) resourceEdges(like *Graph) []edge {
	n := 0
	for _, p := range g.Projects {
		for i := range p.Resources {
			n += len(p.Resources[i].DependsOn)
		}
	}
	edges := make([]edge, 0, n)
	if like != nil {
		for from := range ID(like.resources) {
			for _, to := range like.Downstream(from) {
				if int(to) < like.resources {
					edges = append(edges, edge{from, to})
				}
			}
		}
		return edges
	}
	for _, p := range g.Projects {
		for i := range p.Resources {
			to, _ := g.ResourceIn(p, p.Resources[i].ID)
			for _, parent := range p.Resources[i].DependsOn {
				if from, ok := g.ResourceIn(p, parent); ok && from != to {
					edges = append(edges, edge{from, to})
				}
			}
		}
	}
	return edges
}

func (g *Graph) sameNode(id ID, p *model.Project, r *model.Resource) bool {
	n := g.Node(id)
	return model.SameNode(n.Project, n.Resource, p, r)
}
