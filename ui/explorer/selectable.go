package explorer

import (
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/lineage"
	"darkroom/model/query"
	"darkroom/model/selector"
)

// selectable is everything that selectors choose from. The manifests are read for it
// when the first selector is typed, and again for another graph.
type selectable struct {
	of      *lineage.Graph // what it was read for, or is being read for
	nodes   *selector.Universe
	err     error
	wanted  bool // a filter needs it, and nothing reads it yet
	reading bool
}

// selectableMsg brings what was read.
type selectableMsg struct {
	of    *lineage.Graph
	nodes *selector.Universe
	err   error
}

// nodes are what the selectors of a filter choose from; nil while they are not there.
func (a *App) nodes(q query.Query) *selector.Universe {
	s := &a.filter.nodes
	if !q.NeedsNodes() {
		return nil
	}
	if s.of != a.host.Graph {
		*s = selectable{of: a.host.Graph, wanted: true}
	}
	return s.nodes
}

// readSelectable starts to read what a filter waits for.
func (a *App) readSelectable() tea.Cmd {
	s := &a.filter.nodes
	if !s.wanted {
		return nil
	}
	s.wanted, s.reading = false, true
	of, book, backend, ctx := s.of, a.host.Book.Clone(), a.backend, a.ctx
	return func() tea.Msg {
		nodes, err := backend.Selectable(ctx, book)
		return selectableMsg{of, nodes, err}
	}
}

// selectableRead takes it in, unless the graph is another one by now.
func (a *App) selectableRead(m selectableMsg) {
	s := &a.filter.nodes
	if m.of != s.of {
		return
	}
	s.nodes, s.err, s.reading = m.nodes, m.err, false
	a.applyFilter()
	switch {
	case a.filter.arrive != nil:
		a.filter.arrive()
	case a.filter.editing && a.filter.active():
		a.view.FirstHit()
	}
}

// filterProblem is what is wrong with the filter line, or what it waits for.
func (a *App) filterProblem() string {
	f := &a.filter
	switch {
	case f.query.Problem != "":
		return f.query.Problem
	case !f.active():
		return ""
	case !f.query.NeedsNodes():
		return f.asked
	case f.nodes.reading || f.nodes.wanted:
		return "reading the manifests for the selector…"
	case f.nodes.err != nil:
		return f.nodes.err.Error()
	}
	return f.asked
}
