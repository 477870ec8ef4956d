package merge

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"darkroom/model/exposure"
	"darkroom/model/exposure/yamledit"
)

// Merge brings a plan into the files. Their bytes stay as they are but for the
// values that darkroom owns and that no person has changed:
//
//   - equal to the last export: the plan's value is spliced in;
//   - changed by a person: kept, and reported as a Conflict where it differs;
//   - lists (depends_on, tags) are merged element by element;
//   - entries and keys that darkroom does not know are not touched.
//
// An entry stands where the plan wants it. One that darkroom wrote elsewhere
// moves there with its comments; one that a person moved or that was adopted
// stays. A file of darkroom's that loses its last entry goes.
//
// An entry whose dashboard is no longer in the plan goes, unless it was refused,
// is listed in exposure.Plan.Keep or was edited. An entry that a person deleted comes
// back, with a Conflict: to be rid of it, untick the dashboard. Without a base
// nothing is known to be unedited.
//
// Of a value that both sides changed, the last export keeps the old text until
// somebody answers, so that it is asked again; Settle.Keep moves it on.
//
// Errors are *yamledit.Error. The Disk is of no more use afterwards.
func (d *Disk) Merge(plan exposure.Plan, settle Settle) (Outcome, error) {
	m := newMerger(d, plan, settle)
	for _, s := range d.sides {
		m.entries(m.target(s))
	}
	if ferr := m.added(); ferr != nil {
		return Outcome{}, ferr
	}
	for _, name := range slices.Sorted(maps.Keys(m.targets)) {
		if ferr := m.finish(m.targets[name]); ferr != nil {
			ferr.File = name
			return Outcome{}, ferr
		}
	}
	m.out.Base = m.base()
	m.out.sort()
	return m.out, nil
}

// merger holds the three sides by key.
type merger struct {
	*Disk
	plan    exposure.Plan
	settle  Settle
	planned map[string]*exposure.Exposure
	hold    map[string]bool // refused or explicitly kept
	removed map[string]bool
	skipped map[string]bool // planned, but not written
	// asked holds, for values whose conflict nobody answered, what the last
	// export said: key, field, value.
	asked   map[string]map[string][]string
	state   map[string]State
	targets map[string]*target
	out     Outcome
	owned   []yamledit.Field     // see exposure.OwnedFields
	rank    func(key string) int // see exposure.KeyRank
}

// target is a file while it is written.
type target struct {
	*side
	text *yamledit.Rewrite
	res  Result
}

func newMerger(d *Disk, plan exposure.Plan, settle Settle) *merger {
	m := &merger{
		Disk: d, plan: plan, settle: settle,
		planned: map[string]*exposure.Exposure{}, hold: map[string]bool{}, removed: map[string]bool{}, skipped: map[string]bool{},
		asked: map[string]map[string][]string{}, state: map[string]State{}, targets: map[string]*target{},
		owned: exposure.OwnedFields(), rank: exposure.KeyRank(),
	}
	for i := range plan.Exposures {
		m.planned[plan.Exposures[i].Key] = &plan.Exposures[i]
	}
	for _, r := range plan.Refusals {
		m.hold[r.Key] = true
	}
	for _, key := range plan.Keep {
		m.hold[key] = true
	}
	for key := range plan.Gone {
		m.hold[key] = true
	}
	return m
}

// target opens a file for writing, made up when there is none.
func (m *merger) target(s *side) *target {
	if t := m.targets[s.Name]; t != nil {
		return t
	}
	t := &target{side: s, res: Result{Name: s.Name, Old: s.Text}}
	if blankFile(s.Text) {
		doc, _ := yamledit.Parse([]byte(header+"exposures: []\n"), listKey)
		t.side = &side{File: s.File, doc: doc}
	}
	t.text = t.doc.Rewrite()
	for i := range t.leftover {
		t.text.Remove(i)
		t.res.Changes.Removed = append(t.res.Changes.Removed, t.text.Name(i))
	}
	m.targets[s.Name] = t
	return t
}

func blankFile(text []byte) bool {
	return len(bytes.TrimSpace(bytes.TrimPrefix(text, []byte("\uFEFF")))) == 0
}

// named is the target of that name.
func (m *merger) named(name string) (*target, *yamledit.Error) {
	if t := m.targets[name]; t != nil && t.bad != nil {
		return nil, t.bad
	}
	s := m.side(name)
	if s == nil {
		s = &side{File: File{Name: name}}
	}
	return m.target(s), nil
}

// entries merges every entry of a file; a removed one is marked.
func (m *merger) entries(t *target) {
	if t.bad != nil {
		return
	}
	for i := range t.doc.Entries {
		e := &t.doc.Entries[i]
		key := t.keys[i]
		ours := m.planned[key]
		switch {
		case t.leftover[i]:
		case key == "":
			t.res.Changes.Kept = append(t.res.Changes.Kept, e.Name)
		case ours != nil:
			m.place(t, i, ours)
		default:
			if m.remove(t, e, key) {
				t.text.Remove(i)
			}
		}
	}
}

// place updates an entry where it stands, or moves it where it belongs.
func (m *merger) place(t *target, i int, ours *exposure.Exposure) {
	e := &t.doc.Entries[i]
	st := m.last.state[ours.Key]
	if st.File != t.Name { // a person moved it, or nobody knows who
		st.Own = t.Name != ours.File
	}
	body := m.update(t, e, ours)
	if t.Name != ours.File && !st.Own {
		if to, ferr := m.named(ours.File); ferr == nil && m.move(t, to, i, body, ours) {
			m.state[ours.Key] = State{File: ours.File, DefaultOwner: ours.DefaultOwner}
			return
		}
	}
	t.text.Replace(i, ours.Name, body)
	m.state[ours.Key] = State{File: t.Name, Own: st.Own, DefaultOwner: ours.DefaultOwner}
	list := &t.res.Changes.Kept
	if !yamledit.SameText(body, t.doc.EntryLines(e)) {
		list = &t.res.Changes.Changed
	}
	*list = append(*list, ours.Name)
	t.res.Names = append(t.res.Names, ours.Name)
}

// remove decides about an entry that the plan does not have.
func (m *merger) remove(t *target, e *yamledit.Entry, key string) bool {
	old, st := m.last.byKey[key], m.last.state[key]
	c := Conflict{
		Key: key, Name: e.Name, File: t.Name, Theirs: e.Name, Moved: true,
		Problem: "the dashboard is no longer exported, but its entry was edited: take removes it, keep leaves it to you",
	}
	v := m.settle.verdict(e.Name, "")
	switch {
	case m.hold[key], old == nil && !isManaged(e.Node):
		if since := m.plan.Gone[key]; since != "" {
			st.Gone = since
			m.item(Item{What: Gone, Key: key, Name: e.Name, Title: e.Node.Text("label"), File: t.Name, Note: "not in Tableau since " + since})
		}
	case st.Released && v != take:
	case old != nil && m.untouched(t, e, old), v == take:
		t.res.Changes.Removed = append(t.res.Changes.Removed, e.Name)
		m.removed[key] = true
		m.item(Item{What: Remove, Key: key, Name: e.Name, Title: e.Node.Text("label"), File: t.Name})
		return true
	case v == keep:
		st.Released = true
	default:
		m.conflict(c)
	}
	if st.File == "" {
		st.File = t.Name
	}
	m.state[key] = st
	t.res.Names = append(t.res.Names, e.Name)
	t.res.Changes.Kept = append(t.res.Changes.Kept, e.Name)
	return false
}

// untouched: nothing in the entry came from a person, reformatting aside.
func (m *merger) untouched(t *target, e, old *yamledit.Entry) bool {
	if yamledit.SameEntry(t.doc, e, m.last.doc, old) {
		return true
	}
	for _, at := range exposure.OwnedMappings() {
		if a, b := e.Node.Get(at...), old.Node.Get(at...); (a == nil) != (b == nil) || a != nil && len(a.Pairs) != len(b.Pairs) {
			return false
		}
	}
	for _, f := range m.owned {
		if !f.Same(e.Node.Values(f.Path...), old.Node.Values(f.Path...)) {
			return false
		}
	}
	count := func(ls []yamledit.Line) (n int) {
		for _, l := range ls {
			n += strings.Count(l.Text, "#")
		}
		return n
	}
	return count(t.doc.EntryLines(e)) == count(m.last.doc.EntryLines(old))
}

// added are the planned exposures that no file has yet.
func (m *merger) added() *yamledit.Error {
	for i := range m.plan.Exposures {
		e := &m.plan.Exposures[i]
		if _, here := m.at[e.Key]; here || m.otherLevel(e) {
			continue
		}
		t, ferr := m.named(e.File)
		if ferr != nil {
			return ferr
		}
		if t.text.HasName(e.Name) {
			return &yamledit.Error{File: t.Name, Problem: "already has an exposure named " + e.Name, Fix: "rename it, or plan with the names of this file"}
		}
		m.reportDeleted(e)
		t.text.Add(e.Name, renderEntry(e, m.plan.MetaInConfig))
		t.res.Changes.Added = append(t.res.Changes.Added, e.Name)
		t.res.Names = append(t.res.Names, e.Name)
		m.state[e.Key] = State{File: e.File, DefaultOwner: e.DefaultOwner}
		m.item(Item{What: Add, Key: e.Key, Name: e.Name, Title: e.Title, File: e.File})
	}
	return nil
}

// otherLevel holds an entry back while its workbook still stands in the files at
// the other level (facts/matching.md §5.1): both would count every parent twice.
func (m *merger) otherLevel(e *exposure.Exposure) bool {
	for key, at := range m.at {
		old := at.entry()
		if m.planned[key] != nil || m.removed[key] || e.Meta.WorkbookLUID == "" || m.last.state[key].Released || m.state[key].Released ||
			tableauMeta(old.Node, "workbook_luid") != e.Meta.WorkbookLUID || tableauMeta(old.Node, "kind") == e.Meta.Kind {
			continue
		}
		m.skipped[e.Key] = true
		m.conflict(Conflict{
			Key: e.Key, Name: e.Name, File: at.side.Name, Ours: e.Name, Moved: true,
			Problem: "its workbook is still exported at the other level, as " + old.Name + ": remove that entry first",
		})
		return true
	}
	return false
}

// reportDeleted tells of an entry that a person took out although its dashboard
// is still ticked.
func (m *merger) reportDeleted(e *exposure.Exposure) {
	if old := m.last.byKey[e.Key]; old != nil {
		m.out.Conflicts = append(m.out.Conflicts, Conflict{
			Key: e.Key, Name: e.Name, File: e.File, Base: old.Name, Ours: e.Name,
			Problem: "its entry was deleted from the file and is written again: untick the dashboard to be rid of it",
		})
	}
}

// base is the next base: the plan, and the last export of what was held back.
func (m *merger) base() []byte {
	entries := map[string]string{}
	for i := range m.plan.Exposures {
		if e := &m.plan.Exposures[i]; !m.skipped[e.Key] {
			entries[e.Name] = m.baseEntry(e)
		}
	}
	for key, e := range m.last.byKey {
		_, here := m.at[key]
		if m.planned[key] == nil && !m.removed[key] && (here || m.hold[key]) && entries[e.Name] == "" {
			entries[e.Name] = m.last.doc.EntryText(e)
			if _, ok := m.state[key]; !ok {
				m.state[key] = m.last.state[key]
			}
		}
	}
	maps.DeleteFunc(m.state, func(_ string, st State) bool { return st == State{} })
	return renderLast(entries, m.state)
}

// baseEntry is what the plan says of an exposure, with the old text of values
// whose conflict waits for an answer.
func (m *merger) baseEntry(e *exposure.Exposure) string {
	asked := m.asked[e.Key]
	if len(asked) == 0 {
		return renderEntry(e, m.plan.MetaInConfig)
	}
	var fields []yamledit.Field
	for _, f := range e.Fields(m.plan.MetaInConfig) {
		if _, open := asked[f.ID()]; !open {
			fields = append(fields, f)
		}
	}
	for _, f := range m.owned {
		if old := asked[f.ID()]; len(old) > 0 {
			f.Items, f.Plain = old, false
			fields = append(fields, f)
		}
	}
	slices.SortStableFunc(fields, func(a, b yamledit.Field) int {
		return slices.CompareFunc(a.Path, b.Path, func(x, y string) int { return m.rank(x) - m.rank(y) })
	})
	return yamledit.RenderEntry(fields)
}
