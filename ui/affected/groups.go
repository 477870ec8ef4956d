package affected

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/impact"
	"darkroom/model/lineage"
	"darkroom/ui/text"
)

// group is what depends on one changed resource before it depends on another one.
type group struct {
	node       lineage.ID
	severity   impact.Severity
	dashboards []*impact.Dashboard
	exposures  []*impact.Exposure
	views      int
}

// groups are by the changed resource, the most important first.
func (a *Answer) groups() (all []*group) {
	at := map[lineage.ID]*group{}
	of := func(way []lineage.ID) *group {
		if len(way) == 0 {
			return nil // what was selected itself
		}
		g := at[way[0]]
		if g == nil {
			g = &group{node: way[0], severity: impact.Other}
			at[way[0]], all = g, append(all, g)
		}
		return g
	}
	for i := range a.Report.Dashboards {
		d := &a.Report.Dashboards[i]
		if g := of(d.Path); g != nil {
			g.dashboards, g.severity, g.views = append(g.dashboards, d), min(g.severity, d.Severity), g.views+max(d.Views, 0)
		}
	}
	for i := range a.Report.Exposures {
		x := &a.Report.Exposures[i]
		if g := of(x.Path); g != nil {
			g.exposures, g.severity = append(g.exposures, x), impact.Included
		}
	}
	slices.SortFunc(all, func(x, y *group) int {
		return cmp.Or(cmp.Compare(x.severity, y.severity), cmp.Compare(y.views, x.views), cmp.Compare(a.idOf(x.node), a.idOf(y.node)))
	})
	return all
}

func (a *Answer) idOf(id lineage.ID) string {
	n := a.Graph.Node(id)
	if n.Resource == nil {
		return ""
	}
	return a.Graph.SelectorID(n.Project, n.Resource.ID)
}

// sentence says what depends on a group's resource.
func (a *Answer) sentence(g *group) string {
	const most = 10
	var names []string
	for _, d := range g.dashboards[:min(len(g.dashboards), most)] {
		s := titleOf(d) + " (" + ViewsOf([]impact.Dashboard{*d}, d.Views)
		if state := State(d); state != "" {
			s += ", " + state
		}
		names = append(names, s+")")
	}
	if n := len(g.dashboards) - most; n > 0 {
		names = append(names, "and "+text.Count(n, "other dashboard"))
	}
	for _, x := range g.exposures[:min(len(g.exposures), most)] {
		names = append(names, "exposure "+text.Clean(x.Name))
	}
	if n := len(g.exposures) - most; n > 0 {
		names = append(names, "and "+text.Count(n, "other exposure"))
	}
	return "Depends on " + Name(a.Graph, g.node) + ": " + strings.Join(names, ", ") + "."
}

// file is where a resource is, from the top of the repository; that of a package is where
// packages are listed.
func (a *Answer) file(id lineage.ID) string {
	n := a.Graph.Node(id)
	name := "dbt_project.yml"
	switch {
	case n.Resource == nil:
	case n.Resource.Package() != n.Project.Name:
		name = "packages.yml"
	case n.Resource.Path != "" && !strings.HasPrefix(path.Clean(n.Resource.Path), "..") && !path.IsAbs(n.Resource.Path):
		name = path.Clean(n.Resource.Path)
	}
	return path.Join(a.folder(n.Project), name)
}

func (a *Answer) folder(p *model.Project) string {
	if a.Folder == nil {
		return ""
	}
	return a.Folder(p)
}
