package details

import (
	"strings"

	"darkroom/model"
	"darkroom/model/columns"
	"darkroom/model/lineage"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
	"darkroom/ui/theme"
)

// hasColumns reports a resource with columns, or a dashboard of which they may be known.
func hasColumns(h *view.Host, s *view.Subject) bool {
	if s.Node == lineage.None {
		return false
	}
	x, r := columns.Of(h.Graph), s.Resource(h.Graph)
	if r == nil {
		return x.Fetched()
	}
	return r.HasRelation() && (x.Fetched() || x.Listed(s.Node))
}

// columns are those of a relation with who uses them, or those that a dashboard uses.
func (p *Page) columns(s *view.Subject) {
	if d := s.Dashboard(p.Graph); d != nil {
		p.columnsOfDashboard(d)
		return
	}
	r := columns.Of(p.Graph).Relation(s.Node)
	p.Title(s.Resource(p.Graph).FullName())
	var n [3]int
	for i := range r.Columns {
		n[r.Use(&r.Columns[i])]++
	}
	p.Prose(text.Count(len(r.Columns), "column") + ": " + counts(n))
	p.unknown(r)
	p.Blank()
	for i := range r.Columns {
		p.column(r, &r.Columns[i])
	}
}

func counts(n [3]int) string {
	var parts []string
	for use, n := range n {
		if n > 0 {
			parts = append(parts, text.Short(n)+" "+columns.Use(use).String())
		}
	}
	return strings.Join(parts, ", ")
}

// unknown says who may use columns without being seen.
func (p *Page) unknown(r *columns.Relation) {
	if r.NotLoaded != "" {
		p.Bullet(p.Styles.Warn.Render("!"), r.NotLoaded, theme.Style{})
	}
	for _, s := range r.NotFetched {
		p.Bullet(p.Styles.Warn.Render("!"), "site "+SiteName(s)+": "+columns.NotFetched, theme.Style{})
	}
	const list = "unknown"
	shown, rest := 0, 0
	for _, u := range r.Unknown {
		switch {
		case u.Why == columns.NotFetched:
		case shown == p.shownOf(list, 3):
			rest++
		default:
			shown++
			p.user(&u.User, "!", u.Why)
		}
	}
	p.More(list, rest)
}

// column is one line, and its users below once it is opened.
func (p *Page) column(r *columns.Relation, c *columns.Known) {
	list := "column " + c.Name
	sign, style := p.useSign(r.Use(c))
	name := Word{Before: " ", Text: c.Name}
	open := p.shownOf(list, 0)
	if len(c.Users) > 0 && open < len(c.Users) {
		name.Target = &view.Target{Node: lineage.None, List: list}
	}
	words := []Word{{Text: sign, Style: style}, name}
	if c.Type != "" {
		words = append(words, Word{Before: "  ", Text: c.Type, Style: p.Styles.Dim})
	}
	p.Flow(append(words, Word{Before: "  ", Text: usedBy(r, c), Style: p.Styles.Dim})...)
	for _, m := range c.MayBe {
		p.sub("a field names "+m+": only the case of letters differs, which can be another column", p.Styles.Warn)
	}
	for i := range c.Users[:min(open, len(c.Users))] {
		p.user(&c.Users[i], " ", "")
	}
}

func (p *Page) useSign(u columns.Use) (string, theme.Style) {
	switch u {
	case columns.Used:
		return p.Glyphs.Linked, p.Styles.Good
	case columns.NotKnown:
		return p.Glyphs.Unsure, p.Styles.Warn
	}
	return p.Glyphs.Dot, p.Styles.Dim
}

// usedBy counts who uses a column, and says where only a field names it.
func usedBy(r *columns.Relation, c *columns.Known) string {
	dashboards, alone := 0, 0
	for i := range c.Users {
		if c.Users[i].Dashboard != nil {
			dashboards++
		} else {
			alone++
		}
	}
	var parts []string
	if dashboards > 0 {
		parts = append(parts, text.Count(dashboards, "dashboard"))
	}
	if alone > 0 {
		parts = append(parts, text.Count(alone, "sheet")+" on no dashboard")
	}
	if len(parts) == 0 {
		parts = append(parts, r.Use(c).String())
	}
	if c.Origin == columns.FromTool {
		parts = append(parts, "dbt does not list it")
	}
	return strings.Join(parts, ", ")
}

// user is a dashboard that can be followed, with its sheets, or a sheet on none.
func (p *Page) user(u *columns.User, sign, why string) {
	var sheets []string
	for _, s := range u.Sheets {
		sheets = append(sheets, model.DisplayName(s.Name))
	}
	words := []Word{{Text: sign, Style: p.Styles.Warn}, {Before: " ", Text: "sheet " + strings.Join(sheets, ", ")}}
	if u.Dashboard != nil {
		words[1] = p.name(u.Dashboard.ID)
		words[1].Before = " "
		if why == "" {
			words = append(words, Word{Before: "  ", Text: strings.Join(sheets, ", "), Style: p.Styles.Dim})
		}
	}
	p.Flow(words...)
	if why != "" {
		p.sub(why, p.Styles.Dim)
	}
}

// columnsOfDashboard lists, relation by relation, the columns that a dashboard uses.
func (p *Page) columnsOfDashboard(d *lineage.Dashboard) {
	x := columns.Of(p.Graph)
	used := map[lineage.ID][]string{}
	all := x.OfDashboard(d)
	for _, c := range all {
		used[c.Relation] = append(used[c.Relation], c.Name)
	}
	p.Title(d.Title())
	p.Prose(text.Count(len(all), "column") + " of dbt, as far as that is exact")
	for _, id := range p.Graph.Upstream(d.ID) {
		p.Blank()
		p.Flow(p.name(id))
		if names := used[id]; len(names) > 0 {
			p.sub(strings.Join(names, ", "), theme.Style{})
		}
		switch why := x.Unknown(d, id); {
		case why != "":
			p.sub("unknown: "+why, p.Styles.Warn)
		case len(used[id]) == 0:
			p.sub("no field comes from it", p.Styles.Dim)
		}
	}
}
