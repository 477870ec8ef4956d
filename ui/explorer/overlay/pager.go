package overlay

import (
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
)

// endless is further than any text.
const endless = 1 << 30

// Pager is a text that scrolls: the base of overlays that are read.
type Pager struct {
	Lines []string
	Top   int
	Seen  int // lines on the screen at the last drawing
}

func (p *Pager) Scroll(rows int)   { p.Top = max(0, min(p.Top+rows, len(p.Lines)-p.Seen)) }
func (p *Pager) Click(int) tea.Cmd { return nil }
func (p *Pager) Hints() []view.Hint {
	return append([]view.Hint{{Key: "esc", Word: "back"}}, p.More()...)
}

// ScrollKey moves by the same keys as the views; it reports whether it knew the key.
func (p *Pager) ScrollKey(key string) bool {
	steps := map[string]int{
		"down": 1, "j": 1, "up": -1, "k": -1, "pgdown": p.Seen, "ctrl+f": p.Seen, "pgup": -p.Seen, "ctrl+b": -p.Seen,
		"ctrl+d": p.Seen / 2, "ctrl+u": -p.Seen / 2, "home": -endless, "g": -endless, "end": endless, "G": endless,
	}
	n, ok := steps[key]
	if ok {
		p.Scroll(n)
	}
	return ok
}

// More is the hint of the keys that scroll, with how many lines are not seen: none where
// all are.
func (p *Pager) More() []view.Hint {
	if p.Seen >= len(p.Lines) {
		return nil
	}
	if below := p.below(); below > 0 {
		return []view.Hint{{Key: "↑↓", Word: "scroll, " + text.Count(below, "more line")}}
	}
	return []view.Hint{{Key: "↑↓", Word: "scroll"}}
}

// below is how many lines are below those on the screen.
func (p *Pager) below() int { return max(len(p.Lines)-p.Top-p.Seen, 0) }

// Window is the part of the text that fits in some lines.
func (p *Pager) Window(height int) []string {
	p.Seen = max(height, 0)
	p.Scroll(0)
	return p.Lines[p.Top:min(p.Top+p.Seen, len(p.Lines))]
}
