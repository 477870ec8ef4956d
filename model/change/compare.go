package change

import (
	"maps"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/selector"
)

// Known is what two states are compared by.
type Known struct {
	// Now has the nodes of the present manifest, and the earlier one as its State.
	Now *selector.Universe
	// Disabled are ids of the present manifest.
	Disabled map[string]bool
	// Before and After are the catalogs; each may be missing.
	Before, After map[string][]*model.Column
}

// Compare finds what differs.
func Compare(k Known) *Set {
	s := &Set{By: "state"}
	now := map[string]*selector.Node{}
	for i := range k.Now.Nodes {
		n := &k.Now.Nodes[i]
		now[n.ID] = n
		parts, modified := k.Now.Differences(n)
		if len(parts) == 0 {
			continue
		}
		c := of(n, parts...)
		c.Modified = modified
		if c.Is("macros") {
			c.Macros = k.Now.ChangedMacros(n)
		}
		if before := k.Now.State.Before[n.ID]; before != nil {
			c.Columns = k.columns(before, n)
		}
		s.Changes = append(s.Changes, c)
	}
	for _, id := range slices.Sorted(maps.Keys(k.Now.State.Before)) {
		if n := k.Now.State.Before[id]; now[id] == nil {
			what := Deleted
			if k.Disabled[id] {
				what = Disabled
			}
			s.Changes = append(s.Changes, of(n, what))
		}
	}
	k.followRenamed(s, now)
	s.sort()
	return s
}

func of(n *selector.Node, what ...string) Change {
	return Change{ID: n.ID, Type: n.Type, Name: nameOf(n), Path: n.Path, What: what}
}

func nameOf(n *selector.Node) string {
	switch {
	case n.SourceName != "":
		return n.SourceName + "." + n.Name
	case n.Version != "":
		return n.Name + ".v" + n.Version
	}
	return n.Name
}

// followRenamed joins what was deleted with what is new and has the same body, where both
// are the only ones that have it, and a model with the versions that it has now.
func (k Known) followRenamed(s *Set, now map[string]*selector.Node) {
	type key struct {
		kind string
		body any
	}
	gone, fresh := map[key][]*Change{}, map[key][]*Change{}
	for i := range s.Changes {
		c := &s.Changes[i]
		n, to := now[c.ID], fresh
		switch {
		case c.Is(Deleted):
			n, to = k.Now.State.Before[c.ID], gone
			c.become(Versioned, otherVersions(n, now))
		case !c.Is(New):
			continue
		}
		if body := bodyOf(n); body != nil {
			at := key{n.Type, body}
			to[at] = append(to[at], c)
		}
	}
	for at, before := range gone {
		after := fresh[at]
		if len(before) == 1 && len(after) == 1 && before[0].Is(Deleted) {
			before[0].become(Renamed, []string{after[0].Name})
			after[0].From = before[0].Name
		}
	}
}

func (c *Change) become(what string, to []string) {
	if len(to) > 0 {
		c.What, c.To = []string{what}, to
	}
}

// otherVersions are what has the name of a model now, another version or none.
func otherVersions(gone *selector.Node, now map[string]*selector.Node) (names []string) {
	for _, n := range now {
		if n.Type == "model" && gone.Type == "model" && n.Name == gone.Name && n.Package == gone.Package {
			names = append(names, nameOf(n))
		}
	}
	slices.Sort(names)
	return names
}

// bodyOf is what a renamed node keeps: its SQL or checksum, of a source its place. Nil of
// what has none of its own: generic tests all have the same.
func bodyOf(n *selector.Node) any {
	switch {
	case n.Test != "" || n.Print == nil:
		return nil
	case n.Type == "source":
		return n.Print.Relation
	}
	switch n.Type {
	case "model", "seed", "snapshot", "test", "analysis", "function":
		return n.Print.Body
	}
	return nil
}

// columns are those that are gone or have another type: by both catalogs where both know
// the table, otherwise by what is described, which a contract makes sure.
func (k Known) columns(before, now *selector.Node) []Column {
	was, known := k.Before[before.ID]
	is, alsoKnown := k.After[now.ID]
	if known && alsoKnown && len(was) > 0 && len(is) > 0 {
		return differ(types(was), types(is), ByCatalog)
	}
	by := ByDescription
	if before.Print.Contract != 0 {
		by = ByContract
	}
	return differ(before.Types, now.Types, by)
}

func types(columns []*model.Column) map[string]string {
	out := map[string]string{}
	for _, c := range columns {
		out[c.Name] = c.Type
	}
	return out
}

// differ compares columns by their names in whatever case.
func differ(was, is map[string]string, by Knowledge) (out []Column) {
	folded := map[string]string{}
	for name, kind := range is {
		folded[strings.ToLower(name)] = kind
	}
	for _, name := range slices.Sorted(maps.Keys(was)) {
		kind, there := folded[strings.ToLower(name)]
		switch {
		case !there:
			out = append(out, Column{Name: name, Was: was[name], Removed: true, By: by})
		case was[name] != "" && kind != "" && !strings.EqualFold(was[name], kind):
			out = append(out, Column{Name: name, Was: was[name], Is: kind, By: by})
		}
	}
	return out
}
