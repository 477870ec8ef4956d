package flat

import (
	"cmp"
	"fmt"
	"strings"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/health"
	"darkroom/model/lineage"
	"darkroom/ui/explorer/view"
	"darkroom/ui/explorer/view/tableview"
	"darkroom/ui/explorer/view/treeview"
	"darkroom/ui/table"
	"darkroom/ui/text"
	"darkroom/ui/theme"
)

// row is a dashboard in the list.
type row struct {
	*lineage.Dashboard
	place string // project and workbook
	owner string
	// sum is the views of this dashboard and of all above it that are not excluded.
	sum int
}

// places are those of dashboards that are in workbooks, by workbook.
type places map[*model.Workbook]string

func (p places) of(d *lineage.Dashboard) string {
	place, known := p[d.Workbook]
	if !known || d.Workbook == nil {
		place = d.Place()
		p[d.Workbook] = place
	}
	return place
}

// barWidth is that of SUM OF VIEWS.
const barWidth = 8

// list is the table of a flat view, and what is known of all its rows.
type list struct {
	*tableview.View[*row]
	host  *view.Host
	views int // of all rows
	// summed is when the sums were made: for which order of the rows and which decisions.
	summed struct {
		turn    int
		book    *curate.Book
		version uint64
	}
	// covered counts the rows that are included, and their views.
	covered, coveredViews int
}

func newList(h *view.Host, spec Spec) *list {
	l := &list{host: h}
	l.View = tableview.New(h, tableview.Spec[*row]{
		Info: spec.Info,
		Rows: func(g *lineage.Graph) []*row {
			places := places{}
			var block []row // of all rows, which come and go together
			for _, d := range g.Dashboards() {
				if spec.Has == nil || spec.Has(g, d) {
					block = append(block, row{Dashboard: d, place: places.of(d), owner: d.Owner().Shown()})
				}
			}
			rows := make([]*row, len(block))
			for i := range block {
				rows[i] = &block[i]
			}
			return rows
		},
		Key:     func(r *row) string { return r.Key },
		Columns: l.columns(),
		Subject: func(_ *lineage.Graph, r *row) view.Subject {
			return view.Subject{Name: r.Title(), Node: r.ID, Of: r.Dashboard, Below: []*lineage.Dashboard{r.Dashboard}}
		},
		Ticked: true,
		Foot:   l.foot,
		Empty:  (*view.Host).NoDashboards,
	})
	l.Sort("views", true)
	return l
}

func (l *list) columns() []table.Column[*row] {
	folded := func(value func(*row) string) func(a, b *row) int {
		return func(a, b *row) int {
			return cmp.Or(strings.Compare(strings.ToLower(value(a)), strings.ToLower(value(b))), strings.Compare(a.Key, b.Key))
		}
	}
	title, place, owner := (*row).Title, func(r *row) string { return r.place }, func(r *row) string { return r.owner }
	dim := func(*row) theme.Style { return l.host.Styles.Dim }
	health := view.HealthColumn(88, func(r *row) (*view.Host, health.State, bool) {
		s, ok := l.host.HealthOf(r.ID)
		return l.host, s, ok
	})
	health.Silent, health.Needed = true, func() bool { return l.host.Health.HasResults() }
	return []table.Column[*row]{
		{Width: 1, Tight: true, Value: l.sign, Silent: true, Style: l.signStyle},
		{Name: "title", Heading: "TITLE", Width: 22, Weight: 3, Tight: true, Value: title, Compare: folded(title), Style: l.titleStyle},
		{Name: "place", Heading: "PROJECT / WORKBOOK", Width: 18, Weight: 2, From: 84, Value: place, Compare: folded(place), Style: dim},
		{
			Name: "exposure", Heading: "EXPOSURE", Width: 9, From: 96, Value: func(r *row) string { return l.host.Does(r.Dashboard).Word() }, Silent: true, Style: l.signStyle,
			Compare: func(a, b *row) int {
				return cmp.Compare(l.host.Does(b.Dashboard).Rank(), l.host.Does(a.Dashboard).Rank())
			},
		},
		{
			Name: "lineage", Heading: "LINEAGE", Width: 9, From: 120, Value: func(r *row) string { return treeview.Incomplete(r.Dashboard) },
			Compare: func(a, b *row) int { return treeview.LessKnown(a.Dashboard, b.Dashboard) }, Silent: true, Style: func(*row) theme.Style { return l.host.Styles.Warn },
		},
		health,
		{Name: "owner", Heading: "OWNER", Width: 15, Weight: 1, From: 72, Value: owner, Compare: folded(owner), Style: dim},
		{
			Name: "updated", Heading: "UPDATED", Width: 9, From: 104, Value: func(r *row) string { return text.Ago(r.Updated(), l.host.Meta().At) },
			Compare: func(a, b *row) int { return a.Updated().Compare(b.Updated()) }, Down: true, Silent: true, Style: dim,
		},
		{
			Name: "views", Heading: "VIEWS", Width: 7, Right: true, Value: func(r *row) string { return text.Short(r.Dashboard.Dashboard.Views) },
			Compare: func(a, b *row) int { return cmp.Compare(a.Dashboard.Dashboard.Views, b.Dashboard.Dashboard.Views) }, Down: true, Silent: true,
		},
		{Name: "sum", Heading: "SUM OF VIEWS", Width: barWidth + 6, From: 56, Value: l.share, Silent: true, Style: l.shareStyle},
	}
}

// sign is what an export does with a dashboard.
func (l *list) sign(r *row) string {
	sign, _ := l.host.PlanSign(l.host.Does(r.Dashboard))
	return sign
}

func (l *list) signStyle(r *row) theme.Style {
	_, style := l.host.PlanSign(l.host.Does(r.Dashboard))
	return style
}

func (l *list) titleStyle(r *row) theme.Style {
	if l.host.Book.Effective(r.Key) == curate.Excluded {
		return l.host.Styles.Excluded
	}
	return l.host.Styles.Dashboard
}

// share is the part of all views that is covered when all down to a row is included.
func (l *list) share(r *row) string {
	if l.views == 0 {
		return ""
	}
	return text.Bar(r.sum, l.views, barWidth, l.host.Glyphs.Full, l.host.Glyphs.Bare) + text.PadLeft(text.Percent(r.sum, l.views), 6)
}

func (l *list) shareStyle(r *row) theme.Style {
	if l.host.Book.Effective(r.Key) == curate.Included {
		return l.host.Styles.Good
	}
	return l.host.Styles.Dim
}

// follow adds the views up again when rows moved or decisions changed. An excluded
// dashboard adds nothing: it stays excluded when all above a row is included.
func (l *list) follow() {
	book := l.host.Book
	now := l.summed
	now.turn, now.book, now.version = l.Turn(), book, book.Version()
	if now == l.summed {
		return
	}
	l.summed, l.views, l.covered, l.coveredViews = now, 0, 0, 0
	for _, r := range l.All() {
		n := max(r.Dashboard.Dashboard.Views, 0)
		l.views += n
		if book.Effective(r.Key) == curate.Included {
			l.covered++
			l.coveredViews += n
		}
	}
	sum := 0
	for i := range l.Len() {
		r := l.Row(i)
		if book.Effective(r.Key) != curate.Excluded {
			sum += max(r.Dashboard.Dashboard.Views, 0)
		}
		r.sum = sum
	}
}

// foot says what the choice covers, of all rows, shown or not.
func (l *list) foot() string {
	all := len(l.All())
	line := fmt.Sprintf("%d of %d included · %s of dashboards", l.covered, all, text.Percent(l.covered, all))
	if l.views > 0 {
		line += " · " + text.Percent(l.coveredViews, l.views) + " of views"
	}
	return line
}

func (l *list) Draw(focused bool) []string {
	l.follow()
	return l.View.Draw(focused)
}
