package details

import (
	"fmt"
	"strings"
	"time"

	"darkroom/model"
	"darkroom/model/advice"
	"darkroom/model/ledger"
	"darkroom/model/lineage"
	"darkroom/ui/text"
	"darkroom/ui/theme"
)

// Dashboard describes a dashboard: what was decided, where it is, what it reads.
func (p *Page) Dashboard(d *lineage.Dashboard) {
	p.Title(d.Title())
	said, why := p.Ruling(d.Key)
	p.Lines = append(p.Lines, p.Checkbox(p.Decision(d))+" "+p.Styles.Dim.Render(text.Cut(said, p.Width-4)))
	p.Field("because", why)
	p.Blank()
	if n, ok := p.Inbox.ByKey[d.Key]; ok {
		p.News(n)
	}
	if tool := d.Site.Tool; tool.HasWorkbooks() {
		p.Field(tool.Noun(model.PartWorkbook).One, d.WorkbookTitle())
	}
	if d.Dashboard.Hidden {
		p.Styled("hidden", d.Site.Tool.Text("in its {workbook}, so that it has no address"), p.Styles.Warn)
	}
	p.Field(d.Site.Tool.Noun(model.PartContainer).One, strings.Join(model.DisplayPath(d.ContainerPath), " / "))
	p.Field("site", SiteName(d.Site))
	p.Field("owner", ownerText(d.Owner()))
	p.Field("tags", strings.Join(d.Tags(), ", "))
	p.Field("collections", strings.Join(d.Collections, ", "))
	if d.Dashboard.Views >= 0 {
		p.Field("views", text.Short(d.Dashboard.Views))
	}
	if !d.Dashboard.UpdatedAt.IsZero() {
		p.Field("updated", d.Dashboard.UpdatedAt.Format(time.DateOnly))
	}
	p.Field("address", d.URL())
	p.Field("incomplete", ledger.WorkbookIncomplete(d))
	if d.Workbook != nil && d.Workbook.Description != "" {
		p.Blank()
		p.Prose(d.Workbook.Description)
	}
	p.Reads(d)
}

// Ruling says what was decided about a dashboard, by whom or by which rule, and why.
func (p *Page) Ruling(key string) (said, why string) {
	rule, ruled := p.Book.RuledBy(key)
	if !ruled {
		rec := p.Book.Get(key)
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

// Reads lists every table with what it is in dbt, or why that is not known.
func (p *Page) Reads(d *lineage.Dashboard) {
	linked, all := d.Counts()
	switch {
	case all == 0:
		p.Heading("Reads")
		p.Lines = append(p.Lines, p.Styles.Dim.Render("no table is known"))
	case linked == all:
		p.Heading("Reads " + text.Count(all, "table"))
	default:
		p.Heading("Reads " + text.Count(all, "table") + ", " + text.Short(linked) + " known to dbt")
	}
	for i := range d.Links {
		p.link(&d.Links[i])
	}
	for _, gap := range ledger.UnexplainedGaps(d) {
		p.Bullet(p.Styles.Warn.Render("!"), gap.Text, theme.Style{})
	}
	p.advice(advice.Dashboard(p.Graph, d, p.Meta().At))
}

// advice says what is unwise about parents.
func (p *Page) advice(found []advice.Finding) {
	if len(found) == 0 {
		return
	}
	p.Heading("Advice")
	for _, f := range found {
		p.Bullet(p.Glyphs.Dot, f.Text, theme.Style{})
	}
}

// link is three lines: the table, what it is, and the way to it.
func (p *Page) link(l *lineage.Link) {
	sign, st := p.Glyphs.Linked, p.Styles.Good
	switch {
	case l.Resource == lineage.None && l.Open():
		sign, st = p.Glyphs.Unsure, p.Styles.Warn
	case l.Resource == lineage.None:
		sign, st = p.Glyphs.Gap, p.Styles.Bad
	}
	name := l.TableName()
	if !l.Read.Used {
		name += "  (no field of it is used here)"
	}
	p.Bullet(st.Render(sign), name, theme.Style{})
	if l.Resource != lineage.None {
		n := p.Graph.Node(l.Resource)
		p.sub(n.Resource.Kind.String()+" "+n.Resource.VersionedName()+": "+l.Verdict.Reason.String(), p.Styles.Dim)
	} else {
		p.sub(l.Because(), p.Styles.Dim)
	}
	if route := l.Route(); route != "" {
		p.sub("via "+route, p.Styles.Dim)
	}
}

func (p *Page) sub(s string, st theme.Style) {
	for _, l := range text.Wrap(text.Clean(s), p.Width-2) {
		p.Lines = append(p.Lines, "  "+st.Render(l))
	}
}

// Workbook describes a workbook.
type Workbook struct {
	Site     *model.Site
	Workbook *model.Workbook
}

// Write implements Writer.
func (w Workbook) Write(p *Page) {
	p.Title(model.DisplayName(w.Workbook.Name))
	p.Blank()
	p.Field("kind", w.Site.Tool.Noun(model.PartWorkbook).One)
	p.Field(w.Site.Tool.Noun(model.PartContainer).One, w.Workbook.ContainerName)
	p.Field("owner", ownerText(w.Workbook.Owner))
	p.Field("tags", strings.Join(w.Workbook.Tags, ", "))
	p.Field("address", w.Site.WorkbookURL(w.Workbook))
	p.Field("incomplete", w.Workbook.Incomplete)
	if w.Workbook.Description != "" {
		p.Blank()
		p.Prose(w.Workbook.Description)
	}
}

// SiteName is how a site is shown.
func SiteName(s *model.Site) string {
	if s.Name != "" {
		return s.Name
	}
	return s.ID()
}
