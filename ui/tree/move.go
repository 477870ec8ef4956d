package tree

// MoveBy moves the cursor by n rows and stops at the ends.
func (t *Tree) MoveBy(n int) { t.MoveTo(t.cursor + n) }

// MoveTo puts the cursor on a row by its index, or on the nearest end.
func (t *Tree) MoveTo(i int) {
	t.cursor = max(0, min(i, len(t.rows)-1))
	t.scrollToCursor()
}

// Scroll moves the screen by n rows; the cursor moves only if it would leave it.
func (t *Tree) Scroll(n int) {
	t.top = max(0, min(t.top+n, len(t.rows)-t.height))
	t.cursor = max(t.top, min(t.cursor, t.top+t.height-1))
	t.cursor = max(0, min(t.cursor, len(t.rows)-1))
}

// MoveToParent puts the cursor on the parent row and reports whether there is one.
func (t *Tree) MoveToParent() bool {
	if t.cursor >= len(t.rows) {
		return false
	}
	depth := t.rows[t.cursor].Depth
	for i := t.cursor - 1; i >= 0; i-- {
		if t.rows[i].Depth < depth {
			t.MoveTo(i)
			return true
		}
	}
	return false
}

// MoveToSibling moves to the next (dir > 0) or previous row of the same parent.
func (t *Tree) MoveToSibling(dir int) bool {
	if t.cursor >= len(t.rows) {
		return false
	}
	depth := t.rows[t.cursor].Depth
	for i := t.cursor + dir; i >= 0 && i < len(t.rows); i += dir {
		switch {
		case t.rows[i].Depth < depth:
			return false
		case t.rows[i].Depth == depth:
			t.MoveTo(i)
			return true
		}
	}
	return false
}

// Seek puts the cursor on an item that is visible.
func (t *Tree) Seek(id ID) bool {
	ok := t.seek(id)
	t.scrollToCursor()
	return ok
}

// Reveal opens the ancestors of id and puts the cursor on it. It reports false
// when the filter hides it.
func (t *Tree) Reveal(id ID) bool {
	for p := t.src.Parent(id); p != None; p = t.src.Parent(p) {
		t.setOpen(p, true)
	}
	t.rebuild()
	return t.Seek(id)
}
