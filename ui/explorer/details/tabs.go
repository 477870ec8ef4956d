package details

import (
	"fmt"

	"darkroom/model/lineage"
	"darkroom/ui/explain"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
)

// Tab is one page about a row.
type Tab struct {
	Name, Title string
	// Has reports whether there is something to say about a row.
	Has func(*view.Host, *view.Subject) bool
	// write says it; nil leaves it to the view.
	write func(*Page, *view.Subject)
}

// tabs are all tabs, in their order.
func tabs() []Tab {
	return []Tab{
		{"general", "General", func(*view.Host, *view.Subject) bool { return true }, nil},
		{"lineage", "Lineage", func(_ *view.Host, s *view.Subject) bool { return s.Node != lineage.None }, (*Page).lineage},
		{"columns", "Columns", hasColumns, (*Page).columns},
		{"proof", "Proof", func(_ *view.Host, s *view.Subject) bool { return s.Of != nil }, (*Page).Proof},
		{"yaml", "YAML", func(h *view.Host, s *view.Subject) bool { return s.Dashboard(h.Graph) != nil }, (*Page).yaml},
	}
}

// way adds how what the row is comes from upstream: through the resource that it is shown
// below and, below a dashboard, on to that one. It says how many other ways there are.
func (p *Page) way(s *view.Subject) {
	switch d := s.Dashboard(p.Graph); {
	case d != nil && len(s.Above) > 0:
		p.wayFrom(s.Above[len(s.Above)-1], d.ID, d.ID)
	case d == nil && s.Of != nil:
		p.wayFrom(s.Node, s.Of.ID, lineage.None)
	default:
		if line := p.Graph.Line(s.Node); len(line) > 1 {
			p.Chain(line, s.Node, lineage.None)
		}
	}
}

func (p *Page) wayFrom(from, to, this lineage.ID) {
	way, ways := p.Graph.Way(from, to)
	if len(way) == 0 {
		return
	}
	p.Chain(append(p.Graph.Line(from), way[1:]...), this, from)
	if ways > 1 {
		of := fmt.Sprint(ways)
		if ways == lineage.ManyWays {
			of = "more than " + fmt.Sprint(ways-1)
		}
		p.sub("the shortest of "+of+" paths from "+p.Graph.Node(from).Resource.FullName(), p.Styles.Dim)
	}
}

// lineage shows where a resource or dashboard is in the graph, as names to follow.
func (p *Page) lineage(s *view.Subject) {
	d := s.Dashboard(p.Graph)
	if d == nil {
		p.Title(s.Resource(p.Graph).VersionedName())
		p.way(s)
		p.List("Upstream", p.Graph.Upstream(s.Node))
		p.List("Downstream", p.Graph.Downstream(s.Node))
		return
	}
	p.Title(d.Title())
	p.way(s)
	p.Reads(d)
}

// Proof is the evidence for a dashboard or one of its tables: what darkroom explain
// prints, after the way from the model that it is shown below.
func (p *Page) Proof(s *view.Subject) {
	links := s.Evidence(p.Graph)
	whole := len(links) == len(s.Of.Links) || len(links) == 0 // of the dashboard, or of a gap
	page := explain.Dashboard(p.Graph, s.Of, links, whole, p.Meta().At)
	page.Does(p.Outlook.Of(s.Of.Key), view.AdoptsIt)
	p.Title(page.Title)
	if s.Node != lineage.None {
		p.way(s)
		p.Blank()
	}
	p.Paragraph(page.About)
	p.linked(page.Address)
	for _, s := range page.Summary {
		p.Paragraph(s)
	}
	for _, s := range page.Sections {
		p.Heading(text.Clean(s.Heading))
		p.Paragraph(s.Says)
		for _, f := range s.Fields {
			p.Field(f.Label, f.Text)
		}
	}
}
