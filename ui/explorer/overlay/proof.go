package overlay

import (
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/lineage"
	"darkroom/ui/explain"
	"darkroom/ui/explorer/details"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
)

// Proof is the full evidence for a dashboard or one of its tables: what
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
	whole := len(v.links) == len(v.dashboard.Links) || len(v.links) == 0 // of the dashboard, or of a gap
	page := explain.Dashboard(v.host.Graph, v.dashboard, v.links, whole, v.host.Meta().At)
	page.Does(v.host.Outlook.Of(v.dashboard.Key), view.AdoptsIt)
	p := details.NewPage(v.host, width)
	p.Title(page.Title)
	for _, s := range append([]string{page.About, page.Address}, page.Summary...) {
		p.Paragraph(s)
	}
	for _, s := range page.Sections {
		p.Heading(text.Clean(s.Heading))
		p.Paragraph(s.Says)
		for _, f := range s.Fields {
			p.Field(f.Label, f.Text)
		}
	}
	return p.Lines
}

// Hints implements view.Overlay.
func (v *Proof) Hints() []view.Hint {
	return []view.Hint{{Key: "esc", Word: "back"}, {Key: "↑↓", Word: "scroll"}}
}
