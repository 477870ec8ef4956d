package explorer

// Screens from this size on are drawn; smaller ones get one calm line.
const (
	minWidth  = 24
	minHeight = 6

	sideBySide = 100 // columns from which tree and details stand beside each other
	stacked    = 60  // columns from which details stand below the tree
)

// rect is a part of the screen in cells; empty when w or h is 0.
type rect struct{ x, y, w, h int }

func (r rect) contains(x, y int) bool {
	return x >= r.x && x < r.x+r.w && y >= r.y && y < r.y+r.h
}

// frame says where everything stands. It is a pure function of the size and of
// what is shown, so that drawing and mouse agree.
type frame struct {
	header, crumbs, tree, rule, details, status, footer rect
	beside                                              bool // details stand beside the tree, not below
}

// layout divides a screen. zoomed gives the focused pane everything; share is the
// part of the width that the tree takes, in percent.
func layout(w, h int, zoomed, detailsFocused bool, share int) frame {
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
	case zoomed && detailsFocused || !zoomed && w < stacked && detailsFocused:
		f.details = body
	case zoomed || w < stacked:
		f.tree = body
	case w >= sideBySide:
		f.beside = true
		left := w * share / 100
		f.tree = rect{0, top, left, body.h}
		f.rule = rect{left, top, 1, body.h}
		f.details = rect{left + 2, top, w - left - 2, body.h}
	default:
		upper := body.h * share / 100
		f.tree = rect{0, top, w, upper}
		f.rule = rect{0, top + upper, w, 1}
		f.details = rect{0, top + upper + 1, w, body.h - upper - 1}
	}
	return f
}
