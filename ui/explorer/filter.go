package explorer

import (
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/curate"
	"darkroom/model/query"
	"darkroom/ui/explorer/view"
	"darkroom/ui/input"
	"darkroom/ui/text"
)

// filterState is the filter line. What it lets through is the view's concern.
type filterState struct {
	editing bool
	input   textinput.Model
	query   query.Query
	problem string
	asked   string // what is wrong with a selector, or what it waits for
	nodes   selectable
	before  string            // what was there when editing began, for esc
	back    func(reveal bool) // takes the cursor to where it was then
	// hidden is what hiddenIncluded counted at book version hiddenAt-1.
	hidden   int
	hiddenAt uint64
}

func (f *filterState) active() bool { return !f.query.Empty() }

func (f *filterState) line(width int) string {
	if f.editing {
		return text.Cut("/"+text.Clean(f.input.Value())+"▏", width)
	}
	return text.Cut("/"+text.Clean(f.query.Text), width)
}

func (a *App) startFilter() tea.Cmd {
	f := &a.filter
	f.editing, f.before, f.back = true, f.query.Text, a.view.Here()
	f.input = input.NewLine(f.query.Text)
	return nil
}

func (a *App) editFilter(msg tea.KeyMsg) tea.Cmd {
	f := &a.filter
	switch msg.String() {
	case "esc":
		f.editing = false
		a.setFilter(f.before)
		f.back(false)
		return nil
	case "enter":
		f.editing = false
		return nil
	case "up":
		return a.do("move.up")
	case "down":
		return a.do("move.down")
	case "pgup":
		return a.do("move.page-up")
	case "pgdown":
		return a.do("move.page-down")
	}
	var cmd tea.Cmd
	f.input, cmd = f.input.Update(msg)
	if v := f.input.Value(); v != f.query.Text {
		a.setFilter(v)
	}
	return cmd
}

func (a *App) setFilter(expr string) {
	a.filter.query, a.filter.problem = query.Parse(expr)
	view.EndRange(a.view)
	a.applyFilter()
	if a.filter.active() {
		a.view.FirstHit()
	}
}

// applyFilter gives the filter to the current view. It runs again when the view or
// the graph changes.
func (a *App) applyFilter() {
	f := &a.filter
	f.hiddenAt, f.asked = 0, ""
	if !f.active() {
		a.view.Filter(nil)
		return
	}
	var bound *query.Bound
	bound, f.asked = f.query.Bind(a.host.Graph, a.host.Book, a.nodes())
	a.view.Filter(bound)
}

func (a *App) noFilter() string {
	if !a.filter.active() {
		return "filter first: " + a.keyOf("filter")
	}
	return ""
}

// escape takes one thing away: a range, then the filter. It never quits.
func (a *App) escape() {
	switch {
	case view.Ranging(a.view):
		view.EndRange(a.view)
	case a.filter.active():
		back := a.view.Here()
		a.setFilter("")
		back(true) // what was found stays under the cursor
	case a.panes.zoomed:
		a.panes.zoomed = false
	case a.panes.inDetails:
		a.focusDetails(false)
	}
}

// hiddenIncluded counts included dashboards that the filter does not show: what is
// written is always the whole choice, so the screen says it.
func (a *App) hiddenIncluded() int {
	f, book := &a.filter, a.host.Book
	if !f.active() {
		return 0
	}
	if f.hiddenAt == book.Version()+1 {
		return f.hidden
	}
	f.hidden, f.hiddenAt = 0, book.Version()+1
	if a.curation.Choice().Included == 0 {
		return 0
	}
	shown := map[string]bool{}
	for _, k := range a.view.Shown() {
		shown[k] = true
	}
	for _, d := range a.host.Graph.Dashboards() {
		if !shown[d.Key] && book.Effective(d.Key) == curate.Included {
			f.hidden++
		}
	}
	return f.hidden
}
