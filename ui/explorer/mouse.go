package explorer

import (
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/text"
)

// wheelRows is how far one notch of the wheel scrolls.
const wheelRows = 3

func (a *App) mouse(msg tea.MouseMsg) tea.Cmd {
	switch {
	case a.panes.tooSmall():
	case msg.Button == tea.MouseButtonWheelUp:
		a.wheel(msg.X, msg.Y, -wheelRows)
	case msg.Button == tea.MouseButtonWheelDown:
		a.wheel(msg.X, msg.Y, wheelRows)
	case msg.Button == tea.MouseButtonLeft && msg.Action == tea.MouseActionPress:
		return a.click(msg.X, msg.Y)
	case msg.Button == tea.MouseButtonLeft && msg.Action == tea.MouseActionMotion:
		a.drag(msg.X)
	}
	return nil
}

// wheel scrolls the pane under the pointer, whichever has the focus.
func (a *App) wheel(x, y, rows int) {
	if top := a.overlays.Top(); top != nil {
		top.Scroll(rows)
		return
	}
	switch f := a.panes.frame(); {
	case f.details.contains(x, y):
		a.scrollDetails(rows)
	case f.view.contains(x, y):
		a.view.Scroll(rows)
	}
}

// drag moves the divider when it is what is held.
func (a *App) drag(x int) {
	if f := a.panes.frame(); f.beside && (x == f.rule.x-1 || x == f.rule.x+1) {
		a.panes.setShare(100 * x / a.panes.width)
	}
}

func (a *App) click(x, y int) tea.Cmd {
	f := a.panes.frame()
	if f.footer.contains(x, y) {
		return a.clickFooter(x)
	}
	if top := a.overlays.Top(); top != nil {
		if area := f.body(); area.contains(x, y) {
			return top.Click(y - area.y)
		}
		return nil
	}
	switch {
	case f.header.contains(x, y):
		a.clickHeader(x)
	case f.details.contains(x, y):
		a.panes.inDetails = true
	case f.view.contains(x, y):
		a.panes.inDetails = false
		return a.clickRow(x, y-f.view.y)
	}
	return nil
}

// clickRow takes the cursor to a row. On its checkbox it decides.
func (a *App) clickRow(x, line int) tea.Cmd {
	if checkbox := a.view.Click(x, line); !checkbox || a.curation.NothingToDecide() != "" {
		return nil
	}
	return a.curation.Toggle()
}

// clickHeader switches views by the tabs.
func (a *App) clickHeader(x int) {
	line := a.header(a.panes.width)
	for _, v := range a.views {
		title := v.Info().Title
		if at := text.CellOf(line, title); at >= 0 && x >= at-2 && x < at+text.Width(title)+1 {
			a.switchTo(v)
			return
		}
	}
}

// clickFooter runs the hint that was clicked.
func (a *App) clickFooter(x int) tea.Cmd {
	line := a.footer(a.panes.width)
	for _, h := range a.hints() {
		label := h.Key + " " + h.Word
		at := text.CellOf(line, label)
		if at >= 0 && x >= at && x < at+text.Width(label) && h.act != nil {
			return a.run(h.act)
		}
	}
	return nil
}
