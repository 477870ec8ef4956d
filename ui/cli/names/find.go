package names

import (
	"strings"

	"darkroom/model/declared"
	"darkroom/model/editdistance"
	"darkroom/model/lineage"
	"darkroom/model/subgraph"
	"darkroom/ui/cli/app"
	"darkroom/ui/text"
)

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
		return subgraph.Root{}, app.Usage("no model, exposure or dashboard is called %q%s", name, editdistance.Nearest(name, names))
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
