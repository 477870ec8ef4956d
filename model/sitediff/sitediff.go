// Package sitediff compares two states of one Tableau site: what is new, gone,
// renamed, moved or otherwise not as it was, and whether the later state may be a
// worse look at the same site. What changes for exposures is package exposure's
// and curate's.
package sitediff

import (
	"cmp"
	"slices"
	"strings"

	"darkroom/model"
)

// Diff is how a site changed, in all that darkroom shows. Lists are sorted by title.
type Diff struct {
	New, Gone      []Dashboard
	Renamed, Moved []Change // a dashboard can be in both
	// Altered are things that stayed and are not as they were, those that changed
	// alike together. AlteredDashboards counts the dashboards that are meant by it.
	Altered           []Altered
	AlteredDashboards int
	// Appeared and Vanished are published data sources and collections.
	Appeared, Vanished []Thing
	// NewTables and GoneTables name database tables as people know them.
	NewTables, GoneTables []string
	Counts                []Count
	// Holes are sentences of the new Partial that the old one did not have;
	// numbers do not make a sentence another.
	Holes []string
	// Untold is what rules and scopes ask for and is not told at all any more: "view
	// counts". A refusal looks like that.
	Untold []string
	// Drift is what changes all the time by itself and so is no change.
	Drift Drift
}

// Dashboard is one dashboard with its place.
type Dashboard struct {
	Key   string // model.Site.Key
	Name  string
	Place string // "Finance / Monthly close": projects and workbook
}

// Change is a dashboard before and after.
type Change struct{ Old, New Dashboard }

// Thing is anything that has a name; Kind is "dashboard", "workbook", "published data
// source", "collection", "project" or "site". Place is as a Dashboard's, or empty.
type Thing struct{ Kind, Name, Place string }

// Altered is what changed in the same way in one or more things of one kind.
type Altered struct {
	Things []Thing
	What   []string // "owner Ann → Bea"; at least one
}

// Drift counts what moves without anybody's doing.
type Drift struct {
	Views      int      // dashboards with another view count
	Soared     []string // titles of those with at least ten times as many views as before
	Sank       []string // and with at most a tenth
	Refreshed  int      // data sources whose extract is of another time
	SavedAgain int      // dashboards of another date
}

// Count is the size of one list in both states.
type Count struct {
	Words    string
	Old, New int
}

// Empty reports that nothing changed that darkroom shows, drift aside.
func (d Diff) Empty() bool {
	for _, c := range d.Counts {
		if c.Old != c.New {
			return false
		}
	}
	return len(d.New)+len(d.Gone)+len(d.Renamed)+len(d.Moved)+len(d.Altered)+len(d.Appeared)+len(d.Vanished)+
		len(d.NewTables)+len(d.GoneTables)+len(d.Holes)+len(d.Untold) == 0
}

// Empty reports that nothing drifted.
func (d Drift) Empty() bool { return d.Views+d.Refreshed+d.SavedAgain == 0 }

// Compare goes by identity, never by name: a dashboard is known by its LUID, one
// that is hidden by its document, and a table by its id. earlier may be nil: then
// everything is new and nothing can be worse.
func Compare(earlier, later *model.Site) Diff {
	if earlier == nil {
		earlier = &model.Site{Name: later.Name, Server: later.Server, ContentURL: later.ContentURL, Partial: later.Partial}
	}
	d := Diff{Counts: counts(earlier, later), Holes: newHoles(earlier.Partial, later.Partial), Untold: untold(earlier, later)}
	c := comparison{Diff: &d, old: look(earlier), now: look(later), together: map[string]int{}}
	c.dashboards()
	c.workbooks()
	c.sources()
	c.collections()
	c.rest()
	d.NewTables, d.GoneTables = without(tables(later), tables(earlier)), without(tables(earlier), tables(later))
	c.sort()
	return d
}

func compareDashboards(a, b Dashboard) int {
	return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Place, b.Place), strings.Compare(a.Key, b.Key))
}

// kinds are in the order in which people look for them.
var kinds = [...]string{"dashboard", "workbook", "published data source", "collection", "project", "site"}

func compareThings(a, b Thing) int {
	return cmp.Or(slices.Index(kinds[:], a.Kind)-slices.Index(kinds[:], b.Kind), strings.Compare(a.Name, b.Name), strings.Compare(a.Place, b.Place))
}

// tables are the names of database tables by id; hidden ones have none to tell.
func tables(s *model.Site) map[string]string {
	out := map[string]string{}
	for i := range s.Tables {
		t := &s.Tables[i]
		name := t.FullName
		if name == "" {
			name = strings.TrimPrefix(t.Schema+"."+t.Name, ".")
		}
		if t.Database != "" && name != "" {
			name = t.Database + "." + name
		}
		if t.Kind == model.DatabaseTable && name != "" {
			out[t.ID] = name
		}
	}
	return out
}

// without lists the values of a whose keys b has not. A table that comes under a
// new id and its old name is no change for anybody.
func without(a, b map[string]string) []string {
	names := map[string]bool{}
	for _, name := range b {
		names[name] = true
	}
	var out []string
	for id, name := range a {
		if _, there := b[id]; !there && !names[name] {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
