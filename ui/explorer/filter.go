package explorer

import (
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/query"
	"darkroom/ui/explorer/complete"
	"darkroom/ui/explorer/view"
	"darkroom/ui/input"
	"darkroom/ui/text"
)

// filterState is the filter line. What it lets through is the view's concern.
type filterState struct {
	editing bool
	input   textinput.Model
	typed   bool // the line is another one than the filter; what was typed follows (typedMsg)
	asking  asking
	query   query.Query
	asked   string // what is wrong with a selector, or that it selects nothing
	similar bool   // nothing has the words: what is shown has names like them
	bound   *query.Bound
	offers  complete.List
	offered offered
	rest    afterwards
	arrive  func() // takes the cursor to its row when the manifests are read
	nodes   selectable
	before  string            // what was there when editing began, for esc
	back    func(reveal bool) // takes the cursor to where it was then
	// shown are the dashboards that the view shows, by key; nil before they are asked for.
	shown map[string]bool
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
	f.offered = offered{run: f.offered.run + 1}
	a.offer()
	return nil
}

func (a *App) editFilter(msg tea.KeyMsg) tea.Cmd {
	f := &a.filter
	if msg.String() == "esc" {
		return a.foresee(a.view, query.Parse(f.before), view.Still(func() {
			f.editing = false
			a.setFilter(f.before)
			f.back(false)
		}))
	}
	if !isLetter(msg) {
		a.applyTyped()
	}
	switch msg.String() {
	case "enter":
		s, ok := f.offers.Chosen()
		switch {
		case !ok:
			a.keepFilter()
		case s.Field:
			return a.takeOffer(s, func() {})
		default:
			return a.takeOffer(s, a.keepFilter)
		}
		return nil
	case "tab":
		if s, ok := f.offers.Best(); ok {
			return a.takeOffer(s, func() {})
		}
		return nil
	case "up", "shift+tab":
		return a.chooseOffer(-1)
	case "down":
		return a.chooseOffer(1)
	case "pgup":
		return a.do("move.page-up")
	case "pgdown":
		return a.do("move.page-down")
	}
	var cmd tea.Cmd
	f.input, cmd = f.input.Update(msg)
	f.typed = f.input.Value() != f.query.Text
	a.offer()
	if f.typed {
		return tea.Batch(cmd, func() tea.Msg { return typedMsg{} })
	}
	f.asking.end() // it is what is shown again
	return cmd
}

// isLetter reports a key that only changes what is typed.
func isLetter(key tea.KeyMsg) bool {
	return key.Type == tea.KeyRunes || key.Type == tea.KeySpace || key.Type == tea.KeyBackspace
}

func (a *App) setFilter(expr string) { a.ask(query.Parse(expr)) }

// keepFilter ends typing. What is unfinished is a mistake then, and lets nothing through.
func (a *App) keepFilter() {
	f := &a.filter
	f.editing = false
	if kept := f.query.Kept(); kept.Problem != f.query.Problem {
		a.ask(kept)
	}
}

// ask makes a query the filter at once.
func (a *App) ask(q query.Query) {
	a.filter.asking.end()
	a.answerTo(q, a.look(a.ctx, q))
}

// applyFilter asks the view again: it, the graph or what is known of it has changed. What
// takes a look at all dashboards follows after the frame.
func (a *App) applyFilter() {
	if k := &a.filter.asking; k.answer != nil { // it was asked what was there before
		a.ask(k.query)
		return
	}
	q := a.filter.query
	a.let(q, a.look(a.ctx, q))
}

// known is what filters are asked about.
func (a *App) known(q query.Query) query.Known {
	return query.Known{Graph: a.host.Graph, Book: a.host.Book, Nodes: a.nodes(q), Outlook: a.host.Outlook, Health: a.host.Health, Now: a.opt.Now()}
}

// filterRefuses says why nothing can be decided about what the filter shows; empty when
// it can. Several, as a parent or a key for everything decides about them, are not decided
// about by names that are only similar.
func (a *App) filterRefuses(several bool) string {
	switch problem := a.filterProblem(); {
	case a.filter.editing:
		return ""
	case problem != "":
		return "first the filter: " + problem
	case a.filter.similar && several:
		return "these names are only similar to the filter: decide about one at a time"
	}
	return ""
}

func (a *App) noFilter() string {
	if !a.filter.active() {
		return "filter first: " + a.keyOf("filter")
	}
	return ""
}

// escape takes one thing away: a range, then the filter. It never quits.
func (a *App) escape() tea.Cmd {
	if what := a.pending.Stop(); what != "" {
		return a.say("stopped " + what)
	}
	switch {
	case view.Ranging(a.view):
		view.EndRange(a.view)
	case a.filter.active():
		back := a.view.Here()
		a.setFilter("")
		back(true) // what was found stays under the cursor
	case a.panes.Zoomed:
		a.panes.Zoomed = false
	case a.panes.InDetails:
		a.focusDetails(false)
	case a.tour.On():
		a.tour.End()
	}
	return nil
}
