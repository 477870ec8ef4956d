// Package tree is the widget for a foldable outline: which rows are visible,
// where the cursor is and which part fits the screen. It draws nothing and does
// not know what an item is; that is for a Source to say. Rows are a flat slice
// that is rebuilt when folds or the filter change, which stays well below a
// millisecond for 100,000 rows (sources/dbt/SPEED.md#drawing).
package tree

import "slices"

// ID names an item of a Source. IDs are never reused.
type ID int32

// None means that there is no item; it is the parent of a root.
const None ID = -1

// Source has what can be shown. Children may be made on the first call and must
// not change afterwards.
type Source interface {
	Roots() []ID
	Children(ID) []ID
	Parent(ID) ID
	// HasChildren is asked for every visible row, so it must not make them.
	HasChildren(ID) bool
	// Structural reports items that "open all" goes into; others, such as the
	// endless upstream of a dashboard, open only one by one.
	Structural(ID) bool
}

// Filter narrows a tree. The zero Filter shows everything.
type Filter struct {
	// Keep reports whether an item is shown; nil keeps all. It must keep the
	// ancestors of what it keeps.
	Keep func(ID) bool
	// Open reports that an item holds hits below and is to be shown open.
	Open func(ID) bool
}

// Row is one visible line.
type Row struct {
	ID    ID
	Depth int
}

// Tree is the state of the widget. Make one with New.
type Tree struct {
	src    Source
	open   set
	filter Filter
	// order orders the children of an item; nil leaves them as the source has them. What
	// it made stays until another order is set: rows do not move by themselves.
	order  func([]ID) []ID
	inTurn map[ID][]ID

	// closed holds what was folded by hand while the filter was on: the filter
	// opens its hits again only when it changes.
	closed set

	rows    []Row
	deepest int
	cursor  int // index into rows
	top     int // first row on the screen
	height  int // rows on the screen
}

// New shows src with every root closed.
func New(src Source) *Tree {
	t := &Tree{src: src, height: 1}
	t.rebuild()
	return t
}

// Rows are all visible rows, on the screen or not. Callers must not change them.
func (t *Tree) Rows() []Row { return t.rows }

// Len is the number of visible rows.
func (t *Tree) Len() int { return len(t.rows) }

// Deepest is the largest depth of a visible row, on the screen or not.
func (t *Tree) Deepest() int { return t.deepest }

// Window gives the rows on the screen and the index of the first.
func (t *Tree) Window() (rows []Row, first int) {
	end := min(t.top+t.height, len(t.rows))
	return t.rows[t.top:end], t.top
}

// Cursor is the index of the cursor row, 0 in an empty tree.
func (t *Tree) Cursor() int { return t.cursor }

// Current is the item under the cursor; false in an empty tree.
func (t *Tree) Current() (ID, bool) {
	if t.cursor >= len(t.rows) {
		return None, false
	}
	return t.rows[t.cursor].ID, true
}

// SetHeight sets how many rows the screen has, at least one.
func (t *Tree) SetHeight(h int) {
	t.height = max(h, 1)
	t.scrollToCursor()
}

// Height is the number of rows the screen has.
func (t *Tree) Height() int { return t.height }

// IsOpen reports whether the children of id are shown.
func (t *Tree) IsOpen(id ID) bool {
	if t.filter.Open != nil && t.filter.Open(id) {
		return !t.closed.contains(id)
	}
	return t.open.contains(id)
}

func (t *Tree) setOpen(id ID, open bool) {
	if t.filter.Open != nil && t.filter.Open(id) {
		t.closed.put(id, !open)
		return
	}
	t.open.put(id, open)
}

// SetFilter replaces the filter. Earlier folds are kept and apply again without it.
func (t *Tree) SetFilter(f Filter) {
	t.filter, t.closed = f, set{}
	t.Refresh()
}

// Refresh rebuilds the rows after the source or the filter changed and keeps the
// cursor on its item or the nearest ancestor still visible.
func (t *Tree) Refresh() {
	id, ok := t.Current()
	t.rebuild()
	if ok {
		t.seekNearest(id)
	}
	t.scrollToCursor()
}

func (t *Tree) rebuild() {
	t.rows = t.rows[:0]
	t.deepest = 0
	t.appendRows(t.ordered(None), 0)
	t.cursor = min(t.cursor, max(len(t.rows)-1, 0))
}

func (t *Tree) appendRows(ids []ID, depth int) {
	for _, id := range ids {
		if t.filter.Keep != nil && !t.filter.Keep(id) {
			continue
		}
		t.rows = append(t.rows, Row{id, depth})
		t.deepest = max(t.deepest, depth)
		if t.IsOpen(id) {
			t.appendRows(t.ordered(id), depth+1)
		}
	}
}

// SetOrder orders siblings: order gets a list of its own, and gives it back ordered. With
// nil they are as the source has them. The cursor stays on its item.
func (t *Tree) SetOrder(order func([]ID) []ID) {
	t.order, t.inTurn = order, map[ID][]ID{}
	t.Refresh()
}

// ordered are the children of an item, or the roots, in their order.
func (t *Tree) ordered(parent ID) []ID {
	if t.order != nil {
		if known, ok := t.inTurn[parent]; ok {
			return known
		}
	}
	var ids []ID
	if parent == None {
		ids = t.src.Roots()
	} else {
		ids = t.src.Children(parent)
	}
	if t.order != nil {
		ids = t.order(slices.Clone(ids))
		t.inTurn[parent] = ids
	}
	return ids
}

// seekNearest puts the cursor on id or, when it is not visible, on its nearest
// visible ancestor. The cursor stays where it is when there is none.
func (t *Tree) seekNearest(id ID) {
	for ; id != None; id = t.src.Parent(id) {
		if t.seek(id) {
			return
		}
	}
}

func (t *Tree) seek(id ID) bool {
	for i, r := range t.rows {
		if r.ID == id {
			t.cursor = i
			return true
		}
	}
	return false
}

func (t *Tree) scrollToCursor() {
	if t.cursor < t.top {
		t.top = t.cursor
	}
	if t.cursor >= t.top+t.height {
		t.top = t.cursor - t.height + 1
	}
	t.top = max(0, min(t.top, len(t.rows)-t.height))
}
