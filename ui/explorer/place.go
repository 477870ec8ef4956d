package explorer

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"darkroom/ui/text"
)

// pane is a part of the screen and what is on it.
type pane struct {
	rect
	lines []string
}

// start is what comes before a line of the pane, behind other panes.
func (p *pane) start() string {
	if p.x == 0 {
		return ""
	}
	return text.Column(p.x)
}

// place puts panes on empty lines of the screen; those beside each other are given from left
// to right. All lines are parts of one text.
func place(screen []string, panes ...pane) {
	var b strings.Builder
	var few [4]string
	size, starts := 0, few[:0]
	for i, p := range panes {
		starts = append(starts, p.start())
		size += p.h * (p.w + len(starts[i]))
		for _, l := range p.lines {
			size += len(l)
		}
	}
	b.Grow(size)
	ends := make([]int, len(screen))
	for y := range screen {
		used := 0
		for i, p := range panes {
			if y >= p.y && y < p.y+p.h {
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
func (p *pane) put(b *strings.Builder, y, used int, start string) int {
	line := ""
	if y -= p.y; y < len(p.lines) {
		line = p.lines[y]
	}
	if p.x > 0 {
		b.WriteString(text.Spaces(p.x - used))
		b.WriteString(start)
		used = max(used, p.x)
	}
	width := ansi.StringWidth(line)
	if width > p.w {
		line, width = text.Clip(line, p.w), p.w
	}
	b.WriteString(line)
	return used + width
}
