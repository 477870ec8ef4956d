package cli

import (
	"cmp"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/sources/project/export"
	"darkroom/sources/project/workspace"
)

// exposureEntry is one exposure in JSON. Mode is "auto" for those that darkroom
// writes and "manual" for those that people declared elsewhere.
type exposureEntry struct {
	Name       string   `json:"name"`
	Mode       string   `json:"mode"`
	Project    string   `json:"project"`
	Label      string   `json:"label,omitempty"`
	Type       string   `json:"type"`
	Owner      string   `json:"owner,omitempty"`
	OwnerEmail string   `json:"owner_email,omitempty"`
	URL        string   `json:"url,omitempty"`
	Path       string   `json:"path"`
	LUID       string   `json:"luid,omitempty"`
	DependsOn  []string `json:"depends_on"` // unique_ids, sorted
}

// listExposures joins what is ticked with what the manifests declare in other
// files. It says what the file will hold after export, not what it holds now;
// export --diff shows the difference.
func listExposures(w *workspace.Workspace, in func(lineage.ID) bool) (listing, error) {
	l := listing{header: []string{"name", "mode", "type", "owner", "owner email", "depends on", "file"}}
	e, err := export.PlanExport(w, w.Book, export.Options{})
	if err != nil {
		return l, err
	}
	var entries []exposureEntry
	for i := range e.Files {
		f := &e.Files[i]
		for _, x := range f.Plan.Exposures {
			entries = append(entries, exposureEntry{
				Name: x.Name, Mode: "auto", Project: f.Project.Name, Label: x.Label, Type: x.Type, Owner: x.OwnerName, OwnerEmail: x.OwnerEmail,
				URL: x.URL, Path: f.Name, LUID: x.Meta.LUID, DependsOn: x.ParentIDs,
			})
		}
	}
	for _, p := range w.Graph.Projects {
		for i := range p.Exposures {
			if x := &p.Exposures[i]; x.ManagedBy != "darkroom" {
				entries = append(entries, declaredEntry(p, x))
			}
		}
	}
	slices.SortFunc(entries, func(a, b exposureEntry) int {
		return cmp.Or(cmp.Compare(a.Project, b.Project), cmp.Compare(a.Name, b.Name))
	})
	for _, x := range entries {
		if !touches(w.Graph, x.DependsOn, in) {
			continue
		}
		l.rows = append(l.rows, listRow{x, []string{x.Name, x.Mode, x.Type, x.Owner, x.OwnerEmail, number(len(x.DependsOn)), x.Path}})
	}
	return l, nil
}

func declaredEntry(p *model.Project, x *model.Exposure) exposureEntry {
	parents := slices.Sorted(slices.Values(x.DependsOn))
	return exposureEntry{
		Name: x.Name, Mode: "manual", Project: p.Name, Label: x.Label, Type: x.Type, Owner: x.OwnerName,
		OwnerEmail: strings.Join(x.OwnerEmails, ", "), URL: x.URL, Path: x.Path, LUID: x.TableauLUID, DependsOn: orEmpty(parents),
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
