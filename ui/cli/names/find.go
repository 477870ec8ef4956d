package names

import (
	"fmt"
	"slices"
	"strings"

	"darkroom/model/declared"
	"darkroom/model/lineage"
	"darkroom/model/selector"
	"darkroom/model/subgraph"
	"darkroom/sources/project/workspace"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/records"
	"darkroom/ui/text"
)

// FindDashboard takes a title, LUID, decision key or address; what fits exactly
// wins over what fits but for case, and that over a beginning.
func FindDashboard(g *lineage.Graph, name string) (*lineage.Dashboard, error) {
	best, found, titles := 0, []*lineage.Dashboard(nil), []string(nil)
	for _, d := range g.Dashboards() {
		titles = append(titles, d.Title())
		fit := 0
		for _, own := range []string{d.Dashboard.Name, text.Clean(d.Dashboard.Name), d.Key, d.URL()} {
			fit = max(fit, fits(own, name))
		}
		if fit > best {
			best, found = fit, nil
		}
		if fit == best && fit > 0 {
			found = append(found, d)
		}
	}
	switch len(found) {
	case 0:
		if out := workspace.OutOfScope(g); out != "" {
			return nil, app.Usage("no dashboard is called %q%s; darkroom list dashboards lists those in scope; %s", name, selector.Nearest(name, titles), out)
		}
		return nil, app.Usage("no dashboard is called %q%s; darkroom list dashboards lists them all", name, selector.Nearest(name, titles))
	case 1:
		return found[0], nil
	}
	return nil, app.Usage("%q matches %d dashboards; give the LUID or key of one:\n%s", name, len(found), candidates(found))
}

func fits(own, name string) int {
	switch {
	case own == "" || name == "":
		return 0
	case own == name:
		return 3
	case strings.EqualFold(own, name):
		return 2
	case strings.HasPrefix(strings.ToLower(own), strings.ToLower(name)):
		return 1
	}
	return 0
}

func candidates(found []*lineage.Dashboard) string {
	const most = 10
	var b strings.Builder
	oneSite := !slices.ContainsFunc(found, func(d *lineage.Dashboard) bool { return d.Site != found[0].Site })
	for _, d := range found[:min(len(found), most)] {
		place := records.Place(d)
		if !oneSite {
			place += ", site " + d.Site.ID()
		}
		fmt.Fprintf(&b, "  %s  %s (%s)\n", text.Clean(d.Key), text.Clean(d.Title()), text.Clean(place))
	}
	if n := len(found) - most; n > 0 {
		fmt.Fprintf(&b, "  and %d more\n", n)
	}
	return strings.TrimRight(b.String(), "\n")
}

// FindNode takes the name of a resource, an exposure or a dashboard. What fits exactly
// wins over what fits but for case, and that over a beginning.
func FindNode(g *lineage.Graph, name string) (subgraph.Root, error) {
	type found struct {
		root subgraph.Root
		id   string
	}
	best, all, names := 0, []found(nil), []string(nil)
	consider := func(root subgraph.Root, id string, own ...string) {
		fit := 0
		for _, n := range append(own, id) {
			fit = max(fit, fits(n, name))
		}
		if fit > best {
			best, all = fit, nil
		}
		if fit == best && fit > 0 {
			all = append(all, found{root, id})
		}
		names = append(names, own[0])
	}
	for id := range lineage.ID(g.Resources()) {
		n := g.Node(id)
		consider(subgraph.Root{Node: id}, g.SelectorID(n.Project, n.Resource.ID), n.Resource.FullName(), n.Resource.Name)
	}
	for _, d := range g.Dashboards() {
		consider(subgraph.Root{Node: d.ID}, d.Key, d.Dashboard.Name, text.Clean(d.Dashboard.Name), d.URL())
	}
	index := declared.Of(g)
	for i := range index.All {
		x := &index.All[i]
		root := subgraph.Root{Node: lineage.None, Exposure: x}
		if x.Dashboard != nil {
			root = subgraph.Root{Node: x.Dashboard.ID}
		}
		consider(root, x.ID, x.Name, x.Label)
	}
	switch len(all) {
	case 0:
		return subgraph.Root{}, app.Usage("no model, exposure or dashboard is called %q%s", name, selector.Nearest(name, names))
	case 1:
		return all[0].root, nil
	}
	const most = 10
	var ids []string
	for _, x := range all[:min(len(all), most)] {
		ids = append(ids, "  "+text.Clean(x.id))
	}
	return subgraph.Root{}, app.Usage("%q matches %d nodes; give the id of one:\n%s", name, len(all), strings.Join(ids, "\n"))
}
