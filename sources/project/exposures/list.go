package exposures

import (
	"context"
	"slices"

	"darkroom/model"
	"darkroom/model/exposure"
	"darkroom/model/exposure/merge"
	"darkroom/model/lineage"
	"darkroom/model/outlook"
	"darkroom/sources/project/export"
	"darkroom/sources/project/workspace"
)

// lister gathers the exposures of a plan.
type lister struct {
	*export.Plan
	graph    *lineage.Graph
	tools    []*model.Tool
	declared map[string]*model.Exposure // what the manifests have, as SelectorID gives them
	listed   map[string]bool            // the same of what is listed
	refused  map[string]bool            // by key
	out      []*outlook.Entry
}

func newLister(w *workspace.Workspace, plan *export.Plan) *lister {
	l := &lister{
		Plan: plan, graph: w.Graph, tools: model.Tools(w.Graph.Sites),
		declared: map[string]*model.Exposure{}, listed: map[string]bool{}, refused: map[string]bool{},
	}
	for _, p := range w.Targets() {
		for i := range p.Exposures {
			l.declared[w.Graph.SelectorID(p, p.Exposures[i].ID)] = &p.Exposures[i]
		}
	}
	for i := range plan.Refusals {
		l.refused[plan.Refusals[i].Key] = true
	}
	return l
}

// inFile is an entry of a file of a project.
type inFile struct {
	project *model.Project
	file    string
	*merge.InFile
}

// entries joins what darkroom's files will hold after an export with what is, or is
// declared, in other files. It stops with the error of ctx.
func (l *lister) entries(ctx context.Context) ([]*outlook.Entry, error) {
	after := map[[3]string]bool{} // root, key, name
	written := map[[2]string]bool{}
	for i := range l.Files {
		f := &l.Files[i]
		written[[2]string{f.Project.Root, f.Name}] = true
		l.addFile(ctx, f, after)
	}
	for i := range l.Files {
		l.addRemoved(&l.Files[i], after)
	}
	for i := range l.Look.Files {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if f := &l.Look.Files[i]; !written[[2]string{f.Project.Root, f.Name}] {
			for _, e := range f.Entries {
				l.add(inFile{f.Project, f.Name, &e}, outlook.Manual)
			}
		}
	}
	for _, p := range l.graph.Projects {
		for i := range p.Exposures {
			if x := &p.Exposures[i]; x.ManagedBy != exposure.ManagedBy && !l.listed[l.graph.SelectorID(p, exposureID(p, x.Name))] {
				l.out = append(l.out, l.ofManifest(p, x))
			}
		}
	}
	return l.out, ctx.Err()
}

// addFile adds the entries of a file that an export keeps up to date.
func (l *lister) addFile(ctx context.Context, f *export.File, after map[[3]string]bool) {
	lines := make(map[string]int, len(f.Before))
	for _, e := range f.Before {
		lines[e.Name] = e.Line
	}
	planned := make(map[string]*exposure.Exposure, len(f.Plan.Exposures))
	for i := range f.Plan.Exposures {
		planned[f.Plan.Exposures[i].Name] = &f.Plan.Exposures[i]
	}
	changes := changesOf(f)
	for _, e := range f.After {
		if ctx.Err() != nil {
			return
		}
		e.Line = lines[e.Name]
		if _, ours := slices.BinarySearch(f.Names, e.Name); !ours {
			l.add(inFile{f.Project, f.Name, &e}, outlook.Manual) // a copy of one is, too
			continue
		}
		after[[3]string{f.Project.Root, e.Key}] = true
		x := l.add(inFile{f.Project, f.Name, &e}, changes.state[e.Name])
		x.Auto = true
		x.Fields, x.Conflicts = changes.fields[e.Key], changes.conflicts[e.Key]
		p := planned[e.Name]
		if p != nil {
			x.Integration, x.DependsOn = p.Meta.Tool.Title(), p.ParentIDs
		}
		switch why, gone := changes.gone[e.Key]; {
		case gone:
			x.State, x.Why = outlook.Gone, why
		case p == nil && l.refused[e.Key]:
			x.State = outlook.Refused
		case x.State == outlook.Written && len(x.Conflicts) > 0:
			x.State = outlook.Yours
		}
	}
}

// addRemoved adds the entries that an export takes out of a file.
func (l *lister) addRemoved(f *export.File, after map[[3]string]bool) {
	if len(f.Changes.Removed) == 0 {
		return
	}
	for _, e := range f.Before {
		if _, gone := slices.BinarySearch(f.Changes.Removed, e.Name); gone && e.Managed && !after[[3]string{f.Project.Root, e.Key}] {
			l.add(inFile{f.Project, f.Name, &e}, outlook.Removed).Auto = true
		}
	}
}

// add adds an entry with what the file and the manifest say of it.
func (l *lister) add(e inFile, state outlook.State) *outlook.Entry {
	p, site := e.project, model.Site{Server: e.Server, ContentURL: e.Site}
	id := l.graph.SelectorID(p, exposureID(p, e.Name))
	known := l.declared[id]
	l.listed[id] = true
	var x *outlook.Entry
	if known != nil && state == outlook.Manual && !e.Managed {
		x = l.ofManifest(p, known)
	} else {
		x = &outlook.Entry{
			ID: exposureID(p, e.Name), Name: e.Name, In: p, State: state, Disabled: e.Disabled, Unparsed: e.Line > 0 && known == nil,
			Project: l.title(p), Site: site.ID(), Label: e.Label, Type: e.Type, Maturity: e.Maturity, Description: e.Description,
			Owner: e.OwnerName, OwnerEmails: e.OwnerEmails, Tags: e.Tags, URL: e.URL, LUID: e.LUID, DependsOn: parentsOf(known),
		}
		if e.Managed {
			x.Key, x.Integration = e.Key, model.ToolWithKey(l.tools, e.ToolKey)
		}
	}
	x.Path, x.Line, x.YAML = e.file, e.Line, e.Text
	l.out = append(l.out, x)
	return x
}

func (l *lister) title(p *model.Project) string { return model.ProjectTitle(p, l.graph.Projects) }

// ofManifest is an exposure as the manifest has it.
func (l *lister) ofManifest(p *model.Project, x *model.Exposure) *outlook.Entry {
	integration := x.ToolKey
	for _, t := range l.tools {
		if t.Key == x.ToolKey {
			integration = t.Name
		}
	}
	return &outlook.Entry{
		ID: x.ID, Name: x.Name, In: p, State: outlook.Manual, Disabled: !x.Enabled, Project: l.title(p), Integration: integration,
		Label: x.Label, Type: x.Type, Maturity: x.Maturity, Description: x.Description, Owner: x.OwnerName, OwnerEmails: x.OwnerEmails,
		Tags: x.Tags, URL: x.URL, Path: x.Path, LUID: x.LUID, DependsOn: parentsOf(x),
	}
}

// parentsOf are those that the manifest has for an exposure; none for nil.
func parentsOf(x *model.Exposure) []string {
	if x == nil {
		return []string{}
	}
	return append([]string{}, slices.Sorted(slices.Values(x.DependsOn))...)
}

// exposureID is the unique_id that dbt gives an exposure of a project.
func exposureID(p *model.Project, name string) string { return "exposure." + p.Name + "." + name }

// changes is what an export does with the entries of a file.
type changes struct {
	state     map[string]outlook.State // by name
	fields    map[string][]merge.FieldChange
	conflicts map[string][]merge.Conflict
	gone      map[string]string // why
}

func changesOf(f *export.File) changes {
	c := changes{make(map[string]outlook.State, len(f.After)), map[string][]merge.FieldChange{}, map[string][]merge.Conflict{}, map[string]string{}}
	for _, of := range []struct {
		names []string
		state outlook.State
	}{{f.Changes.Kept, outlook.Written}, {f.Changes.Added, outlook.New}, {f.Changes.Changed, outlook.Changed}} {
		for _, name := range of.names {
			c.state[name] = of.state
		}
	}
	for i := range f.Items {
		switch it := &f.Items[i]; it.What {
		case merge.Gone:
			c.gone[it.Key] = it.Note
		case merge.Change, merge.Rename:
			c.fields[it.Key] = append(c.fields[it.Key], it.Fields...)
		}
	}
	for _, con := range f.Conflicts {
		c.conflicts[con.Key] = append(c.conflicts[con.Key], con)
	}
	return c
}
