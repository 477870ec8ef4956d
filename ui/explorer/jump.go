package explorer

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/lineage"
	"darkroom/ui/explorer/finder"
	"darkroom/ui/explorer/history"
	"darkroom/ui/explorer/letters"
	"darkroom/ui/explorer/panes"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
)

func (a *App) jumpActions() []view.Action {
	const group = view.GroupFind
	return []view.Action{
		{Name: "goto", Keys: []string{"@"}, Group: group, Title: "go to anything: model, table, dashboard, workbook, sheet, owner, exposure, column", Hint: "go to", Do: view.Still(a.openFinder)},
		{Name: "goto.row", Keys: []string{"'"}, Group: group, Title: "go to a row of the screen by the letter that it gets", Why: a.noLetters, Do: view.Still(a.askLetter)},
		{Name: "goto.back", Keys: []string{"["}, Group: group, Title: "back to where you were before the last jump", Why: a.nothingBehind, Do: a.goBack},
		{Name: "goto.forward", Keys: []string{"]"}, Group: group, Title: "forward again", Why: a.nothingAhead, Do: a.goForward},
	}
}

func (a *App) noLetters() string {
	if _, ok := view.As[view.Lined](a.view); !ok || a.view.Len() == 0 {
		return "there is no list of rows here"
	}
	return ""
}

// askLetter shows a letter at each row, and the next key goes there.
func (a *App) askLetter() {
	a.await = &question{text: "go to which row?", letters: true, answer: func(key string) tea.Cmd {
		if v, ok := view.As[view.Lined](a.view); ok {
			first, end := v.RowLines()
			if n := letters.Row(key); n >= 0 && first+n < end {
				a.view.MoveBy(first + n - v.CursorLine())
			}
		}
		return nil
	}}
}

// drawLetters puts them on the lines of a view where the cursor's sign is, except on its own
// row.
func (a *App) drawLetters(lines []string, area panes.Rect) []string {
	v, ok := view.As[view.Lined](a.view)
	if !ok || a.await == nil || !a.await.letters {
		return lines
	}
	first, end := v.RowLines()
	for line := first; line < min(end, area.H, len(lines)); line++ {
		if l := letters.Of(line - first); l != "" && line != v.CursorLine() {
			lines[line] = text.Over(lines[line], 0, a.host.Styles.Hit.Render(l), 1)
		}
	}
	return lines
}

// here is where the cursor is.
func (a *App) here() history.Place { return history.Of(a.view, a.filter.query.Text) }

// jump does what takes the cursor elsewhere, and keeps where it was. A jump within a jump
// is one.
func (a *App) jump(do func()) {
	if a.jumping {
		do()
		return
	}
	a.jumping = true
	defer func() { a.jumping = false }()
	from := a.here()
	do()
	a.history.Jumped(from, a.here())
}

func (a *App) goBack() tea.Cmd    { return a.travelTo(a.history.Back(a.here())) }
func (a *App) goForward() tea.Cmd { return a.travelTo(a.history.Forward(a.here())) }

// travelTo goes to a place that was left. Where the filter hides it, that of the time is
// there again.
func (a *App) travelTo(p history.Place, ok bool) tea.Cmd {
	if !ok {
		return a.say("this is where you are")
	}
	return a.turnThen(p.View, func() tea.Cmd { return a.arriveAt(p) })
}

func (a *App) arriveAt(p history.Place) tea.Cmd {
	a.turnTo(p.View)
	to, ok := view.As[view.Placer](p.View)
	if !ok || p.Row == "" {
		return nil
	}
	found, shown := to.GoTo(p.Row)
	if found && !shown && p.Filter != a.filter.query.Text {
		a.setFilter(p.Filter)
		found, shown = to.GoTo(p.Row)
	}
	if found && !shown {
		a.unhide(func() (found, shown bool) { return to.GoTo(p.Row) })
	}
	if !found {
		return a.say("the row where you were is gone")
	}
	return nil
}

func (a *App) nothingBehind() string {
	if !a.history.CanGoBack() {
		return "there was no jump yet"
	}
	return ""
}

func (a *App) nothingAhead() string {
	if !a.history.CanGoForward() {
		return "there is nothing ahead: " + a.keyOf("goto.back") + " goes back"
	}
	return ""
}

func (a *App) openFinder() {
	a.host.Push(finder.New(a.host, finder.Needs{Context: a.ctx, Hides: a.filterHides, Go: a.goToEntry}))
}

// filterHides reports a dashboard that the filter does not show.
func (a *App) filterHides(node lineage.ID) bool {
	if !a.filter.active() || int(node) >= a.host.Graph.Len() {
		return false
	}
	d := a.host.Graph.Node(node).Dashboard
	return d != nil && !a.shownByFilter()[d.Key]
}

// goToEntry is a jump to what was found: to an exposure where exposures are at home.
func (a *App) goToEntry(e finder.Entry) tea.Cmd {
	for _, v := range a.views {
		x, ok := view.As[view.Exposer](v)
		if !ok || e.Of == nil {
			continue
		}
		if found, _ := x.GoToExposure(e.Of, e.Name); found {
			a.jump(func() {
				a.turnTo(v)
				a.unhide(func() (found, shown bool) { return x.GoToExposure(e.Of, e.Name) })
			})
			return nil
		}
	}
	if e.Holds {
		a.goAbove(e)
		return nil
	}
	return a.goToNode(e.Node)
}

// goAbove is a jump to the row above a dashboard, where that is what was found; in a list,
// or in groups of another kind, to the dashboard.
func (a *App) goAbove(e finder.Entry) {
	a.jump(func() {
		a.goTo(a.homeOf(view.HomeOfDashboards), e.Node)
		if crumbs := a.view.Crumbs(); len(crumbs) > 1 && crumbs[len(crumbs)-2] == e.Name {
			a.do("move.parent")
		}
	})
}

// goToNode is a jump to a resource or dashboard: in this view if it is there, otherwise
// where it is at home. It says if the filter hid it.
func (a *App) goToNode(node lineage.ID) tea.Cmd {
	filter, found := a.filter.query.Text, false
	a.focusDetails(false)
	a.jump(func() {
		goes := func() (bool, bool) { return a.view.Go(node) }
		if found = a.unhide(goes); found {
			return
		}
		home := view.HomeOfResources
		if a.host.Graph.Node(node).Dashboard != nil {
			home = view.HomeOfDashboards
		}
		if v := a.homeOf(home); v != nil {
			a.turnTo(v)
			found = a.unhide(goes)
		}
	})
	switch {
	case !found:
		return a.say("no view has this")
	case filter != "" && !a.filter.active():
		return a.say("the filter hid it, and is cleared: " + text.Clean(strings.TrimSpace(filter)))
	}
	return nil
}
