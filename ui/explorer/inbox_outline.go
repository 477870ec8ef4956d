package explorer

import (
	"strings"
	"time"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/ui/text"
	"darkroom/ui/tree"
)

// inboxOutline is the Inbox view: what is new, renamed, moved and gone since the
// last review, and below each dashboard what it reads.
func (a *App) inboxOutline() *outline {
	g := a.graph
	a.census = curate.Census{}
	if len(a.book.Memory().Sites) > 0 { // else all is baseline
		a.census = curate.Take(g)
	}
	items := a.book.Inbox(a.census)
	a.news = make(map[string]curate.Item, len(items))
	o := dashboardsOutline(lineage.Empty()) // grows in the same way
	o.graph = g
	group, kind := tree.None, curate.ItemKind(0)
	for i, n := range items {
		a.news[n.Key] = n
		if group == tree.None || n.Kind != kind {
			kind = n.Kind
			group = o.add(tree.None, item{kind: itemFolder, node: lineage.None, loaded: true, name: newsTitle(kind), key: "\x01" + kind.String()})
		}
		o.items[group].detail = newsGroup{kind, len(o.items[group].children) + 1}
		if d, ok := g.Dashboard(n.Key); ok && n.Kind != curate.Gone {
			o.add(group, item{kind: itemDashboard, node: d.ID, name: model.DisplayName(n.After.Title), note: newsNote(n), key: n.Key})
			continue
		}
		o.add(group, item{kind: itemGone, node: lineage.None, loaded: true, name: model.DisplayName(n.Before.Title), note: newsNote(n), key: n.Key, detail: goneDetail{items[i]}})
	}
	return o
}

// openNewGroups opens the groups that were not there before: news are shown.
func openNewGroups(old, o *outline, t *tree.Tree) {
	for _, id := range o.roots {
		if old == nil || newTwins(o, old).find(id) == tree.None {
			t.SetOpen(id, true)
		}
	}
	t.Refresh()
}

func newsTitle(k curate.ItemKind) string {
	s := k.String()
	return strings.ToUpper(s[:1]) + s[1:]
}

// newsNote is what stands behind the title.
func newsNote(n curate.Item) string {
	switch n.Kind {
	case curate.Renamed:
		if placeText(n.Before) != placeText(n.After) {
			return "was “" + n.Before.Title + "” in " + placeText(n.Before)
		}
		return "was “" + n.Before.Title + "”"
	case curate.Moved:
		return "was in " + placeText(n.Before)
	}
	return "in " + placeText(n.Place())
}

func placeText(p curate.Place) string {
	parts := []string{p.Project, model.DisplayName(p.Workbook)}
	if p.Project == "" {
		parts = parts[1:]
	}
	return strings.Join(parts, " / ")
}

// newsGroup describes a group of the Inbox.
type newsGroup struct {
	kind curate.ItemKind
	n    int
}

func (g newsGroup) write(p *page) {
	p.title(newsTitle(g.kind))
	p.blank()
	p.prose(map[curate.ItemKind]string{
		curate.Appeared: "Dashboards that were not there at the last review. Tick or exclude them, then mark them as reviewed.",
		curate.Renamed:  "The exposure keeps its name, its label follows.",
		curate.Moved:    "In another project or workbook than at the last review.",
		curate.Gone:     "No longer on their site, which was read as a whole. Decisions about them stay in .darkroom/decisions.yml.",
	}[g.kind])
	if g.kind == curate.Gone { // of the others the choice is counted
		p.blank()
		p.field("dashboards", text.Short(g.n))
	}
}

// goneDetail describes a dashboard that is no longer there.
type goneDetail struct{ item curate.Item }

func (g goneDetail) write(p *page) {
	p.title(model.DisplayName(g.item.Before.Title))
	said, why := p.a.ruling(g.item.Key)
	said = strings.Replace(said, ": becomes an exposure", "", 1)
	p.lines = append(p.lines, p.a.st.Dim.Render(text.Cut(said, p.width)))
	p.field("because", why)
	p.blank()
	p.news(g.item)
	p.field("workbook", g.item.Before.Workbook)
	p.field("project", g.item.Before.Project)
	p.field("site", g.item.Before.Site)
}

// news says what happened to a dashboard since the last review.
func (p *page) news(n curate.Item) {
	say := func(label, before, after string) {
		if before != after {
			p.styled(label, before, p.a.st.Warn)
		}
	}
	switch n.Kind {
	case curate.Appeared:
		p.styled("inbox", "new since the last review", p.a.st.Warn)
	case curate.Gone:
		p.styled("inbox", "gone since the last review", p.a.st.Warn)
	default:
		p.styled("inbox", n.Kind.String()+" since the last review", p.a.st.Warn)
		say("old title", n.Before.Title, n.After.Title)
		say("old workbook", n.Before.Workbook, n.After.Workbook)
		say("old project", n.Before.Project, n.After.Project)
	}
	if !n.First.IsZero() {
		p.field("known since", n.First.Format(time.DateOnly))
	}
}
