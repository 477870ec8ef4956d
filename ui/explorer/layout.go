package explorer

// Screens from this size on are drawn; smaller ones get one calm line.
const (
	minWidth  = 24
	minHeight = 6

	sideBySide = 100 // columns from which view and details are side by side
	stacked    = 60  // columns from which the details are below the view
)

// rect is a part of the screen in cells; empty when w or h is 0.
type rect struct{ x, y, w, h int }

func (r rect) contains(x, y int) bool {
	return x >= r.x && x < r.x+r.w && y >= r.y && y < r.y+r.h
}

// tooSmall reports a screen that nothing is drawn on, the first one too, whose size is
// not known yet.
func (p *panes) tooSmall() bool { return p.width < minWidth || p.height < minHeight }

// frame says where everything is. It is a pure function of the size and of
// what is shown, so that drawing and mouse agree.
type frame struct {
	header, crumbs, view, rule, details, status, footer rect
	edge                                                rect // above the status line: of the tour
	beside                                              bool // the details are at the right of the view, not below
}

// layout divides a screen. zoomed gives the focused pane everything; share is the
// part of the width that the view takes, in percent.
func layout(w, h int, zoomed, inDetails bool, share int) frame {
	f := frame{
		header: rect{0, 0, w, 1},
		footer: rect{0, h - 1, w, 1},
	}
	top, bottom := 1, h-1
	if h >= 10 {
		f.crumbs = rect{0, 1, w, 1}
		f.status = rect{0, h - 2, w, 1}
		top, bottom = 2, h-2
	}
	body := rect{0, top, w, bottom - top}
	switch {
	case zoomed && inDetails || !zoomed && w < stacked && inDetails:
		f.details = body
	case zoomed || w < stacked:
		f.view = body
	case w >= sideBySide:
		f.beside = true
		left := w * share / 100
		f.view = rect{0, top, left, body.h}
		f.rule = rect{left, top, 1, body.h}
		f.details = rect{left + 2, top, w - left - 2, body.h}
	default:
		upper := body.h * share / 100
		f.view = rect{0, top, w, upper}
		f.rule = rect{0, top + upper, w, 1}
		f.details = rect{0, top + upper + 1, w, body.h - upper - 1}
	}
	return f
}

// body is everything between the header lines and the status lines.
func (f frame) body() rect {
	top, bottom := f.header.h+f.crumbs.h, f.footer.y-f.status.h-f.edge.h
	return rect{0, top, f.header.w, bottom - top}
}

// panes is how the screen is divided.
type panes struct {
	width, height int
	inDetails     bool // the details have the keys
	zoomed        bool
	edge          int // lines that something else has above the status line
	share         int // of the view, in percent
}

func (p *panes) frame() frame {
	edge := p.edge
	switch {
	case p.height < tourHeight:
		edge = 0
	case edge > 0 && p.width < stacked:
		edge += 2
	}
	f := layout(p.width, p.height-edge, p.zoomed, p.inDetails, p.share)
	f.edge = rect{0, f.status.y, p.width, edge}
	f.status.y, f.footer.y = f.status.y+edge, f.footer.y+edge
	return f
}

func (p *panes) setShare(percent int) { p.share = max(25, min(75, percent)) }

// fit gives every view the room it has on this screen.
func (a *App) fit() {
	f := a.panes.frame()
	for _, v := range a.views {
		if a.others.ready(v) {
			v.Resize(f.view.w, f.view.h)
		}
	}
	a.details.Stale()
	a.details.Resize(f.details.w, f.details.h)
	a.details.Scroll(a.view, 0)
}

// page is the number of rows a page key moves by: one less than is seen, so that
// a row is kept for the eye.
func (a *App) page() int {
	f := a.panes.frame()
	if a.panes.inDetails {
		return max(f.details.h-1, 1)
	}
	return max(f.view.h-1, 1)
}

// scrollOrMove moves the cursor, or the text when the details have the keys.
func (a *App) scrollOrMove(rows int) {
	switch {
	case a.panes.inDetails && (rows == 1 || rows == -1):
		a.details.Move(a.view, rows)
	case a.panes.inDetails:
		a.details.Scroll(a.view, rows)
	default:
		a.view.MoveBy(rows)
	}
}
