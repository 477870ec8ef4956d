package explorer

import (
	"fmt"
	"strings"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/ui/text"
	"darkroom/ui/theme"
)

// detailer describes an item that is neither resource nor dashboard.
type detailer interface {
	write(*page)
}

// page collects the lines of the details pane.
type page struct {
	a     *App
	width int
	lines []string
}

// labelWidth is the column of field names.
const labelWidth = 13

func (p *page) blank() { p.lines = append(p.lines, "") }

func (p *page) title(s string) {
	for _, l := range text.Wrap(text.Clean(s), p.width) {
		p.lines = append(p.lines, p.a.st.Title.Render(l))
	}
}

func (p *page) heading(s string) {
	p.blank()
	p.lines = append(p.lines, p.a.st.Accent.Render(text.Cut(s, p.width)))
}

// field adds a labelled value; an empty value adds nothing.
func (p *page) field(label, value string) { p.styled(label, value, theme.Style{}) }

func (p *page) styled(label, value string, st theme.Style) {
	if value == "" {
		return
	}
	indent := min(labelWidth, p.width/3)
	for i, l := range text.Wrap(text.Clean(value), p.width-indent) {
		if i > 0 {
			label = ""
		}
		p.lines = append(p.lines, p.a.st.Dim.Render(text.Pad(label, indent))+st.Render(l))
	}
}

func (p *page) prose(s string) {
	for _, line := range text.CleanLines(strings.TrimSpace(s)) {
		p.lines = append(p.lines, text.Wrap(line, p.width)...)
	}
}

// bullet adds a line with a sign, wrapped below itself.
func (p *page) bullet(sign, s string, st theme.Style) {
	for i, l := range text.Wrap(text.Clean(s), p.width-2) {
		if i == 0 {
			p.lines = append(p.lines, sign+" "+st.Render(l))
		} else {
			p.lines = append(p.lines, "  "+st.Render(l))
		}
	}
}

// details are all lines about the item under the cursor.
func (a *App) details(width int) []string {
	p := &page{a: a, width: max(width-1, 8)}
	id, ok := a.tree().Current()
	if !ok {
		return nil
	}
	it := &a.outline().items[id]
	switch {
	case it.kind == itemDashboard && it.detail == nil:
		p.dashboard(a.graph.Node(it.node).Dashboard)
	case it.kind == itemResource:
		p.resource(it.node)
	case it.detail != nil:
		it.detail.write(p)
	default:
		p.title(it.name)
	}
	if it.kind == itemFolder || it.kind == itemWorkbook || it.kind == itemIndirect {
		p.choice(a.tally(id))
	}
	return p.lines
}

// detailLines is the part of the details on the screen.
func (a *App) detailLines(width, height int) []string {
	lines := a.details(width)
	top := max(0, min(a.detailsTop, len(lines)-height))
	return lines[top:min(top+height, len(lines))]
}

// detailsEnd is the last useful scroll position of the details.
func (a *App) detailsEnd() int {
	f := a.frame()
	if f.details.h == 0 {
		return 0
	}
	return max(0, len(a.details(f.details.w))-f.details.h)
}

func (p *page) choice(t curate.Tally) {
	if t.Total() == 0 {
		return
	}
	p.blank()
	p.field("dashboards", fmt.Sprint(t.Total()))
	p.styled("included", nonZero(t.Included), p.a.st.Included)
	p.styled("excluded", nonZero(t.Excluded), p.a.st.Excluded)
	p.field("undecided", nonZero(t.Undecided))
}

func nonZero(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

func (p *page) resource(id lineage.ID) {
	g := p.a.graph
	n := g.Node(id)
	r := n.Resource
	p.title(r.VersionedName())
	p.lines = append(p.lines, p.a.st.Dim.Render(text.Cut(text.Clean(r.ID), p.width)))
	p.blank()
	p.field("kind", resourceKind(r))
	p.field("relation", relationText(r))
	p.field("access", r.Access)
	p.field("group", r.Group)
	p.field("tags", strings.Join(r.Tags, ", "))
	p.field("file", r.Path)
	if run, ok := n.Project.Runs[r.ID]; ok {
		p.styled("last run", run.Status, p.statusStyle(run.Status))
	}
	if f, ok := n.Project.Freshness[r.ID]; ok {
		p.styled("freshness", f.Status, p.statusStyle(f.Status))
	}
	if r.Description != "" {
		p.blank()
		p.prose(r.Description)
	}
	p.names("Upstream", g.Upstream(id))
	p.names("Downstream", g.Downstream(id))
	if below := g.DashboardsBelow(id); len(below) > 0 {
		var t curate.Tally
		for _, d := range below {
			t.Add(p.a.book.Effective(d.Key))
		}
		p.choice(t)
	}
}

func resourceKind(r *model.Resource) string {
	if r.Kind == model.KindModel && r.Materialized != "" {
		return "model, " + r.Materialized
	}
	return r.Kind.String()
}

func relationText(r *model.Resource) string {
	if !r.HasRelation() {
		return "none: it is built into what reads it"
	}
	return r.Relation()
}

func (p *page) statusStyle(status string) theme.Style {
	switch status {
	case "success", "pass", "reused", "no-op":
		return p.a.st.Good
	case "warn", "skipped", "partial success":
		return p.a.st.Warn
	}
	return p.a.st.Bad
}

// names lists neighbours; long lists are cut, the tree has them all.
func (p *page) names(heading string, ids []lineage.ID) {
	const most = 12
	if len(ids) == 0 {
		return
	}
	p.heading(fmt.Sprintf("%s %d", heading, len(ids)))
	for i, id := range ids {
		if i == most {
			p.lines = append(p.lines, p.a.st.Dim.Render(fmt.Sprintf("… and %d more", len(ids)-most)))
			return
		}
		n := p.a.graph.Node(id)
		if n.Dashboard != nil {
			box := p.a.checkbox(p.a.decisionState(n.Dashboard))
			p.lines = append(p.lines, box+" "+p.a.st.Dashboard.Render(text.Cut(text.Clean(n.Dashboard.Title()), p.width-4)))
			continue
		}
		p.lines = append(p.lines, text.Cut(text.Clean(n.Resource.VersionedName()), p.width))
	}
}

func (a *App) decisionState(d *lineage.Dashboard) curate.State {
	var t curate.Tally
	t.Add(a.book.Effective(d.Key))
	return t.State()
}
