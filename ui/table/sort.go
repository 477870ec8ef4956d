package table

import "slices"

// Sort orders a list by a column: stable, and with what has no value at the end.
func Sort[R, E any](c *Column[R], down bool, list []E, row func(E) R) {
	type entry struct {
		item  E
		row   R
		empty bool
	}
	entries := make([]entry, len(list))
	for i, item := range list {
		r := row(item)
		entries[i] = entry{item, r, c.Value != nil && c.Value(r) == ""}
	}
	slices.SortStableFunc(entries, func(a, b entry) int {
		switch {
		case a.empty && b.empty:
			return 0
		case a.empty:
			return 1
		case b.empty:
			return -1
		case down:
			return c.Compare(b.row, a.row)
		}
		return c.Compare(a.row, b.row)
	})
	for i := range entries {
		list[i] = entries[i].item
	}
}

// NextOrder is the next column that rows can be ordered by, and after the last one -1:
// the order given.
func NextOrder[R any](columns []Column[R], from int) int {
	for next := from + 1; next < len(columns); next++ {
		if columns[next].Compare != nil && columns[next].needed() {
			return next
		}
	}
	return -1
}

// Named is the column with a name, -1 where there is none.
func Named[R any](columns []Column[R], name string) int {
	return slices.IndexFunc(columns, func(c Column[R]) bool { return name != "" && c.Name == name })
}

// Names are the names of the columns; with sorting only of those that rows can be
// ordered by.
func Names[R any](columns []Column[R], sorting bool) (names []string) {
	for i := range columns {
		if c := &columns[i]; c.Name != "" && (!sorting || c.Compare != nil) {
			names = append(names, c.Name)
		}
	}
	return names
}

// OrderInWords says what rows are ordered by.
func OrderInWords(by string, down bool) string {
	switch {
	case by == "" && down:
		return "order: as given, reversed"
	case by == "":
		return "order: as given"
	case down:
		return "ordered by " + by + ", descending"
	}
	return "ordered by " + by + ", ascending"
}
