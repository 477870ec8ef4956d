package explorer

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/explorer/messages"
	"darkroom/ui/explorer/panes"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
)

// wheelRows is how far one notch of the wheel scrolls.
const wheelRows = 3

// doubleTime is the longest time between the two clicks of a double click.
const doubleTime = 400 * time.Millisecond

// pointer is what the mouse did last.
type pointer struct {
	divides bool      // the button went down on the divider, and is still down
	row     int       // position of the row that was clicked last
	at      time.Time // when; zero after a double click
}

func (a *App) mouse(msg tea.MouseMsg) tea.Cmd {
	if a.panes.TooSmall() {
		return nil
	}
	switch {
	case msg.Button == tea.MouseButtonWheelUp:
		a.wheel(msg.X, msg.Y, -wheelRows)
	case msg.Button == tea.MouseButtonWheelDown:
		a.wheel(msg.X, msg.Y, wheelRows)
	case msg.Button == tea.MouseButtonLeft && msg.Action == tea.MouseActionPress:
		a.pointer.divides = a.overlays.Top() == nil && a.panes.Frame().Rule.Contains(msg.X, msg.Y)
		return a.click(msg.X, msg.Y)
	case msg.Action == tea.MouseActionMotion && a.pointer.divides:
		a.drag(msg.X, msg.Y)
	case msg.Action == tea.MouseActionRelease:
		a.pointer.divides = false
	}
	return nil
}

// wheel scrolls the pane under the pointer, whichever has the focus.
func (a *App) wheel(x, y, rows int) {
	if top := a.overlays.Top(); top != nil {
		top.Scroll(rows)
		return
	}
	switch f := a.panes.Frame(); {
	case f.Details.Contains(x, y):
		a.details.Scroll(a.view, rows)
	case f.View.Contains(x, y):
		a.view.Scroll(rows)
	}
}

// drag moves the divider to where it is held.
func (a *App) drag(x, y int) {
	f := a.panes.Frame()
	switch area := f.Body(); {
	case f.Beside:
		a.panes.SetShare(100 * x / area.W)
	case f.Rule.H > 0:
		a.panes.SetShare(100 * (y - area.Y) / area.H)
	}
}

func (a *App) click(x, y int) tea.Cmd {
	f := a.panes.Frame()
	if top := a.overlays.Top(); top != nil {
		return a.box.Click(top, f.Footer, x, y)
	}
	if cmd, clicked := a.clickOffer(f, x, y); clicked {
		return cmd
	}
	switch {
	case f.Footer.Contains(x, y):
		if h := a.hints().Fit(a.panes.Width, helpName).At(x); h != nil && h.Act != nil {
			return a.run(h.Act)
		}
	case f.Header.Contains(x, y):
		if tab := a.header(a.panes.Width).Tab(x); tab >= 0 {
			return a.switchTo(a.views[tab], func() {})
		}
	case f.Status.Contains(x, y):
		if x >= a.panes.Width-text.Width(a.unread(a.panes.Width)) {
			a.host.Push(messages.Show(a.host, &a.log))
		}
	case f.Crumbs.Contains(x, y):
		if c, ok := view.As[view.Climber](a.view); ok {
			c.Climb(a.path().At(x - 1))
		}
	case f.Details.Contains(x, y):
		a.focusDetails(true)
		if a.details.Click(a.view, x-f.Details.X, y-f.Details.Y) {
			return a.follow()
		}
	case f.View.Contains(x, y):
		a.focusDetails(false)
		return a.clickRow(x, y-f.View.Y)
	}
	return nil
}

// clickRow takes the cursor to a row. On its checkbox it decides; a second click on the
// same row opens it, as enter does.
func (a *App) clickRow(x, line int) tea.Cmd {
	rows := a.view.Len()
	checkbox := a.view.Click(x, line)
	row, now := a.view.Position(), a.opt.Now()
	switch {
	case checkbox:
		a.pointer.at = time.Time{}
		return a.decideHere()
	case a.view.Len() != rows || !a.cursorIsOn(line): // an arrow, which opened or closed it already, or no row
		a.pointer.at = time.Time{}
	case row == a.pointer.row && !a.pointer.at.IsZero() && now.Sub(a.pointer.at) <= doubleTime:
		a.pointer.at = time.Time{}
		return a.press("enter")
	default:
		a.pointer.row, a.pointer.at = row, now
	}
	return nil
}

// decideHere is what a click on a checkbox does.
func (a *App) decideHere() tea.Cmd {
	if a.curation.NothingToDecide() != "" {
		return nil
	}
	if why := a.filterRefuses(len(a.view.Targets()) > 1); why != "" {
		return a.say(why)
	}
	return a.curation.Toggle()
}

// cursorIsOn reports that the cursor's row is on a line of the view, as far as the view
// says that.
func (a *App) cursorIsOn(line int) bool {
	p, ok := view.As[view.Pointer](a.view)
	return !ok || p.CursorLine() == line
}

// cursorLine is the line of the screen on which the cursor's row is, -1 when it is not
// on the screen.
func (a *App) cursorLine(f panes.Frame) int {
	if p, ok := view.As[view.Pointer](a.view); ok && a.view.Len() > 0 {
		if line := p.CursorLine(); line >= 0 && line < f.View.H {
			return f.View.Y + line
		}
	}
	return -1
}
