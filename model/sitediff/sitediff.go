// Package sitediff compares two states of one Tableau site: what is new, gone,
// renamed or moved, and whether the later state may be a worse look at the same
// site. What changes for exposures is package exposure's and curate's.
package sitediff

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"darkroom/model"
)

// Diff is how a site changed. Lists are sorted by title.
type Diff struct {
	New, Gone      []Dashboard
	Renamed, Moved []Change // a dashboard can be in both
	// NewTables and GoneTables name database tables as people know them.
	NewTables, GoneTables []string
	Counts                []Count
	// Holes are sentences of the new Partial that the old one did not have;
	// numbers do not make a sentence another.
	Holes []string
	// Untold is what rules and scopes ask for and is not told at all any more: "view
	// counts". A refusal looks like that.
	Untold []string
}

// Dashboard is one dashboard with its place.
type Dashboard struct {
	Key   string // model.Site.Key
	Name  string // empty when it is not told
	Place string // "Finance / Monthly close": projects and workbook, as people read them
}

// Change is a dashboard before and after.
type Change struct{ Old, New Dashboard }

// Count is the size of one list in both states.
type Count struct {
	Words    string
	Old, New int
}

// Empty reports that nothing changed in what is compared by name.
func (d Diff) Empty() bool {
	return len(d.New)+len(d.Gone)+len(d.Renamed)+len(d.Moved)+len(d.NewTables)+len(d.GoneTables) == 0
}

// Compare goes by identity, never by name: a dashboard is known by its LUID, one
// that is hidden by its document, and a table by its id. A name that is not told in
// one of the states is no rename, and no move. earlier may be nil: then
// everything is new and nothing can be worse.
func Compare(earlier, later *model.Site) Diff {
	if earlier == nil {
		earlier = &model.Site{Server: later.Server, ContentURL: later.ContentURL, Partial: later.Partial}
	}
	d := Diff{Counts: counts(earlier, later), Holes: newHoles(earlier.Partial, later.Partial), Untold: untold(earlier, later)}
	old, now := dashboards(earlier), dashboards(later)
	for key, n := range now {
		o, known := old[key]
		if !known {
			d.New = append(d.New, n.Dashboard)
			continue
		}
		if differ(o.Name, n.Name) {
			d.Renamed = append(d.Renamed, Change{o.Dashboard, n.Dashboard})
		}
		if differ(o.project, n.project) || differ(o.workbook, n.workbook) {
			d.Moved = append(d.Moved, Change{o.Dashboard, n.Dashboard})
		}
	}
	for key, o := range old {
		if _, there := now[key]; !there {
			d.Gone = append(d.Gone, o.Dashboard)
		}
	}
	for _, list := range [][]Dashboard{d.New, d.Gone} {
		slices.SortFunc(list, compareDashboards)
	}
	for _, list := range [][]Change{d.Renamed, d.Moved} {
		slices.SortFunc(list, func(a, b Change) int { return compareDashboards(a.New, b.New) })
	}
	d.NewTables, d.GoneTables = without(tables(later), tables(earlier)), without(tables(earlier), tables(later))
	return d
}

func compareDashboards(a, b Dashboard) int {
	return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Place, b.Place), strings.Compare(a.Key, b.Key))
}

// spot is a dashboard with the names of its place, each empty when it is not told.
type spot struct {
	Dashboard
	project, workbook string
}

// differ compares two names: one that is not told is no other name.
func differ(old, now string) bool { return old != now && model.Told(old) && model.Told(now) }

// dashboards by key. The server's address is no part of a key here: it may move.
func dashboards(s *model.Site) map[string]spot {
	x := model.NewSiteIndex(s)
	nameless := model.Site{ContentURL: "-"}
	out := make(map[string]spot, len(s.Dashboards))
	for i := range s.Dashboards {
		d := &s.Dashboards[i]
		at := spot{Dashboard: Dashboard{Key: nameless.Key(d), Name: d.Name}}
		if w := x.Workbook[d.WorkbookID]; w != nil {
			path := x.ProjectPath(w.ProjectLUID, w.ProjectName)
			at.Place = strings.Join(append(model.ShownPath(path), model.Shown(w.Name)), " / ")
			if at.workbook = w.Name; model.ToldPath(path) {
				at.project = strings.Join(path, " / ")
			}
		}
		out[at.Key] = at
	}
	return out
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

func counts(a, b *model.Site) []Count {
	return []Count{
		{"workbooks", len(a.Workbooks), len(b.Workbooks)},
		{"dashboards", len(a.Dashboards), len(b.Dashboards)},
		{"sheets", len(a.Sheets), len(b.Sheets)},
		{"data sources", len(a.Datasources), len(b.Datasources)},
		{"collections", len(a.Collections), len(b.Collections)},
		{"things in collections", collected(a), collected(b)},
		{"tables with names", named(a), named(b)},
		{"links between them", links(a), links(b)},
		names("workbooks", a.Workbooks, b.Workbooks, func(w *model.Workbook) (id, name string) { return cmp.Or(w.LUID, w.ID), w.Name }),
		names("dashboards", a.Dashboards, b.Dashboards, func(d *model.Dashboard) (id, name string) {
			return (&model.Site{ContentURL: "-"}).Key(d), d.Name
		}),
	}
}

// names counts, of what is there in both states, the names that were told and
// those that still are.
func names[T any](words string, a, b []T, of func(*T) (id, name string)) Count {
	told := map[string]bool{}
	for i := range a {
		if id, name := of(&a[i]); model.Told(name) {
			told[id] = true
		}
	}
	c := Count{Words: "names of " + words}
	for i := range b {
		if id, name := of(&b[i]); told[id] {
			if c.Old++; model.Told(name) {
				c.New++
			}
		}
	}
	return c
}

func collected(s *model.Site) int {
	n := 0
	for i := range s.Collections {
		c := &s.Collections[i]
		n += len(c.WorkbookIDs) + len(c.DashboardIDs) + len(c.DatasourceIDs)
	}
	return n
}

func untold(a, b *model.Site) (out []string) {
	lost := func(words string, tells func(*model.Site) bool) {
		if tells(a) && !tells(b) {
			out = append(out, words)
		}
	}
	lost("collections", func(s *model.Site) bool { return s.Collections != nil })
	if len(b.Dashboards) > 0 {
		lost("view counts", func(s *model.Site) bool {
			return slices.ContainsFunc(s.Dashboards, func(d model.Dashboard) bool { return d.Views >= 0 })
		})
		lost("owners", func(s *model.Site) bool {
			return slices.ContainsFunc(s.Workbooks, func(w model.Workbook) bool { return w.Owner.Name+w.Owner.Username+w.Owner.Email != "" })
		})
	}
	return out
}

// named are the tables that can be matched: hidden names look like no lineage.
func named(s *model.Site) int {
	n := 0
	for i := range s.Tables {
		if !s.Tables[i].Redacted {
			n++
		}
	}
	return n
}

// links counts the ways to something with a name: a hidden table is no lineage.
func links(s *model.Site) int {
	hidden := map[string]bool{}
	for i := range s.Tables {
		if t := &s.Tables[i]; t.Redacted {
			hidden[t.ID] = true
		}
	}
	n := 0
	for i := range s.Dashboards {
		n += len(s.Dashboards[i].SheetIDs)
	}
	for i := range s.Sheets {
		n += len(s.Sheets[i].DatasourceIDs)
	}
	for i := range s.Datasources {
		n += len(s.Datasources[i].ParentIDs)
		for _, id := range s.Datasources[i].TableIDs {
			if !hidden[id] {
				n++
			}
		}
	}
	return n
}

func newHoles(old, now []string) []string {
	known := map[string]bool{}
	for _, s := range old {
		known[wording(s)] = true
	}
	var out []string
	for _, s := range now {
		if !known[wording(s)] {
			out = append(out, s)
		}
	}
	return out
}

// wording is a sentence without its numbers.
func wording(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return -1
		}
		return r
	}, s)
}

// Worse says why the later state looks like a worse view of the site rather than
// a changed site; nothing if it does not. People delete a few things at a time: a
// list may lose a tenth, and five in any case, but not half of it, as long as the
// answer was whole.
func (d Diff) Worse() []string {
	var out []string
	for _, c := range d.Counts {
		lost := c.Old - c.New
		if lost > max(5, c.Old/10) || lost > 0 && (2*lost >= c.Old || len(d.Holes) > 0) {
			out = append(out, fmt.Sprintf("%s: %d, and %d before", c.Words, c.New, c.Old))
		}
	}
	for _, words := range d.Untold {
		out = append(out, words+": not told any more")
	}
	for _, h := range d.Holes {
		out = append(out, "missing, and not before: "+h)
	}
	return out
}
