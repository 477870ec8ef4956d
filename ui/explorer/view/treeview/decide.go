package treeview

import (
	"slices"

	"darkroom/model/lineage"
	"darkroom/ui/explorer/view"
	"darkroom/ui/tree"
)

func (v *View) Targets() []string { return view.Keys(v.filter.shown(v.outline, v.Selected())...) }

// Selected is the item under the cursor, or those of the range. A range means its rows:
// an open parent of which the last rows are outside is there only through those that are
// in the range.
func (v *View) Selected() []tree.ID {
	var ids []tree.ID
	rows := v.tree.Rows()
	from, to := v.span()
	// depth is the least of the rows behind, the first one outside included: a parent
	// ends before it.
	depth := 0
	if v.Ranging() && to+1 < len(rows) {
		depth = rows[to+1].Depth
	}
	for i := min(to, len(rows)-1); i >= from; i-- {
		if depth <= rows[i].Depth || v.outline.isDashboard(&v.outline.items[rows[i].ID]) {
			ids = append(ids, rows[i].ID)
		}
		depth = min(depth, rows[i].Depth)
	}
	slices.Reverse(ids)
	return ids
}

// Keeps reports whether the filter shows an item.
func (v *View) Keeps(id tree.ID) bool { return v.filter.keeps(id) }

func (v *View) Shown() []string { return v.filter.kept(v.outline) }

// Next implements view.View: after a dashboard comes the next one of its parent.
func (v *View) Next() bool {
	id, ok := v.tree.Current()
	return ok && v.outline.isDashboard(&v.outline.items[id]) && v.tree.MoveToSibling(1)
}

func (v *View) OpenLinks(most int) []*lineage.Link {
	id, ok := v.tree.Current()
	if !ok {
		return nil
	}
	return v.outline.openLinks(id, most, nil)
}

func (v *View) Ranging() bool { return v.anchor != tree.None }

func (v *View) StartRange() {
	if id, ok := v.tree.Current(); ok {
		v.anchor = id
	}
}

func (v *View) EndRange() { v.anchor = tree.None }

// span is the first and the last row of the range, or twice the cursor. A range whose
// beginning was folded away begins at what it was folded into.
func (v *View) span() (from, to int) {
	from, to = v.tree.Cursor(), v.tree.Cursor()
	if !v.Ranging() {
		return from, to
	}
	above := map[tree.ID]bool{}
	for id := v.anchor; id != tree.None; id = v.outline.Parent(id) {
		above[id] = true
	}
	at := from
	for i, row := range v.tree.Rows() {
		if above[row.ID] { // the anchor is the last of those that are seen
			at = i
		}
	}
	return min(from, at), max(to, at)
}

// Place implements view.Placer: the keys on the way to the cursor.
func (v *View) Place() string {
	id, ok := v.tree.Current()
	if !ok {
		return ""
	}
	return v.outline.path(id)
}

func (v *View) GoTo(place string) (found, shown bool) {
	id := v.outline.atPath(place)
	if id == tree.None {
		return false, false
	}
	return true, v.tree.Reveal(id)
}

// RowKeys are the dashboards, by key, that have a row of their own now: those of open groups,
// as they are ordered, each once.
func (v *View) RowKeys() []string {
	var list []*lineage.Dashboard
	for _, row := range v.tree.Rows() {
		if it := &v.outline.items[row.ID]; v.outline.isDashboard(it) {
			list = append(list, v.outline.Graph.Node(it.Node).Dashboard)
		}
	}
	return view.Keys(list)
}

// Covers implements view.Coverer.
func (v *View) Covers() (covered []lineage.ID) {
	for _, id := range v.Selected() {
		covered = v.covered(id, covered)
	}
	return covered
}

// covered gathers the resources that an item is or holds, as far as the filter shows them.
func (v *View) covered(id tree.ID, into []lineage.ID) []lineage.ID {
	it := &v.outline.items[id]
	if v.outline.isResource(it) {
		return append(into, it.Node)
	}
	if it.Node == lineage.None {
		for _, child := range it.children {
			if v.Keeps(child) {
				into = v.covered(child, into)
			}
		}
	}
	return into
}
