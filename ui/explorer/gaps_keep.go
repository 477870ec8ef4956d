package explorer

import (
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/ledger"
)

// step is something that can be undone: a cure, or, when cure is nil, the
// decision that the book has on top of its own steps. So one key takes back
// either, in the order they were made.
type step struct{ cure *ledger.Fix }

// cureWay says how a cure came to be kept or taken away.
type cureWay uint8

const (
	cureKeep cureWay = iota
	cureUndo
	cureRedo
)

// curedMsg ends the keeping of a cure: the graph is built anew.
type curedMsg struct {
	cure  ledger.Fix
	way   cureWay
	graph *prepared // nil after an error
	err   error
}

// keepCure keeps a cure, or takes it away, beside the screen.
func (a *App) keepCure(c ledger.Fix, way cureWay) tea.Cmd {
	a.building = true
	backend, by, at := a.backend, a.by, a.opt.Now()
	return tea.Batch(a.say("building the graph…"), func() tea.Msg {
		g, err := backend.Cure(c, by, at, way == cureUndo)
		if err != nil {
			return curedMsg{cure: c, way: way, err: err}
		}
		return curedMsg{c, way, prepare(g), nil}
	})
}

func (a *App) cured(m curedMsg) tea.Cmd {
	a.building = false
	return tea.Batch(a.tookCure(m), a.reloadIfDue())
}

func (a *App) tookCure(m curedMsg) tea.Cmd {
	s := step{&m.cure}
	if m.err != nil {
		switch m.way { // as it was
		case cureUndo:
			a.steps = append(a.steps, s)
		case cureRedo:
			a.undone = append(a.undone, s)
		}
		return a.say("not kept: " + m.err.Error())
	}
	if a.sync.waiting != nil { // the backend built this one on what was read
		a.sync.waiting.graph = m.graph
	}
	a.setGraph(m.graph)
	switch m.way {
	case cureUndo:
		a.undone = append(a.undone, s)
		return a.say("undo: " + m.cure.String())
	case cureRedo:
		a.steps = append(a.steps, s)
		return a.say("redo: " + m.cure.String())
	}
	a.made(s)
	return a.say("kept: " + m.cure.String())
}

// made puts a step on top; what was undone before is forgotten.
func (a *App) made(s step) { a.steps, a.undone = append(a.steps, s), nil }

// lastStep takes the last step off a list.
func lastStep(list *[]step) step {
	n := len(*list) - 1
	s := (*list)[n]
	*list = (*list)[:n]
	return s
}

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
