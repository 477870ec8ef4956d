package main

import "fmt"

// addFlows makes the flows; their inputs come later (addFlowInputs), because a flow
// may read one published data source and write another.
func (b *builder) addFlows() error {
	for _, spec := range b.sc.Flows {
		project, err := b.project(spec.Project)
		if err != nil {
			return fmt.Errorf("flow %q: %w", spec.Name, err)
		}
		owner, err := b.owner(spec.Owner)
		if err != nil {
			return fmt.Errorf("flow %q: %w", spec.Name, err)
		}
		f := &flow{
			ID: metaID(b.site, "flow", spec.Name), LUID: luid(b.site, "flow", spec.Name),
			Name: spec.Name, ProjectName: project.Name, Owner: owner,
			UpstreamDatasources: []link{}, NextUpstreamFlows: []link{}, DownstreamDatasources: []link{},
		}
		if f.UpstreamTables, err = b.tableLinks(spec.Tables); err != nil {
			return fmt.Errorf("flow %q: %w", spec.Name, err)
		}
		if f.DownstreamTables, err = b.tableLinks(spec.Writes); err != nil {
			return fmt.Errorf("flow %q: %w", spec.Name, err)
		}
		for _, ref := range spec.Writes {
			t := b.tables[ref]
			t.UpstreamFlows = append(t.UpstreamFlows, link{ID: f.ID})
			b.tables[ref] = t
		}
		b.flows[spec.Name] = f
		b.out.Metadata.Flows = append(b.out.Metadata.Flows, f)
	}
	return nil
}

func (b *builder) addFlowInputs() error {
	for _, spec := range b.sc.Flows {
		f := b.flows[spec.Name]
		for _, name := range spec.Published {
			p, ok := b.published[name]
			if !ok {
				return fmt.Errorf("flow %q: no published data source %q", spec.Name, name)
			}
			f.UpstreamDatasources = append(f.UpstreamDatasources, p.self)
		}
		for _, name := range spec.After {
			before, ok := b.flows[name]
			if !ok {
				return fmt.Errorf("flow %q: no flow %q", spec.Name, name)
			}
			f.NextUpstreamFlows = append(f.NextUpstreamFlows, link{ID: before.ID})
		}
	}
	return nil
}
