package merge

import (
	"bytes"
	"cmp"
	"maps"
	"slices"

	"darkroom/model/exposure"
	"darkroom/model/exposure/yamledit"
)

// File is one YAML file of a project as it is on disk.
type File struct {
	Name string // slash path inside the project
	Text []byte // nil when there is none
}

// Disk is what the files of a project and the last export say together: which
// entry belongs to which dashboard, and where it stands.
type Disk struct {
	sides []*side
	last  *last
	at    map[string]spot // by key
}

// side is one file taken apart.
type side struct {
	File
	doc      *yamledit.Document
	bad      *yamledit.Error // why it cannot be edited; nobody needs to until it is a target
	keys     []string        // per entry; "" when it is a person's
	leftover map[int]bool    // entries that an interrupted move left behind
}

// spot is the place of an entry.
type spot struct {
	side  *side
	index int
}

func (s spot) entry() *yamledit.Entry { return &s.side.doc.Entries[s.index] }

// ReadDisk takes files and the last export (Outcome.Base, nil when there is
// none) apart. A file that cannot be parsed is an error when darkroom wrote into
// it; another is passed over. Errors are *yamledit.Error.
func ReadDisk(files []File, base []byte) (*Disk, error) {
	last, err := parseLast(base)
	if err != nil {
		return nil, err
	}
	d := &Disk{last: last, at: map[string]spot{}}
	written := map[string]bool{}
	for _, st := range last.state {
		written[st.File] = true
	}
	for _, f := range files {
		s := &side{File: f, leftover: map[int]bool{}}
		if s.doc, s.bad = yamledit.Parse(f.Text, listKey); s.bad != nil {
			s.bad.File = f.Name
			if written[f.Name] || bytes.Contains(f.Text, []byte("managed_by")) {
				return nil, s.bad
			}
			s.doc = yamledit.Unreadable(listKey)
		}
		s.keys = make([]string, len(s.doc.Entries))
		d.sides = append(d.sides, s)
	}
	d.pair()
	return d, nil
}

// pair finds entries by the key in their meta; an entry that lost its meta is
// known by its name in the last export. Of several with one key the one where
// the last export was written is ours; a copy is a person's.
func (d *Disk) pair() {
	byName := map[string]string{}
	for key, e := range d.last.byKey {
		byName[e.Name] = key
	}
	for pass := range 3 {
		for _, s := range d.sides {
			for i := range s.doc.Entries {
				key := d.keyIn(pass, s, &s.doc.Entries[i], byName)
				if _, twice := d.at[key]; key != "" && !twice && s.keys[i] == "" {
					d.at[key] = spot{s, i}
					s.keys[i] = key
				}
			}
		}
	}
	d.findLeftovers()
}

// keyIn is the key under which a pass of pair may take an entry: first those that
// stand where they were written, then those elsewhere, then those without meta.
func (d *Disk) keyIn(pass int, s *side, e *yamledit.Entry, byName map[string]string) string {
	key := identityOf(e.Node)
	if key == "" {
		key = byName[e.Name]
		if file := d.last.state[key].File; pass < 2 || file != "" && file != s.Name {
			return ""
		}
		return key
	}
	written := isManaged(e.Node) || d.last.byKey[key] != nil
	if !written || pass == 0 && d.last.state[key].File != s.Name {
		return ""
	}
	return key
}

// findLeftovers marks second copies that only a move between two files can have
// left: the same name, key and text.
func (d *Disk) findLeftovers() {
	for _, s := range d.sides {
		for i := range s.doc.Entries {
			e := &s.doc.Entries[i]
			ours, ok := d.at[identityOf(e.Node)]
			if ok && isManaged(e.Node) && s.keys[i] == "" && ours.side != s && yamledit.SameEntry(s.doc, e, ours.side.doc, ours.entry()) {
				s.leftover[i] = true
			}
		}
	}
}

// Known collects names and hand-written exposures. The files win over the last
// export.
func (d *Disk) Known() exposure.Known {
	k := exposure.Known{Names: map[string]string{}, Previous: map[string]exposure.Previous{}}
	for key, e := range d.last.byKey {
		k.Names[key] = e.Name
		k.Previous[key] = previousOf(e, d.last.state[key])
	}
	for _, s := range d.sides {
		for i := range s.doc.Entries {
			e := &s.doc.Entries[i]
			switch key := s.keys[i]; {
			case key != "":
				k.Names[key] = e.Name
				l, exported := k.Previous[key]
				if !exported {
					l = previousOf(e, d.last.state[key])
				}
				l.File = cmp.Or(l.File, s.Name)
				k.Previous[key] = l
			case !s.leftover[i]:
				k.Entries = append(k.Entries, exposure.Declared{Name: e.Name, URL: e.Node.Text("url"), LUID: anyLUID(e.Node), File: s.Name})
			}
		}
	}
	return k
}

// Entry is one that darkroom keeps up to date.
type Entry struct {
	Key, Name, File string
	// Title and Meta are what the last export said of the dashboard, for finding it
	// again.
	Title string
	Meta  exposure.Meta
	State State
}

// Entries lists what darkroom keeps up to date, by key.
func (d *Disk) Entries() []Entry {
	var out []Entry
	for _, key := range slices.Sorted(maps.Keys(d.at)) {
		at := d.at[key]
		e := at.entry()
		said := e
		if old := d.last.byKey[key]; old != nil {
			said = old
		}
		out = append(out, Entry{
			Key: key, Name: e.Name, File: at.side.Name, State: d.last.state[key],
			Title: said.Node.Text("label"), Meta: placeOf(said.Node),
		})
	}
	return out
}

// Looks reports whether a candidate has the title and the place of what was
// exported as e: the same dashboard, republished.
func (e *Entry) Looks(c *exposure.Candidate) bool { return c.LooksLike(e.Title, e.Meta) }

// Seen reports whether a file was read, so that it is known better than from a
// manifest made some time ago.
func (d *Disk) Seen(name string) bool {
	s := d.side(name)
	return s != nil && s.bad == nil
}

func (d *Disk) side(name string) *side {
	i := slices.IndexFunc(d.sides, func(s *side) bool { return s.Name == name })
	if i < 0 {
		return nil
	}
	return d.sides[i]
}

// WrittenFiles are the files that a last export names; nil when it cannot be
// read, which ReadDisk tells.
func WrittenFiles(base []byte) []string {
	last, err := parseLast(base)
	if err != nil {
		return nil
	}
	var out []string
	for _, st := range last.state {
		if st.File != "" {
			out = append(out, st.File)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
