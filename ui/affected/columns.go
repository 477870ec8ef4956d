package affected

import (
	"strings"

	"darkroom/model/columns"
	"darkroom/ui/text"
)

// mostUsers is how many dashboards are named beside a column.
const mostUsers = 5

// users says which dashboards use a column of a resource themselves, behind what changed of
// it; empty where columns were not fetched, or the lineage does not have the resource.
func (a *Answer) users(resource, column string) string {
	x := columns.Of(a.Graph)
	id, ok := a.Graph.Resource(resource)
	if !ok || !x.Fetched() {
		return ""
	}
	c, _, listed := x.OfColumn(id, column)
	r := x.Relation(id)
	var titles []string
	more := 0
	for i := range c.Users {
		switch d := c.Users[i].Dashboard; {
		case d == nil:
		case len(titles) == mostUsers:
			more++
		default:
			titles = append(titles, d.Title())
		}
	}
	var parts []string
	switch {
	case len(titles) > 0:
		said := "used by " + strings.Join(titles, ", ")
		if more > 0 {
			said += " and " + text.Count(more, "other dashboard")
		}
		parts = append(parts, said)
	case !listed && r.Proven(), listed && r.Use(&c) == columns.Unused:
		parts = append(parts, "no dashboard uses it")
	}
	if n := r.Unproven(); n > 0 {
		parts = append(parts, "unknown of "+text.Count(n, "other"))
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, "; ") + ")"
}
