package treeview

import (
	"darkroom/model/lineage"
	"darkroom/ui/tree"
)

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
