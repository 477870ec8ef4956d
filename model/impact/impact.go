// Package impact answers what depends on some nodes: the dashboards with their way,
// owner and exposure, and the exposures that no loaded dashboard has. How one comes to
// the nodes, by a selection or by comparing two states, is the caller's.
//
// Not here: how the answer is printed (ui/affected).
package impact

import (
	"cmp"
	"slices"
	"strings"

	"darkroom/model/curate"
	"darkroom/model/declared"
	"darkroom/model/lineage"
	"darkroom/model/outlook"
)

// Popular is how many views make a dashboard popular.
const Popular = 1000

// Severity says how much it matters that a dashboard is affected, the most important first.
type Severity uint8

const (
	Included Severity = iota // it is included, or an exposure declares it
	Noted                    // it reads certified data only, or it is popular
	Other
)

// String is the word in JSON.
func (s Severity) String() string {
	return [...]string{"included", "certified_or_popular", "other"}[s]
}

// Title is a heading.
func (s Severity) Title() string {
	return [...]string{"Included", "Certified or popular", "Other"}[s]
}

// Severities are all, the most important first.
func Severities() []Severity { return []Severity{Included, Noted, Other} }

// Known is what is known besides the graph. Each may be missing.
type Known struct {
	Book    *curate.Book
	Outlook *outlook.Outlook
}

// Dashboard is one that is affected.
type Dashboard struct {
	*lineage.Dashboard
	// Path is the shortest way, from a changed node to what the dashboard reads; empty of a
	// dashboard that is among the nodes itself.
	Path      []lineage.ID
	Severity  Severity
	Decision  curate.Decision
	State     outlook.State // of its exposure
	Exposure  string        // its name; empty without one
	Certified bool
	Views     int // -1 when they are not known
}

// Exposure is one that is affected and for no dashboard that is loaded.
type Exposure struct {
	*declared.Exposure
	Path []lineage.ID // as Dashboard.Path
}

// Owner has the dashboards of one owner. Without a name and an address it is unknown.
type Owner struct {
	Name, Email string
	Dashboards  []Dashboard // as in Report
	Views       int
}

// Counts are the numbers of an answer.
type Counts struct {
	Dashboards, Views, Owners, Exposures, Certified int
	By                                              [3]int // dashboards by severity
}

// Report is the answer.
type Report struct {
	Changed    []lineage.ID // sorted, each once
	Resources  []lineage.ID // what is reached, with what changed, sorted
	Dashboards []Dashboard  // the most important first, then by views, then by title
	Exposures  []Exposure   // by project and name
	Owners     []Owner      // by views, then by name
	Counts     Counts
}

// None reports that nothing depends on the nodes.
func (r *Report) None() bool { return len(r.Dashboards)+len(r.Exposures) == 0 }

// Of finds what depends on some nodes, in one walk over what is below them.
func Of(g *lineage.Graph, changed []lineage.ID, known Known) *Report {
	r := &Report{Changed: slices.Compact(slices.Sorted(slices.Values(changed)))}
	w := walk{g: g, before: map[lineage.ID]lineage.ID{}}
	w.from(r.Changed)
	for id := range w.before {
		if id < lineage.ID(g.Resources()) {
			r.Resources = append(r.Resources, id)
		}
	}
	slices.Sort(r.Resources)
	certified := curate.Certified(g)
	for _, id := range w.dashboards {
		d := g.Node(id).Dashboard
		r.Dashboards = append(r.Dashboards, known.dashboard(d, w.path(w.before[id]), certified(d)))
	}
	slices.SortFunc(r.Dashboards, byWeight)
	for i := range declared.Of(g).All {
		x := &declared.Of(g).All[i]
		if up, ok := w.nearest(x.Upstream); ok && x.Dashboard == nil {
			r.Exposures = append(r.Exposures, Exposure{x, w.path(up)})
		}
	}
	r.group()
	return r
}

func byWeight(a, b Dashboard) int {
	return cmp.Or(cmp.Compare(a.Severity, b.Severity), cmp.Compare(b.Views, a.Views), cmp.Compare(a.Title(), b.Title()), cmp.Compare(a.Key, b.Key))
}

func (k Known) dashboard(d *lineage.Dashboard, path []lineage.ID, certified bool) Dashboard {
	out := Dashboard{Dashboard: d, Path: path, Certified: certified, Views: d.Dashboard.Views, Severity: Other}
	if k.Book != nil {
		out.Decision = k.Book.Effective(d.Key)
	}
	plan := k.Outlook.Of(d.Key)
	out.State = plan.State
	if e := plan.Entry(); e != nil {
		out.Exposure = e.Name
		if out.State == outlook.None {
			out.State = e.State
		}
	}
	switch {
	case out.Decision == curate.Included, out.Exposure != "":
		out.Severity = Included
	case certified, out.Views >= Popular:
		out.Severity = Noted
	}
	return out
}

// group counts, and groups by owner.
func (r *Report) group() {
	at := map[[2]string]int{}
	c := &r.Counts
	c.Dashboards, c.Exposures = len(r.Dashboards), len(r.Exposures)
	for _, d := range r.Dashboards {
		owner := d.Owner()
		key := [2]string{owner.Name, strings.ToLower(owner.Email)}
		i, ok := at[key]
		if !ok {
			i = len(r.Owners)
			at[key] = i
			r.Owners = append(r.Owners, Owner{Name: owner.Name, Email: owner.Email})
		}
		o := &r.Owners[i]
		o.Dashboards = append(o.Dashboards, d)
		o.Views += max(d.Views, 0)
		c.Views += max(d.Views, 0)
		c.By[d.Severity]++
		if d.Certified {
			c.Certified++
		}
		if d.Exposure != "" && d.State != outlook.New && d.State != outlook.Refused { // which are in no file
			c.Exposures++
		}
	}
	c.Owners = len(r.Owners)
	slices.SortFunc(r.Owners, func(a, b Owner) int {
		return cmp.Or(cmp.Compare(b.Views, a.Views), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Email, b.Email))
	})
}

// walk is breadth first, so that every way is a shortest one.
type walk struct {
	g          *lineage.Graph
	before     map[lineage.ID]lineage.ID // the node before, None of a changed one
	dashboards []lineage.ID
}

func (w *walk) from(changed []lineage.ID) {
	first := lineage.ID(w.g.Resources())
	var queue []lineage.ID
	reach := func(id, before lineage.ID) {
		if _, seen := w.before[id]; seen {
			return
		}
		w.before[id] = before
		if id >= first {
			w.dashboards = append(w.dashboards, id)
		} else {
			queue = append(queue, id)
		}
	}
	for _, id := range changed {
		if id < first { // a dashboard among them has a way from another one
			reach(id, lineage.None)
		}
	}
	for i := 0; i < len(queue); i++ {
		for _, next := range w.g.Downstream(queue[i]) {
			reach(next, queue[i])
		}
	}
	for _, id := range changed {
		reach(id, lineage.None)
	}
}

// nearest is the node with the shortest way among some.
func (w *walk) nearest(among []lineage.ID) (best lineage.ID, ok bool) {
	least := 0
	for _, id := range among {
		if _, reached := w.before[id]; !reached {
			continue
		}
		if n := len(w.path(id)); !ok || n < least {
			best, least, ok = id, n, true
		}
	}
	return best, ok
}

// path is the way to a node, with it.
func (w *walk) path(id lineage.ID) (path []lineage.ID) {
	for ; id != lineage.None; id = w.before[id] {
		path = append(path, id)
	}
	slices.Reverse(path)
	return path
}
