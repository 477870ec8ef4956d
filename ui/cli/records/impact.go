package records

import (
	"darkroom/model/impact"
	"darkroom/model/lineage"
)

// Impact is what depends on changed nodes, in JSON.
type Impact struct {
	Detection  Detection           `json:"detection"`
	Changed    []string            `json:"changed"` // unique_ids, or "dashboard." and a key
	Counts     ImpactCounts        `json:"counts"`
	Dashboards []AffectedDashboard `json:"dashboards"` // the gravest first, then by views
	Exposures  []AffectedExposure  `json:"exposures"`  // of other things than loaded dashboards
}

// Detection says how it was found out what changed.
type Detection struct {
	By   string `json:"by"`   // "select"
	What string `json:"what"` // the selectors
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
func ImpactOf(g *lineage.Graph, r *impact.Report, by Detection) Impact {
	c := r.Counts
	out := Impact{
		Detection: by, Changed: nodeIDs(g, r.Changed), Dashboards: []AffectedDashboard{}, Exposures: []AffectedExposure{},
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
