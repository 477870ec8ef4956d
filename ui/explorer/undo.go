package explorer

import (
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/ledger"
)

// step is something that can be undone: a fix, or, when fix is nil, the decision
// that the book has on top of its own steps. So one key undoes either, in the order
// they were made.
type step struct{ fix *ledger.Fix }

// history is what undo and redo go through.
type history struct{ done, undone []step }

// made puts a step on top; what was undone before is forgotten.
func (h *history) made(s step) { h.done, h.undone = append(h.done, s), nil }

// last takes the last step off a list.
func last(list *[]step) step {
	n := len(*list) - 1
	s := (*list)[n]
	*list = (*list)[:n]
	return s
}

func (a *App) undo() tea.Cmd {
	s := last(&a.history.done)
	if s.fix != nil {
		return a.keepFix(*s.fix, fixUndo)
	}
	c, _ := a.host.Book.Undo()
	if err := a.backend.Journal(c); err != nil {
		a.host.Book.Redo()
		a.history.done = append(a.history.done, s)
		return a.say("not kept: " + err.Error())
	}
	a.history.undone = append(a.history.undone, s)
	a.changed(c)
	return a.say(c.Label)
}

func (a *App) redo() tea.Cmd {
	s := last(&a.history.undone)
	if s.fix != nil {
		return a.keepFix(*s.fix, fixRedo)
	}
	c, _ := a.host.Book.Redo()
	if err := a.backend.Journal(c); err != nil {
		a.host.Book.Undo()
		a.history.undone = append(a.history.undone, s)
		return a.say("not kept: " + err.Error())
	}
	a.history.done = append(a.history.done, s)
	a.changed(c)
	return a.say(c.Label)
}

func (a *App) nothingToUndo() string { return a.nothingIn(a.history.done, "nothing to undo") }

func (a *App) nothingToRedo() string { return a.nothingIn(a.history.undone, "nothing to redo") }

// nothingIn is the reason why a list of steps cannot be gone through now.
func (a *App) nothingIn(steps []step, empty string) string {
	switch {
	case a.building:
		return "one moment: the graph is being built"
	case len(steps) == 0:
		return empty
	}
	return ""
}

// fixWay says how a fix came to be kept or taken away.
type fixWay uint8

const (
	fixKeep fixWay = iota
	fixUndo
	fixRedo
)

// fixedMsg ends the keeping of a fix: the graph was built with it.
type fixedMsg struct {
	fix   ledger.Fix
	way   fixWay
	graph *prepared // nil after an error
	err   error
}

// keepFix keeps a fix, or takes it away, in the background.
func (a *App) keepFix(c ledger.Fix, way fixWay) tea.Cmd {
	a.building = true
	backend, by, at := a.backend, a.by, a.opt.Now()
	return tea.Batch(a.say("building the graph…"), func() tea.Msg {
		g, err := backend.Cure(c, by, at, way == fixUndo)
		if err != nil {
			return fixedMsg{fix: c, way: way, err: err}
		}
		return fixedMsg{c, way, a.prepare(g), nil}
	})
}

func (a *App) fixed(m fixedMsg) tea.Cmd {
	a.building = false
	return tea.Batch(a.tookFix(m), a.reloadIfDue())
}

func (a *App) tookFix(m fixedMsg) tea.Cmd {
	s, h := step{&m.fix}, &a.history
	if m.err != nil {
		switch m.way { // as it was
		case fixUndo:
			h.done = append(h.done, s)
		case fixRedo:
			h.undone = append(h.undone, s)
		}
		return a.say("not kept: " + m.err.Error())
	}
	if a.sync.waiting != nil { // the backend built this one on what was read
		a.sync.waiting.graph = m.graph
	}
	a.setGraph(m.graph)
	switch m.way {
	case fixUndo:
		h.undone = append(h.undone, s)
		return a.say("undo: " + m.fix.String())
	case fixRedo:
		h.done = append(h.done, s)
		return a.say("redo: " + m.fix.String())
	}
	h.made(s)
	return a.say("kept: " + m.fix.String())
}
