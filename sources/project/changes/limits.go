package changes

import (
	"fmt"
	"slices"
	"strings"

	"darkroom/model/lineage"
	"darkroom/sources/project/workspace"
)

// Limits say what the lineage of a workspace does not have, so that an answer without a
// dashboard is not taken for more than it is.
func Limits(w *workspace.Workspace) (limits []string) {
	g := w.Graph
	if why := g.NotLoaded(); why != "" {
		unknown := "no dashboard is known"
		if len(g.Sites) > 0 {
			unknown = "the dashboards there are not known"
		}
		limits = append(limits, strings.ToUpper(why[:1])+why[1:]+", so "+unknown+".")
	}
	partly := 0
	for _, d := range g.Dashboards() {
		if d.Status != lineage.StatusLinked {
			partly++
		}
	}
	if all := len(g.Dashboards()); partly > 0 {
		limits = append(limits, fmt.Sprintf("%d of %d dashboards are not fully linked to dbt: what depends on more than is linked is not listed (darkroom gaps says why).", partly, all))
	}
	for _, s := range g.Sites {
		if len(s.Partial) > 0 {
			limits = append(limits, "The metadata of site "+s.Name+" is incomplete.")
		}
	}
	if g.OutOfScope > 0 {
		limits = append(limits, workspace.OutOfScope(g)+".")
	}
	if w.Production == nil {
		limits = append(limits, "There is one manifest only: what the change deletes and where production's tables are is not in it, unless it is production's. --state names production's artifacts.")
	} else if len(g.Projects) > 1 {
		limits = append(limits, "Only "+w.Production.Name+" was compared, not the other projects.")
	}
	return slices.Compact(limits)
}
