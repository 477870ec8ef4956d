package merge

import (
	"bytes"
	"context"
	"maps"
	"slices"

	"darkroom/model/exposure"
	"darkroom/model/exposure/yamledit"
	"darkroom/model/exposure/yamledit/yamltext"
)

// Merge brings a plan into the files. Their bytes stay as they are but for the
// values that darkroom owns and that were not edited by hand:
//
//   - equal to the last export: the plan's value is spliced in;
//   - edited by hand: kept, and reported as a Conflict where it differs;
//   - lists (depends_on, tags) are merged element by element;
//   - entries and keys that darkroom does not know are not touched.
//
// An entry goes where the plan wants it. One that darkroom wrote elsewhere
// moves there with its comments; one that was moved by hand or adopted stays. A
// file of darkroom's that loses its last entry is removed.
//
// An entry whose dashboard is no longer in the plan is removed, unless it was
// refused, is listed in Plan.KeepKeys or was edited. An entry that was deleted by
// hand is written again, with a Conflict: exclude the dashboard to remove it. Without a base
// nothing is known to be unedited.
//
// Of a value that both sides changed, the last export keeps the old text until
// Settle answers, so that the conflict is reported again.
//
// Errors are *yamledit.Error, or that of ctx. The Disk must not be used afterwards.
func (d *Disk) Merge(ctx context.Context, plan exposure.Plan, settle Settle) (Outcome, error) {
	m := newMerger(d, plan, settle)
	m.writes = true
	return m.merge(ctx)
}

// Compare is Merge without the next base, which only writing needs.
func (d *Disk) Compare(ctx context.Context, plan exposure.Plan, settle Settle) (Outcome, error) {
	return newMerger(d, plan, settle).merge(ctx)
}

func (m *merger) merge(ctx context.Context) (Outcome, error) {
	for _, s := range m.files {
		m.mergeEntries(ctx, m.target(s))
	}
	for _, s := range m.files {
		m.keepHeld(m.target(s))
	}
	if ferr := m.addPlanned(ctx); ferr != nil {
		return Outcome{}, ferr
	}
	for _, name := range slices.Sorted(maps.Keys(m.targets)) {
		if ctx.Err() != nil {
			return Outcome{}, ctx.Err()
		}
		if ferr := m.finish(m.targets[name]); ferr != nil {
			ferr.File = name
			return Outcome{}, ferr
		}
	}
	m.out.Items = append(m.out.Items, m.items...)
	if m.writes {
		m.out.Base = m.nextBase()
	}
	m.out.sort()
	return m.out, nil
}

// merger holds the three sides by key.
type merger struct {
	*Disk
	plan     exposure.Plan
	settle   *answers
	writes   bool                // see Compare
	look     bool                // see Foresee
	ours     []planned           // as in the plan
	planned  map[string]*planned // the same by key
	heldKeys map[string]bool     // refused or explicitly kept
	removed  map[string]bool
	skipped  map[string]bool // planned, but not written
	// unanswered holds, for values whose conflict has no answer yet, what the last
	// export said: key, field, value.
	unanswered map[string]map[string][]string
	state      map[string]State
	targets    map[string]*target
	out        Outcome
	buffer     bytes.Buffer // see render
	layout     *exposure.Layout
	metaKeys   []string             // of the tools of all entries
	owned      []yamltext.Field     // see exposure.OwnedFields
	rank       func(key string) int // see exposure.KeyRank
}

// planned is an exposure of the plan.
type planned struct {
	*exposure.Exposure
	text string // see rendered
}

// target is a file while it is written.
type target struct {
	*parsedFile
	rewrite *yamledit.Rewrite
	res     Result
}

func newMerger(d *Disk, plan exposure.Plan, settle Settle) *merger {
	m := &merger{
		Disk: d, plan: plan, settle: settle.answers(),
		ours: make([]planned, len(plan.Exposures)), planned: make(map[string]*planned, len(plan.Exposures)), heldKeys: map[string]bool{}, removed: map[string]bool{}, skipped: map[string]bool{},
		unanswered: map[string]map[string][]string{}, state: make(map[string]State, len(plan.Exposures)), targets: map[string]*target{},
		metaKeys: metaKeysOf(d, plan), layout: exposure.NewLayout(plan.MetaInConfig),
	}
	m.owned, m.rank = exposure.OwnedFields(m.metaKeys...), exposure.KeyRank(m.metaKeys...)
	for i := range plan.Exposures {
		m.ours[i].Exposure = &plan.Exposures[i]
		m.planned[plan.Exposures[i].Key] = &m.ours[i]
	}
	for _, r := range plan.Refusals {
		m.heldKeys[r.Key] = true
	}
	for _, key := range plan.KeepKeys {
		m.heldKeys[key] = true
	}
	for key := range plan.GoneSince {
		m.heldKeys[key] = true
	}
	return m
}

// target opens a file for writing, made up when there is none.
func (m *merger) target(s *parsedFile) *target {
	if t := m.targets[s.Name]; t != nil {
		return t
	}
	t := &target{parsedFile: s, res: Result{Name: s.Name, Old: s.Text}}
	if blankFile(s.Text) {
		doc, _ := yamledit.Parse([]byte(header(m.plan.Tools)+"exposures: []\n"), listKey)
		t.parsedFile = &parsedFile{File: s.File, doc: doc}
	}
	t.rewrite = t.doc.Rewrite()
	for i := range t.leftover {
		t.rewrite.Remove(i)
		t.res.Changes.Removed = append(t.res.Changes.Removed, t.rewrite.Name(i))
	}
	m.targets[s.Name] = t
	return t
}

func blankFile(text []byte) bool {
	return len(bytes.TrimSpace(bytes.TrimPrefix(text, []byte("\uFEFF")))) == 0
}

// targetNamed is the target of that name.
func (m *merger) targetNamed(name string) (*target, *yamledit.Error) {
	if t := m.targets[name]; t != nil && t.unreadable != nil {
		return nil, t.unreadable
	}
	s := m.named[name]
	if s == nil {
		s = &parsedFile{File: File{Name: name}}
	}
	return m.target(s), nil
}

// mergeEntries merges every entry of a file; a removed one is marked.
func (m *merger) mergeEntries(ctx context.Context, t *target) {
	if t.unreadable != nil {
		return
	}
	for i := range t.doc.Entries {
		if ctx.Err() != nil {
			return // Merge looks, too
		}
		e := &t.doc.Entries[i]
		key := t.keys[i]
		ours := m.planned[key]
		switch {
		case t.leftover[i]:
		case key == "":
			t.res.Changes.Kept = append(t.res.Changes.Kept, e.Name)
		case ours != nil:
			m.mergeEntry(t, i, ours)
		default:
			if m.removeEntry(t, i, key) {
				t.rewrite.Remove(i)
			}
		}
	}
}

// mergeEntry updates an entry where it is, or moves it where it belongs.
func (m *merger) mergeEntry(t *target, i int, ours *planned) {
	e := &t.doc.Entries[i]
	st := m.last.state[ours.Key]
	if st.File != t.Name { // moved by hand, or not known to the last export
		st.PlacedByHand = t.Name != ours.File
	}
	body := m.updated(t, i, ours)
	if t.Name != ours.File && !st.PlacedByHand {
		if to, ferr := m.targetNamed(ours.File); ferr == nil && m.move(t, to, i, body, ours.Exposure) {
			m.state[ours.Key] = State{File: ours.File, DefaultOwner: ours.DefaultOwner}
			return
		}
	}
	t.rewrite.Replace(i, ours.Name, body)
	m.state[ours.Key] = State{File: t.Name, PlacedByHand: st.PlacedByHand, DefaultOwner: ours.DefaultOwner}
	list := &t.res.Changes.Kept
	if !yamltext.SameText(body, t.doc.EntryLines(e)) {
		list = &t.res.Changes.Changed
	}
	*list = append(*list, ours.Name)
	t.res.Names = append(t.res.Names, ours.Name)
}

// removeEntry decides about an entry that the plan does not have.
func (m *merger) removeEntry(t *target, i int, key string) bool {
	e, says := &t.doc.Entries[i], t.said[i]
	old, st := m.last.byKey[key], m.last.state[key]
	c := Conflict{
		Key: key, Name: e.Name, File: t.Name, Theirs: e.Name, NeedsAnswer: true,
		Problem: "the dashboard is no longer exported, but its entry was edited: take removes it, keep leaves it as it is",
	}
	v := m.settle.verdict(e.Name, "")
	switch {
	case m.heldKeys[key], old == nil && !says.Managed:
		if since := m.plan.GoneSince[key]; since != "" {
			st.GoneSince = since
			m.addItem(Item{What: Gone, Key: key, Name: e.Name, Title: says.Label, File: t.Name, Note: "not in " + m.toolName(says) + " since " + since})
		}
	case st.Released && v != verdictTake:
	case m.isUntouched(t, e, old), v == verdictTake:
		t.res.Changes.Removed = append(t.res.Changes.Removed, e.Name)
		m.removed[key] = true
		m.addItem(Item{What: Remove, Key: key, Name: e.Name, Title: says.Label, File: t.Name})
		return true
	case v == verdictKeep:
		st.Released = true
	default:
		m.addConflict(c)
	}
	if st.File == "" {
		st.File = t.Name
	}
	m.state[key] = st
	t.res.Names = append(t.res.Names, e.Name)
	t.res.Changes.Kept = append(t.res.Changes.Kept, e.Name)
	return false
}

// keepHeld takes entries back in that cannot go without breaking what stays.
func (m *merger) keepHeld(t *target) {
	for {
		held := t.rewrite.Held()
		if len(held) == 0 {
			return
		}
		for _, h := range held {
			e, key := &t.doc.Entries[h.Entry], t.keys[h.Entry]
			t.rewrite.Keep(h.Entry)
			isIt := func(name string) bool { return name == e.Name }
			t.res.Changes.Removed = slices.DeleteFunc(t.res.Changes.Removed, isIt)
			t.res.Changes.Kept = append(t.res.Changes.Kept, e.Name)
			t.res.Names = append(t.res.Names, e.Name)
			m.out.Items = slices.DeleteFunc(m.out.Items, func(i Item) bool { return i.What == Remove && i.Key == key && i.File == t.Name })
			delete(m.removed, key)
			m.state[key] = m.last.state[key]
			m.addConflict(Conflict{Key: key, Name: e.Name, File: t.Name, Theirs: e.Name, NeedsAnswer: true, NotTaken: true, Problem: "the dashboard is no longer exported, but its entry cannot go: " + h.Why})
		}
	}
}

// isUntouched: the entry says to the letter what the last export wrote. Anything else
// may be an edit by hand.
func (m *merger) isUntouched(t *target, e, old *yamledit.Entry) bool {
	return old != nil && yamledit.SameEntry(t.doc, e, m.last.doc, old)
}

// addPlanned adds the planned exposures that no file has yet.
func (m *merger) addPlanned(ctx context.Context) *yamledit.Error {
	levels := m.levels()
	m.out.Items = slices.Grow(m.out.Items, max(len(m.ours)-len(m.at), 0))
	for i := range m.ours {
		if ctx.Err() != nil {
			return nil // as above
		}
		e := &m.ours[i]
		if _, here := m.at[e.Key]; here || m.blockedByOtherLevel(levels, e.Exposure) {
			continue
		}
		t, ferr := m.targetNamed(e.File)
		if ferr != nil {
			return ferr
		}
		if t.rewrite.HasName(e.Name) {
			return &yamledit.Error{File: t.Name, Problem: "already has an exposure named " + e.Name, Fix: "rename it, or plan with the names of this file"}
		}
		note := m.reportDeleted(e.Exposure)
		t.rewrite.Add(e.Name, m.rendered(e))
		t.res.Changes.Added = append(t.res.Changes.Added, e.Name)
		t.res.Names = append(t.res.Names, e.Name)
		m.state[e.Key] = State{File: e.File, DefaultOwner: e.DefaultOwner}
		m.addItem(Item{What: Add, Key: e.Key, Name: e.Name, Title: e.Title, File: e.File, Note: note})
	}
	return nil
}

// reportDeleted reports an entry that was deleted by hand although its dashboard
// is still included.
func (m *merger) reportDeleted(e *exposure.Exposure) (note string) {
	if m.last.byKey[e.Key] != nil {
		note = "its entry was deleted from the file and is written again: exclude the dashboard to remove it"
		m.out.Conflicts = append(m.out.Conflicts, Conflict{Key: e.Key, Name: e.Name, File: e.File, Ours: e.Name, Problem: note})
	}
	return note
}
