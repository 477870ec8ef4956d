package treeview

import "darkroom/ui/explorer/view"

// Nesting implements view.Nested.
func (v *View) Nesting() view.Nesting {
	id, ok := v.tree.Current()
	if !ok {
		return view.Nesting{}
	}
	at := v.tree.Cursor()
	return view.Nesting{
		Level: v.tree.Rows()[at].Depth + 1, Row: at + 1, Rows: v.tree.Len(),
		Parent: v.outline.HasChildren(id), Open: v.tree.IsOpen(id),
	}
}
