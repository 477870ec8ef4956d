package explorer

import (
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/explorer/view"
	"darkroom/ui/input"
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
		a.details.Scroll(a.view, rows)
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
	if top := a.overlays.Top(); top != nil {
		return a.clickOverlay(top, f, x, y)
	}
	switch {
	case f.footer.contains(x, y):
		if h := hintAt(a.fitting(a.panes.width), x); h != nil && h.act != nil {
			return a.run(h.act)
		}
	case f.header.contains(x, y):
		if tab := a.header(a.panes.width).Tab(x); tab >= 0 {
			a.switchTo(a.views[tab])
		}
	case f.details.contains(x, y):
		a.focusDetails(true)
		if a.details.Click(a.view, x-f.details.x, y-f.details.y) {
			return a.follow()
		}
	case f.view.contains(x, y):
		a.focusDetails(false)
		return a.clickRow(x, y-f.view.y)
	}
	return nil
}

// clickRow takes the cursor to a row. On its checkbox it decides.
func (a *App) clickRow(x, line int) tea.Cmd {
	if checkbox := a.view.Click(x, line); !checkbox || a.curation.NothingToDecide() != "" {
		return nil
	}
	if why := a.filterRefuses(len(a.view.Targets()) > 1); why != "" {
		return a.say(why)
	}
	return a.curation.Toggle()
}

// clickOverlay gives a click to an overlay, or presses the key of its hint.
func (a *App) clickOverlay(top view.Overlay, f frame, x, y int) tea.Cmd {
	box, hints, left := a.box, a.fitting(a.panes.width), 0
	edge := f.footer.y
	if box.edged {
		edge, left = box.outside.y+box.outside.h-1, box.outside.x+2
		hints = a.fitting(box.outside.w - 4)
	}
	switch {
	case y == edge:
		if h := hintAt(hints, x-left); h != nil {
			if key, ok := input.Named(h.Key); ok {
				return top.Key(key)
			}
		}
	case box.inside.contains(x, y):
		return top.Click(y - box.inside.y)
	}
	return nil
}

// hintAt is the hint at a cell of their line; nil where there is none.
func hintAt(hints []hint, x int) *hint {
	for i := range hints {
		if x >= hints[i].from && x < hints[i].to {
			return &hints[i]
		}
	}
	return nil
}
