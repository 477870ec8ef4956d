package overlay

import (
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/ledger"
	"darkroom/model/lineage"
	"darkroom/ui/explorer/details"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
)

// Proof is the whole evidence of a dashboard or of one of its tables: what
// darkroom explain prints.
type Proof struct {
	Pager
	host      *view.Host
	dashboard *lineage.Dashboard
	links     []*lineage.Link
	width     int // that the lines are made for
}

// NewProof explains some links of a dashboard.
func NewProof(h *view.Host, d *lineage.Dashboard, links []*lineage.Link) *Proof {
	return &Proof{host: h, dashboard: d, links: links}
}

// Key implements view.Overlay.
func (v *Proof) Key(msg tea.KeyMsg) tea.Cmd {
	switch key := msg.String(); key {
	case "esc", "q", "p":
		v.host.Pop()
	default:
		v.ScrollKey(key)
	}
	return nil
}

// Draw implements view.Overlay.
func (v *Proof) Draw(width, height int) []string {
	if v.width != width {
		v.width, v.Lines = width, v.write(width-1)
	}
	window := v.Window(height)
	lines := make([]string, len(window))
	for i, l := range window {
		lines[i] = " " + l
	}
	return lines
}

func (v *Proof) write(width int) []string {
	p := details.NewPage(v.host, width)
	p.Title(v.dashboard.Title())
	p.Prose(ledger.Summary(v.dashboard))
	if doubt := ledger.WorkbookIncomplete(v.dashboard); doubt != "" {
		p.Prose(doubt)
	}
	for _, l := range v.links {
		p.Heading(text.Clean(l.TableName()))
		p.Prose(ledger.TableIs(l))
		for _, f := range ledger.Facts(p.Graph, l) {
			p.Field(f.Label, f.Text)
		}
	}
	if len(v.links) == len(v.dashboard.Links) || len(v.links) == 0 { // of the dashboard, or of a gap
		said := "" // a fix is said once
		for _, gap := range ledger.UnexplainedGaps(v.dashboard) {
			p.Heading(ledger.GapTitle(gap))
			p.Prose(gap.Text)
			p.Field("Way", gap.Route.String())
			if advice := ledger.GapAdvice(gap); advice != "" && advice != said {
				p.Field("Cure", advice)
				said = advice
			}
		}
	}
	return p.Lines
}

// Hints implements view.Overlay.
func (v *Proof) Hints() []view.Hint {
	return []view.Hint{{Key: "esc", Word: "back"}, {Key: "↑↓", Word: "scroll"}}
}
