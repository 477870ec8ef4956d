package explorer

import (
	"fmt"
	"strings"
	"time"

	"darkroom/model"
	"darkroom/model/ledger"
	"darkroom/model/lineage"
	"darkroom/ui/text"
	"darkroom/ui/theme"
)

func (p *page) dashboard(d *lineage.Dashboard) {
	p.title(d.Title())
	said, why := p.a.ruling(d.Key)
	p.lines = append(p.lines, p.a.checkbox(p.a.decisionState(d))+" "+p.a.st.Dim.Render(text.Cut(said, p.width-4)))
	p.field("because", why)
	p.blank()
	if n, ok := p.a.news[d.Key]; ok {
		p.news(n)
	}
	p.field("workbook", d.WorkbookTitle())
	p.field("project", strings.Join(model.DisplayPath(d.ContainerPath), " / "))
	p.field("site", siteName(d.Site))
	p.field("owner", ownerText(d.Owner()))
	p.field("tags", strings.Join(d.Tags(), ", "))
	p.field("collections", strings.Join(d.Collections, ", "))
	if d.Dashboard.Views >= 0 {
		p.field("views", text.Short(d.Dashboard.Views))
	}
	if !d.Dashboard.UpdatedAt.IsZero() {
		p.field("updated", d.Dashboard.UpdatedAt.Format(time.DateOnly))
	}
	p.field("address", d.URL())
	p.field("not whole", ledger.WorkbookIncomplete(d))
	if d.Workbook != nil && d.Workbook.Description != "" {
		p.blank()
		p.prose(d.Workbook.Description)
	}
	p.reads(d)
}

// ruling says what holds about a dashboard, who or which rule decided it, and why.
func (a *App) ruling(key string) (said, why string) {
	rule, ruled := a.book.RuledBy(key)
	if !ruled {
		rec := a.book.Get(key)
		return decidedBy(rec.Decision.String(), rec.By, rec.At), rec.Why
	}
	by := "by default"
	if rule.Rule > 0 {
		by = fmt.Sprintf("by rule %d", rule.Rule)
	}
	return decidedBy(rule.Decision.String(), by, time.Time{}), rule.Why
}

func decidedBy(decision, by string, at time.Time) string {
	s := decision + map[string]string{"include": "d: becomes an exposure", "exclude": "d"}[decision]
	if by != "" {
		s += ", " + by
	}
	if !at.IsZero() {
		s += ", " + at.Format(time.DateOnly)
	}
	return text.Clean(s)
}

func ownerText(u model.User) string {
	name := u.Name
	if name == "" {
		name = u.Username
	}
	switch {
	case u.Email == "" || u.Email == name:
		return name
	case name == "":
		return u.Email
	}
	return name + " <" + u.Email + ">"
}

// reads lists every table with what it is in dbt, or why that is not known.
func (p *page) reads(d *lineage.Dashboard) {
	linked, all := d.Counts()
	switch {
	case all == 0:
		p.heading("Reads")
		p.lines = append(p.lines, p.a.st.Dim.Render("no table is known"))
	case linked == all:
		p.heading("Reads " + text.Count(all, "table"))
	default:
		p.heading("Reads " + text.Count(all, "table") + ", " + text.Short(linked) + " known to dbt")
	}
	for i := range d.Links {
		p.link(&d.Links[i])
	}
	for _, gap := range ledger.UnexplainedGaps(d) {
		p.bullet(p.a.st.Warn.Render("!"), gap.Text, theme.Style{})
	}
}

// link is three lines: the table, what it is, and the way to it.
func (p *page) link(l *lineage.Link) {
	sign, st := p.a.gl.linked, p.a.st.Good
	switch {
	case l.Resource == lineage.None && l.Open():
		sign, st = p.a.gl.unsure, p.a.st.Warn
	case l.Resource == lineage.None:
		sign, st = p.a.gl.gap, p.a.st.Bad
	}
	name := l.TableName()
	if !l.Read.Used {
		name += "  (no field of it is used here)"
	}
	p.bullet(st.Render(sign), name, theme.Style{})
	if l.Resource != lineage.None {
		n := p.a.graph.Node(l.Resource)
		p.sub(n.Resource.Kind.String()+" "+n.Resource.VersionedName()+": "+string(l.Verdict.Reason), p.a.st.Dim)
	} else {
		p.sub(l.Because(), p.a.st.Dim)
	}
	if route := l.Route(); route != "" {
		p.sub("via "+route, p.a.st.Dim)
	}
}

func (p *page) sub(s string, st theme.Style) {
	for _, l := range text.Wrap(text.Clean(s), p.width-2) {
		p.lines = append(p.lines, "  "+st.Render(l))
	}
}

// workbookDetail describes a workbook.
type workbookDetail struct {
	site *model.Site
	wb   *model.Workbook
}

func (w workbookDetail) write(p *page) {
	p.title(model.DisplayName(w.wb.Name))
	p.blank()
	p.field("kind", "workbook")
	p.field("project", w.wb.ContainerName)
	p.field("owner", ownerText(w.wb.Owner))
	p.field("tags", strings.Join(w.wb.Tags, ", "))
	p.field("address", w.site.WorkbookURL(w.wb))
	p.field("not whole", w.wb.Incomplete)
	if w.wb.Description != "" {
		p.blank()
		p.prose(w.wb.Description)
	}
}
