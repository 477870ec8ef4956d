// Package table is the widget for rows with columns: which rows are visible, in
// which order, where the cursor is, which columns have room, and how all of it is
// drawn. Only the columns, which are data, know what a row is. It does no I/O and
// does not know the model. Filters, ranges and decisions belong to the views.
package table

import (
	"slices"
)

// Table is the state of the widget. Make one with New.
type Table[R any] struct {
	columns []Column[R]
	key     func(R) string
	rows    []R // as given
	widths  []int
	chosen  []int // columns that are shown; nil for those that the width allows
	keep    func(R) bool
	known   []int // rows, by index, that keep is true of; nil when that is not known
	sortBy  int   // column; -1 is the order as given
	desc    bool

	order  []int // indices of the visible rows, as shown
	turn   int   // grows when rows, filter or order change
	cursor int   // index into order
	top    int
	height int // rows on the screen
}

// New is a table without rows. key identifies a row, so that the cursor can stay on
// it.
func New[R any](columns []Column[R], key func(R) string) *Table[R] {
	return &Table[R]{columns: columns, key: key, sortBy: -1, height: 1}
}

// SetRows replaces the rows. The cursor stays on its row; when that row is gone, it
// goes to the one after it.
func (t *Table[R]) SetRows(rows []R) {
	t.rearrange(func() { t.rows, t.widths, t.known = rows, nil, nil })
}

// keysFromCursor are the keys of the row under the cursor, of those below it, and
// then of those above it, nearest first.
func (t *Table[R]) keysFromCursor() []string {
	var keys []string
	for i := t.cursor; i < len(t.order); i++ {
		keys = append(keys, t.key(t.Row(i)))
	}
	for i := min(t.cursor, len(t.order)) - 1; i >= 0; i-- {
		keys = append(keys, t.key(t.Row(i)))
	}
	return keys
}

// SetFilter shows only the rows for which keep is true; nil shows all.
func (t *Table[R]) SetFilter(keep func(R) bool) {
	t.reorder(func() { t.keep, t.known = keep, nil })
}

// Keep is SetFilter where it is known which of the rows, by index, a filter keeps.
func (t *Table[R]) Keep(rows []int, keep func(R) bool) {
	t.reorder(func() { t.keep, t.known = keep, rows })
}

// SortBy orders by a column, which must have Compare; -1 is the order given.
func (t *Table[R]) SortBy(column int, descending bool) {
	t.reorder(func() { t.sortBy, t.desc = column, descending })
}

// Choose shows these columns, whatever the width, as far as there is room; nil shows
// those that the width allows.
func (t *Table[R]) Choose(columns []int) { t.chosen = columns }

// Sorted is the column that the rows are ordered by, -1 for none.
func (t *Table[R]) Sorted() (column int, descending bool) { return t.sortBy, t.desc }

// SortNext orders by the next column that can be sorted by, and after the last one
// in the order given.
func (t *Table[R]) SortNext() {
	next := NextOrder(t.columns, t.sortBy)
	t.SortBy(next, next >= 0 && t.columns[next].Down)
}

// SortReverse reverses the order.
func (t *Table[R]) SortReverse() { t.SortBy(t.sortBy, !t.desc) }

// rearrange makes a change, applies filter and order, and keeps the cursor on its
// row or near it.
func (t *Table[R]) rearrange(change func()) {
	before := t.keysFromCursor()
	change()
	t.arrange()
	for _, key := range before {
		if t.Seek(key) {
			return
		}
	}
	t.MoveTo(t.cursor)
}

// reorder is rearrange of the same rows, which needs no keys.
func (t *Table[R]) reorder(change func()) {
	before, cursor := slices.Clone(t.order), min(t.cursor, len(t.order))
	change()
	t.arrange()
	at := make([]int, len(t.rows)) // where each row is, counted from 1
	for i, row := range t.order {
		at[row] = i + 1
	}
	above := before[:cursor]
	slices.Reverse(above)
	for _, row := range slices.Concat(before[cursor:], above) {
		if at[row] > 0 {
			t.MoveTo(at[row] - 1)
			return
		}
	}
	t.MoveTo(t.cursor)
}

// Turn is another number whenever rows came or went, or changed their places.
func (t *Table[R]) Turn() int { return t.turn }

func (t *Table[R]) arrange() {
	t.turn++
	t.order = t.order[:0]
	if t.known != nil {
		t.order = append(t.order, t.known...)
	} else {
		for i, r := range t.rows {
			if t.keep == nil || t.keep(r) {
				t.order = append(t.order, i)
			}
		}
	}
	switch {
	case t.sortBy >= 0:
		Sort(&t.columns[t.sortBy], t.desc, t.order, func(i int) R { return t.rows[i] })
	case t.desc:
		slices.Reverse(t.order)
	}
	t.cursor = max(0, min(t.cursor, len(t.order)-1))
}

// Len is the number of visible rows.
func (t *Table[R]) Len() int { return len(t.order) }

// Row is a visible row by its index.
func (t *Table[R]) Row(i int) R { return t.rows[t.order[i]] }

// Position is the index of the cursor's row among the rows as given; -1 in an empty
// table.
func (t *Table[R]) Position() int {
	if t.cursor >= len(t.order) {
		return -1
	}
	return t.order[t.cursor]
}

// Cursor is the index of the cursor row, 0 in an empty table.
func (t *Table[R]) Cursor() int { return t.cursor }

// Current is the row under the cursor; false in an empty table.
func (t *Table[R]) Current() (row R, ok bool) {
	if t.cursor >= len(t.order) {
		return row, false
	}
	return t.Row(t.cursor), true
}

// Seek puts the cursor on the visible row with a key.
func (t *Table[R]) Seek(key string) bool {
	for i := range t.order {
		if t.key(t.Row(i)) == key {
			t.MoveTo(i)
			return true
		}
	}
	return false
}

// MoveTo puts the cursor on a row by its index, or on the nearest end.
func (t *Table[R]) MoveTo(i int) {
	t.cursor = max(0, min(i, len(t.order)-1))
	switch {
	case t.cursor < t.top:
		t.top = t.cursor
	case t.cursor >= t.top+t.height:
		t.top = t.cursor - t.height + 1
	}
	t.top = max(0, min(t.top, len(t.order)-t.height))
}

// MoveBy moves the cursor by n rows and stops at the ends.
func (t *Table[R]) MoveBy(n int) { t.MoveTo(t.cursor + n) }

// Scroll moves the screen by n rows; the cursor moves only if it would leave it.
func (t *Table[R]) Scroll(n int) {
	t.top = max(0, min(t.top+n, len(t.order)-t.height))
	t.cursor = max(t.top, min(t.cursor, t.top+t.height-1))
	t.cursor = max(0, min(t.cursor, len(t.order)-1))
}

// Window gives the indices of the rows on the screen: the first, and the one after
// the last.
func (t *Table[R]) Window() (first, end int) { return t.top, min(t.top+t.height, len(t.order)) }

// Height is how many rows the screen has.
func (t *Table[R]) Height() int { return t.height }

// SetHeight sets how many lines the table has, with its heading.
func (t *Table[R]) SetHeight(lines int) {
	t.height = max(lines-headingLines, 1)
	t.MoveTo(t.cursor)
}
