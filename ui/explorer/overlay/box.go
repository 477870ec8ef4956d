package overlay

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"darkroom/ui/explorer/panes"
	"darkroom/ui/explorer/registry"
	"darkroom/ui/explorer/view"
	"darkroom/ui/input"
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

// Box is the overlay on the screen as it was drawn last: its lines are in Inside, its
// hints on its lower edge. Without an edge they are in the footer.
type Box struct {
	Outside, Inside panes.Rect
	Edged           bool
}

// Draw draws an overlay over the panes of a screen. cursor is the line with the cursor's
// row, -1 when that is not on the screen.
func (b *Box) Draw(screen []string, h *view.Host, area panes.Rect, cursor int, top view.Overlay) {
	bare, ok := top.(view.Bare)
	if area.W < boxFromWidth || area.H < boxFromHeight || ok && bare.Bare() {
		*b = Box{Outside: area, Inside: area}
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
	if free := max(cursor-area.Y, area.Y+area.H-cursor-1); cursor >= 0 && area.W < panes.SideBySide && free >= boxLines { // the row would not be seen
		height = free
	}
	lines := top.Draw(width-2, height-2)
	lines = lines[:min(len(lines), height-2)]
	out := placed(area, cursor, width, len(lines)+2)
	*b = Box{out, panes.Rect{X: out.X + 1, Y: out.Y + 1, W: out.W - 2, H: out.H - 2}, true}
	for i, l := range b.edge(h, lines, hintsOf(top, width-4).Draw(h.Styles)) {
		screen[out.Y+i] = text.Over(screen[out.Y+i], out.X, l, width)
	}
}

// hintsOf are the hints of an overlay that a width has room for.
func hintsOf(top view.Overlay, width int) registry.Hints {
	return registry.Plain(top.Hints()).Fit(width, "")
}

// edge puts an edge around lines, with the hints in the lower one. The edge at the right
// is placed by its column: a terminal may count other cells for the text before it.
func (b *Box) edge(h *view.Host, lines []string, hints string) []string {
	width := b.Outside.W
	g, st := h.Glyphs, h.Styles.Accent
	side := st.Render(g.Rule)
	out := []string{st.Render(g.Corners[0] + strings.Repeat(g.RuleAcross, width-2) + g.Corners[1])}
	for _, l := range lines {
		l = text.Clip(l, width-2)
		out = append(out, side+l+text.Spaces(width-2-ansi.StringWidth(l))+text.Column(b.Outside.X+width-1)+side)
	}
	rest := width - 3 - ansi.StringWidth(hints)
	return append(out, st.Render(g.Corners[2]+g.RuleAcross)+hints+st.Render(strings.Repeat(g.RuleAcross, rest)+g.Corners[3]))
}

// placed is where a box of a size is: in the middle of the panes, but below or above
// the cursor's row, or else at the right of its beginning.
func placed(area panes.Rect, cursor, width, height int) panes.Rect {
	box := panes.Rect{X: area.X + (area.W-width)/2, Y: area.Y + (area.H-height)/3, W: width, H: height}
	if cursor < box.Y || cursor >= box.Y+height {
		return box
	}
	switch {
	case cursor+1+height <= area.Y+area.H:
		box.Y = cursor + 1
	case cursor-height >= area.Y:
		box.Y = cursor - height
	default:
		box.X = area.X + area.W - width
	}
	return box
}

// Click gives a click to the overlay, or presses the key of its hint.
func (b *Box) Click(top view.Overlay, footer panes.Rect, x, y int) tea.Cmd {
	edge, left, width := footer.Y, 0, footer.W
	if b.Edged {
		edge, left, width = b.Outside.Y+b.Outside.H-1, b.Outside.X+2, b.Outside.W-4
	}
	switch {
	case y == edge:
		if h := hintsOf(top, width).At(x - left); h != nil {
			if key, ok := input.Named(h.Key); ok {
				return top.Key(key)
			}
		}
	case b.Inside.Contains(x, y):
		return top.Click(y - b.Inside.Y)
	}
	return nil
}
