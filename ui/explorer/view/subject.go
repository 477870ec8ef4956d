package view

import (
	"darkroom/model"
	"darkroom/model/ledger"
	"darkroom/model/lineage"
	"darkroom/model/outlook"
)

// Subject is what is under the cursor, whatever the view. Keys that explain, fix,
// copy or open something work on it.
type Subject struct {
	Name string // of the row
	// Node is the resource or dashboard that the row is; None for other rows.
	Node lineage.ID
	// Of is the dashboard that the row is or belongs to.
	Of *lineage.Dashboard
	// Above are the resources that the row is shown below, the nearest last: a dashboard
	// below a model has a way from it.
	Above []lineage.ID
	// Link is the table that the row is, where it is not linked to a resource.
	Link *lineage.Link
	// Gap: the row is something on the way to tables, which hides them.
	Gap bool
	// Undecidable is why nothing can be decided about the row, where it is not that no
	// dashboard depends on it.
	Undecidable string
	// Decides is the number of dashboards that a decision here concerns, whatever the
	// filter. Below lists them where a row is only for a few.
	Decides int
	Below   []*lineage.Dashboard
	// Fixes are offered by the row itself, not by its links.
	Fixes []ledger.Fix
	// Entry is the exposure that the row is; nil for other rows, dashboards too.
	Entry *outlook.Entry
	// File is the file that the row is; nil for other rows.
	File *Place
	// URL gives the row's page, where it is not a dashboard's; nil where it has none.
	URL func() string
}

// Dashboard is the dashboard that the row is, or nil.
func (s *Subject) Dashboard(g *lineage.Graph) *lineage.Dashboard {
	if s.Node == lineage.None {
		return nil
	}
	return g.Node(s.Node).Dashboard
}

// Resource is the resource that the row is, or nil.
func (s *Subject) Resource(g *lineage.Graph) *model.Resource {
	if s.Node == lineage.None {
		return nil
	}
	return g.Node(s.Node).Resource
}

// Exposure is the exposure that the row is about: itself, or that of its dashboard. Nil
// where there is none, also where an export leaves the dashboard out.
func (s *Subject) Exposure(h *Host) *outlook.Entry {
	if s.Entry != nil {
		return s.Entry
	}
	if d := s.Dashboard(h.Graph); d != nil {
		if e := h.Outlook.Of(d.Key).Entry(); e != nil && e.Path != "" {
			return e
		}
	}
	return nil
}

// Evidence are the links that explain the row: those of its dashboard, or only
// the one it is about.
func (s *Subject) Evidence(g *lineage.Graph) []*lineage.Link {
	if s.Of == nil || s.Gap {
		return nil
	}
	var links []*lineage.Link
	for i := range s.Of.Links {
		l := &s.Of.Links[i]
		switch {
		case s.Link != nil && s.Link != l:
		case s.Resource(g) != nil && l.Resource != s.Node:
		default:
			links = append(links, l)
		}
	}
	return links
}

// OpenLinks are the links of a row that is a table or a dashboard which no
// resource was found for.
func (s *Subject) OpenLinks(g *lineage.Graph) []*lineage.Link {
	if s.Link != nil {
		return []*lineage.Link{s.Link}
	}
	if d := s.Dashboard(g); d != nil {
		return OpenLinks(d)
	}
	return nil
}

// OpenLinks are the links of a dashboard that no resource was found for.
func OpenLinks(d *lineage.Dashboard) (open []*lineage.Link) {
	for i := range d.Links {
		if d.Links[i].Resource == lineage.None {
			open = append(open, &d.Links[i])
		}
	}
	return open
}
