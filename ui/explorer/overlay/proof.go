package overlay

import (
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/explorer/details"
	"darkroom/ui/explorer/view"
)

// Proof is the full evidence for a dashboard or one of its tables: what
// darkroom explain prints.
type Proof struct {
	Pager
	host    *view.Host
	subject view.Subject
	width   int // that the lines are made for
}

// NewProof explains what is under a cursor: a dashboard, or something below one.
func NewProof(h *view.Host, s view.Subject) *Proof { return &Proof{host: h, subject: s} }

func (v *Proof) Key(msg tea.KeyMsg) tea.Cmd {
	switch key := msg.String(); key {
	case "esc", "q", "p":
		v.host.Pop()
	default:
		v.ScrollKey(key)
	}
	return nil
}

func (v *Proof) Draw(width, height int) []string {
	if v.width != width {
		p := details.NewPage(v.host, width-1)
		p.Proof(&v.subject)
		v.width, v.Lines = width, p.Lines
	}
	window := v.Window(height)
	lines := make([]string, len(window))
	for i, l := range window {
		lines[i] = " " + l
	}
	return lines
}
