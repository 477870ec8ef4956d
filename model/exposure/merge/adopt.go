package merge

import (
	"context"
	"errors"
	"slices"

	"darkroom/model/editdistance"
	"darkroom/model/exposure"
	"darkroom/model/exposure/yamledit"
	"darkroom/model/shellword"
)

// Find looks for a hand-written exposure of the same dashboard.
func (d *Disk) Find(c exposure.Candidate) (exposure.Declared, bool) {
	if d.byHand == nil {
		d.byHand = exposure.IndexDeclared(d.Known().Entries)
	}
	return d.byHand.Find(c)
}

// Adopt makes a hand-written exposure the entry of that key, in its own place, so
// that darkroom keeps it up to date. The next Merge with a plan for the key writes its
// identity into it; settle with Keep of its name so that all that is written by
// hand stays without a question.
func (d *Disk) Adopt(key string, who exposure.Declared) *yamledit.Error {
	s := d.named[who.File]
	if s == nil || s.unreadable != nil {
		return &yamledit.Error{File: who.File, Problem: "cannot be read as a file of exposures", Fix: "adopt another, or correct the file"}
	}
	if at, ok := d.at[key]; ok {
		return &yamledit.Error{File: who.File, Problem: "already has darkroom's " + at.entry().Name + " for this dashboard", Fix: "delete one of the two"}
	}
	for _, i := range s.called(who.Name) {
		e := &s.doc.Entries[i]
		if s.keys[i] != "" {
			continue
		}
		if !yamledit.NewDraft(s.doc.EntryLines(e), s.doc.EOL, nil).Editable() {
			return &yamledit.Error{
				File: who.File, Line: e.First + 1, Problem: who.Name + " is written in a way that cannot be edited safely",
				Fix: "write it as \"- name:\" with one key per line",
			}
		}
		s.keys[i] = key
		d.at[key] = location{s, i}
		d.last.state[key] = State{File: s.Name, PlacedByHand: true}
		d.changed()
		if d.byHand != nil {
			d.byHand.Remove(who)
		}
		return nil
	}
	return &yamledit.Error{File: who.File, Problem: "has no exposure named " + who.Name, Fix: "see darkroom adopt for the exposures it has"}
}

// called are the entries of a name.
func (s *parsedFile) called(name string) []int {
	if s.byName == nil {
		s.byName = map[string][]int{}
		for i := range s.doc.Entries {
			s.byName[s.doc.Entries[i].Name] = append(s.byName[s.doc.Entries[i].Name], i)
		}
	}
	return s.byName[name]
}

// TakeOver lets a republished dashboard take over the entry of the one that it
// replaces, with its name and everything in it.
func (d *Disk) TakeOver(oldKey, newKey string) *yamledit.Error {
	at, ok := d.at[oldKey]
	if !ok {
		return &yamledit.Error{Problem: "there is no entry of " + oldKey, Fix: "see darkroom export --check for the entries whose dashboards are gone"}
	}
	if other, taken := d.at[newKey]; taken {
		return &yamledit.Error{
			File: other.file.Name, Problem: "already has " + other.entry().Name + " for the new dashboard",
			Fix: "delete that entry and exclude the dashboard first",
		}
	}
	at.file.keys[at.index] = newKey
	d.at[newKey] = at
	st := d.last.state[oldKey]
	copies := State{Copies: st.Copies} // they keep the old key
	st.GoneSince, st.Released, st.Copies = "", false, nil
	d.last.state[newKey] = st
	if old := d.last.byKey[oldKey]; old != nil {
		d.last.byKey[newKey], d.last.saidOf[newKey] = old, d.last.saidOf[oldKey]
	}
	delete(d.at, oldKey)
	delete(d.last.byKey, oldKey)
	delete(d.last.saidOf, oldKey)
	d.last.state[oldKey] = copies
	d.changed()
	return nil
}

// ErrName is the kind of an error about a name: no entry has it, or none can be given it.
var ErrName = errors.New("not a name that can be used")

// Rename gives an exposure another name, in its file and in the last export. It
// needs no plan: nothing else changes. taken are names that are used elsewhere.
func (d *Disk) Rename(ctx context.Context, oldName, newName string, taken func(string) bool) (Outcome, error) {
	var at location
	key := ""
	for k, s := range d.at {
		if s.entry().Name == oldName {
			key, at = k, s
		}
	}
	known := d.Known()
	switch {
	case key == "":
		return Outcome{}, d.noSuch(oldName, known)
	case newName == oldName:
		return Outcome{}, &yamledit.Error{Kind: ErrName, File: at.file.Name, Problem: "already calls it " + newName, Fix: "give another name"}
	case exposure.NameFor(newName) != newName:
		return Outcome{}, &yamledit.Error{
			Kind: ErrName, File: at.file.Name, Problem: newName + " is not a valid name",
			Fix: "use lower-case letters, digits and single underscores, beginning with a letter: " + exposure.NameFor(newName),
		}
	}
	used := taken != nil && taken(newName) || slices.ContainsFunc(known.Entries, func(d exposure.Declared) bool { return d.Name == newName })
	for _, name := range known.Names {
		used = used || name == newName
	}
	if used {
		return Outcome{}, &yamledit.Error{Kind: ErrName, File: at.file.Name, Problem: "the name " + newName + " is taken", Fix: "give another name"}
	}
	m := newMerger(d, exposure.Plan{KeepKeys: d.KeysExcept()}, Settle{})
	t := m.target(at.file)
	dr := yamledit.NewDraft(t.rewrite.Lines(at.index), t.doc.EOL, m.rank)
	if why := dr.Set(exposure.NameField(), []string{newName}, false); why != "" {
		return Outcome{}, &yamledit.Error{File: t.Name, Line: at.entry().First + 1, Problem: "the name cannot be changed: " + why, Fix: "rename it by hand: darkroom follows"}
	}
	for _, s := range d.files {
		m.mergeEntries(ctx, m.target(s))
	}
	if ctx.Err() != nil {
		return Outcome{}, ctx.Err()
	}
	t.rewrite.Replace(at.index, newName, dr.Lines())
	t.res.Changes.Kept = slices.DeleteFunc(t.res.Changes.Kept, func(s string) bool { return s == oldName })
	t.res.Changes.Changed = append(t.res.Changes.Changed, newName)
	m.addItem(Item{What: Rename, Key: key, Name: newName, Title: at.said().Label, File: t.Name, Fields: []FieldChange{{"name", oldName, newName}}})
	if ferr := m.finish(t); ferr != nil {
		return Outcome{}, ferr
	}
	m.renameLast(key, newName)
	m.out.Base = m.nextBase()
	m.out.sort()
	return m.out, nil
}

// renameLast changes the name in the last export too: it is not an edit by hand.
func (m *merger) renameLast(key, name string) {
	old := m.last.byKey[key]
	if old == nil {
		return
	}
	dr := yamledit.NewDraft(m.last.doc.EntryLines(old), "\n", m.rank)
	if dr.Set(exposure.NameField(), []string{name}, false) == "" && len(dr.Lines()) == old.Last-old.First {
		m.last.doc.Rename(old, name, dr.Lines())
	}
}

// KeysExcept are the keys of all entries, without those given: what a plan for a few
// has to keep.
func (d *Disk) KeysExcept(but ...string) []string {
	left := map[string]bool{}
	for _, key := range but {
		left[key] = true
	}
	var out []string
	for key := range d.at {
		if !left[key] {
			out = append(out, key)
		}
	}
	slices.Sort(out)
	return out
}

// noSuch says why no entry of darkroom's has a name.
func (d *Disk) noSuch(name string, known exposure.Known) *yamledit.Error {
	for _, e := range known.Entries {
		if e.Name == name {
			return &yamledit.Error{File: e.File, Problem: name + " is written by hand", Fix: "rename it there, or run darkroom adopt " + shellword.Quote(name)}
		}
	}
	var names []string
	for _, s := range d.at {
		names = append(names, s.entry().Name)
	}
	return &yamledit.Error{Kind: ErrName, Problem: "darkroom keeps no exposure named " + name + editdistance.Nearest(name, names), Fix: "see darkroom list exposures"}
}
