package treeview

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/table"
	"darkroom/ui/tree"
)

// order is the column that siblings are ordered by; -1 is the order of the outline.
type order struct {
	column int
	down   bool
}

func (v *View) Orders() []string { return table.Names(v.Columns, true) }

func (v *View) Sort(by string, down bool) bool {
	column := table.Named(v.Columns, by)
	if by != "" && (column < 0 || v.Columns[column].Compare == nil) {
		return false
	}
	v.sortBy(column, down)
	return true
}

func (v *View) Sorted() (by string, down bool) {
	if v.order.column < 0 {
		return "", v.order.down
	}
	return v.Columns[v.order.column].Name, v.order.down
}

// sortBy orders siblings by a column, or as the outline has them. Rows keep their places
// when a decision changes what they are ordered by: they move when they are ordered
// again.
func (v *View) sortBy(column int, down bool) {
	v.order = order{column, down}
	v.tree.SetOrder(v.ordering())
}

func (v *View) ordering() func([]tree.ID) []tree.ID {
	if v.order.column < 0 && !v.order.down {
		return nil
	}
	return func(ids []tree.ID) []tree.ID {
		last := ids[len(ids):]
		for i, id := range ids { // what repeats other rows stays behind them
			if v.outline.items[id].aside() {
				ids, last = ids[:i], ids[i:]
				break
			}
		}
		if v.order.column < 0 {
			slices.Reverse(ids)
		} else {
			table.Sort(&v.Columns[v.order.column], v.order.down, ids, func(id tree.ID) Row { return Row{v, id, &v.outline.items[id]} })
		}
		return append(ids, last...)
	}
}

func (v *View) sortNext() tea.Cmd {
	next := table.NextOrder(v.Columns, v.order.column)
	v.sortBy(next, next >= 0 && v.Columns[next].Down)
	return v.saySorted()
}

func (v *View) sortReverse() tea.Cmd {
	v.sortBy(v.order.column, !v.order.down)
	return v.saySorted()
}

// saySorted names the order: its column may not be seen.
func (v *View) saySorted() tea.Cmd {
	by, down := v.Sorted()
	return v.Say(table.OrderInWords(by, down))
}

func (v *View) ColumnNames() []string { return table.Names(v.Columns, false) }

func (v *View) Choose(names []string) (unknown string) {
	for _, name := range names {
		if table.Named(v.Columns, name) < 0 {
			return name
		}
	}
	v.chosen = names
	return ""
}
