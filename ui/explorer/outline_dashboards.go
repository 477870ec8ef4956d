package explorer

import (
	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/ui/tree"
)

// dashboardsOutline is the Dashboards view: site → Tableau project → workbook →
// dashboard → what it reads, and further upstream from there.
func dashboardsOutline(g *lineage.Graph) *outline {
	o := &outline{graph: g, grow: growUpstream, leaf: func(o *outline, id tree.ID) bool {
		switch it := &o.items[id]; it.kind {
		case itemDashboard:
			return len(o.graph.Node(it.node).Dashboard.Links) == 0
		case itemResource:
			return len(o.graph.Upstream(it.node)) == 0
		}
		return true
	}}
	index := map[string]tree.ID{}
	for _, d := range g.Dashboards() {
		parent := o.folder(index, tree.None, siteName(d.Site), d.Site.ID())
		for _, project := range d.ContainerPath {
			parent = o.folder(index, parent, model.DisplayName(project), project)
		}
		o.addDashboard(o.workbook(index, parent, d), d)
	}
	return o
}

// workbook finds or makes the workbook's item. Two workbooks may have one name.
func (o *outline) workbook(index map[string]tree.ID, parent tree.ID, d *lineage.Dashboard) tree.ID {
	if d.Workbook == nil {
		return o.folder(index, parent, "(workbook unknown)", "\x01none")
	}
	id, made := index["\x01"+d.Site.ID()+"\x00"+d.Workbook.ID]
	if !made {
		id = o.add(parent, item{
			kind: itemWorkbook, node: lineage.None, loaded: true,
			name: d.WorkbookTitle(), key: "\x01" + d.Workbook.ID, detail: workbookDetail{d.Site, d.Workbook},
		})
		index["\x01"+d.Site.ID()+"\x00"+d.Workbook.ID] = id
	}
	return id
}

func siteName(s *model.Site) string {
	if s.Name != "" {
		return s.Name
	}
	return s.ID()
}

// growUpstream makes what stands upstream of a dashboard or resource: resources
// first, then the tables that no resource stands for.
func growUpstream(o *outline, id tree.ID) {
	it := o.items[id]
	if it.kind == itemResource || it.kind == itemDashboard {
		for _, up := range o.graph.Upstream(it.node) {
			r := o.graph.Node(up).Resource
			o.add(id, item{kind: itemResource, node: up, name: r.VersionedName(), key: r.ID})
		}
	}
	if it.kind != itemDashboard {
		return
	}
	links := o.graph.Node(it.node).Dashboard.Links
	for i := range links {
		if links[i].Resource == lineage.None {
			o.add(id, item{
				kind: itemRead, node: lineage.None, loaded: true,
				name: links[i].TableName(), key: "\x01read" + links[i].TableName(), detail: readDetail{&links[i]},
			})
		}
	}
}
