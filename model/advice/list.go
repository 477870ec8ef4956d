package advice

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"darkroom/model"
	"darkroom/model/lineage"
)

// Dashboard gives the findings on what a dashboard reads directly.
func Dashboard(g *lineage.Graph, d *lineage.Dashboard, today time.Time) []Finding {
	var out []Finding
	seen := map[lineage.ID]bool{lineage.None: true}
	for i := range d.Links {
		id := d.Links[i].Resource
		if !seen[id] {
			seen[id] = true
			out = append(out, On(g.Node(id).Resource, Popular(d.Dashboard.Views), today)...)
		}
	}
	slices.SortStableFunc(out, compare)
	return out
}

// Resource gives the findings on a resource that dashboards read directly; none where no
// dashboard does.
func Resource(g *lineage.Graph, id lineage.ID, today time.Time) []Finding {
	read, popular := false, false
	for _, down := range g.Downstream(id) {
		if d := g.Node(down).Dashboard; d != nil {
			read, popular = true, popular || Popular(d.Dashboard.Views)
		}
	}
	if !read {
		return nil
	}
	return On(g.Node(id).Resource, popular, today)
}

// compare sorts by row, then by parent.
func compare(a, b Finding) int {
	return cmp.Or(a.place()-b.place(), strings.Compare(a.Node(), b.Node()), strings.Compare(a.Text, b.Text))
}

// place is that of a finding's row in the table.
func (f Finding) place() int {
	return slices.IndexFunc(rows[:], func(r Row) bool { return r.Code == f.Code })
}

// Entry is a finding with all that it is about. Its Text is that of the first of them.
type Entry struct {
	Finding
	Dashboards []*lineage.Dashboard
	Exposures  []string // their names
}

// List gathers findings, one entry for each parent and row.
type List map[key]*Entry

type key struct {
	code   string
	parent *model.Resource
	text   string // where there is no parent
}

// Of lists the findings on those dashboards of a graph that has takes.
func Of(g *lineage.Graph, today time.Time, has func(lineage.ID) bool) List {
	l := List{}
	for _, d := range g.Dashboards() {
		if !has(d.ID) {
			continue
		}
		for _, f := range Dashboard(g, d, today) {
			e := l.entry(f)
			e.Dashboards = append(e.Dashboards, d)
		}
	}
	return l
}

func (l List) Add(f Finding, exposure string) {
	e := l.entry(f)
	e.Exposures = append(e.Exposures, exposure)
}

func (l List) entry(f Finding) *Entry {
	k := key{f.Code, f.Parent, ""}
	if f.Parent == nil {
		k.text = f.Text
	}
	if l[k] == nil {
		l[k] = &Entry{Finding: f}
	}
	return l[k]
}

// Entries are sorted by row, then by parent.
func (l List) Entries() []*Entry {
	return slices.SortedFunc(maps.Values(l), func(a, b *Entry) int { return compare(a.Finding, b.Finding) })
}

// Node is the unique_id of the parent, empty where there is none.
func (f Finding) Node() string {
	if f.Parent == nil {
		return ""
	}
	return f.Parent.ID
}

// brief names the parent, with the day of a deprecation, or the exposures without one.
func (e *Entry) brief() string {
	switch {
	case e.Parent == nil:
		return strings.Join(e.Exposures, ", ")
	case e.Code == deprecated:
		return e.Parent.FullName() + " (" + e.Parent.Deprecation().Format(time.DateOnly) + ")"
	}
	return e.Parent.FullName()
}

// Lines sum the entries up, a line for each row that fits: its title, the first
// parents, and how many dashboards are above them.
func (l List) Lines() []string {
	const most = 3
	var out []string
	for entries := l.Entries(); len(entries) > 0; {
		n := 1
		for n < len(entries) && entries[n].Code == entries[0].Code {
			n++
		}
		var names []string
		above := map[lineage.ID]bool{}
		for i, e := range entries[:n] {
			for _, d := range e.Dashboards {
				above[d.ID] = true
			}
			if i < most {
				names = append(names, e.brief())
			}
		}
		if n > most {
			names = append(names, fmt.Sprintf("%d more", n-most))
		}
		line := entries[0].Title + ": " + strings.Join(names, ", ")
		if len(above) > 0 {
			line += fmt.Sprintf(" (dashboards: %d)", len(above))
		}
		out = append(out, line)
		entries = entries[n:]
	}
	return out
}
