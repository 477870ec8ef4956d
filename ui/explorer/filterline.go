package explorer

import (
	"fmt"
	"strings"

	"darkroom/model"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
)

// filterLine is the second line while there is a filter: what is typed, and at the right
// what it finds, or what is wrong with it.
func (a *App) filterLine(width int) string {
	st := a.host.Styles
	style, candidates := st.Dim, a.filterCounts()
	if problem := a.filterProblem(); problem != "" {
		style, candidates = st.Warn, []string{text.Clean(problem)}
	} else if a.filter.similar || a.filter.shown != nil && a.hiddenIncluded() > 0 {
		style = st.Warn
	}
	need := min(text.Width(a.filter.line(width)), width/3)
	right := candidates[len(candidates)-1]
	for _, c := range candidates {
		if w := text.Width(c) + 1; w+need+3 <= width && w <= width*2/3 {
			right = c
			break
		}
	}
	right = text.Cut(right+" ", width*2/3)
	left := " " + st.Accent.Render(a.filter.line(width-text.Width(right)-3))
	return text.Join(left, style.Render(right), width)
}

// filterCounts says what the filter finds, the longest way first: how many dashboards in
// how many rows, at which of them the cursor is, and how many included ones it hides.
func (a *App) filterCounts() []string {
	if !a.filter.active() || a.filter.typed {
		return []string{""}
	}
	if !a.filter.rest.done && a.filter.shown == nil { // in a moment
		return []string{text.Count(a.view.Hits(), "row"), ""}
	}
	dashboards, rows, at := len(a.shownByFilter()), a.view.Hits(), ""
	if p, ok := view.As[view.Placed](a.view); ok && rows > 0 {
		at = fmt.Sprintf("%d/%d", p.HitAt(), rows)
	}
	long := text.Count(rows, "row")
	if dashboards > 0 {
		long = fmt.Sprintf("%s in %s", text.Count(dashboards, "dashboard"), long)
	}
	short := fmt.Sprintf("%d in %d", dashboards, rows)
	hidden, cut, least := "", "", ""
	if n := a.hiddenIncluded(); n > 0 {
		hidden, cut, least = fmt.Sprintf("%d included %s hidden by the filter", n, model.Agreeing(n, "is", "are")), fmt.Sprintf("%d included hidden", n), fmt.Sprintf("%d hidden", n)
	}
	similar := ""
	if a.filter.similar {
		similar = "similar names"
	}
	return []string{
		joined(similar, long, at, hidden), joined(similar, long, at, cut), joined(similar, short, at, cut),
		joined(similar, at, cut), joined(similar, at, least), joined(at, least),
	}
}

// joined joins what is not empty.
func joined(parts ...string) string {
	var some []string
	for _, p := range parts {
		if p != "" {
			some = append(some, p)
		}
	}
	return strings.Join(some, " · ")
}

func (a *App) filterHints() []view.Hint {
	keep, back := view.Hint{Key: "enter", Word: "keep"}, view.Hint{Key: "esc", Word: "back"}
	if a.filter.offers.Len() == 0 {
		return []view.Hint{keep, back, {Key: "↑↓", Word: "move"}}
	}
	return []view.Hint{keep, back, {Key: "tab", Word: "complete"}, {Key: "↑↓", Word: "choose"}}
}

// noMatch is shown where the filter lets nothing through.
func (a *App) noMatch(width int) []string {
	st := a.host.Styles
	how := a.keyOf(clearName) + " clears the filter, " + a.keyOf("filter") + " changes it."
	problem := a.filterProblem()
	title, said, style := "Nothing matches.", "", st.Text
	switch there := a.pointsElsewhere(); {
	case problem != "":
		title, said, style = "Nothing is shown for this filter.", text.Clean(problem), st.Warn
	case there != "":
		title, said, how = "Nothing here.", there+".", "enter goes there, "+how
	}
	lines := []string{"", st.Title.Render(title)}
	for _, l := range text.Wrap(said, max(width, 10)) {
		lines = append(lines, style.Render(l))
	}
	for _, l := range text.Wrap(how, max(width, 10)) {
		lines = append(lines, st.Dim.Render(l))
	}
	return lines
}

// isUndo reports the actions of the history, which no filter stops.
func isUndo(action string) bool { return action == "decide.undo" || action == "decide.redo" }

// concernsSeveral reports an action that decides about more than one dashboard here.
func (a *App) concernsSeveral(action string) bool {
	return strings.HasSuffix(action, "-shown") || len(a.view.Targets()) > 1
}
