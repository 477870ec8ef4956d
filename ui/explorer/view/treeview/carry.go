package treeview

import "darkroom/ui/tree"

// counterparts finds the items of one outline in another by the keys on the way to
// them, making lazy children where it has to. Items are looked up by the ten
// thousand.
type counterparts struct {
	from, in *Outline
	found    map[tree.ID]tree.ID            // of from; None where there is none
	below    map[tree.ID]map[string]tree.ID // children of in, by key; of None the roots
}

func newCounterparts(from, in *Outline) *counterparts {
	return &counterparts{from, in, map[tree.ID]tree.ID{}, map[tree.ID]map[string]tree.ID{}}
}

// all are the counterparts of items, of those that have one.
func (c *counterparts) all(ids map[tree.ID]bool) map[tree.ID]bool {
	found := map[tree.ID]bool{}
	for id := range ids {
		if other := c.find(id); other != tree.None {
			found[other] = true
		}
	}
	return found
}

func (c *counterparts) find(id tree.ID) tree.ID {
	other, done := c.found[id]
	if done {
		return other
	}
	other = tree.None
	parent := c.from.items[id].parent
	if parent == tree.None {
		other = c.child(tree.None, c.from.items[id].Key)
	} else if above := c.find(parent); above != tree.None {
		other = c.child(above, c.from.items[id].Key)
	}
	c.found[id] = other
	return other
}

// child is the first child with a key.
func (c *counterparts) child(parent tree.ID, key string) tree.ID {
	known, done := c.below[parent]
	if !done {
		ids := c.in.roots
		if parent != tree.None {
			ids = c.in.Children(parent)
		}
		known = make(map[string]tree.ID, len(ids))
		for _, id := range ids {
			if _, twice := known[c.in.items[id].Key]; !twice {
				known[c.in.items[id].Key] = id
			}
		}
		c.below[parent] = known
	}
	if id, ok := known[key]; ok {
		return id
	}
	return tree.None
}

// Replant shows another outline; folds, order and cursor are carried over.
func (v *View) Replant(o *Outline) { v.replant(o, tallies{}) }

func (v *View) replant(o *Outline, counted tallies) {
	old, oldTree := v.outline, v.tree
	t := tree.New(o)
	v.outline, v.tree, v.tallies = o, t, counted
	v.filter = filter{} // the explorer applies it again
	t.SetOrder(v.ordering())
	if v.OpensNew {
		openNewRoots(old, o, t)
	}
	t.SetHeight(oldTree.Height())
	in := newCounterparts(old, o)
	carryOver(in, oldTree, t)
	v.unfolded.open = in.all(v.unfolded.open)
	if v.Ranging() {
		v.anchor = in.find(v.anchor)
	}
	_, was := oldTree.Window()
	_, top := t.Window()
	cursor := t.Cursor()
	t.Scroll(was - top) // what is on the screen stays where it is
	t.MoveTo(cursor)
}

// openNewRoots opens the groups that were not there before.
func openNewRoots(old, o *Outline, t *tree.Tree) {
	var before *counterparts
	if old != nil {
		before = newCounterparts(o, old)
	}
	for _, id := range o.roots {
		if !o.items[id].Shut && (before == nil || before.find(id) == tree.None) {
			t.SetOpen(id, true)
		}
	}
	t.Refresh()
}

// carryOver brings folds and cursor from one outline to its successor.
func carryOver(in *counterparts, oldTree, t *tree.Tree) {
	for _, id := range oldTree.OpenItems() {
		if found := in.find(id); found != tree.None {
			t.SetOpen(found, true)
		}
	}
	t.Refresh()
	rows, cursor := oldTree.Rows(), oldTree.Cursor()
	seek := func(i int) bool { // what is gone gives the cursor to what came after it
		found := in.find(rows[i].ID)
		return found != tree.None && t.Seek(found)
	}
	for i := cursor; i < len(rows); i++ {
		if seek(i) {
			return
		}
	}
	for i := min(cursor, len(rows)) - 1; i >= 0; i-- {
		if seek(i) {
			return
		}
	}
}
