package panes

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"darkroom/ui/text"
)

// Pane is a part of the screen and what is on it.
type Pane struct {
	Rect
	Lines []string
}

// With is the part with what is on it.
func (r Rect) With(lines []string) Pane { return Pane{r, lines} }

// start is what comes before a line of the pane, behind other panes.
func (p *Pane) start() string {
	if p.X == 0 {
		return ""
	}
	return text.Column(p.X)
}

// Place puts panes on empty lines of the screen; those beside each other are given from left
// to right. All lines are parts of one text.
func Place(screen []string, panes ...Pane) {
	var b strings.Builder
	var few [4]string
	size, starts := 0, few[:0]
	for i, p := range panes {
		starts = append(starts, p.start())
		size += p.H * (p.W + len(starts[i]))
		for _, l := range p.Lines {
			size += len(l)
		}
	}
	b.Grow(size)
	ends := make([]int, len(screen))
	for y := range screen {
		used := 0
		for i, p := range panes {
			if y >= p.Y && y < p.Y+p.H {
				used = p.put(&b, y, used, starts[i])
			}
		}
		ends[y] = b.Len()
	}
	whole, from := b.String(), 0
	for y, end := range ends {
		if end > from {
			screen[y], from = whole[from:end], end
		}
	}
}

// put writes the pane's part of a line, of which some cells are written, and gives how many
// are now.
func (p *Pane) put(b *strings.Builder, y, used int, start string) int {
	line := ""
	if y -= p.Y; y < len(p.Lines) {
		line = p.Lines[y]
	}
	if p.X > 0 {
		b.WriteString(text.Spaces(p.X - used))
		b.WriteString(start)
		used = max(used, p.X)
	}
	width := ansi.StringWidth(line)
	if width > p.W {
		line, width = text.Clip(line, p.W), p.W
	}
	b.WriteString(line)
	return used + width
}
