package exposure

import (
	"slices"
	"strings"
)

// move takes an entry, as chunk i of its file, and the comments right above it
// into another file. It reports false, and does nothing, when the entry hangs on
// its file by an anchor or the other file has its name.
func (m *merger) move(from, to *target, i int, body []line, e *Exposure) bool {
	dr := newDraft(body, from.doc.eol)
	taken := func(c chunk) bool { return c.name == e.Name && !c.removed }
	if dr.entry == nil || dr.anchored || slices.ContainsFunc(slices.Concat(to.chunks[1:], to.added), taken) {
		return false
	}
	above := &from.chunks[i-1].gap
	lead := len(*above)
	for lead > 0 && strings.HasPrefix(strings.TrimSpace((*above)[lead-1].text), "#") {
		lead--
	}
	by := to.dash() - dr.entry.dash
	moved := chunk{name: e.Name, want: dr.entry.node}
	for _, l := range slices.Concat((*above)[lead:], body) {
		moved.body = append(moved.body, line{shifted(l.text, by), to.doc.eol})
	}
	*above = (*above)[:lead:lead]
	from.chunks[i].removed = true
	to.added = append(to.added, moved)
	from.res.Changes.Removed = append(from.res.Changes.Removed, e.Name)
	to.res.Changes.Changed = append(to.res.Changes.Changed, e.Name)
	to.res.Names = append(to.res.Names, e.Name)
	m.item(Item{What: Move, Key: e.Key, Name: e.Name, Title: e.title, File: to.Name, From: from.Name})
	return true
}

// sameNode compares values, wherever they stand.
func sameNode(a, b *node) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.kind == b.kind && a.scalar == b.scalar &&
		slices.EqualFunc(a.items, b.items, func(x, y item) bool { return sameNode(x.node, y.node) }) &&
		slices.EqualFunc(a.pairs, b.pairs, func(x, y keyed) bool { return x.key == y.key && sameNode(x.node, y.node) }) &&
		slices.EqualFunc(a.merges, b.merges, sameNode)
}

// onlyOurs reports that nothing is left in a file but what darkroom puts around
// its entries.
func (t *target) onlyOurs() bool {
	ours := map[string]bool{"exposures:": true, "exposures: []": true, "": true}
	for l := range strings.Lines(header) {
		ours[strings.TrimSpace(l)] = true
	}
	for _, c := range t.chunks {
		if c.removed {
			c.body = nil
		}
		for _, l := range slices.Concat(c.body, c.gap) {
			if !ours[strings.TrimSpace(l.text)] {
				return false
			}
		}
	}
	return true
}
