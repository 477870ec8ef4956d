package merge

import (
	"strings"

	"darkroom/model/exposure"
	"darkroom/model/exposure/yamledit"
)

// finish puts a file together again.
func (m *merger) finish(t *target) *yamledit.Error {
	if t.unreadable != nil {
		return nil
	}
	switch {
	case t.rewrite.Emptied(m.aroundEntries()):
		t.res.Text = nil
	case t.rewrite.Unchanged():
		t.res.Text = t.res.Old
	default:
		var ferr *yamledit.Error
		if t.res.Text, ferr = t.rewrite.Text(); ferr != nil {
			return ferr
		}
	}
	if len(t.res.Names) > 0 || string(t.res.Text) != string(t.res.Old) {
		m.out.Files = append(m.out.Files, t.res)
	}
	return nil
}

// aroundEntries are the lines that darkroom puts around its entries.
func (m *merger) aroundEntries() map[string]bool {
	lines := map[string]bool{"exposures:": true, "exposures: []": true, "": true}
	for l := range strings.Lines(header(m.plan.Tools)) {
		lines[strings.TrimSpace(l)] = true
	}
	return lines
}

// move takes entry i into another file where that is possible.
func (m *merger) move(from, to *target, i int, lines []yamledit.Line, e *exposure.Exposure) bool {
	if !from.rewrite.MoveTo(to.rewrite, i, e.Name, lines) {
		return false
	}
	from.res.Changes.Removed = append(from.res.Changes.Removed, e.Name)
	to.res.Changes.Changed = append(to.res.Changes.Changed, e.Name)
	to.res.Names = append(to.res.Names, e.Name)
	m.addItem(Item{What: Move, Key: e.Key, Name: e.Name, Title: e.Title, File: to.Name, From: from.Name})
	return true
}
