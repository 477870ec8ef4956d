package around

import (
	"context"
	"strings"

	"darkroom/model/lineage"
	"darkroom/model/query"
	"darkroom/model/subgraph"
	"darkroom/ui/explorer/details"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
)

func (v *View) At() (view.Subject, bool) {
	s := view.Subject{Node: lineage.None}
	if v.cursor < 0 {
		return s, false
	}
	n := &v.part.Nodes[v.cursor]
	s.Name, s.Node = v.diagram.Nodes[v.cursor].Title, n.ID
	switch d := v.dashboardAt(v.cursor); {
	case d != nil:
		s.Of, s.Decides = d, 1
	case n.ID != lineage.None:
		s.Decides = v.graph.CountsBelow().Of(n.ID)
	case n.Fold == subgraph.FoldDashboards:
		for _, id := range n.Folded {
			s.Below = append(s.Below, v.graph.Node(id).Dashboard)
		}
		s.Decides = len(s.Below)
	case n.Exposure != nil:
		s.URL = func() string { return n.Exposure.URL }
	}
	return s, true
}

// dashboardAt is the dashboard that a node is, or nil.
func (v *View) dashboardAt(node int) *lineage.Dashboard {
	if id := v.part.Nodes[node].ID; id != lineage.None {
		return v.graph.Node(id).Dashboard
	}
	return nil
}

func (v *View) Crumbs() []string {
	if v.cursor < 0 {
		return nil
	}
	crumbs := []string{"around " + v.title(v.root)}
	if name := v.diagram.Nodes[v.cursor].Title; !v.part.Nodes[v.cursor].Root {
		crumbs = append(crumbs, name)
	}
	return crumbs
}

func (v *View) title(r subgraph.Root) string {
	if r.Exposure != nil {
		return r.Exposure.Name
	}
	if n := v.graph.Node(r.Node); n.Resource != nil {
		return n.Resource.FullName()
	}
	return v.graph.Node(r.Node).Dashboard.Title()
}

func (v *View) Details(width int) []string { return v.Describe(width, nil).Lines }

// Describe implements view.Detailed.
func (v *View) Describe(width int, rows view.ListRows) view.Details {
	s, ok := v.At()
	if !ok {
		return view.Details{}
	}
	p := details.NewPage(v.Host, width)
	p.Rows = rows
	n := &v.part.Nodes[v.cursor]
	switch {
	case s.Node != lineage.None:
		p.Node(&s)
	case n.Exposure != nil:
		x := n.Exposure
		p.Title(x.Title())
		p.Field("exposure", x.Name)
		p.Field("type", x.Type)
		p.Field("owner", x.Owner())
		p.Field("maturity", x.Maturity)
		p.Field("file", x.Path)
		if x.Description != "" {
			p.Blank()
			p.Prose(x.Description)
		}
		p.List("Upstream", x.Upstream)
		if x.URL != "" {
			p.Blank()
			p.Field("address", x.URL)
		}
	default:
		p.Title(s.Name)
		p.Paragraph("Counted, because they have the same neighbours. enter draws them.")
		p.List("Counted", n.Folded)
	}
	return p.Details
}

func (v *View) Here() func(reveal bool) {
	id := v.here()
	return func(bool) { v.seek(id) }
}

// here is the identity of the cursor's node, or the key of a counted one.
func (v *View) here() string {
	if v.cursor < 0 || v.part == nil {
		return ""
	}
	n := &v.part.Nodes[v.cursor]
	if n.Key != "" {
		return n.Key
	}
	return identity(v.graph, n.ID, n.Exposure)
}

// Place implements view.Placer: what it is drawn around, and the cursor.
func (v *View) Place() string {
	if v.cursor < 0 {
		return ""
	}
	return v.centre + "\n" + v.here()
}

// GoTo implements view.Placer.
func (v *View) GoTo(place string) (found, shown bool) {
	centre, cursor, _ := strings.Cut(place, "\n")
	if centre != v.centre {
		root, ok := find(v.graph, centre)
		if !ok {
			return false, false
		}
		v.recentre(root)
	}
	v.seek(cursor)
	return true, true
}

// Go implements view.View: what is not drawn is drawn around.
func (v *View) Go(node lineage.ID) (found, shown bool) {
	if node == lineage.None {
		return false, false
	}
	if !v.seek(identity(v.graph, node, nil)) {
		v.Centre(node)
	}
	return true, true
}

// Filter implements view.View: nothing goes away, because edges would; what matches is
// marked.
func (v *View) Filter(q *query.Bound) {
	if q == nil {
		v.mark(nil, nil)
		return
	}
	v.Look()(context.Background(), q).Show()
}

func (v *View) Look() func(context.Context, *query.Bound) view.Answer {
	g, part := v.graph, v.part
	nodes := make([]titled, v.Len())
	for i := range nodes {
		nodes[i] = titled{part.Nodes[i].ID, v.diagram.Nodes[i].Title}
	}
	return func(_ context.Context, q *query.Bound) view.Answer {
		hits, all := map[int]bool{}, []*lineage.Dashboard{}
		for i, n := range nodes {
			if !n.passes(q, g) {
				continue
			}
			hits[i] = true
			if n.id != lineage.None && g.Node(n.id).Dashboard != nil {
				all = append(all, g.Node(n.id).Dashboard)
			}
		}
		show := func() {
			if v.part != part { // drawn again meanwhile
				v.Filter(q)
				return
			}
			v.mark(q, hits)
		}
		return view.Answer{Hits: len(hits), Shown: func() []string { return view.Keys(all) }, Show: show}
	}
}

func (v *View) mark(q *query.Bound, hits map[int]bool) {
	v.query, v.hits = q, hits
	v.relabel() // what an export does may be another by now
}

// titled is a node with its title.
type titled struct {
	id    lineage.ID
	title string
}

// passes reports whether a filter lets a node through. Words are also those of what a
// dashboard reads.
func (n titled) passes(q *query.Bound, g *lineage.Graph) bool {
	lower := strings.ToLower(n.title)
	if q.HasTerms() && (n.id == lineage.None || !q.Meets(n.id, true)) || q.Unwanted(lower, n.title) {
		return false
	}
	found := q.Found(lower, n.title)
	if n.id != lineage.None && g.Node(n.id).Dashboard != nil {
		if q.Bars(n.id) {
			return false
		}
		found |= q.Found(q.Reads(n.id))
	}
	return found == q.AllWords()
}

func (v *View) Hits() int { return len(v.hits) }

func (v *View) FirstHit() {
	if v.cursor >= 0 && !v.hits[v.cursor] {
		v.NextHit(1)
	}
}

func (v *View) NextHit(dir int) {
	n := v.Len()
	for step := 1; step <= n; step++ {
		if i := ((v.cursor+dir*step)%n + n) % n; v.hits[i] {
			v.moveTo(i)
			return
		}
	}
}

// Targets implements view.View: the dashboard, those that are counted, or all below a
// resource.
func (v *View) Targets() []string {
	s, ok := v.At()
	if !ok {
		return nil
	}
	below := s.Below
	switch {
	case s.Of != nil:
		below = []*lineage.Dashboard{s.Of}
	case s.Node != lineage.None:
		below = v.graph.DashboardsBelow(s.Node)
	}
	return view.Keys(v.met(below))
}

func (v *View) Shown() []string {
	var all []*lineage.Dashboard
	for i := range v.Len() {
		if d := v.dashboardAt(i); d != nil && (v.query == nil || v.hits[i]) {
			all = append(all, d)
		}
	}
	return view.Keys(all)
}

// met keeps the dashboards that the filter lets through.
func (v *View) met(all []*lineage.Dashboard) []*lineage.Dashboard {
	if v.query == nil {
		return all
	}
	var out []*lineage.Dashboard
	for _, d := range all {
		if (titled{d.ID, text.Clean(d.Title())}).passes(v.query, v.graph) {
			out = append(out, d)
		}
	}
	return out
}

// Next implements view.View: the next dashboard of the layer.
func (v *View) Next() bool {
	nodes := v.drawing.InLayer(v.drawing.Layer(v.cursor))
	after := false
	for _, node := range nodes {
		if after && v.dashboardAt(node) != nil {
			v.moveTo(node)
			return true
		}
		after = after || node == v.cursor
	}
	return false
}

func (v *View) OpenLinks(int) []*lineage.Link {
	s, ok := v.At()
	if !ok {
		return nil
	}
	return s.OpenLinks(v.graph)
}

// Copies implements view.Copier.
func (v *View) Copies() []view.Copy {
	if v.cursor < 0 {
		return nil
	}
	return []view.Copy{{Key: "m", What: "Mermaid", Text: v.diagram.Mermaid()}}
}

// Covers implements view.Coverer.
func (v *View) Covers() (covered []lineage.ID) {
	if v.cursor < 0 {
		return nil
	}
	n := &v.part.Nodes[v.cursor]
	for _, id := range append([]lineage.ID{n.ID}, n.Folded...) {
		if id != lineage.None && v.graph.Node(id).Resource != nil {
			covered = append(covered, id)
		}
	}
	return covered
}
