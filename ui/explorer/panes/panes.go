// Package panes divides the screen: where each part of it is at every size, and how parts
// are put together to lines. It knows nothing of what is on them.
package panes

// Screens from this size on are drawn; smaller ones get one calm line.
const (
	minWidth  = 24
	minHeight = 6

	SideBySide = 100 // columns from which view and details are side by side
	Stacked    = 60  // columns from which the details are below the view
)

// Rect is a part of the screen in cells; empty when W or H is 0.
type Rect struct{ X, Y, W, H int }

// Contains reports whether a cell is in it.
func (r Rect) Contains(x, y int) bool {
	return x >= r.X && x < r.X+r.W && y >= r.Y && y < r.Y+r.H
}

// TooSmall reports a screen that nothing is drawn on, the first one too, whose size is
// not known yet.
func (p *Division) TooSmall() bool { return p.Width < minWidth || p.Height < minHeight }

// Frame says where everything is. It is a pure function of the size and of
// what is shown, so that drawing and mouse agree.
type Frame struct {
	Header, Crumbs, View, Rule, Details, Status, Footer Rect
	Edge                                                Rect // above the status line: of the tour
	Beside                                              bool // the details are at the right of the view, not below
}

// layout divides a screen. zoomed gives the focused pane everything; share is the
// part of the width that the view takes, in percent.
func layout(w, h int, zoomed, inDetails bool, share int) Frame {
	f := Frame{
		Header: Rect{0, 0, w, 1},
		Footer: Rect{0, h - 1, w, 1},
	}
	top, bottom := 1, h-1
	if h >= 10 {
		f.Crumbs = Rect{0, 1, w, 1}
		f.Status = Rect{0, h - 2, w, 1}
		top, bottom = 2, h-2
	}
	body := Rect{0, top, w, bottom - top}
	switch {
	case zoomed && inDetails || !zoomed && w < Stacked && inDetails:
		f.Details = body
	case zoomed || w < Stacked:
		f.View = body
	case w >= SideBySide:
		f.Beside = true
		left := w * share / 100
		f.View = Rect{0, top, left, body.H}
		f.Rule = Rect{left, top, 1, body.H}
		f.Details = Rect{left + 2, top, w - left - 2, body.H}
	default:
		upper := body.H * share / 100
		f.View = Rect{0, top, w, upper}
		f.Rule = Rect{0, top + upper, w, 1}
		f.Details = Rect{0, top + upper + 1, w, body.H - upper - 1}
	}
	return f
}

// Body is everything between the header lines and the status lines.
func (f Frame) Body() Rect {
	top, bottom := f.Header.H+f.Crumbs.H, f.Footer.Y-f.Status.H-f.Edge.H
	return Rect{0, top, f.Header.W, bottom - top}
}

// Division is how the screen is divided.
type Division struct {
	Width, Height int
	InDetails     bool // the details have the keys
	Zoomed        bool
	Edge          int // lines that something else has above the status line
	EdgeFrom      int // lines of a screen from which on it has them
	Share         int // of the view, in percent
}

// Frame is where everything is now.
func (p *Division) Frame() Frame {
	edge := p.Edge
	switch {
	case p.Height < p.EdgeFrom:
		edge = 0
	case edge > 0 && p.Width < Stacked:
		edge += 2
	}
	f := layout(p.Width, p.Height-edge, p.Zoomed, p.InDetails, p.Share)
	f.Edge = Rect{0, f.Status.Y, p.Width, edge}
	f.Status.Y, f.Footer.Y = f.Status.Y+edge, f.Footer.Y+edge
	return f
}

// SetShare gives the view a part of the screen, within bounds.
func (p *Division) SetShare(percent int) { p.Share = max(25, min(75, percent)) }
