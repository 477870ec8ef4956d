package merge

import (
	"bytes"
	"slices"

	"darkroom/model/exposure/yamledit"
)

// The passes of pair, from the surest to the least sure.
const (
	sameNameAndFile = iota
	sameName
	sameFile
	anywhere
	withoutMeta
	passes
)

// pair finds entries by the key in their meta; an entry that lost its meta is
// known by its name in the last export. Of several with one key ours is the one with
// the name and in the place of the last export; a copy was made by hand, and stays
// that when ours goes.
func (d *Disk) pair() {
	byName := make(map[string]string, len(d.last.byKey))
	for key, e := range d.last.byKey {
		byName[e.Name] = key
	}
	for pass := range passes {
		for _, s := range d.files {
			for i := range s.doc.Entries {
				if s.keys[i] != "" {
					continue
				}
				key := d.keyIn(pass, s, i, byName)
				if _, twice := d.at[key]; key != "" && !twice {
					d.at[key] = location{s, i}
					s.keys[i] = key
				}
			}
		}
	}
	d.findLeftovers()
}

// keyIn is the key under which a pass of pair may take an entry.
func (d *Disk) keyIn(pass int, s *parsedFile, i int, byName map[string]string) string {
	e, key := &s.doc.Entries[i], s.said[i].key
	if key == "" {
		key = byName[e.Name]
		if file := d.last.state[key].File; pass < withoutMeta || file != "" && file != s.Name {
			return ""
		}
		return key
	}
	old, st := d.last.byKey[key], d.last.state[key]
	named, there := old != nil && old.Name == e.Name, st.File == s.Name
	switch {
	case !s.said[i].managed && old == nil, slices.Contains(st.Copies, e.Name):
		return ""
	case pass == sameNameAndFile && !(named && there), pass == sameName && !named, pass == sameFile && !there:
		return ""
	}
	return key
}

// findLeftovers marks second copies that only a move between two files can have
// left: the same name, key and text, in a file of darkroom's.
func (d *Disk) findLeftovers() {
	written := filesOf(d.last.state)
	for _, s := range d.files {
		if _, ours := slices.BinarySearch(written, s.Name); !ours && !bytes.HasPrefix(s.Text, []byte(headerStart)) {
			continue
		}
		for i := range s.doc.Entries {
			if s.keys[i] != "" || !s.said[i].managed {
				continue
			}
			e := &s.doc.Entries[i]
			ours, ok := d.at[s.said[i].key]
			if ok && ours.file != s && yamledit.SameEntry(s.doc, e, ours.file.doc, ours.entry()) {
				s.leftover[i] = true
			}
		}
	}
}

// isCopy reports a copy, made by hand, of an entry that is there itself.
func (d *Disk) isCopy(s *parsedFile, i int) bool {
	if s.keys[i] != "" || !s.said[i].managed || s.leftover[i] {
		return false
	}
	_, ours := d.at[s.said[i].key]
	return ours
}

// copies are the names, by key, of the copies that are in the files: those of entries
// that are there, and those that were known as copies before.
func (d *Disk) copies() map[string][]string {
	out, known := map[string][]string{}, map[string][]string{}
	for key, st := range d.last.state {
		if len(st.Copies) > 0 {
			known[key] = st.Copies
		}
	}
	for _, s := range d.files {
		for i := range s.doc.Entries {
			e := &s.doc.Entries[i]
			key := s.said[i].key
			if d.isCopy(s, i) || key != "" && slices.Contains(known[key], e.Name) {
				out[key] = append(out[key], e.Name)
			}
		}
	}
	for key := range out {
		slices.Sort(out[key])
		out[key] = slices.Compact(out[key])
	}
	return out
}
