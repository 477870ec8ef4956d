package exposure

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
)

// Result is a file brought up to date.
type Result struct {
	Text []byte // what to write
	// Base is what to keep as the last export: all that darkroom itself said. It
	// is the base of the next merge.
	Base      []byte
	Changes   Changes
	Conflicts []Conflict
}

// Changes are names of exposures, sorted. Kept holds every entry whose bytes
// stay as they are, hand-written ones included.
type Changes struct {
	Added, Changed, Removed, Kept []string
}

// Conflict is a place where a person's text stands against darkroom's. The
// person's is in the file. Passing the file itself as base to Merge settles all
// conflicts of a file in darkroom's favour.
type Conflict struct {
	Key, Name string
	Field     string // "label", "config.tags"; empty when the whole entry is meant
	Base      string // what the last export said; empty when unknown
	Ours      string // what darkroom would write; empty when it would remove it
	Theirs    string // what the file says; empty when a person removed it
	Moved     bool   // Tableau's side changed as well since the last export
	Problem   string // why darkroom's value could not be put in, when that is why
}

// Merge brings a plan into the file on disk. base is the last export
// (Result.Base); either may be nil. The file's bytes stay as they are but for
// the values that darkroom owns and that no person has changed:
//
//   - equal to the last export: the plan's value is spliced in;
//   - changed by a person: kept, and reported as a Conflict where it differs;
//   - lists (depends_on, tags) are merged element by element;
//   - entries and keys that darkroom does not know are not touched.
//
// An entry whose dashboard is no longer in the plan goes, unless it was refused,
// is listed in Plan.Keep or was edited. An entry that a person deleted comes
// back, with a Conflict: to be rid of it, untick the dashboard. Without a base
// nothing is known to be unedited. Errors are *FileError.
func Merge(existing, base []byte, plan Plan) (Result, error) {
	last, err := parseBase(base)
	if err != nil {
		return Result{}, err
	}
	doc, ferr := parse(existing)
	if ferr != nil {
		return Result{}, ferr
	}
	m := newMerger(doc, last, plan)
	if len(bytes.TrimSpace(bytes.TrimPrefix(existing, []byte("\uFEFF")))) == 0 {
		m.reportDeleted()
		m.res.Text, m.res.Base = Render(plan), m.base()
		m.res.Changes.Added = plan.names()
		return m.res, nil
	}
	chunks := m.entries()
	added, ferr := m.added(chunks)
	if ferr != nil {
		return Result{}, ferr
	}
	if bytes.Equal(existing, base) && !m.holding() {
		m.res.Text = Render(plan) // never edited
	} else if m.res.Text, ferr = m.assemble(chunks, added); ferr != nil {
		return Result{}, ferr
	}
	m.res.Base = m.base()
	m.res.Changes.sort()
	return m.res, nil
}

func (p Plan) names() []string {
	out := make([]string, 0, len(p.Exposures))
	for i := range p.Exposures {
		out = append(out, p.Exposures[i].Name)
	}
	return out
}

func (c *Changes) sort() {
	for _, list := range [][]string{c.Added, c.Changed, c.Removed, c.Kept} {
		slices.Sort(list)
	}
}

// parseBase reads the last export.
func parseBase(base []byte) (*document, error) {
	doc, ferr := parse(base)
	if ferr != nil {
		ferr.Cure = "restore it from git, or delete it: then every difference is shown as a conflict"
		return nil, ferr.named("last export")
	}
	return doc, nil
}

// merger holds the three sides by key.
type merger struct {
	doc, last *document
	plan      Plan
	pairing
	planned map[string]*Exposure
	hold    map[string]bool // refused or explicitly kept
	res     Result
}

func newMerger(doc, last *document, plan Plan) *merger {
	m := &merger{doc: doc, last: last, plan: plan, pairing: pair(doc, last), planned: map[string]*Exposure{}, hold: map[string]bool{}}
	for i := range plan.Exposures {
		m.planned[plan.Exposures[i].Key] = &plan.Exposures[i]
	}
	for _, r := range plan.Refusals {
		m.hold[r.Key] = true
	}
	for _, key := range plan.Keep {
		m.hold[key] = true
	}
	return m
}

// pairing says which entries of the file and of the last export are one.
type pairing struct {
	keys   []string          // per entry of the file; "" when it is a person's
	byKey  map[string]*entry // of the last export
	inFile map[string]bool
}

// pair finds entries by the key in their meta; an entry that lost its meta is
// known by its name in the last export. A copy of an entry is a person's.
func pair(doc, last *document) pairing {
	p := pairing{keys: make([]string, len(doc.entries)), byKey: map[string]*entry{}, inFile: map[string]bool{}}
	byName := map[string]string{}
	for i := range last.entries {
		e := &last.entries[i]
		if key := e.key(); key != "" {
			p.byKey[key] = e
			byName[e.name] = key
		}
	}
	for pass := range 2 {
		for i := range doc.entries {
			e := &doc.entries[i]
			key := e.key()
			if pass == 1 && key == "" {
				key = byName[e.name]
			}
			if key != "" && p.keys[i] == "" && !p.inFile[key] {
				p.keys[i] = key
				p.inFile[key] = true
			}
		}
	}
	return p
}

// entries merges every entry of the file; a removed one is marked.
func (m *merger) entries() []chunk {
	var out []chunk
	for i := range m.doc.entries {
		e := &m.doc.entries[i]
		c := chunk{name: e.name, body: m.doc.lines[e.first:e.last]}
		ours := m.planned[m.keys[i]]
		switch {
		case m.keys[i] == "":
			m.res.Changes.Kept = append(m.res.Changes.Kept, e.name)
		case ours != nil:
			c.name = ours.Name
			c.body = m.update(e, ours)
		default:
			c.removed = m.remove(e, m.keys[i])
		}
		out = append(out, c)
	}
	return out
}

// remove decides about an entry that the plan does not have.
func (m *merger) remove(e *entry, key string) bool {
	old := m.byKey[key]
	switch {
	case m.hold[key], old == nil && !e.managed():
	case old != nil && m.untouched(e, old):
		m.res.Changes.Removed = append(m.res.Changes.Removed, e.name)
		return true
	default:
		m.res.Conflicts = append(m.res.Conflicts, Conflict{
			Key: key, Name: e.name, Theirs: e.name, Moved: true,
			Problem: "the dashboard is no longer exported, but its entry was edited: delete it by hand",
		})
	}
	m.res.Changes.Kept = append(m.res.Changes.Kept, e.name)
	return false
}

// untouched: nothing in the entry came from a person, reformatting aside.
func (m *merger) untouched(e, old *entry) bool {
	if m.sameText(e, old) {
		return true
	}
	for _, at := range ownedMaps() {
		if a, b := e.node.get(at...), old.node.get(at...); (a == nil) != (b == nil) || a != nil && len(a.pairs) != len(b.pairs) {
			return false
		}
	}
	for _, path := range ownedPaths() {
		if !sameValues(path, e.node.values(path...), old.node.values(path...)) {
			return false
		}
	}
	count := func(ls []line) (n int) {
		for _, l := range ls {
			n += strings.Count(l.text, "#")
		}
		return n
	}
	return count(m.doc.lines[e.first:e.last]) == count(m.last.lines[old.first:old.last])
}

// sameText compares the lines of an entry with those of the last export,
// whatever the list's indent and the line ends.
func (m *merger) sameText(e, old *entry) bool {
	return slices.EqualFunc(m.doc.lines[e.first:e.last], m.last.lines[old.first:old.last], func(a, b line) bool {
		return a.text == shifted(b.text, e.dash-old.dash)
	})
}

// added are the planned exposures that the file does not have yet.
func (m *merger) added(chunks []chunk) ([]chunk, *FileError) {
	taken := map[string]bool{}
	dash := entryDash
	for _, c := range chunks {
		taken[c.name] = taken[c.name] || !c.removed
	}
	if len(m.doc.entries) > 0 {
		dash = m.doc.entries[0].dash
	}
	m.reportDeleted()
	var out []chunk
	for i := range m.plan.Exposures {
		e := &m.plan.Exposures[i]
		if m.inFile[e.Key] {
			continue
		}
		if taken[e.Name] {
			return nil, &FileError{Problem: "already has an exposure named " + e.Name, Cure: "rename it, or plan with the names of this file"}
		}
		out = append(out, chunk{name: e.Name, body: toLines(renderEntry(e, m.plan.MetaInConfig), dash, m.doc.eol)})
		m.res.Changes.Added = append(m.res.Changes.Added, e.Name)
	}
	slices.SortStableFunc(out, func(a, b chunk) int { return cmp.Compare(a.name, b.name) })
	return out, nil
}

// reportDeleted tells of entries that a person took out of the file although
// their dashboards are still ticked.
func (m *merger) reportDeleted() {
	for i := range m.plan.Exposures {
		e := &m.plan.Exposures[i]
		if m.byKey[e.Key] != nil && !m.inFile[e.Key] {
			m.res.Conflicts = append(m.res.Conflicts, Conflict{
				Key: e.Key, Name: e.Name, Base: m.byKey[e.Key].name, Ours: e.Name,
				Problem: "its entry was deleted from the file and is written again: untick the dashboard to be rid of it",
			})
		}
	}
}

// holding reports entries in the file that must stay without being planned.
func (m *merger) holding() bool {
	for _, key := range m.keys {
		if m.planned[key] == nil && m.hold[key] {
			return true
		}
	}
	return false
}

// base is the next base: the plan, and the last export of what was held back.
func (m *merger) base() []byte {
	texts := map[string]string{}
	for i := range m.plan.Exposures {
		e := &m.plan.Exposures[i]
		texts[e.Name] = renderEntry(e, m.plan.MetaInConfig)
	}
	for key, e := range m.byKey {
		if m.planned[key] == nil && m.hold[key] && texts[e.name] == "" {
			var b strings.Builder
			for _, l := range m.last.lines[e.first:e.last] {
				b.WriteString(shifted(l.text, entryDash-e.dash) + "\n")
			}
			texts[e.name] = b.String()
		}
	}
	names := make([]string, 0, len(texts))
	for name := range texts {
		names = append(names, name)
	}
	slices.Sort(names)
	entries := make([]string, len(names))
	for i, name := range names {
		entries[i] = texts[name]
	}
	return renderFile(entries)
}
