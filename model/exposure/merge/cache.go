package merge

import (
	"context"
	"reflect"
	"slices"

	"darkroom/model/exposure"
	"darkroom/model/exposure/yamledit"
	"darkroom/model/exposure/yamledit/yamltext"
)

// Cache keeps what was read of texts, so that each is parsed once: files, last exports and
// single entries. What was read with one is only for [Disk.Foresee]. The zero value is
// ready; nil keeps nothing. Not for several goroutines at once.
type Cache struct {
	files   map[string][]*readFile // by name
	bases   []*Base
	entries map[string]InFile // by text
	updates map[entryAt]*update
	disks   []*Disk
	// next are those that were asked for since the last Sweep.
	next *Cache
}

// readFile is what was read of a file.
type readFile struct {
	text       string
	doc        *yamledit.Document
	said       []*said
	unreadable *yamledit.Error
	items      []Item
	entries    []InFile // made when asked for
}

// Sweep forgets what was not asked for since the last time.
func (c *Cache) Sweep() {
	if c == nil || c.next == nil {
		return
	}
	c.files, c.bases, c.entries = c.next.files, c.next.bases, c.next.entries
	c.updates, c.disks = c.next.updates, c.next.disks
	c.next = nil
}

// began has maps for what is asked for.
func (c *Cache) began() *Cache {
	if c.next == nil {
		c.next = &Cache{files: map[string][]*readFile{}, entries: map[string]InFile{}, updates: map[entryAt]*update{}}
	}
	return c.next
}

// recall adds to a list what it or another has that is the one, or what read makes.
func recall[V any](before []*V, now *[]*V, is func(*V) bool, read func() *V) *V {
	if i := slices.IndexFunc(*now, is); i >= 0 {
		return (*now)[i]
	}
	var v *V
	if i := slices.IndexFunc(before, is); i >= 0 {
		v = before[i]
	} else {
		v = read()
	}
	*now = append(*now, v)
	return v
}

// disk gives a Disk with these files and this last export, or makes it.
func (c *Cache) disk(files []File, last *lastExport, read func() (*Disk, error)) (*Disk, error) {
	if c == nil {
		return read()
	}
	for _, d := range slices.Concat(c.disks, c.began().disks) {
		same := func(s *parsedFile, f File) bool { return s.Name == f.Name && s.read == c.file(f, last) }
		if d.last == last && slices.EqualFunc(d.files, files, same) {
			c.next.disks = append(c.next.disks, d)
			return d, nil
		}
	}
	d, err := read()
	if err == nil {
		c.next.disks = append(c.next.disks, d)
	}
	return d, err
}

// entryAt is an entry of a file.
type entryAt struct {
	file  *readFile
	index int
}

// update is what became of an entry, and from what.
type update struct {
	last         *lastExport
	ours         exposure.Exposure
	metaInConfig bool
	metaKeys     []string

	body      []yamltext.Line
	items     []Item
	conflicts []Conflict
}

// updated is updateEntry, with what is kept from the last time.
func (m *merger) updated(t *target, i int, ours *planned) []yamltext.Line {
	if !m.look || m.cache == nil {
		return m.updateEntry(t, i, ours)
	}
	now, at := m.cache.began(), entryAt{t.read, i}
	u := m.cache.updates[at]
	if u == nil || u.last != m.last || u.metaInConfig != m.plan.MetaInConfig || !slices.Equal(u.metaKeys, m.metaKeys) || !reflect.DeepEqual(&u.ours, ours.Exposure) {
		items, conflicts := len(m.out.Items), len(m.out.Conflicts)
		u = &update{last: m.last, ours: *ours.Exposure, metaInConfig: m.plan.MetaInConfig, metaKeys: m.metaKeys, body: m.updateEntry(t, i, ours)}
		u.items, u.conflicts = slices.Clone(m.out.Items[items:]), slices.Clone(m.out.Conflicts[conflicts:])
	} else {
		m.out.Items, m.out.Conflicts = append(m.out.Items, u.items...), append(m.out.Conflicts, u.conflicts...)
	}
	now.updates[at] = u
	return u.body
}

// file reads a file.
func (c *Cache) file(f File, last *lastExport) *readFile {
	if c == nil {
		return parse(f, last)
	}
	now := c.began().files[f.Name]
	r := recall(c.files[f.Name], &now, func(r *readFile) bool { return r.text == string(f.Text) }, func() *readFile { return parse(f, last) })
	c.next.files[f.Name] = now
	return r
}

// Base is [ReadBase] with what is kept.
func (c *Cache) Base(text []byte) *Base {
	if c == nil {
		return ReadBase(text)
	}
	return recall(c.bases, &c.began().bases, func(b *Base) bool { return b.text == string(text) }, func() *Base { return ReadBase(text) })
}

// read reads texts of one entry each.
func (c *Cache) read(texts []string) []InFile {
	if c == nil {
		return eachAlone(texts)
	}
	now := c.began().entries
	var others []string
	for _, text := range texts {
		if _, known := now[text]; known {
			continue
		}
		if e, known := c.entries[text]; known {
			e.keepIn(now, text)
		} else {
			others = append(others, text)
		}
	}
	for i, e := range eachAlone(others) {
		e.keepIn(now, others[i])
	}
	out := make([]InFile, len(texts))
	for i, text := range texts {
		out[i] = now[text]
	}
	return out
}

// keepIn keeps what a text says by that text, which is not kept a second time.
func (f InFile) keepIn(entries map[string]InFile, text string) {
	if f.Text == text {
		text = f.Text
	}
	entries[text] = f
}

// ReadDisk is [ReadDisk] with what is kept.
func (c *Cache) ReadDisk(ctx context.Context, files []File, base *Base) (*Disk, error) {
	return readDisk(ctx, c, files, base)
}

// all are the entries of a file.
func (r *readFile) all() []InFile {
	if r.entries == nil {
		r.entries = make([]InFile, len(r.said))
		for i, s := range r.said {
			r.entries[i] = s.InFile
			r.entries[i].place(r.doc, &r.doc.Entries[i])
		}
	}
	return r.entries
}
