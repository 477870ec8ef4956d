package lineagetest

import (
	"path"
	"strings"

	"darkroom/model"
	"darkroom/model/selector"
)

// Nodes are the resources and exposures of projects as nodes for selectors, without
// what only a manifest has: configuration and tests.
func Nodes(projects ...*model.Project) (nodes []selector.Node) {
	for _, p := range projects {
		for i := range p.Resources {
			r := &p.Resources[i]
			_, below, _ := strings.Cut(path.Dir(r.Path), "/")
			fqn := append([]string{r.Package()}, append(strings.FieldsFunc(below, func(c rune) bool { return c == '/' }), r.Name)...)
			nodes = append(nodes, selector.Node{
				ID: r.ID, Type: r.Kind.String(), Name: r.Name, Package: r.Package(), Project: p.Name, Path: r.Path, FQN: fqn, Tags: r.Tags,
				Group: r.Group(), Access: r.Access(), Version: r.Version(), LatestVersion: r.LatestVersion(), SourceName: r.SourceName(), Parents: r.DependsOn,
			})
		}
		for i := range p.Exposures {
			x := &p.Exposures[i]
			nodes = append(nodes, selector.Node{
				ID: x.ID, Type: "exposure", Name: x.Name, Package: x.Package, Project: p.Name, Path: x.Path, FQN: []string{x.Package, x.Name}, Tags: x.Tags, Parents: x.DependsOn,
			})
		}
	}
	return nodes
}
