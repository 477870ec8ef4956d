package curate

import "darkroom/model"

// Change is one step that was made, undone or redone, with everything a journal
// needs. It does not change after it was returned.
type Change struct {
	Label   string // "included 12 dashboards", "undo: included 12 dashboards"
	Version uint64 // of the book after the step; orders the changes of a session
	Edits   []Edit
	Seen    []SeenEdit // of what was there at the last review
}

// Edit is the change of one record. A zero Record means none.
type Edit struct {
	Key           string
	Before, After Record
}

// Empty reports that nothing changed; such a change is not a step and needs no journal.
func (c Change) Empty() bool { return len(c.Edits) == 0 && len(c.Seen) == 0 }

// step remembers, for each key it touched, the record on its other side: the one
// before while it waits to be undone, the one after while it waits to be redone.
// So a step costs one record per edit however often it goes back and forth.
type step struct {
	label string
	edits []keyed
	seen  []seenKey
}

type keyed struct {
	key string
	rec Record
}

type seenKey struct {
	key  string
	seen Seen
}

// Undo takes the last step back, exactly: when, by whom and why included.
func (b *Book) Undo() (Change, bool) { return b.move("undo: ", &b.undo, &b.redo) }

// Redo makes the last undone step again. A new step forgets what was undone.
func (b *Book) Redo() (Change, bool) { return b.move("redo: ", &b.redo, &b.undo) }

// Label gives the last step another label: that of a change, which is it. A change
// that is not the last step keeps its own.
func (b *Book) Label(c Change, label string) Change {
	if last := len(b.undo) - 1; last >= 0 && c.Version == b.version {
		c.Label, b.undo[last].label = label, label
	}
	return c
}

// apply runs one step over the keys, each once, and remembers it if it changed
// anything.
func (b *Book) apply(what string, keys []string, next func(string, Record) Record) Change {
	edits := make([]Edit, 0, len(keys))
	seen := make(map[string]struct{}, len(keys))
	for _, key := range keys {
		if _, again := seen[key]; again {
			continue
		}
		seen[key] = struct{}{}
		before := b.records[key]
		after := next(key, before)
		if before != after {
			edits = append(edits, Edit{key, before, after})
			b.put(key, after)
		}
	}
	if len(edits) == 0 {
		return Change{}
	}
	s := step{label: what + " " + model.Count(len(edits), "dashboard"), edits: make([]keyed, len(edits))}
	for i, e := range edits {
		s.edits[i] = keyed{e.Key, e.Before}
	}
	b.version++
	b.undo, b.redo = append(b.undo, s), nil
	return Change{Label: s.label, Version: b.version, Edits: edits}
}

// move takes the last step of one stack, swaps its records with those of the
// book, and puts it on the other stack.
func (b *Book) move(prefix string, from, to *[]step) (Change, bool) {
	if len(*from) == 0 {
		return Change{}, false
	}
	s := (*from)[len(*from)-1]
	*from = (*from)[:len(*from)-1]
	c := Change{Label: prefix + s.label, Edits: make([]Edit, len(s.edits))}
	for i, e := range s.edits {
		now := b.records[e.key]
		c.Edits[i] = Edit{e.key, now, e.rec}
		s.edits[i].rec = now
		b.put(e.key, e.rec)
	}
	for i, e := range s.seen {
		now := b.memory.Seen[e.key]
		c.Seen = append(c.Seen, SeenEdit{e.key, now, e.seen})
		s.seen[i].seen = now
		b.remember(e.key, e.seen)
	}
	*to = append(*to, s)
	b.version++
	c.Version = b.version
	return c, true
}

func (b *Book) put(key string, r Record) {
	if r == (Record{}) {
		delete(b.records, key)
		return
	}
	b.records[key] = r
}
