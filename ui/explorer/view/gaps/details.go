package gaps

import (
	"strconv"
	"strings"

	"darkroom/model"
	"darkroom/model/ledger"
	"darkroom/ui/explorer/details"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
)

// noteDetail is a remark on all tables.
type noteDetail struct {
	title, prose string
	fixable      bool
}

func (n noteDetail) Write(p *details.Page) {
	p.Title(n.title)
	p.Blank()
	p.Prose(n.prose)
	if n.fixable {
		p.Heading("c applies it, after showing what it does")
	}
}

// ledgerDetail is the account of everything.
type ledgerDetail struct{ l *ledger.Ledger }

func (d ledgerDetail) Write(p *details.Page) {
	p.Title("What is known")
	p.Blank()
	for _, line := range d.l.Lines() {
		p.Field(line.Label, line.Text)
	}
	for _, line := range d.l.Warnings() {
		p.Blank()
		p.Prose(line)
	}
}

// groupDetail is a reason and what to do about it.
type groupDetail struct{ group *ledger.GapGroup }

func (d groupDetail) Write(p *details.Page) {
	p.Title(d.group.Title)
	p.Blank()
	p.Prose(d.group.Advice)
	p.Blank()
	if d.group.Tables > 0 {
		p.Field("tables", strconv.Itoa(d.group.Tables))
	}
	writeSuggested(p, d.group.Dashboards)
}

// dashboardDetail is a dashboard, what is missing first.
type dashboardDetail struct{ d ledger.GapDashboard }

func (g dashboardDetail) Write(p *details.Page) {
	d := g.d.Dashboard
	p.Title(d.Title())
	if d.Workbook != nil {
		path := strings.Join(append(model.DisplayPath(d.ContainerPath), d.WorkbookTitle()), p.Glyphs.Crumb)
		p.Lines = append(p.Lines, p.Styles.Dim.Render(text.Cut(text.Clean(path), p.Width)))
	}
	p.Blank()
	p.Prose(ledger.Summary(d))
	writeSuggested(p, []ledger.GapDashboard{g.d})
	p.Reads(d)
}

// writeSuggested lists the fixes that the tables' names speak for, each once.
func writeSuggested(p *details.Page, in []ledger.GapDashboard) {
	fixes := view.SuggestedFixes(p.Graph, in)
	if len(fixes) == 0 {
		return
	}
	const heading = "Suggested; c chooses"
	p.Heading(heading)
	most := p.Most(heading, len(fixes), 6)
	for _, c := range fixes[:most] {
		p.Bullet(p.Glyphs.Dot, c.String(), p.Styles.Text)
	}
	p.More(heading, len(fixes)-most)
}
