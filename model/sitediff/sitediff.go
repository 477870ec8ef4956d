// Package sitediff compares two states of one Tableau site: what is new, gone,
// renamed, moved or changed in another way, and whether the later state may be a
// worse look at the same site. What changes for exposures is package exposure's
// and curate's.
package sitediff

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"darkroom/model"
)

// Diff is how a site changed, in all that darkroom shows. Lists are sorted by title.
type Diff struct {
	Tool           *model.Tool // of the site, for its words
	New, Gone      []Dashboard
	Renamed, Moved []Change // a dashboard can be in both
	// Altered are things that stayed and changed, those that changed alike together.
	// AlteredDashboards counts the dashboards among them or affected by them.
	Altered           []Altered
	AlteredDashboards int
	// Appeared and Vanished are published data sources and collections.
	Appeared, Vanished []Thing
	// NewTables and GoneTables are the names of database tables as they are shown.
	NewTables, GoneTables []string
	Counts                []Count
	// NewlyIncomplete are sentences of the new Partial that the old one did not have;
	// sentences that differ in numbers only are the same.
	NewlyIncomplete []string
	// NoLongerReported is what rules and scopes ask for and the site no longer reports
	// at all: "view counts". A refusal looks like that.
	NoLongerReported []string
	// Drift is what changes all the time by itself and so is not counted as a change.
	Drift Drift
}

// Dashboard is one dashboard with its place.
type Dashboard struct {
	Key   string // model.Site.Key
	Name  string
	Place string // "Finance / Monthly close": containers and workbook
}

// Change is a dashboard before and after.
type Change struct{ Old, New Dashboard }

// Thing is anything that has a name; Kind is one of kinds. Place is as a Dashboard's, or
// empty.
type Thing struct {
	Kind        model.Part
	Name, Place string
}

// Altered is what changed in the same way in one or more things of one kind.
type Altered struct {
	Things []Thing
	What   []string // "owner Ann → Bea"; at least one
}

// Drift counts what changes by itself.
type Drift struct {
	Views      int      // dashboards whose view count changed
	Soared     []string // titles of those with at least ten times as many views as before
	Sank       []string // and with at most a tenth
	Refreshed  int      // data sources whose extract was refreshed
	SavedAgain int      // dashboards that were saved again
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
		len(d.NewTables)+len(d.GoneTables)+len(d.NewlyIncomplete)+len(d.NoLongerReported) == 0
}

// Compare goes by identity, never by name: a dashboard is known by its LUID, one
// that is hidden by its document, and a table by its id. earlier may be nil: then
// everything is new and nothing can be worse. The error is that of ctx.
func Compare(ctx context.Context, earlier, later *model.Site) (Diff, error) {
	if earlier == nil {
		earlier = &model.Site{Name: later.Name, Server: later.Server, ContentURL: later.ContentURL, Partial: later.Partial}
	}
	d := Diff{Tool: later.Tool, Counts: counts(earlier, later), NewlyIncomplete: newlyIncomplete(earlier.Partial, later.Partial), NoLongerReported: noLongerReported(earlier, later)}
	c := comparison{Diff: &d, old: look(earlier), now: look(later), together: map[string]int{}}
	c.dashboards(ctx)
	c.workbooks()
	c.sources(ctx)
	c.collections()
	c.rest()
	now, before := tables(later), tables(earlier)
	d.NewTables, d.GoneTables = without(now, before), without(before, now)
	c.sort()
	return d, ctx.Err()
}

func compareDashboards(a, b Dashboard) int {
	return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Place, b.Place), strings.Compare(a.Key, b.Key))
}

// kinds are in the order in which they are shown.
var kinds = [...]model.Part{
	model.PartDashboard, model.PartWorkbook, model.PartPublished, model.PartCollection, model.PartContainer, model.PartSite,
}

func compareThings(a, b Thing) int {
	return cmp.Or(slices.Index(kinds[:], a.Kind)-slices.Index(kinds[:], b.Kind), strings.Compare(a.Name, b.Name), strings.Compare(a.Place, b.Place))
}

// tables are the names of database tables by id; hidden ones have none.
func tables(s *model.Site) map[string]string {
	out := map[string]string{}
	for i := range s.Tables {
		t := &s.Tables[i]
		name := t.FullName
		if name == "" {
			name = strings.TrimPrefix(t.Schema()+"."+t.Name, ".")
		}
		if t.Database() != "" && name != "" {
			name = t.Database() + "." + name
		}
		if t.Kind == model.DatabaseTable && name != "" {
			out[t.ID] = name
		}
	}
	return out
}

// without lists the values of a whose keys b does not have. A table with a new id
// and its old name is not a change.
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
