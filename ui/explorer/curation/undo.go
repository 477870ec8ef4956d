package curation

import (
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/curate"
	"darkroom/model/ledger"
	"darkroom/ui/explorer/view"
)

// step is something that can be undone: a fix, or, when fix is nil, the decision
// that the book has on top of its own steps. So one key undoes either, in the order
// they were made.
type step struct {
	fix *ledger.Fix
	at  place
}

// Way says how a fix came to be kept or taken away.
type Way uint8

const (
	Do Way = iota
	Undo
	Redo
)

// UndoActions are the keys of the history.
func (c *Curation) UndoActions() []view.Action {
	const group = view.GroupDecide
	return []view.Action{
		{Name: "decide.undo", Keys: []string{"u"}, Group: group, Title: "undo the last decision", Hint: "undo", Why: c.nothingToUndo, Do: c.undo},
		{Name: "decide.redo", Keys: []string{"ctrl+r"}, Group: group, Title: "redo", Why: c.nothingToRedo, Do: c.redo},
	}
}

// made puts a step on top; what was undone before is forgotten.
func (c *Curation) made(s step) { c.done, c.undone = append(c.done, s), nil }

// last takes the last step off a list.
func last(list *[]step) step {
	n := len(*list) - 1
	s := (*list)[n]
	*list = (*list)[:n]
	return s
}

func (c *Curation) undo() tea.Cmd {
	return c.travel(Undo, &c.done, &c.undone, c.Host.Book.Undo, c.Host.Book.Redo)
}

// TakeBack undoes the last decision, for what could not be done with it.
func (c *Curation) TakeBack() tea.Cmd {
	if c.nothingToUndo() != "" {
		return nil
	}
	return c.undo()
}

func (c *Curation) redo() tea.Cmd {
	return c.travel(Redo, &c.undone, &c.done, c.Host.Book.Redo, c.Host.Book.Undo)
}

// travel takes the last step of one list to the other. If its change cannot be saved,
// back reverses it.
func (c *Curation) travel(way Way, from, to *[]step, change, back func() (curate.Change, bool)) tea.Cmd {
	s := last(from)
	if s.fix != nil {
		return c.Fix(*s.fix, way)
	}
	made, _ := change()
	if err := c.Journal(made); err != nil {
		back()
		*from = append(*from, s)
		return c.Host.Warn("not saved: " + err.Error())
	}
	*to = append(*to, s)
	c.Changed(made)
	c.comeBack(s.at)
	return c.Host.Say(made.Label)
}

// FixEnded takes the end of the keeping of a fix into the history, and says what
// happened. After an error all is as it was.
func (c *Curation) FixEnded(fix ledger.Fix, way Way, err error) tea.Cmd {
	s := step{&fix, c.place()}
	switch {
	case err != nil && way == Undo, err == nil && way == Redo:
		c.done = append(c.done, s)
	case err != nil && way == Redo, err == nil && way == Undo:
		c.undone = append(c.undone, s)
	case err == nil:
		c.made(s)
	}
	if err != nil {
		return c.Host.Warn("not saved: " + err.Error())
	}
	return c.Host.Say([...]string{Do: "kept: ", Undo: "undo: ", Redo: "redo: "}[way] + fix.String())
}

func (c *Curation) nothingToUndo() string { return c.nothingIn(c.done, "nothing to undo") }

func (c *Curation) nothingToRedo() string { return c.nothingIn(c.undone, "nothing to redo") }

// nothingIn is the reason why a list of steps cannot be gone through now.
func (c *Curation) nothingIn(steps []step, empty string) string {
	switch {
	case c.Building():
		return "one moment: the graph is being built"
	case len(steps) == 0:
		return empty
	}
	return ""
}
