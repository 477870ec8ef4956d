package explorer

import (
	"fmt"
	"strings"

	"darkroom/model"
	"darkroom/model/ledger"
	"darkroom/model/lineage"
	"darkroom/ui/text"
	"darkroom/ui/tree"
)

// gapsOutline is the Gaps view: the ledger, what concerns all tables at once,
// then every dashboard that is not fully linked: reason → dashboard → its tables.
func gapsOutline(g *lineage.Graph) *outline {
	o := &outline{graph: g, tables: true, grow: func(*outline, tree.ID) {}, leaf: func(*outline, tree.ID) bool { return true }}
	l := ledger.Of(g)
	if l.Dashboards.Found == 0 {
		return o
	}
	for _, e := range l.Environments {
		o.note("This manifest is from another environment", "\x01env"+e.Platform, noteDetail{"Another environment", e.String(), nil})
	}
	for _, p := range l.Proposals {
		cure := ledger.Fix{Map: &p.Map}
		o.note("Proposed: "+p.String(), "\x01map"+cure.Key(), noteDetail{
			"A map is proposed",
			p.String() + ": they have the same schema and table in the other database or schema. Apply it if the two are one in two environments.",
			[]ledger.Fix{cure},
		})
	}
	d := l.Dashboards
	o.note(fmt.Sprintf("%d of %s fully linked", d.Complete, text.Count(d.Found, "dashboard")), "\x01ledger", ledgerDetail{l})
	for i := range l.Groups {
		group := &l.Groups[i]
		id := o.add(tree.None, item{
			kind: itemFolder, node: lineage.None, loaded: true, name: group.Title, key: fmt.Sprint("\x01", group.Reason, group.Ambiguous),
			detail: groupDetail{group},
		})
		for _, d := range group.Dashboards {
			o.addGapRows(id, d)
		}
	}
	return o
}

func (o *outline) note(name, key string, detail detailer) {
	o.add(tree.None, item{kind: itemFolder, node: lineage.None, loaded: true, name: name, key: key, detail: detail})
}

func (o *outline) addGapRows(group tree.ID, d ledger.GapDashboard) {
	id := o.addDashboard(group, d.Dashboard)
	o.items[id].loaded, o.items[id].detail = true, gapDashboardDetail{d}
	for _, row := range d.Rows {
		var detail detailer = gapDetail{row}
		if row.Link != nil {
			detail = readDetail{row.Link}
		}
		o.add(id, item{kind: itemRead, node: lineage.None, loaded: true, name: row.Name(), key: "\x01read" + row.Name(), detail: detail})
	}
}

// noteDetail is a remark on all tables, with what can be done about it.
type noteDetail struct {
	title, prose string
	cures        []ledger.Fix
}

func (n noteDetail) write(p *page) {
	p.title(n.title)
	p.blank()
	p.prose(n.prose)
	if len(n.cures) > 0 {
		p.heading("c applies it, after showing what it does")
	}
}

// ledgerDetail is the account of everything.
type ledgerDetail struct{ l *ledger.Ledger }

func (d ledgerDetail) write(p *page) {
	p.title("What is known")
	p.blank()
	for _, line := range d.l.Lines() {
		p.field(line.Label, line.Text)
	}
	for _, line := range d.l.Warnings() {
		p.blank()
		p.prose(line)
	}
}

// groupDetail is a reason and what to do about it.
type groupDetail struct{ group *ledger.GapGroup }

func (d groupDetail) write(p *page) {
	p.title(d.group.Title)
	p.blank()
	p.prose(d.group.Advice)
	p.blank()
	p.field("tables", nonZero(d.group.Tables))
	p.suggested(d.group.Dashboards)
}

// suggested lists the cures that the tables' names speak for, each once.
func (p *page) suggested(in []ledger.GapDashboard) {
	cures := suggestedIn(p.a.graph, in)
	if len(cures) == 0 {
		return
	}
	const most = 6
	p.heading("Suggested; c chooses")
	for i, c := range cures {
		if i == most {
			p.lines = append(p.lines, p.a.st.Dim.Render(fmt.Sprintf("… and %d more", len(cures)-most)))
			return
		}
		p.bullet(p.a.gl.dot, c.String(), p.a.st.Text)
	}
}

func suggestedIn(g *lineage.Graph, in []ledger.GapDashboard) []ledger.Fix {
	list := cureList{seen: map[string]bool{}}
	asked := 0
	for _, d := range in {
		for _, row := range d.Rows {
			if asked++; asked > mostLinks {
				return list.out
			}
			if c, ok := ledger.SuggestedFix(g, row); ok {
				list.add(c)
			}
		}
	}
	return list.out
}

// gapDashboardDetail is a dashboard, what is missing first.
type gapDashboardDetail struct{ d ledger.GapDashboard }

func (g gapDashboardDetail) write(p *page) {
	d := g.d.Dashboard
	p.title(d.Title())
	if d.Workbook != nil {
		p.lines = append(p.lines, p.a.st.Dim.Render(text.Cut(text.Clean(strings.Join(append(model.DisplayPath(d.ContainerPath), d.WorkbookTitle()), p.a.gl.crumb)), p.width)))
	}
	p.blank()
	p.prose(ledger.Summary(d))
	p.suggested([]ledger.GapDashboard{g.d})
	p.reads(d)
}

// gapDetail describes something on the way that hides tables.
type gapDetail struct{ row ledger.GapRow }

func (d gapDetail) write(p *page) {
	p.title(d.row.Name())
	p.blank()
	p.prose(d.row.Because())
	p.blank()
	p.field("via", d.row.Route())
	if cure := ledger.GapAdvice(d.row.Gap); cure != "" {
		p.heading("What to do")
		p.prose(cure)
	}
}

// readDetail describes a table that no resource stands for: what it is, why, the
// way to it, and what can be done. The rest of the evidence is behind a key.
type readDetail struct{ link *lineage.Link }

func (r readDetail) write(p *page) {
	p.title(r.link.TableName())
	p.prose(ledger.TableIs(r.link))
	p.blank()
	var cure []ledger.Fact
	for _, f := range ledger.Facts(p.a.graph, r.link) {
		switch f.Label {
		case "Cure", "Decide":
			cure = append(cure, f)
		case "Why", "Way", "Query":
			p.field(strings.ToLower(f.Label), f.Text)
		}
	}
	if len(cure) > 0 {
		p.heading("What to do")
		p.prose(cure[0].Text)
	}
	if cures := ledger.Fixes(p.a.graph, r.link); len(cures) > 0 {
		p.heading("c does one of these")
		for _, c := range cures {
			p.bullet(p.a.gl.dot, c.String(), p.a.st.Text)
		}
	}
	p.blank()
	p.lines = append(p.lines, p.a.st.Dim.Render("p shows the whole evidence"))
}

// cureWord is the suggested cure of a table's row, for its column.
func (a *App) cureWord(it *item) string {
	r, ok := it.detail.(readDetail)
	if !ok {
		return ""
	}
	if c, ok := ledger.SuggestedFix(a.graph, ledger.GapRow{Link: r.link}); ok {
		return c.Word() + "?"
	}
	return ""
}

// readSign is the sign of a table that is not linked: a question to a person, or
// a gap.
func (a *App) readSign(it *item) string {
	if r, ok := it.detail.(readDetail); ok && r.link.Open() {
		return a.st.Warn.Render(a.gl.unsure)
	}
	return a.st.Bad.Render(a.gl.gap)
}
