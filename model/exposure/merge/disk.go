package merge

import (
	"bytes"
	"cmp"
	"context"
	"maps"
	"slices"

	"darkroom/model/exposure"
	"darkroom/model/exposure/dbtyaml"
	"darkroom/model/exposure/yamledit"
	"darkroom/model/exposure/yamledit/yamltext"
)

// File is one YAML file of a project as it is on disk.
type File struct {
	Name string // slash path inside the project
	Text []byte // nil when there is none
}

// Disk is what the files of a project and the last export say together: which
// entry belongs to which dashboard, and where it is.
type Disk struct {
	files []*parsedFile
	named map[string]*parsedFile // files by name
	items []Item                 // what is wrong with the files
	last  *lastExport
	at    map[string]location // by key

	byHand *exposure.DeclaredIndex // made by the first Find
	cache  *Cache                  // with one nothing changes the Disk
	// What it gives is made once; see changed.
	known   *exposure.Known
	entries []Entry
}

// parsedFile is one file taken apart.
type parsedFile struct {
	File
	read       *readFile
	doc        *yamledit.Document
	unreadable *yamledit.Error // why it cannot be edited; that matters only for a file to be written
	said       []*said         // per entry
	keys       []string        // per entry; "" when it is written by hand
	leftover   map[int]bool    // entries that an interrupted move left behind

	byName map[string][]int // entries; made when asked for
}

// location is the place of an entry.
type location struct {
	file  *parsedFile
	index int
}

func (s location) entry() *yamledit.Entry { return &s.file.doc.Entries[s.index] }
func (s location) said() *said            { return s.file.said[s.index] }

// ReadDisk takes files and the last export (Outcome.Base, nil when there is
// none) apart. A file that cannot be parsed is an error when darkroom wrote into
// it; any other is ignored. Errors are *yamledit.Error, or that of ctx.
func ReadDisk(ctx context.Context, files []File, base []byte) (*Disk, error) {
	return readDisk(ctx, nil, files, ReadBase(base))
}

func readDisk(ctx context.Context, cache *Cache, files []File, base *Base) (*Disk, error) {
	last, err := base.export()
	if err != nil {
		return nil, err
	}
	return cache.disk(files, last, func() (*Disk, error) { return newDisk(ctx, cache, files, last) })
}

// newDisk takes the files apart.
func newDisk(ctx context.Context, cache *Cache, files []File, last *lastExport) (*Disk, error) {
	d := &Disk{cache: cache, last: last, named: map[string]*parsedFile{}, at: make(map[string]location, len(last.byKey))}
	written := filesOf(last.state)
	for _, f := range files {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		s := &parsedFile{File: f, leftover: map[int]bool{}, read: cache.file(f, last)}
		d.items = append(d.items, s.read.items...)
		if s.doc, s.said, s.unreadable = s.read.doc, s.read.said, s.read.unreadable; s.unreadable != nil {
			if _, ours := slices.BinarySearch(written, f.Name); ours || bytes.Contains(f.Text, []byte("managed_by")) {
				return nil, s.unreadable
			}
			s.doc = yamledit.Unreadable(listKey)
		}
		s.keys = make([]string, len(s.doc.Entries))
		d.files = append(d.files, s)
		if d.named[f.Name] == nil {
			d.named[f.Name] = s
		}
	}
	d.pair()
	d.items = append(d.items, d.doubled()...)
	return d, nil
}

const unresolved = "an unresolved merge conflict"

// CannotBeRead says why dbt cannot read a file, nil when it can.
func CannotBeRead(f File) *yamledit.Error {
	if _, problem := dbtyaml.Read(f.Text); problem != nil {
		return unreadableBy(f, problem)
	}
	return nil
}

func unreadableBy(f File, problem *dbtyaml.Problem) *yamledit.Error {
	if line := yamltext.ConflictIn(string(f.Text)); line > 0 {
		return &yamledit.Error{File: f.Name, Line: line, Problem: unresolved, Fix: "resolve it in git: keep the entries of both sides, each once"}
	}
	return &yamledit.Error{File: f.Name, Line: problem.Line, Problem: "dbt cannot read it: " + problem.Text, Fix: "correct the YAML; darkroom changes nothing until it parses"}
}

// readByDbt says why dbt cannot read a text, of which doc is what darkroom reads. Others
// reports that dbt finds other exposures in it.
func readByDbt(text []byte, doc *yamledit.Document) (problem *dbtyaml.Problem, others bool) {
	seen, problem := dbtyaml.Read(doc.Foreign())
	names := doc.ForeignNames()
	if problem != nil { // where it is in all of the text
		seen, problem = dbtyaml.Read(text)
		names = namesOf(doc)
	}
	if problem != nil {
		return problem, false
	}
	return nil, !slices.Equal(names, seen.Names(listKey))
}

// parse reads a file for editing, provided that dbt reads the same in it.
func parse(f File, last *lastExport) *readFile {
	text := string(f.Text)
	doc, said, ferr := readEntries(text, last)
	var unreadable *yamledit.Error
	if ferr != nil {
		unreadable = CannotBeRead(f)
	} else if problem, others := readByDbt(f.Text, doc); problem != nil {
		unreadable = unreadableBy(f, problem)
	} else if others {
		ferr = &yamledit.Error{Problem: "dbt reads other exposures in it than darkroom does", Fix: "write them as a list of \"- name:\" items, one key per line"}
	}
	if unreadable != nil {
		return &readFile{text: text, unreadable: unreadable, items: []Item{{What: Unreadable, File: f.Name, Note: unreadable.Error()}}}
	}
	if ferr != nil {
		ferr.File = f.Name
	}
	return &readFile{text: text, doc: doc, said: said, unreadable: ferr}
}

func namesOf(doc *yamledit.Document) []string {
	var names []string
	for i := range doc.Entries {
		names = append(names, doc.Entries[i].Name)
	}
	return names
}

// Known collects names and hand-written exposures. The files win over the last
// export.
func (d *Disk) Known() exposure.Known {
	if d.known == nil {
		known := d.findKnown()
		d.known = &known
	}
	return *d.known
}

// changed forgets what was made of the entries.
func (d *Disk) changed() { d.known, d.entries = nil, nil }

func (d *Disk) findKnown() exposure.Known {
	k := exposure.Known{Names: make(map[string]string, max(len(d.at), len(d.last.byKey))), Previous: d.previous}
	for key, e := range d.last.byKey {
		if _, here := d.at[key]; !here {
			k.Names[key] = e.Name
		}
	}
	for _, s := range d.files {
		for i := range s.doc.Entries {
			e := &s.doc.Entries[i]
			switch key := s.keys[i]; {
			case key != "":
				k.Names[key] = e.Name
			case d.isCopy(s, i):
				k.Entries = append(k.Entries, exposure.Declared{Name: e.Name, File: s.Name}) // ours declares the dashboard
			case !s.leftover[i]:
				k.Entries = append(k.Entries, exposure.Declared{Name: e.Name, URL: s.said[i].URL, LUID: anyLUID(s.doc.Node(e)), File: s.Name})
			}
		}
	}
	return k
}

// previous is what an entry keeps where the BI tool's value is missing: as the last export
// has it, or as it is in its file.
func (d *Disk) previous(key string) (exposure.Previous, bool) {
	says, exported := d.last.saidOf[key]
	at, here := d.at[key]
	switch {
	case !exported && !here:
		return exposure.Previous{}, false
	case !exported:
		says = at.said()
	}
	l := says.previous(d.last.state[key])
	if here {
		l.File = cmp.Or(l.File, at.file.Name)
	}
	return l, true
}

// Entry is one that darkroom keeps up to date.
type Entry struct {
	Key, Name, File string
	// Title and Meta are what the last export said of the dashboard, for finding it
	// again.
	Title string
	Meta  exposure.Meta
	// ToolKey is the key of the BI tool below meta.
	ToolKey string
	State   State
}

// Entries lists what darkroom keeps up to date, by key.
func (d *Disk) Entries() []Entry {
	if d.entries == nil {
		d.entries = d.listEntries()
	}
	return d.entries
}

func (d *Disk) listEntries() []Entry {
	out := make([]Entry, 0, len(d.at))
	for _, key := range slices.Sorted(maps.Keys(d.at)) {
		at := d.at[key]
		says := at.said()
		if old := d.last.saidOf[key]; old != nil {
			says = old
		}
		out = append(out, Entry{
			Key: key, Name: at.entry().Name, File: at.file.Name, State: d.last.state[key],
			Title: says.Label, Meta: says.place(), ToolKey: says.ToolKey,
		})
	}
	return out
}

// Looks reports whether a candidate has the title and the place of what was
// exported as e: the same dashboard, republished.
func (e *Entry) Looks(c *exposure.Candidate) bool { return c.LooksLike(e.Title, e.Meta) }

// WasRead reports whether a file was read: the manifest may be older than it is.
func (d *Disk) WasRead(name string) bool {
	s := d.named[name]
	return s != nil && s.unreadable == nil
}
