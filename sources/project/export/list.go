package export

import (
	"cmp"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/sources/project/workspace"
)

// Listed is one exposure of the projects, planned or declared.
type Listed struct {
	ID   string // unique_id
	Name string
	// Auto is true of those that darkroom writes, false of those that people declared
	// elsewhere.
	Auto bool
	// Unparsed is true of those that are in their file and not yet in the manifest:
	// dbt has not parsed the project since.
	Unparsed          bool
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
func List(w *workspace.Workspace) ([]Listed, error) { return listed(w, w.Book) }

func listed(w *workspace.Workspace, book *curate.Book) ([]Listed, error) {
	plan, err := PlanExport(w, book, Options{})
	if err != nil {
		return nil, err
	}
	parsed := parsedExposures(w)
	var out []Listed
	for i := range plan.Files {
		f := &plan.Files[i]
		for _, x := range f.Plan.Exposures {
			id := exposureID(f.Project, x.Name)
			out = append(out, Listed{
				ID: id, Unparsed: plan.written[id] && !parsed[id],
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

// exposureID is the unique_id that dbt gives an exposure of a project.
func exposureID(p *model.Project, name string) string { return "exposure." + p.Name + "." + name }

// parsedExposures are the unique_ids that the manifests have.
func parsedExposures(w *workspace.Workspace) map[string]bool {
	parsed := map[string]bool{}
	for _, p := range w.Graph.Projects {
		for i := range p.Exposures {
			parsed[p.Exposures[i].ID] = true
		}
	}
	return parsed
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
		ID: x.ID, Name: x.Name, Project: p.Name, Integration: integration, Label: x.Label, Type: x.Type, Owner: x.OwnerName,
		OwnerEmail: strings.Join(x.OwnerEmails, ", "), URL: x.URL, Path: x.Path, LUID: x.LUID, DependsOn: parents,
	}
}
