package explorer

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"darkroom/ui/explorer/panes"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
)

// An overlay is a box over the panes, so that one still sees what it is about. On a small
// screen it takes their whole place.
const (
	boxFromWidth  = 60 // cells of the panes
	boxFromHeight = 12
	boxWidth      = 84 // cells at most, for one that does not ask for more
	boxLines      = 10 // lines that are enough for one that scrolls
	boxMargin     = 4  // cells at least that remain of the panes at each side
)

// openBox is the overlay on the screen as it was drawn last: its lines are in inside, its
// hints on its lower edge. Without an edge they are in the footer.
type openBox struct {
	outside, inside panes.Rect
	edged           bool
}

// drawOverlay draws the top overlay over a screen on which the panes are.
func (a *App) drawOverlay(screen []string, f panes.Frame, top view.Overlay) {
	area := f.Body()
	bare, ok := top.(view.Bare)
	if area.W < boxFromWidth || area.H < boxFromHeight || ok && bare.Bare() {
		a.box = openBox{outside: area, inside: area}
		for i := range area.H {
			screen[area.Y+i] = ""
		}
		panes.Place(screen, area.With(top.Draw(area.W, area.H)))
		return
	}
	width := min(boxWidth, area.W-2*boxMargin)
	if w, ok := top.(view.Wide); ok && w.Wide() {
		width = area.W // a few cells of each row beside it would say nothing
	}
	height := area.H
	if free := a.besideCursor(f); area.W < panes.SideBySide && free >= boxLines { // the row would not be seen
		height = free
	}
	lines := top.Draw(width-2, height-2)
	lines = lines[:min(len(lines), height-2)]
	box := a.placeBox(f, width, len(lines)+2)
	a.box = openBox{box, panes.Rect{X: box.X + 1, Y: box.Y + 1, W: box.W - 2, H: box.H - 2}, true}
	for i, l := range a.edged(lines, box) {
		screen[box.Y+i] = text.Over(screen[box.Y+i], box.X, l, width)
	}
}

// edged puts an edge around lines, with the hints in the lower one. The edge at the right
// is placed by its column: a terminal may count other cells for the text before it.
func (a *App) edged(lines []string, box panes.Rect) []string {
	width := box.W
	g, st := a.host.Glyphs, a.host.Styles.Accent
	side := st.Render(g.Rule)
	out := []string{st.Render(g.Corners[0] + strings.Repeat(g.RuleAcross, width-2) + g.Corners[1])}
	for _, l := range lines {
		l = text.Clip(l, width-2)
		out = append(out, side+l+text.Spaces(width-2-ansi.StringWidth(l))+text.Column(box.X+width-1)+side)
	}
	hints := a.hintLine(width - 4)
	rest := width - 3 - ansi.StringWidth(hints)
	return append(out, st.Render(g.Corners[2]+g.RuleAcross)+hints+st.Render(strings.Repeat(g.RuleAcross, rest)+g.Corners[3]))
}

// placeBox is where a box of a size is: in the middle of the panes, but below or above
// the cursor's row, or else at the right of its beginning.
func (a *App) placeBox(f panes.Frame, width, height int) panes.Rect {
	area := f.Body()
	box := panes.Rect{X: area.X + (area.W-width)/2, Y: area.Y + (area.H-height)/3, W: width, H: height}
	y := a.cursorLine(f)
	if y < box.Y || y >= box.Y+height {
		return box
	}
	switch {
	case y+1+height <= area.Y+area.H:
		box.Y = y + 1
	case y-height >= area.Y:
		box.Y = y - height
	default:
		box.X = area.X + area.W - width
	}
	return box
}

// besideCursor is how many lines a box can have without hiding the cursor's row; 0 where
// there is none.
func (a *App) besideCursor(f panes.Frame) int {
	area, y := f.Body(), a.cursorLine(f)
	if y < 0 {
		return 0
	}
	return max(y-area.Y, area.Y+area.H-y-1)
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
