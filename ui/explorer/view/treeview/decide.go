package treeview

import (
	"darkroom/model/lineage"
	"darkroom/ui/explorer/view"
	"darkroom/ui/tree"
)

// Targets implements view.View.
func (v *View) Targets() []string { return view.Keys(v.filter.shown(v.outline, v.Selected())...) }

// Selected are the items of the range, or the one under the cursor.
func (v *View) Selected() []tree.ID {
	from, to := v.tree.Cursor(), v.tree.Cursor()
	if v.Ranging() {
		from, to = min(from, v.rangeFrom), max(to, v.rangeFrom)
	}
	var ids []tree.ID
	rows := v.tree.Rows()
	for i := from; i <= to && i < len(rows); i++ {
		ids = append(ids, rows[i].ID)
	}
	return ids
}

// Keeps reports whether the filter shows an item.
func (v *View) Keeps(id tree.ID) bool { return v.filter.keeps(id) }

// Shown implements view.View.
func (v *View) Shown() []string {
	var ids []tree.ID
	for _, id := range v.outline.roots {
		if v.filter.keeps(id) {
			ids = append(ids, id)
		}
	}
	return view.Keys(v.filter.shown(v.outline, ids)...)
}

// Next implements view.View: after a dashboard comes the next one of its parent.
func (v *View) Next() bool {
	id, ok := v.tree.Current()
	return ok && v.outline.isDashboard(&v.outline.items[id]) && v.tree.MoveToSibling(1)
}

// OpenLinks implements view.View.
func (v *View) OpenLinks(most int) []*lineage.Link {
	id, ok := v.tree.Current()
	if !ok {
		return nil
	}
	return v.outline.openLinks(id, most, nil)
}

// Ranging implements view.Ranger.
func (v *View) Ranging() bool { return v.rangeFrom >= 0 }

// StartRange implements view.Ranger.
func (v *View) StartRange() { v.rangeFrom = v.tree.Cursor() }

// EndRange implements view.Ranger.
func (v *View) EndRange() { v.rangeFrom = -1 }

func (v *View) inRange(index int) bool {
	if !v.Ranging() {
		return false
	}
	c := v.tree.Cursor()
	return index >= min(v.rangeFrom, c) && index <= max(v.rangeFrom, c)
}
