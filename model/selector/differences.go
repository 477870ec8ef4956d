package selector

import (
	"slices"
	"strings"
)

// Differences says what state:modified finds in a node, in dbt's words for its parts, and
// "database", "schema", "alias" or "identifier" for those of the relation, "path" for the
// FQN, "latest_version", "access", and "definition" for what a type has besides. A node that
// the earlier state does not have is "new". Modified is whether dbt selects it. It needs
// a state with an earlier manifest.
func (u *Universe) Differences(n *Node) (parts []string, modified bool) {
	before := u.State.Before[n.ID]
	modified = isModified(u, before, n)
	switch {
	case before == nil:
		return []string{"new"}, modified
	case !modified:
		return nil, false
	}
	for _, c := range stateChecks() {
		part, is := strings.CutPrefix(c.name, "modified.")
		switch {
		case !is || !c.passes(u, before, n):
		case part == "relation":
			parts = append(parts, places(n.Type, before.Print.Relation, n.Print.Relation)...)
		default:
			parts = append(parts, part)
		}
	}
	parts = append(parts, others(before, n)...)
	if len(parts) == 0 {
		parts = []string{"definition"}
	}
	return parts, true
}

// others are the differences that state: has no word for.
func others(before, n *Node) (parts []string) {
	if !slices.Equal(before.FQN, n.FQN) {
		parts = append(parts, "path")
	}
	latest, access := before.LatestVersion != n.LatestVersion, before.Access != n.Access
	switch {
	case before.Print.Rest == n.Print.Rest:
		return parts
	case latest:
		parts = append(parts, "latest_version")
	}
	if access {
		parts = append(parts, "access")
	}
	if !latest && !access {
		parts = append(parts, "definition")
	}
	return parts
}

func places(kind string, before, now Place) (parts []string) {
	identifier := "alias"
	if kind == typeSource {
		identifier = "identifier"
	}
	if before.Database != now.Database {
		parts = append(parts, "database")
	}
	if before.Schema != now.Schema {
		parts = append(parts, "schema")
	}
	if before.Identifier != now.Identifier {
		parts = append(parts, identifier)
	}
	return parts
}

// ChangedMacros are those that a node uses, directly or through others, and that differ,
// came or went, sorted.
func (u *Universe) ChangedMacros(n *Node) []string {
	var changed []string
	seen := map[string]bool{}
	var look func(macros []string)
	look = func(macros []string) {
		for _, id := range macros {
			if seen[id] {
				continue
			}
			seen[id] = true
			if u.State.macroDiffers(id) {
				changed = append(changed, id)
			}
			look(u.State.Macros[id].Macros)
		}
	}
	look(n.Macros)
	slices.Sort(changed)
	return changed
}

func (s *State) macroDiffers(id string) bool {
	before, was := s.MacrosBefore[id]
	now, is := s.Macros[id]
	return was != is || before.Text != now.Text
}
