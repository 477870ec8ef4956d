package export

import (
	"cmp"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/sources/project/workspace"
)

// Listed is one exposure of the projects, planned or declared.
type Listed struct {
	Name string
	// Auto is true of those that darkroom writes, false of those that people declared
	// elsewhere.
	Auto              bool
	Project           string
	Integration       string // the BI tool's name, or its key in meta when the tool is not loaded
	Label, Type       string
	Owner, OwnerEmail string
	URL, Path, LUID   string
	DependsOn         []string // unique_ids, sorted; never nil
}

// List joins what is included with what the manifests declare in other files, by
// project and name. It says what the files will hold after an export, not what they
// hold now.
func List(w *workspace.Workspace) ([]Listed, error) {
	plan, err := PlanExport(w, w.Book, Options{})
	if err != nil {
		return nil, err
	}
	var out []Listed
	for i := range plan.Files {
		f := &plan.Files[i]
		for _, x := range f.Plan.Exposures {
			out = append(out, Listed{
				Name: x.Name, Auto: true, Project: f.Project.Name, Integration: x.Meta.Tool.Title(), Label: x.Label, Type: x.Type, Owner: x.OwnerName, OwnerEmail: x.OwnerEmail,
				URL: x.URL, Path: f.Name, LUID: x.Meta.LUID, DependsOn: x.ParentIDs,
			})
		}
	}
	tools := model.Tools(w.Graph.Sites)
	for _, p := range w.Graph.Projects {
		for i := range p.Exposures {
			if x := &p.Exposures[i]; x.ManagedBy != "darkroom" {
				out = append(out, declared(p, x, tools))
			}
		}
	}
	slices.SortFunc(out, func(a, b Listed) int {
		return cmp.Or(cmp.Compare(a.Project, b.Project), cmp.Compare(a.Name, b.Name))
	})
	return out, nil
}

func declared(p *model.Project, x *model.Exposure, tools []*model.Tool) Listed {
	integration := x.ToolKey
	for _, t := range tools {
		if t.Key == x.ToolKey {
			integration = t.Name
		}
	}
	parents := slices.Sorted(slices.Values(x.DependsOn))
	if parents == nil {
		parents = []string{}
	}
	return Listed{
		Name: x.Name, Project: p.Name, Integration: integration, Label: x.Label, Type: x.Type, Owner: x.OwnerName,
		OwnerEmail: strings.Join(x.OwnerEmails, ", "), URL: x.URL, Path: x.Path, LUID: x.LUID, DependsOn: parents,
	}
}
