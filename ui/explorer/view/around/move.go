package around

import (
	"slices"

	"darkroom/model/subgraph"
	"darkroom/ui/text"
)

// MoveBy implements view.View: to another node of the same layer.
func (v *View) MoveBy(rows int) {
	if v.cursor < 0 {
		return
	}
	nodes := v.drawing.InLayer(v.drawing.Layer(v.cursor))
	at := slices.Index(nodes, v.cursor)
	v.moveTo(nodes[min(max(at+rows, 0), len(nodes)-1)])
}

// along goes along an edge: upstream with -1, downstream with 1. Of several it takes the
// one that the cursor came from, or the nearest on the screen.
func (v *View) along(dir int) {
	if v.cursor < 0 {
		return
	}
	best, least := -1, 0
	_, y, _ := v.drawing.Box(v.cursor)
	for _, next := range v.neighbours(v.cursor, dir) {
		_, row, _ := v.drawing.Box(next)
		far := 2*max(row-y, y-row) + 1
		if back, ok := v.came[v.cursor]; ok && back == next {
			far = 0
		}
		if best < 0 || far < least {
			best, least = next, far
		}
	}
	if best >= 0 {
		v.came[best] = v.cursor
		v.moveTo(best)
	}
}

func (v *View) neighbours(node, dir int) (found []int) {
	for _, e := range v.part.Edges {
		if dir > 0 && e[0] == node {
			found = append(found, e[1])
		}
		if dir < 0 && e[1] == node {
			found = append(found, e[0])
		}
	}
	return found
}

func (v *View) Scroll(rows int) {
	if v.drawing != nil {
		v.top += rows
		v.clamp()
	}
}

func (v *View) scrollAside(cells int) {
	if v.drawing != nil {
		v.left += cells
		v.clamp()
	}
}

func (v *View) Click(x, line int) (checkbox bool) {
	if v.drawing == nil || line >= v.rows() {
		return false
	}
	x += v.left
	node := v.drawing.At(x, line+v.top)
	if node < 0 {
		return false
	}
	left, _, _ := v.drawing.Box(node)
	v.cursor, v.path = node, v.drawing.Path(node)
	if v.dashboardAt(node) == nil {
		return false
	}
	box := left + text.Width(v.labels[node][0].Text) + 1
	return x >= box && x < box+3
}

// CursorLine implements view.Pointer.
func (v *View) CursorLine() int {
	if v.cursor < 0 {
		return -1
	}
	_, y, _ := v.drawing.Box(v.cursor)
	return y - v.top
}

func (v *View) Position() int { return v.drawn*(subgraph.Most+1) + v.cursor }
