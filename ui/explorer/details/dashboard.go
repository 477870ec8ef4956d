package details

import (
	"fmt"
	"strings"
	"time"

	"darkroom/model"
	"darkroom/model/advice"
	"darkroom/model/amount"
	"darkroom/model/ledger"
	"darkroom/model/lineage"
	"darkroom/model/walk"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
	"darkroom/ui/theme"
)

// Dashboard describes a dashboard: how data comes to it, what was decided, what it reads,
// where it is.
func (p *Page) Dashboard(d *lineage.Dashboard, s *view.Subject) {
	p.Title(d.Title())
	p.way(s)
	p.Blank()
	said, why := p.Ruling(d.Key)
	p.Lines = append(p.Lines, p.Checkbox(p.Decision(d))+" "+p.Styles.Dim.Render(text.Cut(said, p.Width-4)))
	p.Field("because", why)
	p.export(d)
	if n, ok := p.Inbox.ByKey[d.Key]; ok {
		p.News(n)
	}
	p.readsInShort(d)
	p.health(d.ID)
	p.Field("owner", ownerText(d.Owner()))
	p.viewsAndAge(d)
	tool := d.Site.Tool
	p.Field(tool.Noun(model.PartContainer).One, strings.Join(model.DisplayPath(d.ContainerPath), " / "))
	if tool.HasWorkbooks() {
		p.Field(tool.Noun(model.PartWorkbook).One, d.WorkbookTitle())
	}
	p.Field("site", SiteName(d.Site))
	p.Field("certified", strings.Join(certified(d), ", "))
	p.Field("tags", strings.Join(d.Tags(), ", "))
	p.Field("collections", strings.Join(d.Collections, ", "))
	if d.Dashboard.Hidden {
		p.Styled("hidden", tool.Text("in its {workbook}, so that it has no address"), p.Styles.Warn)
	}
	p.Field("incomplete", ledger.WorkbookIncomplete(d))
	if d.Workbook != nil && d.Workbook.Description != "" {
		p.Blank()
		p.Prose(d.Workbook.Description)
	}
	p.advice(advice.Dashboard(p.Graph, d, p.Meta().At))
	p.address(d.URL())
}

// address is the last line, and one line however long it is.
func (p *Page) address(url string) {
	if url != "" {
		p.Lines = append(p.Lines, "", p.Hyperlink(url, p.Styles.Dim.Render(text.Cut(text.Clean(url), p.Width))))
	}
}

// linked is an address as a paragraph: each of its lines leads to the whole of it.
func (p *Page) linked(url string) {
	from := len(p.Lines)
	p.Paragraph(url)
	for i := from; i < len(p.Lines); i++ {
		p.Lines[i] = p.Hyperlink(url, p.Lines[i])
	}
}

// viewsAndAge is how often a dashboard was viewed, and when it was changed.
func (p *Page) viewsAndAge(d *lineage.Dashboard) {
	if total := d.Dashboard.Views; total >= 0 {
		says := text.Grouped(total)
		month, _ := amount.ReadAge("30d")
		if n, ok := d.Site.ViewsWithin(d.Dashboard, month); ok && total > 0 {
			says += ", " + text.Grouped(n) + " of them within 30 days"
		}
		p.Field("views", says)
	}
	if at := d.Dashboard.UpdatedAt; !at.IsZero() {
		p.Field("updated", at.Format(time.DateOnly)+" ("+text.Ago(at, p.Meta().At)+")")
	}
}

// certified are the certified data sources that a dashboard reads through, each once.
func certified(d *lineage.Dashboard) (names []string) {
	through := map[string]bool{}
	for i := range d.Links {
		for _, route := range d.Links[i].Read.Routes {
			for _, step := range route.Steps() {
				through[step.ID] = through[step.ID] || step.Kind == walk.StepPublished
			}
		}
	}
	for i := range d.Site.Datasources {
		if ds := &d.Site.Datasources[i]; ds.Certified && through[ds.ID] {
			names = append(names, model.DisplayName(ds.Name))
		}
	}
	return names
}

// readsInShort says how many tables a dashboard reads, and names those that are not
// linked.
func (p *Page) readsInShort(d *lineage.Dashboard) {
	linked, all := d.Counts()
	switch {
	case all == 0:
		p.Styled("reads", "no table is known", p.Styles.Warn)
		return
	case linked == all && all == 1:
		p.Field("reads", "1 table, linked")
		return
	case linked == all:
		p.Field("reads", text.Count(all, "table")+", all linked")
		return
	}
	p.Field("reads", text.Count(all, "table")+", "+text.Short(linked)+" linked")
	var open, outside []string
	for i := range d.Links {
		switch l := &d.Links[i]; {
		case l.Resource != lineage.None:
		case l.Open():
			open = append(open, l.TableName())
		default:
			outside = append(outside, l.TableName())
		}
	}
	p.Styled("unclear", strings.Join(open, ", "), p.Styles.Warn)
	p.Styled("not linked", strings.Join(outside, ", "), p.Styles.Warn)
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

// link is a few lines: the table, what it is, what that is made of, and the way to it.
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
		p.flow(2, p.chain(p.Graph.Line(l.Resource), lineage.None, lineage.None))
		p.sub(n.Resource.Kind.String()+" "+n.Resource.VersionedName()+": "+l.Verdict.Reason.String(), p.Styles.Dim)
	} else {
		p.sub(p.Graph.Explain(l).Because, p.Styles.Dim)
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
	p.Field("incomplete", w.Workbook.Incomplete)
	if w.Workbook.Description != "" {
		p.Blank()
		p.Prose(w.Workbook.Description)
	}
	p.address(w.Site.WorkbookURL(w.Workbook))
}

// SiteName is how a site is shown.
func SiteName(s *model.Site) string {
	if s.Name != "" {
		return s.Name
	}
	return s.ID()
}
