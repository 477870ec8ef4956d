package exposure

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"strings"
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
	doc      *document
	bad      *FileError   // why it cannot be edited; nobody needs to until it is a target
	keys     []string     // per entry; "" when it is a person's
	leftover map[int]bool // entries that an interrupted move left behind
}

// spot is the place of an entry.
type spot struct {
	side  *side
	index int
}

func (s spot) entry() *entry { return &s.side.doc.entries[s.index] }

// Declared is an exposure that a person wrote. LUID is any that its meta names.
type Declared struct {
	Name, URL, LUID, File string
}

// Known is what earlier exports settled.
type Known struct {
	// Names by key: the name an exposure got at its first export, or the one a
	// person gave it in the file since.
	Names map[string]string
	// Entries are those that darkroom did not write. Their names are never given
	// and their dashboards are not declared a second time.
	Entries []Declared
	// Last is what stands for a key where Tableau does not tell any more.
	Last map[string]Last
}

// ReadDisk takes files and the last export (Outcome.Base, nil when there is
// none) apart. A file that cannot be parsed is an error when darkroom wrote into
// it; another is passed over. Errors are *FileError.
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
		if s.doc, s.bad = parse(f.Text); s.bad != nil {
			s.bad.File = f.Name
			if written[f.Name] || bytes.Contains(f.Text, []byte("managed_by")) {
				return nil, s.bad
			}
			s.doc = &document{root: &node{}, eol: "\n"}
		}
		s.keys = make([]string, len(s.doc.entries))
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
		byName[e.name] = key
	}
	for pass := range 3 {
		for _, s := range d.sides {
			for i := range s.doc.entries {
				key := d.keyIn(pass, s, &s.doc.entries[i], byName)
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
func (d *Disk) keyIn(pass int, s *side, e *entry, byName map[string]string) string {
	key := e.key()
	if key == "" {
		key = byName[e.name]
		if file := d.last.state[key].File; pass < 2 || file != "" && file != s.Name {
			return ""
		}
		return key
	}
	written := e.managed() || d.last.byKey[key] != nil
	if !written || pass == 0 && d.last.state[key].File != s.Name {
		return ""
	}
	return key
}

// findLeftovers marks second copies that only a move between two files can have
// left: the same name, key and text.
func (d *Disk) findLeftovers() {
	for _, s := range d.sides {
		for i := range s.doc.entries {
			e := &s.doc.entries[i]
			ours, ok := d.at[e.key()]
			if ok && e.managed() && s.keys[i] == "" && ours.side != s && sameLines(s.doc, e, ours.side.doc, ours.entry()) {
				s.leftover[i] = true
			}
		}
	}
}

// sameLines compares the lines of two entries whatever their indent and line ends.
func sameLines(da *document, a *entry, db *document, b *entry) bool {
	return slices.EqualFunc(da.lines[a.first:a.last], db.lines[b.first:b.last], func(x, y line) bool {
		return x.text == shifted(y.text, a.dash-b.dash)
	})
}

// Known collects names and hand-written exposures. The files win over the last
// export.
func (d *Disk) Known() Known {
	k := Known{Names: map[string]string{}, Last: map[string]Last{}}
	for key, e := range d.last.byKey {
		k.Names[key] = e.name
		k.Last[key] = lastOf(e, d.last.state[key])
	}
	for _, s := range d.sides {
		for i := range s.doc.entries {
			e := &s.doc.entries[i]
			switch key := s.keys[i]; {
			case key != "":
				k.Names[key] = e.name
				l, exported := k.Last[key]
				if !exported {
					l = lastOf(e, d.last.state[key])
				}
				l.File = cmp.Or(l.File, s.Name)
				k.Last[key] = l
			case !s.leftover[i]:
				k.Entries = append(k.Entries, Declared{Name: e.name, URL: e.node.text("url"), LUID: e.luid(), File: s.Name})
			}
		}
	}
	return k
}

// Entry is one that darkroom keeps up to date.
type Entry struct {
	Key, Name, File string
	// What the last export said of the dashboard, for finding it again.
	Kind, Title, Workbook, WorkbookLUID, ProjectPath, Server, Site string
	State                                                          State
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
			Key: key, Name: e.name, File: at.side.Name, State: d.last.state[key],
			Kind: said.meta("kind"), Title: said.node.text("label"), Workbook: said.meta("workbook"),
			WorkbookLUID: said.meta("workbook_luid"), ProjectPath: said.meta("project_path"),
			Server: said.meta("server"), Site: said.meta("site"),
		})
	}
	return out
}

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

// metaPlaces are where dbt's versions keep meta.
func metaPlaces() [][]string { return [][]string{{"config", "meta"}, {"meta"}} }

// meta is a value under meta.tableau, in either place.
func (e *entry) meta(key string) string {
	for _, at := range metaPlaces() {
		if v := e.node.text(append(at, "tableau", key)...); v != "" {
			return v
		}
	}
	return ""
}

// key is the identity that an entry carries in its meta.
func (e *entry) key() string {
	if key := e.meta("key"); key != "" {
		return key
	}
	return strings.ToLower(e.meta("luid"))
}

// managed reports whether darkroom once wrote the entry.
func (e *entry) managed() bool { return e.meta("managed_by") == managedBy }

// luid is any that meta names, at most one level deep, as people write it.
func (e *entry) luid() string {
	if luid := e.meta("luid"); luid != "" {
		return strings.ToLower(luid)
	}
	for _, at := range metaPlaces() {
		meta := e.node.get(at...)
		if luid := meta.text("luid"); luid != "" {
			return strings.ToLower(luid)
		}
		if meta == nil {
			continue
		}
		for _, p := range meta.pairs {
			if luid := p.node.text("luid"); luid != "" {
				return strings.ToLower(luid)
			}
		}
	}
	return ""
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

// Looks reports whether a candidate has the title and the place of what was
// exported as e (facts/matching.md §5.2): the same dashboard, published anew.
func (e *Entry) Looks(c *Candidate) bool {
	m := c.meta()
	return e.Title != "" && e.Title == clean(c.title()) && e.Kind == m.Kind && e.Workbook == m.Workbook &&
		e.ProjectPath == m.ProjectPath && e.Site == m.Site
}
