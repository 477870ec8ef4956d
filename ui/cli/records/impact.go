package records

import (
	"slices"

	"darkroom/model/change"
	"darkroom/model/columns"
	"darkroom/model/impact"
	"darkroom/model/lineage"
)

// Impact is what depends on changed nodes, in JSON.
type Impact struct {
	Detection  Detection           `json:"detection"`
	Changes    []ChangedResource   `json:"changes"`    // what differs; empty with --select
	Changed    []string            `json:"changed"`    // unique_ids that the lineage has, or "dashboard." and a key
	Downstream []string            `json:"downstream"` // unique_ids of what depends on them, without them
	Counts     ImpactCounts        `json:"counts"`
	Dashboards []AffectedDashboard `json:"dashboards"` // the most important first, then by views
	Exposures  []AffectedExposure  `json:"exposures"`  // of other things than loaded dashboards
}

// Detection says how it was found out what changed.
type Detection struct {
	By        string   `json:"by"`         // "state", "base" or "select"
	What      string   `json:"what"`       // the folder, the reference or the selectors
	CannotSee []string `json:"cannot_see"` // sentences
}

// ChangedResource is one resource that changed.
type ChangedResource struct {
	ID       string         `json:"id"`
	Type     string         `json:"type"`
	Name     string         `json:"name"`
	File     string         `json:"file,omitempty"`
	What     []string       `json:"what"`
	Now      []string       `json:"now,omitempty"` // names of what is in its place
	Was      string         `json:"was,omitempty"` // the name of a renamed one before
	Macros   []string       `json:"macros,omitempty"`
	Columns  []ColumnChange `json:"columns,omitempty"`
	Modified bool           `json:"modified"` // dbt's state:modified selects it
}

// ColumnChange is a column that is gone or has another type.
type ColumnChange struct {
	Name    string `json:"name"`
	Removed bool   `json:"removed"`
	Was     string `json:"was,omitempty"` // types
	Is      string `json:"is,omitempty"`
	KnownBy string `json:"known_by"` // "catalog", "contract" or "description"
	// Dashboards are keys of those that use it themselves, after sync --columns; Unknown
	// counts those that may. Both are absent where columns are not known.
	Dashboards *[]string `json:"dashboards,omitempty"`
	Unknown    *int      `json:"unknown_dashboards,omitempty"`
}

// usersOf adds who uses a column of a resource of the lineage.
func (c *ColumnChange) usersOf(g *lineage.Graph, resource string) {
	x := columns.Of(g)
	id, ok := g.Resource(resource)
	if !ok || !x.Fetched() {
		return
	}
	keys, unknown := []string{}, x.Relation(id).Unproven()
	of, _, _ := x.OfColumn(id, c.Name)
	for i := range of.Users {
		if d := of.Users[i].Dashboard; d != nil {
			keys = append(keys, d.Key)
		}
	}
	c.Dashboards, c.Unknown = &keys, &unknown
}

// ImpactCounts are the numbers of the answer.
type ImpactCounts struct {
	Dashboards int            `json:"dashboards"`
	Views      int            `json:"views"`
	Owners     int            `json:"owners"`
	Exposures  int            `json:"exposures"`
	Certified  int            `json:"certified"`
	BySeverity map[string]int `json:"by_severity"`
}

// AffectedDashboard is one dashboard.
type AffectedDashboard struct {
	Key        string   `json:"key"`
	LUID       string   `json:"luid,omitempty"`
	Title      string   `json:"title"`
	Workbook   *string  `json:"workbook,omitempty"`
	Site       string   `json:"site"`
	Project    []string `json:"project"`
	Owner      string   `json:"owner,omitempty"`
	OwnerEmail string   `json:"owner_email,omitempty"`
	Views      *int     `json:"views"` // null when unknown
	Certified  bool     `json:"certified"`
	Severity   string   `json:"severity"`
	Decision   string   `json:"decision"`
	Exposure   string   `json:"exposure,omitempty"`
	State      string   `json:"state,omitempty"` // of the exposure
	URL        string   `json:"url,omitempty"`
	Path       []string `json:"path"` // from a changed node to what the dashboard reads
}

// AffectedExposure is one exposure.
type AffectedExposure struct {
	ID    string   `json:"id"`
	Name  string   `json:"name"`
	Type  string   `json:"type,omitempty"`
	Owner string   `json:"owner,omitempty"`
	File  string   `json:"file,omitempty"`
	Path  []string `json:"path"`
}

// ImpactOf makes the record.
func ImpactOf(g *lineage.Graph, r *impact.Report, set *change.Set) Impact {
	c := r.Counts
	below := slices.DeleteFunc(slices.Clone(r.Resources), func(id lineage.ID) bool {
		_, changed := slices.BinarySearch(r.Changed, id)
		return changed
	})
	out := Impact{
		Detection: Detection{set.By, set.What, orEmpty(set.Limits)}, Changes: changesOf(g, set),
		Changed: nodeIDs(g, r.Changed), Downstream: nodeIDs(g, below), Dashboards: []AffectedDashboard{}, Exposures: []AffectedExposure{},
		Counts: ImpactCounts{c.Dashboards, c.Views, c.Owners, c.Exposures, c.Certified, map[string]int{}},
	}
	for _, s := range impact.Severities() {
		out.Counts.BySeverity[s.String()] = c.By[s]
	}
	for i := range r.Dashboards {
		d := &r.Dashboards[i]
		owner := d.Owner()
		x := AffectedDashboard{
			Key: d.Key, LUID: d.Dashboard.Dashboard.LUID, Title: d.Dashboard.Dashboard.Name, Workbook: workbookName(d.Dashboard), Site: d.Site.ID(),
			Project: orEmpty(d.ContainerPath), Owner: owner.Name, OwnerEmail: owner.Email, Certified: d.Certified, Severity: d.Severity.String(),
			Decision: d.Decision.String(), Exposure: d.Exposure, State: string(d.State), URL: d.URL(), Path: nodeIDs(g, d.Path),
		}
		if d.Views >= 0 {
			x.Views = &d.Views
		}
		out.Dashboards = append(out.Dashboards, x)
	}
	for i := range r.Exposures {
		x := &r.Exposures[i]
		out.Exposures = append(out.Exposures, AffectedExposure{x.ID, x.Name, x.Type, x.Owner(), x.Exposure.Path, nodeIDs(g, x.Path)})
	}
	return out
}

func changesOf(g *lineage.Graph, set *change.Set) []ChangedResource {
	out := make([]ChangedResource, len(set.Changes))
	for i := range set.Changes {
		c := &set.Changes[i]
		out[i] = ChangedResource{ID: c.ID, Type: c.Type, Name: c.Name, File: c.Path, What: c.What, Now: c.To, Was: c.From, Macros: c.Macros, Modified: c.Modified}
		for _, col := range c.Columns {
			x := ColumnChange{Name: col.Name, Removed: col.Removed, Was: col.Was, Is: col.Is, KnownBy: string(col.By)}
			x.usersOf(g, c.ID)
			out[i].Columns = append(out[i].Columns, x)
		}
	}
	return out
}

// nodeIDs are the ids of nodes for programs.
func nodeIDs(g *lineage.Graph, nodes []lineage.ID) []string {
	ids := make([]string, len(nodes))
	for i, id := range nodes {
		n := g.Node(id)
		if n.Resource != nil {
			ids[i] = g.SelectorID(n.Project, n.Resource.ID)
		} else {
			ids[i] = "dashboard." + n.Dashboard.Key
		}
	}
	return ids
}
