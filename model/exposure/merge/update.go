package merge

import (
	"slices"
	"strings"

	"darkroom/model/exposure/yamledit"
	"darkroom/model/exposure/yamledit/yamltext"
	"darkroom/model/exposure/yamledit/yamltree"
)

// updateEntry merges one entry field by field and splices the outcome into its
// lines. When a splice does not read back as it should, the value stays as it is
// and is reported.
func (m *merger) updateEntry(t *target, i int, ours *planned) []yamltext.Line {
	e := &t.doc.Entries[i]
	old, there := m.last.byKey[ours.Key], t.doc.EntryLines(e)
	pristine := m.isUntouched(t, e, old)
	if pristine {
		if text := m.last.doc.EntryText(old); text == string(m.render(ours.Exposure)) {
			ours.text = text
			return there // with its line ends
		}
	}
	want := map[string][]string{}
	for _, f := range m.layout.Fields(ours.Exposure) {
		want[f.ID()] = f.Items
	}
	u := &updater{m: m, t: t, theirs: t.doc.Node(e), ours: ours}
	if old != nil {
		u.base = m.last.doc.Node(old)
	}
	if !pristine {
		u.dr = yamledit.NewDraft(there, t.doc.EOL, m.rank)
		if old == nil && !t.said[i].Managed {
			u.makeRoom()
		}
	}
	for _, f := range m.owned {
		f.Items = want[f.ID()]
		if pristine {
			u.noteChange(f, u.theirs.Values(f.Path...), f.Items)
			continue
		}
		u.mergeField(f)
	}
	u.reportChanges()
	if !pristine {
		return u.dr.Lines()
	}
	return yamltext.LinesAt(m.rendered(ours), e.Dash, t.doc.EOL)
}

// updater carries the merge of one entry.
type updater struct {
	m       *merger
	t       *target
	ours    *planned
	theirs  *yamltree.Node // the entry as it is
	base    *yamltree.Node // as the last export wrote it; nil when it did not
	dr      *yamledit.Draft
	changes []FieldChange
}

// makeRoom writes the maps of an adopted entry that get keys of darkroom's with one key
// per line.
func (u *updater) makeRoom() {
	for _, f := range u.m.owned {
		if strings.HasPrefix(strings.TrimPrefix(f.ID(), "config."), "meta.") {
			for n := 1; n < len(f.Path); n++ {
				u.dr.Unfold(f.Path[:n])
			}
			return
		}
	}
}

// noteChange notes a value that differs now.
func (u *updater) noteChange(f yamltext.Field, from, to []string) {
	if !f.Same(from, to) {
		u.changes = append(u.changes, FieldChange{Field: f.ID(), From: joined(from), To: joined(to)})
	}
}

// reportChanges says what changed: a new label or name is a rename.
func (u *updater) reportChanges() {
	i := Item{What: Change, Key: u.ours.Key, Name: u.ours.Name, Title: u.ours.Title, File: u.t.Name}
	isName := func(c FieldChange) bool { return c.Field == "label" || c.Field == "name" }
	if slices.ContainsFunc(u.changes, isName) {
		i.What = Rename
	}
	if i.Fields = u.changes; len(i.Fields) > 0 {
		u.m.addItem(i)
	}
}

// mergeField is the three-way merge of one value.
func (u *updater) mergeField(f yamltext.Field) {
	base, theirs := u.base.Values(f.Path...), u.theirs.Values(f.Path...)
	c := Conflict{
		Key: u.ours.Key, Name: u.ours.Name, File: u.t.Name, Field: f.ID(), Ours: joined(f.Items),
		Theirs: joined(theirs), NeedsAnswer: !f.List && !f.Same(base, f.Items),
	}
	f.Order = f.Items
	answer := u.m.settle.verdict(u.ours.Name, f.ID())
	target := u.wantedValue(f, base, theirs, answer, &c)
	now := theirs
	if !f.Same(target, theirs) {
		why := u.dr.Set(f, target, answer == verdictTake)
		if why == "" {
			now = target
			u.noteChange(f, theirs, now)
		} else {
			c.Problem, c.NeedsAnswer, c.NotTaken = why, true, answer == verdictTake
		}
	}
	if c.Problem == "" && (satisfied(f, now) || len(f.Items)+len(base) == 0) {
		return
	}
	switch {
	case answer == verdictKeep:
		c.NeedsAnswer = false
	case f.List && f.Same(now, target):
		if c.NeedsAnswer { // only what keepCommented kept is asked about
			u.askAgain(f, union(f, f.Items, intersect(f, base, target)))
		}
	case c.NeedsAnswer:
		u.askAgain(f, base)
	}
	u.m.addConflict(c)
}

// wantedValue is the value that the file should have.
func (u *updater) wantedValue(f yamltext.Field, base, theirs []string, answer verdict, c *Conflict) []string {
	merged := mergeValues(f, base, theirs)
	switch {
	case answer == verdictTake && f.List:
		return mergeValues(f, nil, merged)
	case answer == verdictTake:
		return f.Items
	}
	return u.keepCommented(f, theirs, merged, c)
}

// intersect are the elements of a that b has too, union those of either.
func intersect(f yamltext.Field, a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return !f.Has(b, s) })
}

func union(f yamltext.Field, a, b []string) []string {
	out := slices.Clone(a)
	for _, s := range b {
		if !f.Has(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// askAgain leaves in the last export what it said, so that the same conflict is
// reported again.
func (u *updater) askAgain(f yamltext.Field, base []string) {
	asked := u.m.unanswered[u.ours.Key]
	if asked == nil {
		asked = map[string][]string{}
		u.m.unanswered[u.ours.Key] = asked
	}
	asked[f.ID()] = base
}

// keepCommented keeps what would be removed although its line has a comment.
func (u *updater) keepCommented(f yamltext.Field, theirs, target []string, c *Conflict) []string {
	for _, s := range theirs {
		if f.Has(target, s) || !f.List && len(target) > 0 || !u.dr.HasComment(f, s) {
			continue
		}
		target = append(slices.Clone(target), s)
		c.NeedsAnswer, c.Problem = true, s+" is gone, but its line has a comment: take removes both"
	}
	return target
}

// mergeValues is the three-way merge of one value: nil means absent.
func mergeValues(f yamltext.Field, base, theirs []string) []string {
	if !f.List {
		if f.Same(base, theirs) {
			return f.Items
		}
		return theirs
	}
	var out []string
	for _, s := range theirs {
		if !f.Has(base, s) || f.Has(f.Items, s) {
			out = append(out, s)
		}
	}
	for _, s := range f.Items {
		if !f.Has(base, s) && !f.Has(theirs, s) {
			out = append(out, s)
		}
	}
	return out
}

// satisfied: the file says all that darkroom would. More elements in a list may
// be added by hand.
func satisfied(f yamltext.Field, theirs []string) bool {
	if !f.List {
		return f.Same(f.Items, theirs)
	}
	for _, s := range f.Items {
		if !f.Has(theirs, s) {
			return false
		}
	}
	return true
}

func joined(list []string) string { return strings.Join(list, ", ") }
