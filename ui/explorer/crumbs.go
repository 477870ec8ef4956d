package explorer

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"darkroom/ui/text"
)

// crumbs is the second line: the filter, or where the cursor is.
func (a *App) crumbs(width int) string {
	above, last := a.shownPath(width)
	left := ""
	if last != "" {
		left = " " + a.host.Styles.Dim.Render(above+last)
	}
	if a.filter.editing || a.filter.active() {
		used := ansi.StringWidth(left)
		return left + text.Spaces(min(used, 1)) + a.filterLine(width-used-min(used, 1))
	}
	return left
}

// shownPath is what there is room for of the path: beside a filter what that leaves of a
// wide screen, and nothing while one types.
func (a *App) shownPath(width int) (above, last string) {
	if !a.filter.editing && !a.filter.active() {
		return a.cutPath(width - 2)
	}
	counts := text.Width(a.filterCounts()[0]) // at most two thirds of what is left, see filterLine
	room := width - 4 - max(text.Width(a.filter.line(width))+counts+4, (counts+2)*3/2)
	if a.filter.editing || width < sideBySide || room < leastPath || a.filterProblem() != "" {
		return "", ""
	}
	return a.cutPath(room)
}

// cutPath is the path in some cells, the last name apart: a long one loses its end, and
// the parents their beginning.
func (a *App) cutPath(room int) (above, last string) {
	crumbs := a.view.Crumbs()
	if len(crumbs) == 0 {
		return "", ""
	}
	last = text.Clean(crumbs[len(crumbs)-1])
	above = strings.TrimSuffix(a.path(), last)
	last = text.Cut(last, max(room-text.Width(above), room/2))
	return text.CutLeft(above, room-text.Width(last)), last
}

// leastPath are the cells of a path that is worth its place beside a filter.
const leastPath = 16

// path is the way to the cursor.
func (a *App) path() string {
	return text.Clean(strings.Join(a.view.Crumbs(), a.host.Glyphs.Crumb))
}

// crumbAt is how many parents above the cursor's row the name at a cell of the path is,
// 0 where there is none.
func (a *App) crumbAt(x int) int {
	crumbs := a.view.Crumbs()
	above, last := a.shownPath(a.panes.width)
	end := 1 + text.Width(above) + text.Width(last)
	for up := range crumbs {
		from := end - text.Width(last)
		if up > 0 {
			from = end - text.Width(text.Clean(crumbs[len(crumbs)-1-up]))
		}
		if x >= from && x < end {
			return up
		}
		end = from - text.Width(a.host.Glyphs.Crumb)
	}
	return 0
}
