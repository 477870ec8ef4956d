package workspace

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"

	"darkroom/model"
	"darkroom/model/selector"
	"darkroom/sources/dbt"
	"darkroom/sources/dbt/nodes"
)

// Selectable reads the manifests once more, for what selectors ask for, and gives all
// that can be selected: their nodes, the dashboards, and the exposures that are in
// their files and not yet in a manifest. State is the folder of an earlier run, for the
// methods that compare with it; empty for none, or for that of the workspace.
func (w *Workspace) Selectable(ctx context.Context, state string, pending []selector.Node) (*selector.Universe, error) {
	if w.Production != nil {
		state = w.state
	}
	compared := w.Production
	switch {
	case state == "" || compared != nil:
	case len(w.Graph.Projects) != 1:
		return nil, fmt.Errorf("a state is compared with one project, and %d are loaded: name one with --manifest", len(w.Graph.Projects))
	default:
		compared = w.Graph.Projects[0]
	}
	var all []selector.Node
	var defs selector.Definitions
	var before selector.State
	for _, p := range w.Graph.Projects {
		m, err := dbt.ReadNodes(ctx, w.readFrom(p), p == compared)
		if err != nil {
			return nil, err
		}
		switch {
		case p == compared:
			if before, err = nodes.ReadState(ctx, state, filepath.Dir(w.readFrom(p).File), p.Name, m); err != nil {
				return nil, err
			}
			if p == w.Production {
				m.Nodes = append(m.Nodes, gone(m, before)...)
			}
		case compared != nil:
			for i := range m.Nodes {
				m.Nodes[i].Uncompared = true
			}
		}
		w.Graph.Distinguish(p, m.Nodes)
		if all == nil {
			all = m.Nodes
		} else {
			all = append(all, m.Nodes...)
		}
		addDefinitions(&defs, p)
	}
	all = slices.Grow(all, len(pending)+len(w.Graph.Dashboards()))
	u := w.Graph.Selectable(append(all, pending...))
	u.Defs, u.State = defs, before
	return u, nil
}

// gone are the nodes that only production has.
func gone(m *nodes.Manifest, before selector.State) (nodes []selector.Node) {
	now := make(map[string]bool, len(m.Nodes))
	for i := range m.Nodes {
		now[m.Nodes[i].ID] = true
	}
	for _, id := range slices.Sorted(maps.Keys(before.Before)) {
		if !now[id] {
			n := *before.Before[id]
			n.Gone = true
			nodes = append(nodes, n)
		}
	}
	return nodes
}

// addDefinitions adds the selectors.yml of a project. Of two with one name the one of
// the first project counts.
func addDefinitions(to *selector.Definitions, p *model.Project) {
	if p.Root == "" {
		return
	}
	defs, err := nodes.ReadDefinitions(p.Root)
	if err != nil && to.Err == nil {
		to.Err = err
	}
	if to.Specs == nil {
		to.Specs, to.Default = defs.Specs, defs.Default
		return
	}
	for name, spec := range defs.Specs {
		if _, twice := to.Specs[name]; !twice {
			to.Specs[name] = spec
		}
	}
}
