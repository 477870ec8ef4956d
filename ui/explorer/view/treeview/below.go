package treeview

import (
	"slices"

	"darkroom/model/lineage"
	"darkroom/ui/explorer/details"
	"darkroom/ui/explorer/view"
	"darkroom/ui/tree"
)

// Dashboards lists what is below an item, each dashboard once, in graph order. For
// its number see Count.
func (o *Outline) Dashboards(id tree.ID) []*lineage.Dashboard {
	if o.last.done && o.last.of == id {
		return o.last.found
	}
	s := o.Graph.NewSweep()
	defer s.Close()
	o.last.of, o.last.found, o.last.done = id, o.sweep(s, id), true
	return o.last.found
}

// sweep lists what is below an item and was not listed before.
func (o *Outline) sweep(s *lineage.Sweep, id tree.ID) []*lineage.Dashboard {
	it := &o.items[id]
	switch {
	case it.aside():
		direct := map[lineage.ID]bool{}
		for _, sibling := range o.items[it.parent].children {
			direct[o.items[sibling].Node] = true
		}
		below := o.Graph.DashboardsBelow(o.items[it.parent].Node)
		return slices.DeleteFunc(below, func(d *lineage.Dashboard) bool { return direct[d.ID] })
	case !o.isResource(it):
		return s.Below(o.nodes(id, nil)...)
	case o.dashboardAbove(id) == nil: // upstream of a dashboard is for reading, not for ticking
		return s.Below(it.Node)
	}
	return nil
}

// dashboardAbove is the dashboard that an item is or is below.
func (o *Outline) dashboardAbove(id tree.ID) *lineage.Dashboard {
	for ; id != tree.None; id = o.items[id].parent {
		if it := &o.items[id]; it.Node != lineage.None {
			if d := o.Graph.Node(it.Node).Dashboard; d != nil {
				return d
			}
		}
	}
	return nil
}

// resourcesAbove are the resources that an item is below, the nearest last.
func (o *Outline) resourcesAbove(id tree.ID) (above []lineage.ID) {
	for id = o.items[id].parent; id != tree.None; id = o.items[id].parent {
		if it := &o.items[id]; o.isResource(it) {
			above = append(above, it.Node)
		}
	}
	slices.Reverse(above)
	return above
}

// nodes gathers the resources and dashboards in the groups below id.
func (o *Outline) nodes(id tree.ID, into []lineage.ID) []lineage.ID {
	it := &o.items[id]
	if it.Node != lineage.None {
		return append(into, it.Node)
	}
	for _, child := range it.children {
		into = o.nodes(child, into)
	}
	return into
}

// place finds an item of a node: where it is at home, or, for a dashboard among
// resources, below the first resource it reads; the other way round for a resource
// among dashboards.
func (o *Outline) place(node lineage.ID) tree.ID {
	ranks := map[lineage.ID]int{} // of its neighbours, the nearest one first
	near := slices.Concat(o.Graph.Upstream(node), o.Graph.Downstream(node))
	for i, n := range near {
		ranks[n] = i
	}
	var below []tree.ID // an item of each neighbour
	for i := range o.items {
		id, n := tree.ID(i), o.items[i].Node
		rank, isNear := ranks[n]
		if n != node && !isNear || o.belowDashboard(id) {
			continue
		}
		if n == node {
			return id
		}
		if below == nil {
			below = slices.Repeat([]tree.ID{tree.None}, len(near))
		}
		if below[rank] == tree.None {
			below[rank] = id
		}
	}
	for _, id := range below {
		if id == tree.None {
			continue
		}
		for _, child := range o.Children(id) {
			if o.items[child].Node == node {
				return child
			}
		}
	}
	return tree.None
}

// belowDashboard reports an item below a dashboard.
func (o *Outline) belowDashboard(id tree.ID) bool {
	return o.dashboardAbove(o.items[id].parent) != nil
}

// openLinks adds the links without a resource at or below an item, the first of
// many.
func (o *Outline) openLinks(id tree.ID, most int, out []*lineage.Link) []*lineage.Link {
	it := &o.items[id]
	switch {
	case len(out) >= most:
	case it.unlinked():
		if it.Link != nil {
			out = append(out, it.Link)
		}
	case o.Whole:
		for _, child := range it.children {
			out = o.openLinks(child, most, out)
		}
	case o.isDashboard(it): // has them, opened or not
		out = append(out, view.OpenLinks(o.Graph.Node(it.Node).Dashboard)...)
	}
	return out
}

// GrowUpstream makes what is upstream of a dashboard or resource: resources first,
// then the tables without one. It is the Grow of outlines of dashboards.
func GrowUpstream(o *Outline, id tree.ID) {
	node := o.items[id].Node
	for _, up := range o.Graph.Upstream(node) {
		o.AddResource(id, up)
	}
	d := o.Graph.Node(node).Dashboard
	if d == nil {
		return
	}
	for i := range d.Links {
		if d.Links[i].Resource == lineage.None {
			o.AddTable(id, &d.Links[i])
		}
	}
}

// UpstreamLeaf is the Leaf that belongs to GrowUpstream.
func UpstreamLeaf(o *Outline, id tree.ID) bool {
	n := o.Graph.Node(o.items[id].Node)
	if n.Dashboard != nil {
		return len(n.Dashboard.Links) == 0
	}
	return len(o.Graph.Upstream(o.items[id].Node)) == 0
}

// AddTable appends a table without a resource.
func (o *Outline) AddTable(parent tree.ID, l *lineage.Link) tree.ID {
	name := l.TableName()
	return o.Add(parent, Item{Name: name, Key: "\x01read" + name, Dim: true, Facts: &Facts{Link: l, Detail: details.Table{Link: l}}})
}
