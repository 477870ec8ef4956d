package export

import (
	"cmp"
	"context"
	"slices"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/exposure"
	"darkroom/model/exposure/merge"
	"darkroom/model/lineage"
	"darkroom/sources/project/workspace"
)

// Listed is one exposure of the projects, planned or declared.
type Listed struct {
	ID   string // unique_id
	Name string
	In   *model.Project // that it belongs to
	// Auto is true of those that darkroom writes, false of those that people declared
	// elsewhere.
	Auto bool
	// Unparsed is true of those that are in their file and not yet in the manifest:
	// dbt has not parsed the project since.
	Unparsed          bool
	State             ListedState
	Project           string
	Integration       string // the BI tool's name, or its key in meta when the tool is not loaded
	Site              string // as model.Site.ID, "" when it is not known
	Label, Type       string
	Maturity          string
	Description       string
	Owner             string
	OwnerEmails, Tags []string
	URL, Path, LUID   string
	DependsOn         []string // unique_ids, sorted; never nil
}

// ListedState is what an export makes of an exposure.
type ListedState string

// The states of an exposure in a list.
const (
	ListedWritten     ListedState = "written"
	ListedNew         ListedState = "new"
	ListedChanged     ListedState = "changed"
	ListedGone        ListedState = "gone"     // not in the BI tool; it waits for the end of the grace period
	ListedDisabled    ListedState = "disabled" // by hand
	ListedHandWritten ListedState = "hand-written"
)

// List joins what darkroom's files will hold after an export, not what they hold now,
// with what the manifests declare in other files, by project and name.
func List(ctx context.Context, w *workspace.Workspace) ([]Listed, error) {
	return listed(ctx, w, w.Book)
}

func listed(ctx context.Context, w *workspace.Workspace, book *curate.Book) ([]Listed, error) {
	plan, err := PlanExport(ctx, w, book, Options{AnyPlace: true})
	if err != nil {
		return nil, err
	}
	l := lister{tools: model.Tools(w.Graph.Sites), graph: w.Graph, state: map[string]ListedState{}, listed: map[string]bool{}}
	for i := range plan.Items {
		l.note(&plan.Items[i])
	}
	for i := range plan.Files {
		l.addFile(&plan.Files[i])
	}
	parsed := parsedExposures(w)
	for i := range l.out {
		x := &l.out[i]
		x.Unparsed = plan.written[fileID(x.In, x.Name)] && !parsed[w.Graph.SelectorID(x.In, x.ID)]
	}
	for _, p := range w.Graph.Projects {
		for i := range p.Exposures {
			if x := &p.Exposures[i]; x.ManagedBy != exposure.ManagedBy && !l.listed[w.Graph.SelectorID(p, exposureID(p, x.Name))] {
				l.out = append(l.out, l.declared(p, x))
			}
		}
	}
	slices.SortFunc(l.out, func(a, b Listed) int {
		return cmp.Or(cmp.Compare(a.Project, b.Project), cmp.Compare(a.Name, b.Name), cmp.Compare(a.In.Root, b.In.Root))
	})
	return l.out, nil
}

// lister gathers the list.
type lister struct {
	tools  []*model.Tool
	state  map[string]ListedState // by the dashboard's key
	graph  *lineage.Graph
	listed map[string]bool // as graph.SelectorID gives them
	out    []Listed
}

func (l *lister) note(item *merge.Item) {
	switch item.What {
	case merge.Add:
		l.state[item.Key] = ListedNew
	case merge.Change, merge.Rename, merge.Move, merge.Clash:
		l.state[item.Key] = ListedChanged
	case merge.Gone, merge.SameAs:
		l.state[item.Key] = ListedGone
	}
}

// addFile adds the entries of a file that darkroom keeps up to date.
func (l *lister) addFile(f *File) {
	planned := map[string]*exposure.Exposure{}
	for i := range f.Plan.Exposures {
		planned[f.Plan.Exposures[i].Name] = &f.Plan.Exposures[i]
	}
	for _, e := range merge.WrittenIn(f.Text) {
		site := model.Site{Server: e.Server, ContentURL: e.Site}
		x := Listed{
			ID: exposureID(f.Project, e.Name), Name: e.Name, In: f.Project, Auto: true, State: cmp.Or(l.state[e.Key], ListedWritten), Project: l.title(f.Project),
			Integration: model.ToolWithKey(l.tools, e.ToolKey), Site: site.ID(),
			Label: e.Label, Type: e.Type, Maturity: e.Maturity, Description: e.Description,
			Owner: e.OwnerName, OwnerEmails: e.OwnerEmails, Tags: e.Tags, URL: e.URL, Path: f.Name, LUID: e.LUID, DependsOn: []string{},
		}
		if _, ours := slices.BinarySearch(f.Names, e.Name); !ours {
			x.Auto, x.State = false, ListedHandWritten // a copy of one
		}
		if e.Disabled {
			x.State = ListedDisabled
		}
		if p := planned[e.Name]; p != nil {
			x.Integration, x.DependsOn = p.Meta.Tool.Title(), p.ParentIDs
		} else {
			x.DependsOn = parentsOf(f.Project, e.Name)
		}
		l.listed[l.graph.SelectorID(f.Project, x.ID)] = true
		l.out = append(l.out, x)
	}
}

func (l *lister) title(p *model.Project) string { return model.ProjectTitle(p, l.graph.Projects) }

// parentsOf are those that the manifest has for an exposure.
func parentsOf(p *model.Project, name string) []string {
	i := slices.IndexFunc(p.Exposures, func(x model.Exposure) bool { return x.Name == name && x.Package == p.Name })
	if i < 0 {
		return []string{}
	}
	return append([]string{}, slices.Sorted(slices.Values(p.Exposures[i].DependsOn))...)
}

// exposureID is the unique_id that dbt gives an exposure of a project.
func exposureID(p *model.Project, name string) string { return "exposure." + p.Name + "." + name }

// fileID is that of an entry in the files of one project, which no other has.
func fileID(p *model.Project, name string) [2]string { return [2]string{p.Root, exposureID(p, name)} }

// parsedExposures are those that the manifests have, as SelectorID gives them.
func parsedExposures(w *workspace.Workspace) map[string]bool {
	parsed := map[string]bool{}
	for _, p := range w.Graph.Projects {
		for i := range p.Exposures {
			parsed[w.Graph.SelectorID(p, p.Exposures[i].ID)] = true
		}
	}
	return parsed
}

func (l *lister) declared(p *model.Project, x *model.Exposure) Listed {
	integration := x.ToolKey
	for _, t := range l.tools {
		if t.Key == x.ToolKey {
			integration = t.Name
		}
	}
	state := ListedHandWritten
	if !x.Enabled {
		state = ListedDisabled
	}
	return Listed{
		ID: x.ID, Name: x.Name, In: p, State: state, Project: l.title(p), Integration: integration, Label: x.Label, Type: x.Type, Maturity: x.Maturity,
		Description: x.Description, Owner: x.OwnerName, OwnerEmails: x.OwnerEmails, Tags: x.Tags, URL: x.URL, Path: x.Path, LUID: x.LUID,
		DependsOn: append([]string{}, slices.Sorted(slices.Values(x.DependsOn))...),
	}
}
