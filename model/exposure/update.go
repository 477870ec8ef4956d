package exposure

import (
	"slices"
	"strings"
)

// ownedPaths are the places of an entry that darkroom writes, for every dbt
// version, so that a move from one version to another moves the values too.
func ownedPaths() [][]string {
	paths := [][]string{
		{"name"},
		{"label"},
		{"type"},
		{"url"},
		{"description"},
		{"depends_on"},
		{"owner", "name"},
		{"owner", "email"},
		{"config", "tags"},
		{"tags"},
	}
	for _, key := range []string{
		"luid", "key", "kind", "server", "site", "workbook_luid", "workbook",
		"project_path", "managed_by", "unmatched", "incomplete",
	} {
		paths = append(paths, []string{"config", "meta", "tableau", key}, []string{"meta", "tableau", key})
	}
	return paths
}

// ownedMaps are the mappings that hold owned values.
func ownedMaps() [][]string {
	return [][]string{
		nil, {"owner"}, {"config"}, {"config", "meta"}, {"config", "meta", "tableau"}, {"meta"}, {"meta", "tableau"},
	}
}

func isList(path []string) bool {
	switch path[len(path)-1] {
	case "depends_on", "tags", "incomplete":
		return true
	}
	return false
}

// update merges one entry field by field and splices the outcome into its
// lines. When a splice does not read back as it should, the value stays as it is
// and is reported.
func (m *merger) update(t *target, e *entry, ours *Exposure) []line {
	old := m.last.byKey[ours.Key]
	want := map[string]field{}
	for _, f := range ours.fields(m.plan.MetaInConfig) {
		want[f.id()] = f
	}
	u := &updater{m: m, t: t, e: e, old: old, ours: ours}
	pristine := old != nil && sameLines(t.doc, e, m.last.doc, old)
	if !pristine {
		u.dr = newDraft(t.doc.lines[e.first:e.last], t.doc.eol)
	}
	for _, path := range ownedPaths() {
		f, ok := want[strings.Join(path, ".")]
		if !ok {
			f = field{path: path, list: isList(path)}
		}
		if pristine {
			u.changed(f, e.node.values(path...), f.items)
			continue
		}
		u.field(f)
	}
	u.report()
	if pristine {
		return toLines(renderEntry(ours, m.plan.MetaInConfig), e.dash, t.doc.eol)
	}
	return u.dr.lines
}

// updater carries the merge of one entry.
type updater struct {
	m       *merger
	t       *target
	e, old  *entry
	ours    *Exposure
	dr      *draft
	changes []FieldChange
}

// changed notes a value that is another one now.
func (u *updater) changed(f field, from, to []string) {
	if !sameValues(f.path, from, to) {
		u.changes = append(u.changes, FieldChange{Field: f.id(), From: joined(from), To: joined(to)})
	}
}

// report tells what changed: a new label or name is a rename.
func (u *updater) report() {
	i := Item{What: Change, Key: u.ours.Key, Name: u.ours.Name, Title: u.ours.title, File: u.t.Name}
	isName := func(c FieldChange) bool { return c.Field == "label" || c.Field == "name" }
	if slices.ContainsFunc(u.changes, isName) {
		i.What = Rename
	}
	if i.Fields = u.changes; len(i.Fields) > 0 {
		u.m.item(i)
	}
}

// field is the three-way merge of one value.
func (u *updater) field(f field) {
	var base []string
	if u.old != nil {
		base = u.old.node.values(f.path...)
	}
	theirs := u.e.node.values(f.path...)
	c := Conflict{
		Key: u.ours.Key, Name: u.ours.Name, File: u.t.Name, Field: f.id(), Base: joined(base), Ours: joined(f.items),
		Theirs: joined(theirs), Moved: !f.list && !sameValues(f.path, base, f.items),
	}
	f.order = f.items
	answer := u.m.settle.verdict(u.ours.Name, f.id())
	target := u.target(f, base, theirs, answer, &c)
	now := theirs
	if !sameValues(f.path, target, theirs) {
		if u.dr.set(f, target) {
			now = target
			u.changed(f, theirs, now)
		} else {
			c.Problem, c.Moved = "is written in a way that cannot be edited safely", true
		}
	}
	if c.Problem == "" && (satisfied(f, now) || len(f.items)+len(base) == 0) {
		return
	}
	switch {
	case answer == keep:
		c.Moved = false
	case f.list && sameValues(f.path, now, target):
		if c.Moved { // only what protect kept is asked about
			u.ask(f, union(f, f.items, intersect(f, base, target)))
		}
	case c.Moved:
		u.ask(f, base)
	}
	u.m.conflict(c)
}

// target is the value that the file shall have.
func (u *updater) target(f field, base, theirs []string, answer verdict, c *Conflict) []string {
	merged := mergeValues(f, base, theirs)
	switch {
	case answer == take && f.list:
		return mergeValues(f, nil, merged)
	case answer == take:
		return f.items
	}
	return u.protect(f, theirs, merged, c)
}

// intersect are the elements of a that b has too, union those of either.
func intersect(f field, a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return !f.has(b, s) })
}

func union(f field, a, b []string) []string {
	out := slices.Clone(a)
	for _, s := range b {
		if !f.has(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// has: an element is in a list, in whatever spelling.
func (f field) has(list []string, s string) bool {
	return slices.ContainsFunc(list, func(t string) bool { return valueKey(f.path, t) == valueKey(f.path, s) })
}

// ask lets the last export say what it said, so that the same question comes
// again.
func (u *updater) ask(f field, base []string) {
	asked := u.m.asked[u.ours.Key]
	if asked == nil {
		asked = map[string][]string{}
		u.m.asked[u.ours.Key] = asked
	}
	asked[f.id()] = base
}

// protect keeps what would be removed although a person wrote a comment on its
// line.
func (u *updater) protect(f field, theirs, target []string, c *Conflict) []string {
	for _, s := range theirs {
		if f.has(target, s) || !f.list && len(target) > 0 || !u.dr.commented(f, s) {
			continue
		}
		target = append(slices.Clone(target), s)
		c.Moved, c.Problem = true, "Tableau no longer has "+s+", but its line carries a comment: take removes both"
	}
	return target
}

// mergeValues is the three-way merge of one value: nil means absent.
func mergeValues(f field, base, theirs []string) []string {
	if !f.list {
		if sameValues(f.path, base, theirs) {
			return f.items
		}
		return theirs
	}
	var out []string
	for _, s := range theirs {
		if !f.has(base, s) || f.has(f.items, s) {
			out = append(out, s)
		}
	}
	for _, s := range f.items {
		if !f.has(base, s) && !f.has(theirs, s) {
			out = append(out, s)
		}
	}
	return out
}

// satisfied: the file says all that darkroom would. More elements in a list are
// a person's good right.
func satisfied(f field, theirs []string) bool {
	if !f.list {
		return sameValues(f.path, f.items, theirs)
	}
	for _, s := range f.items {
		if !f.has(theirs, s) {
			return false
		}
	}
	return true
}

// sameValues compares lists as sets: their order means nothing to dbt.
func sameValues(path, a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	keys := func(list []string) []string {
		out := make([]string, len(list))
		for i, s := range list {
			out[i] = valueKey(path, s)
		}
		slices.Sort(out)
		return out
	}
	return slices.Equal(keys(a), keys(b))
}

// valueKey makes spellings of one value equal: ref("m", version=2) is
// ref('m', v=2), and a block scalar ends in a line end that means nothing.
func valueKey(path []string, s string) string {
	if path[0] == "depends_on" {
		return strings.NewReplacer(" ", "", `"`, "'", "version=", "v=").Replace(s)
	}
	return strings.TrimRight(s, "\n ")
}

func joined(list []string) string { return strings.Join(list, ", ") }
