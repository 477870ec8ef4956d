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
	// Unparsed is true of one that is written and that dbt has not parsed yet.
	Unparsed bool `json:"not_parsed_yet,omitempty"`
}

// exposures says what the files will hold after export, not what they hold now;
// export --diff shows the difference.
func exposures(w *workspace.Workspace, in lineage.Selection) (output.Listing, error) {
	l := output.Listing{Header: []string{"name", "mode", "integration", "type", "owner", "owner email", "depends on", "file"}}
	list, err := export.List(w)
	if err != nil {
		return l, err
	}
	for i := range list {
		has, known := in.HasID(list[i].ID)
		if !known {
			has = touches(w.Graph, list[i].DependsOn, in)
		}
		if !has {
			continue
		}
		x := exposureEntryOf(&list[i])
		mode := x.Mode
		if x.Unparsed {
			mode += ", not parsed yet"
		}
		l.Add(x, x.Name, mode, x.Integration, x.Type, x.Owner, x.OwnerEmail, output.Number(len(x.DependsOn)), x.Path)
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
		URL: x.URL, Path: x.Path, LUID: x.LUID, DependsOn: x.DependsOn, Unparsed: x.Unparsed,
	}
}

// touches reports whether one of the parents is selected. It is asked for an exposure
// that is only planned, which no selector can mean.
func touches(g *lineage.Graph, parents []string, in lineage.Selection) bool {
	return slices.ContainsFunc(parents, func(id string) bool {
		node, ok := g.Resource(id)
		return ok && in.Has(node)
	})
}
