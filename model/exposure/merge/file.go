package merge

import (
	"slices"
	"strings"

	"darkroom/model/exposure"
	"darkroom/model/exposure/dbtyaml"
	"darkroom/model/exposure/yamledit"
	"darkroom/model/exposure/yamledit/yamltext"
)

// finish puts a file together again.
func (m *merger) finish(t *target) *yamledit.Error {
	if t.unreadable != nil {
		return nil
	}
	if m.look && !t.doc.Anchored() {
		m.foresee(t)
		return nil
	}
	switch {
	case t.rewrite.Emptied(m.aroundEntries()):
		t.res.Text = nil
		t.res.OldLines = linesOf(t.doc)
	case t.rewrite.Unchanged():
		t.res.Text = t.res.Old
	default:
		text, doc, ferr := t.rewrite.Text()
		if ferr != nil {
			return ferr
		}
		if ferr := readsBack(text, doc); ferr != nil {
			return ferr
		}
		t.res.Text, t.res.NewLines = text, linesOf(doc)
		if t.read != nil { // there is a file
			t.res.OldLines = linesOf(t.doc)
		}
		t.recount(doc)
	}
	if m.look {
		t.res.Before, t.res.After = EntriesIn(t.res.Old), EntriesIn(t.res.Text)
	}
	if len(t.res.Names) > 0 || string(t.res.Text) != string(t.res.Old) {
		m.out.Files = append(m.out.Files, t.res)
	}
	return nil
}

func linesOf(doc *yamledit.Document) []EntryLine {
	out := make([]EntryLine, len(doc.Entries))
	for i := range doc.Entries {
		out[i] = EntryLine{doc.Entries[i].Name, doc.Entries[i].First + 1}
	}
	return out
}

// recount counts entries as changed that got the anchor of a removed one; doc is what
// was read back.
func (t *target) recount(doc *yamledit.Document) {
	if !t.doc.Anchored() {
		return
	}
	before, after := textsOf(t.doc), textsOf(doc)
	c := &t.res.Changes
	c.Kept = slices.DeleteFunc(c.Kept, func(name string) bool {
		if before[name] == after[name] {
			return false
		}
		c.Changed = append(c.Changed, name)
		return true
	})
}

// textsOf are the entries of a document by name.
func textsOf(doc *yamledit.Document) map[string]string {
	texts := map[string]string{}
	for i := range doc.Entries {
		texts[doc.Entries[i].Name] = doc.EntryText(&doc.Entries[i])
	}
	return texts
}

// readsBack makes sure that dbt reads the same exposures in what is to be written.
func readsBack(text []byte, doc *yamledit.Document) *yamledit.Error {
	problem, others := readByDbt(text, doc)
	if others {
		problem = &dbtyaml.Problem{Text: "it would find other exposures"}
	}
	if problem == nil {
		return nil
	}
	return &yamledit.Error{Line: problem.Line, Problem: "dbt could not read what would be written: " + problem.Text, Fix: "write that part of the file in a simpler way; nothing is written until then"}
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
func (m *merger) move(from, to *target, i int, lines []yamltext.Line, e *exposure.Exposure) bool {
	if why := from.rewrite.MoveTo(to.rewrite, i, e.Name, lines); why != "" {
		m.addItem(Item{What: Stays, Key: e.Key, Name: e.Name, Title: e.Title, File: from.Name, Note: "not moved to " + to.Name + ": " + why})
		return false
	}
	from.res.Changes.Removed = append(from.res.Changes.Removed, e.Name)
	to.res.Changes.Changed = append(to.res.Changes.Changed, e.Name)
	to.res.Names = append(to.res.Names, e.Name)
	m.addItem(Item{What: Move, Key: e.Key, Name: e.Name, Title: e.Title, File: to.Name, From: from.Name})
	return true
}
