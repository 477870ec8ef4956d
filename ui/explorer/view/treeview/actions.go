package treeview

import (
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/explorer/view"
)

func (v *View) Actions() []view.Action {
	return append([]view.Action{
		{Name: "move.next-sibling", Keys: []string{"J", "}"}, Group: view.GroupMove, Title: "next row of the same parent", Do: view.Still(func() { v.tree.MoveToSibling(1) })},
		{Name: "move.previous-sibling", Keys: []string{"K", "{"}, Group: view.GroupMove, Title: "previous row of the same parent", Do: view.Still(func() { v.tree.MoveToSibling(-1) })},
		{Name: "move.parent", Keys: []string{"backspace"}, Group: view.GroupMove, Title: "parent row", Do: view.Still(func() { v.tree.MoveToParent() })},

		{Name: "tree.open", Keys: []string{"right", "l"}, Group: view.GroupFold, Title: "open; on an open row go to its first child", Hint: "open", Why: v.nothingBelow, Do: view.Still(func() { v.tree.Open() })},
		{Name: "tree.close", Keys: []string{"left", "h"}, Group: view.GroupFold, Title: "close; on a leaf or a closed row go to its parent", Do: view.Still(func() { v.tree.Close() })},
		{Name: "tree.toggle", Keys: []string{"enter"}, Group: view.GroupFold, Title: "open or close", Do: view.Still(func() { v.tree.Toggle() })},
		{Name: "tree.open-all", Keys: []string{"="}, Group: view.GroupFold, Title: "open everything", Do: view.Still(v.openAll)},
		{Name: "tree.close-all", Keys: []string{"-"}, Group: view.GroupFold, Title: "close everything", Do: view.Still(func() { v.tree.CloseAll() })},
		{Name: "tree.open-below", Keys: []string{"*"}, Group: view.GroupFold, Title: "open all below this row", Why: v.nothingBelow, Do: view.Still(func() { v.tree.OpenBelow() })},
		{Name: "tree.close-below", Keys: []string{"_"}, Group: view.GroupFold, Title: "close all below this row", Why: v.nothingBelow, Do: view.Still(func() { v.tree.CloseBelow() })},
		{Name: "tree.level", Keys: []string{"+"}, Group: view.GroupFold, Title: "then a digit: open that many levels", Do: view.Still(v.askLevel)},

		{Name: "sort.next", Keys: []string{"s"}, Group: view.GroupShow, Title: "order by the next column", Do: v.sortNext},
		{Name: "sort.reverse", Keys: []string{"S"}, Group: view.GroupShow, Title: "reverse the order", Do: v.sortReverse},
	}, v.groupActions()...)
}

// openAll opens every group.
func (v *View) openAll() { v.tree.OpenAll() }

func (v *View) askLevel() {
	v.Await("how many levels? 1–9", func(key string) tea.Cmd {
		if len(key) == 1 && key[0] >= '1' && key[0] <= '9' {
			v.tree.ToLevel(int(key[0] - '0'))
		}
		return nil
	})
}

func (v *View) nothingBelow() string {
	id, ok := v.tree.Current()
	if !ok || !v.outline.HasChildren(id) {
		return "nothing below this row"
	}
	return ""
}
