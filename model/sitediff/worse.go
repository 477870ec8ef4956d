package sitediff

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"darkroom/model"
)

func counts(a, b *model.Site) []Count {
	words := func(p model.Part) string { return b.Tool.Noun(p).Many }
	return []Count{
		{words(model.PartWorkbook), len(a.Workbooks), len(b.Workbooks)},
		{words(model.PartDashboard), len(a.Dashboards), len(b.Dashboards)},
		{words(model.PartSheet), len(a.Sheets), len(b.Sheets)},
		{"data sources", len(a.Datasources), len(b.Datasources)},
		{"collections", len(a.Collections), len(b.Collections)},
		{"things in collections", collected(a), collected(b)},
		{"tables with names", named(a), named(b)},
		{"links between them", links(a), links(b)},
		names(words(model.PartWorkbook), a.Workbooks, b.Workbooks, func(w *model.Workbook) (id, name string) { return cmp.Or(w.LUID, w.ID), w.Name }),
		names(words(model.PartDashboard), a.Dashboards, b.Dashboards, func(d *model.Dashboard) (id, name string) { return keyOf(d), d.Name }),
		names("data sources", a.Datasources, b.Datasources, func(d *model.Datasource) (id, name string) { return cmp.Or(d.LUID, d.ID), d.Name }),
	}
}

// names counts, of what is there in both states, the names that were known and
// those that still are.
func names[T any](words string, a, b []T, of func(*T) (id, name string)) Count {
	known := map[string]bool{}
	for i := range a {
		if id, name := of(&a[i]); model.KnownName(name) {
			known[id] = true
		}
	}
	c := Count{Words: "names of " + words}
	for i := range b {
		if id, name := of(&b[i]); known[id] {
			if c.Old++; model.KnownName(name) {
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

// What may no longer be reported.
const (
	collections = "collections"
	viewCounts  = "view counts"
	owners      = "owners"
)

func noLongerReported(a, b *model.Site) (out []string) {
	check := func(words string, reports func(*model.Site) bool) {
		if reports(a) && !reports(b) {
			out = append(out, words)
		}
	}
	check(collections, func(s *model.Site) bool { return s.Collections != nil })
	if len(b.Dashboards) > 0 {
		check(viewCounts, func(s *model.Site) bool {
			return slices.ContainsFunc(s.Dashboards, func(d model.Dashboard) bool { return d.Views >= 0 })
		})
		check(owners, func(s *model.Site) bool {
			return slices.ContainsFunc(s.Workbooks, func(w model.Workbook) bool { return w.Owner.Name+w.Owner.Username+w.Owner.Email != "" })
		})
	}
	return out
}

// named are the tables that can be matched: hidden names look like missing lineage.
func named(s *model.Site) int {
	n := 0
	for i := range s.Tables {
		if !s.Tables[i].Redacted {
			n++
		}
	}
	return n
}

// links counts the ways to something with a name: a hidden table gives no lineage.
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

func newlyIncomplete(old, now []string) []string {
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
// a changed site; nothing if it does not. Few things are deleted at a time: a list
// may lose a tenth, and five in any case, but not half of it, as long as the answer
// was complete.
func (d Diff) Worse() []string {
	var out []string
	for _, c := range d.Counts {
		gone := c.Old - c.New
		if gone > max(5, c.Old/10) || gone > 0 && (2*gone >= c.Old || len(d.NewlyIncomplete) > 0) {
			out = append(out, fmt.Sprintf("%s: %d, was %d", c.Words, c.New, c.Old))
		}
	}
	for _, words := range d.NoLongerReported {
		out = append(out, words+": no longer reported")
	}
	for _, reason := range d.NewlyIncomplete {
		out = append(out, "newly missing: "+reason)
	}
	return out
}
