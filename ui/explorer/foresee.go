package explorer

import (
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/query"
	"darkroom/ui/explorer/view"
)

// foreseen is what a query lets through in a view, found in the background before either is
// on the screen.
type foreseen struct {
	view   view.View
	query  query.Query
	of     query.Known // what it was asked about
	book   uint64      // its version
	answer func() answer
}

// foresee does what goes to a view, or makes a query the filter, as soon as it is known what
// will be shown then. Until that is on the screen with its rows, it stays as it is, and keys
// wait.
func (a *App) foresee(v view.View, q query.Query, do func() tea.Cmd) tea.Cmd {
	if q.Empty() || a.foreseen != nil || !a.others.ready(v) {
		return do()
	}
	s := &foreseen{v, q, a.known(q), a.host.Book.Version(), a.lookIn(v, a.ctx, q)}
	a.foreseen = s
	return func() tea.Msg {
		s.answer()
		return view.Then(func() (cmd tea.Cmd) {
			if a.others.all() {
				cmd = do()
			} else { // another graph came meanwhile
				a.others.held = append([]tea.Msg{view.Then(do)}, a.others.held...)
			}
			a.foreseen = nil
			return tea.Batch(cmd, a.release())
		})
	}
}

// foresaw gives the answer to a query in the view that is seen; nil unless it was foreseen,
// and nothing has changed since.
func (a *App) foresaw(q query.Query) func() answer {
	s := a.foreseen
	if s == nil || s.view != a.view || s.query.Text != q.Text || s.query.Problem != q.Problem || s.book != a.host.Book.Version() {
		return nil
	}
	now := a.known(q)
	now.Now = s.of.Now
	if now != s.of {
		return nil
	}
	return s.answer
}

// turnThen goes to a view with the filter that there is, and does more there.
func (a *App) turnThen(v view.View, do func() tea.Cmd) tea.Cmd {
	if v == a.view {
		return do()
	}
	return a.foresee(v, a.filter.query, do)
}
