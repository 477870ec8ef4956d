package explorer

import (
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/ledger"
	"darkroom/model/lineage"
	"darkroom/ui/text"
	"darkroom/ui/tree"
)

// proofView is the whole evidence of a dashboard or of one of its tables: what
// darkroom explain prints.
type proofView struct {
	pager
	dashboard *lineage.Dashboard
	links     []*lineage.Link
	width     int // that the lines are made for
}

// proofAt finds the dashboard and the tables that the row under the cursor is
// about: a dashboard has all, below one a table or a resource is its own.
func (a *App) proofAt() (*lineage.Dashboard, []*lineage.Link) {
	id, ok := a.tree().Current()
	if !ok {
		return nil, nil
	}
	it := &a.outline().items[id]
	d := a.dashboardAbove(id)
	if d == nil {
		return nil, nil
	}
	var links []*lineage.Link
	for i := range d.Links {
		l := &d.Links[i]
		read, isRead := it.detail.(readDetail)
		switch {
		case it.kind == itemResource && l.Resource != it.node:
		case it.kind == itemRead && (!isRead || read.link != l):
		default:
			links = append(links, l)
		}
	}
	return d, links
}

// dashboardAbove is the dashboard that an item is, or stands below.
func (a *App) dashboardAbove(id tree.ID) *lineage.Dashboard {
	for ; id != tree.None; id = a.outline().items[id].parent {
		if it := &a.outline().items[id]; it.kind == itemDashboard {
			return a.graph.Node(it.node).Dashboard
		}
	}
	return nil
}

func (a *App) noProof() string {
	if d, _ := a.proofAt(); d == nil {
		return "put the cursor on a dashboard, or on something it reads"
	}
	return ""
}

func (a *App) openProof() tea.Cmd {
	d, links := a.proofAt()
	a.push(&proofView{dashboard: d, links: links})
	return nil
}

func (v *proofView) key(a *App, msg tea.KeyMsg) tea.Cmd {
	switch key := msg.String(); key {
	case "esc", "q", "p":
		a.pop()
	default:
		v.scrollKey(key)
	}
	return nil
}

func (v *proofView) draw(a *App, width, height int) []string {
	if v.width != width {
		v.width, v.lines = width, proofLines(a, v, width-1)
	}
	return indent(append([]string(nil), v.window(height)...), 1)
}

func proofLines(a *App, v *proofView, width int) []string {
	p := &page{a: a, width: max(width-1, 8)}
	p.title(v.dashboard.Title())
	p.prose(ledger.Summary(v.dashboard))
	if doubt := ledger.WorkbookIncomplete(v.dashboard); doubt != "" {
		p.prose(doubt)
	}
	for _, l := range v.links {
		p.heading(text.Clean(l.TableName()))
		p.prose(ledger.TableIs(l))
		for _, f := range ledger.Facts(a.graph, l) {
			p.field(f.Label, f.Text)
		}
	}
	if len(v.links) == len(v.dashboard.Links) || len(v.links) == 0 { // of the dashboard, or of a gap
		told := "" // a cure is told once
		for _, gap := range ledger.UnexplainedGaps(v.dashboard) {
			p.heading(ledger.GapTitle(gap))
			p.prose(gap.Text)
			p.field("Way", gap.Route.String())
			if cure := ledger.GapAdvice(gap); cure != "" && cure != told {
				p.field("Cure", cure)
				told = cure
			}
		}
	}
	return p.lines
}

func (v *proofView) hints() []hint { return []hint{{"esc", "back", nil}, {"↑↓", "scroll", nil}} }

func (v *proofView) click(*App, int) tea.Cmd { return nil }
