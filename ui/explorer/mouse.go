package explorer

import (
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/text"
)

// wheelRows is how far one notch of the wheel scrolls.
const wheelRows = 3

func (a *App) mouse(msg tea.MouseMsg) tea.Cmd {
	switch {
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
	if n := len(a.overlays); n > 0 {
		a.overlays[n-1].scroll(rows)
		return
	}
	switch f := a.frame(); {
	case f.details.contains(x, y):
		a.detailsTop = max(0, min(a.detailsTop+rows, a.detailsEnd()))
	case f.tree.contains(x, y):
		a.tree().Scroll(rows)
	}
}

// drag moves the divider when it is what is held.
func (a *App) drag(x int) {
	if f := a.frame(); f.beside && (x == f.rule.x-1 || x == f.rule.x+1) {
		a.share = max(25, min(75, 100*x/a.width))
	}
}

func (a *App) click(x, y int) tea.Cmd {
	f := a.frame()
	if f.footer.contains(x, y) {
		return a.clickFooter(x)
	}
	if n := len(a.overlays); n > 0 {
		if area := a.bodyRect(f); area.contains(x, y) {
			return a.overlays[n-1].click(a, y-area.y)
		}
		return nil
	}
	switch {
	case f.header.contains(x, y):
		a.clickHeader(x)
	case f.details.contains(x, y):
		a.detailsFocused = true
	case f.tree.contains(x, y):
		a.detailsFocused = false
		return a.clickRow(x, y-f.tree.y)
	}
	return nil
}

// clickRow tells arrow, checkbox and name apart: the arrow folds, the checkbox
// decides, the name only takes the cursor.
func (a *App) clickRow(x, line int) tea.Cmd {
	rows, first := a.tree().Window()
	if line < 0 || line >= len(rows) {
		return nil
	}
	a.tree().MoveTo(first + line)
	arrow := 1 + 2*min(rows[line].Depth, a.frame().tree.w/8)
	switch {
	case x >= arrow && x <= arrow+1:
		a.tree().Toggle()
	case x >= arrow+2 && x <= arrow+4 && a.nothingToDecide() == "":
		c := a.book.Toggle(a.targets(), a.meta())
		return a.keep(c, false)
	}
	return nil
}

// clickHeader switches views by the tabs.
func (a *App) clickHeader(x int) {
	line := a.header(a.width)
	for v, title := range viewTitles {
		if at := text.CellOf(line, title); at >= 0 && x >= at-2 && x < at+len(title)+1 {
			a.switchTo(view(v))
		}
	}
}

// clickFooter runs the hint that was clicked.
func (a *App) clickFooter(x int) tea.Cmd {
	line := a.footer(a.width)
	for _, h := range a.hints() {
		at := text.CellOf(line, h.key+" "+h.word)
		if at >= 0 && x >= at && x < at+text.Width(h.key+" "+h.word) && h.act != nil {
			return a.run(h.act)
		}
	}
	return nil
}
