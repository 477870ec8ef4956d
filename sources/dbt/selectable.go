package dbt

import (
	"context"
	"os"

	"darkroom/model"
	"darkroom/sources/dbt/nodes"
)

// ReadNodes reads from the manifest of a loaded project what selectors need, with
// prints also what states are compared by. A manifest that says parents only in its
// parent_map gives them as they were loaded.
func ReadNodes(ctx context.Context, p *model.Project, prints bool) (m *nodes.Manifest, err error) {
	err = withFile(p.File, func(f *os.File, _ int64) error {
		m, err = nodes.Read(ctx, f, p.File, p.Name, prints)
		return err
	})
	if err != nil {
		return nil, err
	}
	loaded := map[string][]string{}
	for i := range p.Resources {
		loaded[p.Resources[i].ID] = p.Resources[i].DependsOn
	}
	for i := range m.Nodes {
		if n := &m.Nodes[i]; n.Parents == nil {
			n.Parents = loaded[n.ID]
		}
	}
	return m, nil
}
