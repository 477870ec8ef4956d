package scope

import (
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/input"
	"darkroom/ui/text"
)

// wheelRows is how far one notch of the wheel scrolls.
const wheelRows = 3

// mouse: a row, its arrow, its checkbox and a hint are separate targets.
func (p *Picker) mouse(msg tea.MouseMsg) tea.Cmd {
	switch {
	case p.tooSmall() || p.chosen != nil:
	case msg.Button == tea.MouseButtonWheelUp:
		p.tree.Scroll(-wheelRows)
	case msg.Button == tea.MouseButtonWheelDown:
		p.tree.Scroll(wheelRows)
	case msg.Button == tea.MouseButtonLeft && msg.Action == tea.MouseActionPress:
		return p.click(msg.X, msg.Y)
	}
	return nil
}

func (p *Picker) click(x, y int) tea.Cmd {
	if y == p.height-1 {
		return p.clickHint(x)
	}
	if p.help || p.leaving { // as any other key
		p.help, p.leaving = false, false
		return nil
	}
	rows, first := p.tree.Window()
	line := y - 1
	if p.height >= twoLines {
		line--
	}
	if line < 0 || line >= len(rows) {
		return nil
	}
	p.message = ""
	p.tree.MoveTo(first + line)
	switch arrow := 1 + p.indent(rows[line].Depth); {
	case x == arrow || x == arrow+1:
		p.tree.Toggle()
	case x > arrow+1 && x <= arrow+1+boxWidth:
		p.tick(rows[line].ID)
	}
	return nil
}

// clickHint presses the first key of the hint at a cell of the footer.
func (p *Picker) clickHint(x int) tea.Cmd {
	from := 0
	for _, h := range p.hints() {
		to := from + hintWidth(h)
		if x >= from && x < to {
			if key, ok := input.Named(h.label); ok {
				return p.key(key)
			}
		}
		from = to
	}
	return nil
}

func hintWidth(h action) int { return text.Width(h.label+h.hint) + 3 }
