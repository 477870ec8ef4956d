package tableview

import (
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/explorer/view"
	"darkroom/ui/table"
)

func (v *View[R]) Actions() []view.Action {
	return []view.Action{
		{Name: "sort.next", Keys: []string{"s"}, Group: view.GroupShow, Title: "order by the next column", Do: v.saying(v.Table.SortNext)},
		{Name: "sort.reverse", Keys: []string{"S"}, Group: view.GroupShow, Title: "reverse the order", Do: v.saying(v.Table.SortReverse)},
	}
}

// saying orders, and names the order: its column may not be seen.
func (v *View[R]) saying(do func()) func() tea.Cmd {
	return func() tea.Cmd {
		do()
		by, down := v.Sorted()
		return v.Say(table.OrderInWords(by, down))
	}
}

// Orders implements view.Sorter.
func (v *View[R]) Orders() []string { return table.Names(v.Columns, true) }

// Sort implements view.Sorter.
func (v *View[R]) Sort(by string, down bool) bool {
	column := table.Named(v.Columns, by)
	if by != "" && (column < 0 || v.Columns[column].Compare == nil) {
		return false
	}
	v.Table.SortBy(column, down)
	return true
}

// Sorted implements view.Sorter.
func (v *View[R]) Sorted() (by string, down bool) {
	column, down := v.Table.Sorted()
	if column < 0 {
		return "", down
	}
	return v.Columns[column].Name, down
}

// ColumnNames implements view.Columned.
func (v *View[R]) ColumnNames() []string { return table.Names(v.Columns, false) }

// Choose implements view.Columned. The checkbox stays.
func (v *View[R]) Choose(names []string) (unknown string) {
	var chosen []int
	for i, c := range v.Columns {
		if c.Name == "" || c.Name == decision {
			chosen = append(chosen, i)
		}
	}
	for _, name := range names {
		column := table.Named(v.Columns, name)
		if column < 0 {
			return name
		}
		chosen = append(chosen, column)
	}
	if names == nil {
		chosen = nil
	}
	v.Table.Choose(chosen)
	return ""
}
