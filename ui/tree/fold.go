package tree

// Open shows the children under the cursor. On an open row the cursor goes to the
// first child instead.
func (t *Tree) Open() {
	id, ok := t.Current()
	switch {
	case !ok || !t.src.HasChildren(id):
	case !t.IsOpen(id):
		t.setOpen(id, true)
		t.Refresh()
	case t.cursor+1 < len(t.rows) && t.rows[t.cursor+1].Depth > t.rows[t.cursor].Depth:
		t.MoveBy(1)
	}
}

// Close hides the children under the cursor; on a leaf or a closed row the
// cursor goes to the parent instead.
func (t *Tree) Close() {
	if id, ok := t.Current(); ok && t.src.HasChildren(id) && t.IsOpen(id) {
		t.setOpen(id, false)
		t.Refresh()
		return
	}
	t.MoveToParent()
}

// Toggle opens or closes the item under the cursor.
func (t *Tree) Toggle() bool {
	id, ok := t.Current()
	if !ok || !t.src.HasChildren(id) {
		return false
	}
	t.setOpen(id, !t.IsOpen(id))
	t.Refresh()
	return true
}

// OpenAll opens every structural item, CloseAll closes everything.
func (t *Tree) OpenAll() { t.ToLevel(int(^uint(0) >> 1)) }

// CloseAll closes every item.
func (t *Tree) CloseAll() { t.ToLevel(1) }

// OpenBelow opens what is under the cursor and every structural item below it.
func (t *Tree) OpenBelow() {
	id, ok := t.Current()
	if !ok || !t.src.HasChildren(id) {
		return
	}
	t.closed.remove(func(c ID) bool { return t.isBelow(c, id) })
	t.setOpen(id, true)
	t.openTo(t.src.Children(id), int(^uint(0)>>1))
	t.Refresh()
}

// CloseBelow closes what is under the cursor and all below it, so that it is closed inside
// when it is opened again.
func (t *Tree) CloseBelow() {
	id, ok := t.Current()
	if !ok || !t.src.HasChildren(id) {
		return
	}
	t.open.remove(func(o ID) bool { return t.isBelow(o, id) })
	if t.filter.Open != nil {
		t.closeFrom([]ID{id}, 0)
	}
	t.setOpen(id, false)
	t.Refresh()
}

// isBelow reports an item that is another one or below it.
func (t *Tree) isBelow(id, top ID) bool {
	for id != None && id != top {
		id = t.src.Parent(id)
	}
	return id == top
}

// ToLevel shows the first n levels: 1 is only the roots.
func (t *Tree) ToLevel(n int) {
	t.open, t.closed = set{}, set{}
	t.openTo(t.src.Roots(), n-1)
	if t.filter.Open != nil {
		t.closeFrom(t.src.Roots(), n-1)
	}
	t.Refresh()
}

func (t *Tree) openTo(ids []ID, levels int) {
	if levels <= 0 {
		return
	}
	for _, id := range ids {
		if t.src.Structural(id) && t.src.HasChildren(id) {
			t.open.put(id, true)
			t.openTo(t.src.Children(id), levels-1)
		}
	}
}

// closeFrom folds what the filter opened below a level.
func (t *Tree) closeFrom(ids []ID, levels int) {
	for _, id := range ids {
		if !t.filter.Open(id) {
			continue
		}
		if levels <= 0 {
			t.closed.put(id, true)
		}
		t.closeFrom(t.src.Children(id), levels-1)
	}
}

// OpenItems lists what is open, so that folds can be carried over to another source.
func (t *Tree) OpenItems() []ID { return t.open.all() }

// SetOpen opens or closes one item wherever it is. Call Refresh afterwards.
func (t *Tree) SetOpen(id ID, open bool) { t.setOpen(id, open) }
