package records

import (
	"context"
	"slices"
	"strings"

	"darkroom/model/health"
	"darkroom/model/lineage"
	"darkroom/model/outlook"
	"darkroom/model/query"
	"darkroom/sources/project/exposures"
	"darkroom/sources/project/workspace"
	"darkroom/ui/cli/output"
)

// Exposure is one exposure in JSON. Mode is "auto" for those that darkroom
// writes and "manual" for those that are declared elsewhere; State is what an export
// makes of it: written, new, changed, refused, yours, gone, disabled or hand-written;
// removed where a selection asks for states.
type Exposure struct {
	Name        string   `json:"name"`
	Mode        string   `json:"mode"`
	State       string   `json:"state"`
	Health      string   `json:"health,omitempty"` // none without results of dbt, or of one that is disabled
	Project     string   `json:"project"`
	Integration string   `json:"integration,omitempty"` // dbt's word for the BI tool
	Site        string   `json:"site,omitempty"`
	Label       string   `json:"label,omitempty"`
	Type        string   `json:"type"`
	Maturity    string   `json:"maturity,omitempty"`
	Description string   `json:"description,omitempty"`
	Tags        []string `json:"tags,omitempty"`
	Owner       string   `json:"owner,omitempty"`
	OwnerEmail  string   `json:"owner_email,omitempty"` // all of them, with commas
	OwnerEmails []string `json:"owner_emails,omitempty"`
	URL         string   `json:"url,omitempty"`
	Path        string   `json:"path"`
	LUID        string   `json:"luid,omitempty"`
	DependsOn   []string `json:"depends_on"`       // unique_ids, sorted
	Advice      []string `json:"advice,omitempty"` // codes, as list advice has them
	// Unparsed is true of one that is written and that dbt has not parsed yet.
	Unparsed bool `json:"not_parsed_yet,omitempty"`
}

// exposureList says what the files will hold after export, not what they hold now;
// export --diff shows the difference. A selection that asks for states has what is refused
// without an entry, and what goes, too.
func exposureList(ctx context.Context, w *workspace.Workspace, in query.Found, when When) (output.Listing, error) {
	l := output.Listing{Header: []string{"name", "mode", "state", "health", "integration", "site", "type", "maturity", "owner", "owner email", "tags", "depends on", "advice", "file"}}
	list := in.Entries
	if list == nil {
		var err error
		if list, err = exposures.List(ctx, w, w.Book); err != nil {
			return l, err
		}
	}
	judged, err := health.New(ctx, w.Graph, when.Health)
	if err != nil {
		return l, err
	}
	views := viewsOf(w.Graph)
	var some []*outlook.Entry
	for _, e := range list {
		if ctx.Err() != nil {
			return l, ctx.Err()
		}
		if exposureIn(w.Graph, e, in) {
			some = append(some, e)
		}
	}
	l.Fill(len(some), func(i int) output.Row {
		x := exposureEntryOf(some[i])
		if judged.HasResults() && !some[i].Disabled {
			x.Health = judged.Entry(some[i]).String()
		}
		for _, f := range exposureAdvice(w.Graph, some[i], views, when.Today) {
			if !slices.Contains(x.Advice, f.Code) {
				x.Advice = append(x.Advice, f.Code)
			}
		}
		return exposureRow(&x)
	})
	return l, nil
}

func exposureRow(x *Exposure) output.Row {
	return output.Row{Object: x, Cells: func() []string {
		mode := x.Mode
		if x.Unparsed {
			mode += ", not parsed yet"
		}
		return []string{
			x.Name, mode, x.State, x.Health, x.Integration, x.Site, x.Type, x.Maturity, x.Owner, x.OwnerEmail, strings.Join(x.Tags, ", "),
			output.Number(len(x.DependsOn)), strings.Join(x.Advice, ", "), x.Path,
		}
	}}
}

func exposureEntryOf(x *outlook.Entry) Exposure {
	mode := "manual"
	if x.Auto {
		mode = "auto"
	}
	return Exposure{
		Name: x.Name, Mode: mode, State: stateOf(x), Project: x.Project, Integration: x.Integration, Site: x.Site,
		Label: x.Label, Type: x.Type, Maturity: x.Maturity, Description: x.Description, Tags: x.Tags,
		Owner: x.Owner, OwnerEmail: strings.Join(x.OwnerEmails, ", "), OwnerEmails: x.OwnerEmails,
		URL: x.URL, Path: x.Path, LUID: x.LUID, DependsOn: x.DependsOn, Unparsed: x.Unparsed,
	}
}

// stateOf is what an export makes of an exposure, in a word.
func stateOf(x *outlook.Entry) string {
	switch {
	case x.Disabled:
		return "disabled"
	case x.State == outlook.Manual:
		return "hand-written"
	}
	return string(x.State)
}

// exposureIn reports whether an exposure is selected.
func exposureIn(g *lineage.Graph, x *outlook.Entry, in query.Found) bool {
	if in.Narrowed() {
		return in.HasEntry(x)
	}
	has, known := in.HasID(x.In, x.ID)
	return has || !known && touches(g, x, in)
}

// touches reports whether one of the parents is selected. It is asked for an exposure
// that is only planned, which no selector can mean.
func touches(g *lineage.Graph, x *outlook.Entry, in query.Found) bool {
	return slices.ContainsFunc(x.DependsOn, func(id string) bool {
		node, ok := g.ResourceIn(x.In, id)
		return ok && in.Has(node)
	})
}
