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
// lines. When the splice does not read back as it should, the entry stays as it
// is and the whole of it is reported.
func (m *merger) update(e *entry, ours *Exposure) []line {
	original := m.doc.lines[e.first:e.last]
	old := m.byKey[ours.Key]
	var body []line
	if old != nil && m.sameText(e, old) {
		body = toLines(renderEntry(ours, m.plan.MetaInConfig), e.dash, m.doc.eol)
	} else {
		body = m.splice(e, old, ours)
	}
	if slices.EqualFunc(body, original, func(a, b line) bool { return a.text == b.text }) {
		m.res.Changes.Kept = append(m.res.Changes.Kept, e.name)
		return original
	}
	m.res.Changes.Changed = append(m.res.Changes.Changed, ours.Name)
	return body
}

// splice applies the three-way merge of every owned value.
func (m *merger) splice(e, old *entry, ours *Exposure) []line {
	dr := newDraft(m.doc.lines[e.first:e.last], m.doc.eol)
	want := map[string]field{}
	for _, f := range ours.fields(m.plan.MetaInConfig) {
		want[f.id()] = f
	}
	var conflicts []Conflict
	for _, path := range ownedPaths() {
		f, ok := want[strings.Join(path, ".")]
		if !ok {
			f = field{path: path, list: isList(path)}
		}
		var base []string
		if old != nil {
			base = old.node.values(path...)
		}
		theirs := e.node.values(path...)
		target := mergeValues(f, base, theirs)
		c := Conflict{
			Key: ours.Key, Name: ours.Name, Field: f.id(),
			Base: joined(base), Ours: joined(f.items), Theirs: joined(theirs), Moved: !sameValues(path, base, f.items),
		}
		if !sameValues(path, target, theirs) {
			if dr.set(f, target) {
				theirs = target
			} else {
				c.Problem = "is written in a way that cannot be edited safely"
			}
		}
		if !satisfied(f, theirs) && len(f.items)+len(base) > 0 {
			conflicts = append(conflicts, c)
		}
	}
	m.res.Conflicts = append(m.res.Conflicts, conflicts...)
	return dr.lines
}

// mergeValues is the three-way merge of one value: nil means absent.
func mergeValues(f field, base, theirs []string) []string {
	if !f.list {
		if sameValues(f.path, base, theirs) {
			return f.items
		}
		return theirs
	}
	in := func(list []string, s string) bool {
		return slices.ContainsFunc(list, func(t string) bool { return valueKey(f.path, t) == valueKey(f.path, s) })
	}
	var out []string
	for _, s := range theirs {
		if !in(base, s) || in(f.items, s) {
			out = append(out, s)
		}
	}
	for _, s := range f.items {
		if !in(base, s) && !in(theirs, s) {
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
		if !slices.ContainsFunc(theirs, func(t string) bool { return valueKey(f.path, t) == valueKey(f.path, s) }) {
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
