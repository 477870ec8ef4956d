package explorer

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

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
	outside, inside rect
	edged           bool
}

// drawOverlay draws the top overlay over a screen on which the panes are.
func (a *App) drawOverlay(screen []string, f frame, top view.Overlay) {
	area := f.body()
	bare, ok := top.(view.Bare)
	if area.w < boxFromWidth || area.h < boxFromHeight || ok && bare.Bare() {
		a.box = openBox{outside: area, inside: area}
		for i := range area.h {
			screen[area.y+i] = ""
		}
		place(screen, pane{area, top.Draw(area.w, area.h)})
		return
	}
	width := min(boxWidth, area.w-2*boxMargin)
	if w, ok := top.(view.Wide); ok && w.Wide() {
		width = area.w // a few cells of each row beside it would say nothing
	}
	height := area.h
	if free := a.besideCursor(f); area.w < sideBySide && free >= boxLines { // the row would not be seen
		height = free
	}
	lines := top.Draw(width-2, height-2)
	lines = lines[:min(len(lines), height-2)]
	box := a.placeBox(f, width, len(lines)+2)
	a.box = openBox{box, rect{box.x + 1, box.y + 1, box.w - 2, box.h - 2}, true}
	for i, l := range a.edged(lines, box) {
		screen[box.y+i] = text.Over(screen[box.y+i], box.x, l, width)
	}
}

// edged puts an edge around lines, with the hints in the lower one. The edge at the right
// is placed by its column: a terminal may count other cells for the text before it.
func (a *App) edged(lines []string, box rect) []string {
	width := box.w
	g, st := a.host.Glyphs, a.host.Styles.Accent
	side := st.Render(g.Rule)
	out := []string{st.Render(g.Corners[0] + strings.Repeat(g.RuleAcross, width-2) + g.Corners[1])}
	for _, l := range lines {
		l = text.Clip(l, width-2)
		out = append(out, side+l+text.Spaces(width-2-ansi.StringWidth(l))+text.Column(box.x+width-1)+side)
	}
	hints := a.hintLine(width - 4)
	rest := width - 3 - ansi.StringWidth(hints)
	return append(out, st.Render(g.Corners[2]+g.RuleAcross)+hints+st.Render(strings.Repeat(g.RuleAcross, rest)+g.Corners[3]))
}

// placeBox is where a box of a size is: in the middle of the panes, but below or above
// the cursor's row, or else at the right of its beginning.
func (a *App) placeBox(f frame, width, height int) rect {
	area := f.body()
	box := rect{area.x + (area.w-width)/2, area.y + (area.h-height)/3, width, height}
	y := a.cursorLine(f)
	if y < box.y || y >= box.y+height {
		return box
	}
	switch {
	case y+1+height <= area.y+area.h:
		box.y = y + 1
	case y-height >= area.y:
		box.y = y - height
	default:
		box.x = area.x + area.w - width
	}
	return box
}

// besideCursor is how many lines a box can have without hiding the cursor's row; 0 where
// there is none.
func (a *App) besideCursor(f frame) int {
	area, y := f.body(), a.cursorLine(f)
	if y < 0 {
		return 0
	}
	return max(y-area.y, area.y+area.h-y-1)
}

// cursorLine is the line of the screen on which the cursor's row is, -1 when it is not
// on the screen.
func (a *App) cursorLine(f frame) int {
	if p, ok := view.As[view.Pointer](a.view); ok && a.view.Len() > 0 {
		if line := p.CursorLine(); line >= 0 && line < f.view.h {
			return f.view.y + line
		}
	}
	return -1
}
