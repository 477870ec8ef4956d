package query

import (
	"slices"
	"strings"

	"darkroom/model/lineage"
	"darkroom/model/outlook"
)

// MeetsEntry reports whether an exposure meets the terms: by what its entry says, or by one
// of its dashboards.
func (b *Bound) MeetsEntry(e *outlook.Entry) bool { return b.meetsEntry(e, true) }

// meetsEntry is MeetsEntry; reads as for Meets.
func (b *Bound) meetsEntry(e *outlook.Entry, reads bool) bool {
	if b.Problem != "" {
		return false
	}
	chosen := !b.chooses
	for i := range b.terms {
		switch t := &b.terms[i]; {
		case t.chooses():
			chosen = chosen || b.entryMeets(e, i, reads)
		case b.entryMeets(e, i, reads || t.not) == t.not:
			return false
		}
	}
	return chosen
}

// entryMeets reports whether an exposure meets one term, whatever its sign.
func (b *Bound) entryMeets(e *outlook.Entry, at int, reads bool) bool {
	t := &b.terms[at]
	if t.spec != nil && e.In != nil { // a refused dashboard has an entry in no project
		if has, known := b.found[at].HasID(e.In, e.ID); known && has {
			return true
		}
	}
	if t.field != nil {
		switch t.field.name {
		case "name":
			return contains(e.Name+" "+e.Label, t)
		case "owner":
			return contains(e.Owner+" "+strings.Join(e.OwnerEmails, " "), t)
		case "path":
			return contains(e.Path, t)
		case "health":
			return meetsHealth(b.known.Health.Entry(e), t)
		case "tag":
			if hasTag(e.Tags, t.value) {
				return true
			}
		case "state":
			if slices.ContainsFunc(outlook.States(), func(s outlook.State) bool { return strings.HasPrefix(string(s), t.value) && e.Is(s) }) {
				return true
			}
			return b.anyDashboard(e, func(d *lineage.Dashboard) bool { return b.isDecided(d, t) })
		}
	}
	return b.anyDashboard(e, func(d *lineage.Dashboard) bool { return b.meets(d.ID, at, reads) })
}

func (b *Bound) anyDashboard(e *outlook.Entry, meets func(*lineage.Dashboard) bool) bool {
	return slices.ContainsFunc(e.Dashboards, func(key string) bool {
		d, ok := b.known.Graph.Dashboard(key)
		return ok && meets(d)
	})
}
