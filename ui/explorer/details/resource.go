package details

import (
	"strings"
	"time"

	"darkroom/model"
	"darkroom/model/advice"
	"darkroom/model/curate"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
	"darkroom/ui/theme"
)

// Resource describes a dbt resource and its neighbours.
func (p *Page) Resource(s *view.Subject) {
	g, id := p.Graph, s.Node
	n := g.Node(id)
	r := n.Resource
	p.Title(r.VersionedName())
	p.way(s)
	p.Lines = append(p.Lines, p.Styles.Dim.Render(text.Cut(text.Clean(r.ID), p.Width)))
	p.Blank()
	p.Field("kind", resourceKind(r))
	p.Field("relation", relationText(r))
	p.Field("access", r.Access())
	p.Field("group", r.Group())
	p.deprecation(r)
	p.Field("tags", strings.Join(r.Tags, ", "))
	p.Field("file", r.Path)
	p.health(id)
	if run, ok := n.Project.Runs[r.ID]; ok {
		p.Styled("last run", run.Status, p.statusStyle(run.Status))
	}
	if f, ok := n.Project.Freshness[r.ID]; ok {
		p.Styled("freshness", f.Status, p.statusStyle(f.Status))
	}
	if r.Description() != "" {
		p.Blank()
		p.Prose(r.Description())
	}
	p.List("Upstream", g.Upstream(id))
	p.List("Downstream", g.Downstream(id))
	if below := g.DashboardsBelow(id); len(below) > 0 {
		var t curate.Tally
		for _, d := range below {
			p.Book.Count(&t, d.Key)
		}
		p.Choice(t)
	}
	p.advice(advice.Resource(g, id, p.Meta().At))
	p.address(n.Project.DocsPage(r))
}

// deprecation says when a model ends, or ended.
func (p *Page) deprecation(r *model.Resource) {
	if r.Deprecation().IsZero() {
		return
	}
	day, style := r.Deprecation().Format(time.DateOnly), theme.Style{}
	if r.DeprecatedBy(p.Meta().At) {
		day, style = day+", which is past", p.Styles.Warn
	}
	p.Styled("deprecated", day, style)
}

func resourceKind(r *model.Resource) string {
	if r.Kind == model.KindModel && r.Materialized() != "" {
		return "model, " + r.Materialized()
	}
	return r.Kind.String()
}

func relationText(r *model.Resource) string {
	if !r.HasRelation() {
		return "none: it is built into what reads it"
	}
	return r.Relation()
}

func (p *Page) statusStyle(status string) theme.Style {
	switch status {
	case "success", "pass", "reused", "no-op":
		return p.Styles.Good
	case "warn", "skipped", "partial success":
		return p.Styles.Warn
	}
	return p.Styles.Bad
}
