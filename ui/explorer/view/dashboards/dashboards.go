// Package dashboards is the Dashboards view: site → project of the BI tool →
// workbook → dashboard → what it reads, and further upstream from there.
package dashboards

import (
	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/ui/explorer/details"
	"darkroom/ui/explorer/view"
	"darkroom/ui/explorer/view/flat"
	"darkroom/ui/explorer/view/treeview"
	"darkroom/ui/tree"
)

// New makes the view.
func New(h *view.Host) view.View {
	tree := treeview.New(h, treeview.Spec{
		Info: view.Info{
			Name: "dashboards", Title: "Dashboards", About: "what a dashboard reads",
			Home: view.HomeOfDashboards,
		},
		Groupings: groupings(),
		Columns:   treeview.Columns(),
		Unfolds:   true,
		Empty:     (*view.Host).NoDashboards,
	})
	return flat.New(h, tree, flat.Spec{About: "flat: all dashboards"})
}

// byProject has sites, projects, workbooks.
func byProject(g *lineage.Graph) *treeview.Outline {
	o := &treeview.Outline{Graph: g, Grow: treeview.GrowUpstream, Leaf: treeview.UpstreamLeaf}
	folders, workbooks := treeview.NewFolders(o), map[*model.Workbook]tree.ID{}
	for _, d := range g.Dashboards() {
		parent := folders.Under(tree.None, details.SiteName(d.Site), d.Site.ID())
		for _, project := range d.ContainerPath {
			parent = folders.Under(parent, model.DisplayName(project), project)
		}
		noun := d.Site.Tool.Noun(model.PartWorkbook).One
		switch {
		case d.Workbook == nil && d.Site.Tool.HasWorkbooks():
			parent = folders.Under(parent, "("+noun+" unknown)", "\x01none")
			fallthrough
		case d.Workbook == nil:
			o.AddDashboard(parent, d)
			continue
		}
		workbook, made := workbooks[d.Workbook] // two may have one name
		if !made {
			workbook = o.Add(parent, treeview.Item{Name: d.WorkbookTitle(), Key: "\x01" + d.Workbook.ID, Group: true, Facts: &treeview.Facts{
				Word: noun, Detail: details.Workbook{Site: d.Site, Workbook: d.Workbook}, URL: func() string { return d.Site.WorkbookURL(d.Workbook) },
			}})
			workbooks[d.Workbook] = workbook
		}
		o.AddDashboard(workbook, d)
	}
	return o
}
