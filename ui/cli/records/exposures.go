package records

import (
	"slices"

	"darkroom/model/lineage"
	"darkroom/sources/project/export"
	"darkroom/sources/project/workspace"
	"darkroom/ui/cli/output"
)

// Exposure is one exposure in JSON. Mode is "auto" for those that darkroom
// writes and "manual" for those that are declared elsewhere.
type Exposure struct {
	Name        string   `json:"name"`
	Mode        string   `json:"mode"`
	Project     string   `json:"project"`
	Integration string   `json:"integration,omitempty"` // dbt's word for the BI tool
	Label       string   `json:"label,omitempty"`
	Type        string   `json:"type"`
	Owner       string   `json:"owner,omitempty"`
	OwnerEmail  string   `json:"owner_email,omitempty"`
	URL         string   `json:"url,omitempty"`
	Path        string   `json:"path"`
	LUID        string   `json:"luid,omitempty"`
	DependsOn   []string `json:"depends_on"` // unique_ids, sorted
}

// exposures says what the files will hold after export, not what they hold now;
// export --diff shows the difference.
func exposures(w *workspace.Workspace, in func(lineage.ID) bool) (output.Listing, error) {
	l := output.Listing{Header: []string{"name", "mode", "integration", "type", "owner", "owner email", "depends on", "file"}}
	list, err := export.List(w)
	if err != nil {
		return l, err
	}
	for i := range list {
		if !touches(w.Graph, list[i].DependsOn, in) {
			continue
		}
		x := exposureEntryOf(&list[i])
		l.Add(x, x.Name, x.Mode, x.Integration, x.Type, x.Owner, x.OwnerEmail, output.Number(len(x.DependsOn)), x.Path)
	}
	return l, nil
}

func exposureEntryOf(x *export.Listed) Exposure {
	mode := "manual"
	if x.Auto {
		mode = "auto"
	}
	return Exposure{
		Name: x.Name, Mode: mode, Project: x.Project, Integration: x.Integration, Label: x.Label, Type: x.Type, Owner: x.Owner, OwnerEmail: x.OwnerEmail,
		URL: x.URL, Path: x.Path, LUID: x.LUID, DependsOn: x.DependsOn,
	}
}

// touches reports whether one of the parents is selected; without a selector
// everything is.
func touches(g *lineage.Graph, parents []string, in func(lineage.ID) bool) bool {
	if in(lineage.None) {
		return true
	}
	return slices.ContainsFunc(parents, func(id string) bool {
		node, ok := g.Resource(id)
		return ok && in(node)
	})
}
