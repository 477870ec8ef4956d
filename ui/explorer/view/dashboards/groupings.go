package dashboards

import (
	"cmp"
	"slices"
	"strings"

	"darkroom/model/lineage"
	"darkroom/ui/explorer/view/treeview"
	"darkroom/ui/tree"
)

// label is a group of dashboards. Groups are ordered by rank, then by name.
type label struct {
	name, key string
	rank      int
}

// groupings are the ways in which dashboards are grouped.
func groupings() []treeview.Grouping {
	by := func(name, about string, of func(*lineage.Dashboard) []label) treeview.Grouping {
		return treeview.Grouping{Name: name, About: about, Build: func(g *lineage.Graph) *treeview.Outline { return grouped(g, of) }}
	}
	return []treeview.Grouping{
		{Name: "project", About: "where it is: site, projects, workbook", Build: byProject},
		by("owner", "whose it is, or its workbook", func(d *lineage.Dashboard) []label {
			o := d.Owner()
			return one(o.Shown(), o.Name+"\x00"+o.Username+"\x00"+o.Email, "owner")
		}),
		by("tag", "each tag of it and of its workbook", func(d *lineage.Dashboard) []label { return each(d.Tags(), "tag") }),
		by("collection", "each collection that it or its workbook is in", func(d *lineage.Dashboard) []label { return each(d.Collections, "collection") }),
		by("status", "how far its tables are linked to dbt", func(d *lineage.Dashboard) []label {
			return []label{{strings.ReplaceAll(d.Status.String(), "_", " "), d.Status.String(), int(lineage.StatusLinked - d.Status)}}
		}),
	}
}

func one(name, key, what string) []label {
	if name == "" {
		return []label{{"(no " + what + ")", "\x01none", 1}}
	}
	return []label{{name, key, 0}}
}

func each(names []string, what string) (labels []label) {
	for _, name := range names {
		labels = append(labels, one(name, name, what)...)
	}
	if labels == nil {
		return one("", "", what)
	}
	return labels
}

// grouped has one group for each label and the dashboards in it, as the sites have them. A
// dashboard with several labels is in several groups; it is one decision.
func grouped(g *lineage.Graph, of func(*lineage.Dashboard) []label) *treeview.Outline {
	o := &treeview.Outline{Graph: g, Grow: treeview.GrowUpstream, Leaf: treeview.UpstreamLeaf}
	members := map[label][]*lineage.Dashboard{}
	var labels []label
	for _, d := range g.Dashboards() {
		for _, l := range of(d) {
			if members[l] == nil {
				labels = append(labels, l)
			}
			members[l] = append(members[l], d)
		}
	}
	slices.SortFunc(labels, func(a, b label) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), strings.Compare(strings.ToLower(a.name), strings.ToLower(b.name)), strings.Compare(a.key, b.key))
	})
	for _, l := range labels {
		group := o.Add(tree.None, treeview.Item{Name: l.name, Key: l.key, Group: true})
		for _, d := range members[l] {
			o.AddNode(group, treeview.Item{Node: d.ID, Name: d.Title(), Key: d.Key, Note: d.Place(), Lazy: true})
		}
	}
	return o
}
