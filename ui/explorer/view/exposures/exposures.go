// Package exposures is the Exposures view: a table of every exposure of the projects, those
// that darkroom writes, those that it would write or leaves out, and those that are
// written by hand.
//
// Not here: what an export does with each (model/outlook), and changing files.
package exposures

import (
	"cmp"
	"slices"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/model/outlook"
	"darkroom/model/query"
	"darkroom/ui/explorer/view"
	"darkroom/ui/explorer/view/tableview"
)

// View is the table. It implements view.View.
type View struct {
	*tableview.View[*outlook.Entry]
	host *view.Host
}

var _ view.Foreseer = (*View)(nil)

// New makes a view without rows.
func New(h *view.Host) view.View {
	v := &View{host: h}
	v.View = tableview.New(h, tableview.Spec[*outlook.Entry]{
		Info:    view.Info{Name: "exposures", Title: "Exposures", About: "every exposure, darkroom's and those written by hand"},
		Rows:    func(*lineage.Graph) []*outlook.Entry { return nil },
		Key:     key,
		Columns: v.columns(),
		Subject: v.subject,
		Meets:   func(e *outlook.Entry, q *query.Bound) bool { return q.MeetsEntry(e) },
		Empty:   empty,
	})
	return v
}

// key identifies a row, also when it gets another name.
func key(e *outlook.Entry) string {
	root := ""
	if e.In != nil && e.State != outlook.Refused {
		root = e.In.Root
	}
	return root + "\x00" + cmp.Or(e.Key, "\x00"+e.Name)
}

func empty(h *view.Host) (title, advice string) {
	if h.Outlook.Stops != "" {
		return "Nothing can be written.", h.Outlook.Stops
	}
	return "No exposures yet.", "Include dashboards in Models or Dashboards with space, and write them with w. Exposures that are written by hand are listed here, too."
}

// Prepare implements view.View: the rows are those of the outlook.
func (v *View) Prepare(*lineage.Graph, *curate.Book) func() {
	return func() { v.SetRows(v.host.Outlook.Named) }
}

// Foresee implements view.Foreseer.
func (v *View) Foresee(_ *lineage.Graph, o *outlook.Outlook, _ *curate.Book) func() {
	return func() { v.SetRows(o.Named) }
}

// dashboards are those of an entry that are loaded.
func dashboards(g *lineage.Graph, e *outlook.Entry) (out []*lineage.Dashboard) {
	for _, key := range e.Dashboards {
		if d, ok := g.Dashboard(key); ok {
			out = append(out, d)
		}
	}
	return out
}

// subject is what a row is about: of an exposure of one dashboard that dashboard.
func (v *View) subject(g *lineage.Graph, e *outlook.Entry) view.Subject {
	s := view.Subject{Name: e.Name, Node: lineage.None, Entry: e}
	of := dashboards(g, e)
	if len(of) == 1 {
		s.Node, s.Of = of[0].ID, of[0]
	}
	if e.URL != "" {
		s.URL = func() string { return e.URL }
	}
	switch {
	case !e.Auto:
		s.Undecidable = e.Name + " is written by hand in " + e.Place() + ": change it there, or adopt it"
	case len(of) == 0:
		s.Undecidable = "the dashboard of " + e.Name + " is not loaded"
	default:
		s.Below = of
	}
	return s
}

// GoToExposure implements view.Exposer.
func (v *View) GoToExposure(of *model.Project, name string) (found, shown bool) {
	for _, e := range v.All() {
		if e.Name == name && (e.In == of || e.In == nil) {
			return v.GoTo(key(e))
		}
	}
	return false, false
}

// Go implements view.View: to the row of a dashboard, or of an exposure that reads a
// resource alone.
func (v *View) Go(node lineage.ID) (found, shown bool) {
	d := v.host.Graph.Node(node).Dashboard
	if d == nil {
		return false, false
	}
	for _, e := range v.All() {
		if slices.Contains(e.Dashboards, d.Key) {
			return v.GoTo(key(e))
		}
	}
	return false, false
}
