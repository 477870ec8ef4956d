package merge

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

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
	e, key := &s.doc.Entries[i], s.said[i].Key
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
	case !s.said[i].Managed && old == nil:
		return ""
	case named && there: // also when a copy of the same name was there
		return key
	case slices.Contains(st.Copies, e.Name):
		return ""
	case pass == sameNameAndFile, pass == sameName && !named, pass == sameFile && !there:
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
			if s.keys[i] != "" || !s.said[i].Managed {
				continue
			}
			e := &s.doc.Entries[i]
			ours, ok := d.at[s.said[i].Key]
			if ok && ours.file != s && yamledit.SameEntry(s.doc, e, ours.file.doc, ours.entry()) {
				s.leftover[i] = true
			}
		}
	}
}

// isCopy reports a copy, made by hand, of an entry that is there itself.
func (d *Disk) isCopy(s *parsedFile, i int) bool {
	if s.keys[i] != "" || !s.said[i].Managed || s.leftover[i] {
		return false
	}
	_, ours := d.at[s.said[i].Key]
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
			key := s.said[i].Key
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

// Doubled finds names that several exposures of the files have: dbt Core refuses the
// whole project, Fusion drops all but one. Those that are disabled do not count, nor
// those of which only dbt can say whether they are.
func Doubled(files []File) []*yamledit.Error {
	var found doubles
	for _, f := range files {
		if doc, err := yamledit.Parse(f.Text, listKey); err == nil {
			found.add(f.Name, doc, nil)
		}
	}
	return found.errors
}

// doubled is Doubled for files that are read, without what an export takes out.
func (d *Disk) doubled() (items []Item) {
	var found doubles
	for _, s := range d.files {
		found.add(s.Name, s.doc, s.leftover)
	}
	for _, err := range found.errors {
		items = append(items, Item{What: Unreadable, File: err.File, Note: err.Error()})
	}
	return items
}

// doubles are the first entry of each name, and what is wrong with the later ones.
type doubles struct {
	first  map[string]place
	errors []*yamledit.Error
}

type place struct {
	file  string
	doc   *yamledit.Document
	entry *yamledit.Entry
}

func (p *place) enabled() bool {
	enabled := p.doc.Node(p.entry).Text("config", "enabled")
	return enabled == "" || strings.EqualFold(enabled, "true")
}

func (d *doubles) add(file string, doc *yamledit.Document, without map[int]bool) {
	if d.first == nil {
		d.first = map[string]place{}
	}
	for i := range doc.Entries {
		at := place{file, doc, &doc.Entries[i]}
		name := at.entry.Name
		first, twice := d.first[name]
		switch {
		case name == "" || without[i]:
		case !twice || !first.enabled():
			d.first[name] = at
		case at.enabled():
			d.errors = append(d.errors, &yamledit.Error{
				File: file, Line: at.entry.First + 1,
				Problem: fmt.Sprintf("dbt refuses two exposures of one name: %s is also in %s:%d", name, first.file, first.entry.First+1),
				Fix:     "rename or remove one of the two",
			})
		}
	}
}
