package exposure

import (
	"slices"
	"strings"
)

// Find looks for a hand-written exposure of the same dashboard: by LUID first,
// else by url.
func (d *Disk) Find(c Candidate) (Declared, bool) {
	entries := d.Known().Entries
	if luid := strings.ToLower(c.luid()); luid != "" {
		if i := slices.IndexFunc(entries, func(d Declared) bool { return d.LUID == luid }); i >= 0 {
			return entries[i], true
		}
	}
	url := urlKey(c.URL)
	i := slices.IndexFunc(entries, func(d Declared) bool { return url != "" && urlKey(d.URL) == url })
	if i < 0 {
		return Declared{}, false
	}
	return entries[i], true
}

// Adopt puts a hand-written exposure under darkroom's care, as the entry of that
// key, in its own place. The next Merge with a plan for the key writes its
// identity into it; settle with Keep of its name so that all that is written by
// hand stays without a question.
func (d *Disk) Adopt(key string, who Declared) *FileError {
	s := d.side(who.File)
	if s == nil || s.bad != nil {
		return &FileError{File: who.File, Problem: "cannot be read as a file of exposures", Cure: "adopt another, or correct the file"}
	}
	if at, ok := d.at[key]; ok {
		return &FileError{File: who.File, Problem: "already has darkroom's " + at.entry().name + " for this dashboard", Cure: "delete one of the two"}
	}
	for i := range s.doc.entries {
		e := &s.doc.entries[i]
		if s.keys[i] != "" || e.name != who.Name {
			continue
		}
		if dr := newDraft(s.doc.lines[e.first:e.last], s.doc.eol); dr.entry == nil || dr.entry.node.fixed {
			return &FileError{
				File: who.File, Line: e.first + 1, Problem: who.Name + " is written in a way that cannot be edited safely",
				Cure: "write it as \"- name:\" with one key per line",
			}
		}
		s.keys[i] = key
		d.at[key] = spot{s, i}
		d.last.state[key] = State{File: s.Name, Own: true}
		return nil
	}
	return &FileError{File: who.File, Problem: "has no exposure named " + who.Name, Cure: "see darkroom adopt for those it has"}
}

// Same lets a dashboard that was published anew take over the entry of the one
// that it replaces, with its name and everything in it.
func (d *Disk) Same(oldKey, newKey string) *FileError {
	at, ok := d.at[oldKey]
	if !ok {
		return &FileError{Problem: "there is no entry of " + oldKey, Cure: "see darkroom export --check for those that are gone"}
	}
	if other, taken := d.at[newKey]; taken {
		return &FileError{
			File: other.side.Name, Problem: "already has " + other.entry().name + " for the new dashboard",
			Cure: "delete that entry and untick the dashboard first",
		}
	}
	at.side.keys[at.index] = newKey
	d.at[newKey] = at
	st := d.last.state[oldKey]
	st.Gone, st.Released = "", false
	d.last.state[newKey] = st
	if old := d.last.byKey[oldKey]; old != nil {
		d.last.byKey[newKey] = old
	}
	delete(d.at, oldKey)
	delete(d.last.byKey, oldKey)
	delete(d.last.state, oldKey)
	return nil
}

// Rename gives an exposure another name, in its file and in the last export. It
// needs no plan: nothing else changes. taken are names that are used elsewhere.
func (d *Disk) Rename(oldName, newName string, taken func(string) bool) (Outcome, error) {
	var at spot
	key := ""
	for k, s := range d.at {
		if s.entry().name == oldName {
			key, at = k, s
		}
	}
	known := d.Known()
	switch {
	case key == "":
		return Outcome{}, d.noSuch(oldName, known)
	case newName == oldName:
		return Outcome{}, &FileError{File: at.side.Name, Problem: "already calls it " + newName, Cure: "give another name"}
	case slugOf(newName) != newName:
		return Outcome{}, &FileError{
			File: at.side.Name, Problem: newName + " is no good name",
			Cure: "use lower-case letters, digits and single underscores, beginning with a letter: " + slugOf(newName),
		}
	}
	used := taken != nil && taken(newName) || slices.ContainsFunc(known.Entries, func(d Declared) bool { return d.Name == newName })
	for _, name := range known.Names {
		used = used || name == newName
	}
	if used {
		return Outcome{}, &FileError{File: at.side.Name, Problem: "the name " + newName + " is taken", Cure: "give another name"}
	}
	m := newMerger(d, Plan{Keep: d.Keys()}, Settle{})
	t := m.target(at.side)
	dr := newDraft(t.chunks[at.index+1].body, t.doc.eol)
	if !dr.set(field{path: []string{"name"}, plain: true}, []string{newName}) {
		return Outcome{}, &FileError{File: t.Name, Line: at.entry().first + 1, Problem: "the name cannot be edited safely", Cure: "rename it by hand: darkroom follows"}
	}
	for _, s := range d.sides {
		m.entries(m.target(s))
	}
	t.chunks[at.index+1].body, t.chunks[at.index+1].name = dr.lines, newName
	t.res.Changes.Kept = slices.DeleteFunc(t.res.Changes.Kept, func(s string) bool { return s == oldName })
	t.res.Changes.Changed = append(t.res.Changes.Changed, newName)
	m.item(Item{What: Rename, Key: key, Name: newName, Title: at.entry().node.text("label"), File: t.Name, Fields: []FieldChange{{"name", oldName, newName}}})
	if ferr := m.finish(t); ferr != nil {
		return Outcome{}, ferr
	}
	m.renameLast(key, newName)
	m.out.Base = m.base()
	m.out.sort()
	return m.out, nil
}

// renameLast changes the name in the last export too: it is not a person's edit.
func (m *merger) renameLast(key, name string) {
	old := m.last.byKey[key]
	if old == nil {
		return
	}
	dr := newDraft(m.last.doc.lines[old.first:old.last], "\n")
	if dr.set(field{path: []string{"name"}, plain: true}, []string{name}) && len(dr.lines) == old.last-old.first {
		copy(m.last.doc.lines[old.first:], dr.lines)
		old.name = name
	}
}

// Keys are the keys of all entries, without those given: what a plan for a few
// has to keep.
func (d *Disk) Keys(but ...string) []string {
	var out []string
	for key := range d.at {
		if !slices.Contains(but, key) {
			out = append(out, key)
		}
	}
	slices.Sort(out)
	return out
}

func (d *Disk) noSuch(name string, known Known) *FileError {
	for _, e := range known.Entries {
		if e.Name == name {
			return &FileError{File: e.File, Problem: name + " is written by hand", Cure: "rename it there, or run darkroom adopt " + name}
		}
	}
	return &FileError{Problem: "there is no exposure of darkroom's named " + name, Cure: "see darkroom list exposures"}
}
