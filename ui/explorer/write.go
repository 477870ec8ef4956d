package explorer

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/explorer/write"
)

// planMsg brings the answer to "what would writing change".
type planMsg struct {
	plan    WritePlan
	answers Answers
	into    *write.Diff // the diff that asked; nil opens one
	err     error
}

// wroteMsg ends a writing.
type wroteMsg struct {
	plan WritePlan
	err  error
}

func (a *App) cannotWrite() string {
	switch {
	case a.loading.active:
		return "still loading"
	case a.loading.err != nil:
		return "nothing is loaded"
	}
	return ""
}

// startWrite asks for the plan; the diff opens when it is there.
func (a *App) startWrite() tea.Cmd {
	return tea.Batch(a.say("comparing…"), a.plan(nil, Answers{}))
}

func (a *App) plan(into *write.Diff, answers Answers) tea.Cmd {
	ctx, book, backend := a.ctx, a.host.Book.Clone(), a.backend
	return func() tea.Msg {
		plan, err := backend.Plan(ctx, book, answers)
		return planMsg{plan, answers, into, err}
	}
}

// planned opens the diff, or brings the one that is open up to date.
func (a *App) planned(m planMsg) tea.Cmd {
	a.toast.text = ""
	switch {
	case m.err != nil:
		return a.say(m.err.Error())
	case m.into != nil:
		m.into.Show(m.plan, m.answers)
	case a.overlays.Top() == nil:
		a.host.Push(write.NewDiff(a.host, a.panes.width, m.plan, write.Does{Write: a.carryOut, Replan: a.replan}))
	}
	return nil
}

func (a *App) replan(d *write.Diff, answers Answers, said string) tea.Cmd {
	return tea.Sequence(a.plan(d, answers), func() tea.Msg { return sayMsg(said) })
}

// carryOut saves the decisions and writes the files that follow from them, so that both
// get into git together.
func (a *App) carryOut(plan WritePlan) tea.Cmd {
	ctx, book, backend := a.ctx, a.host.Book.Clone(), a.backend
	return func() tea.Msg {
		err := backend.Save(book)
		if err == nil {
			err = backend.Write(ctx, plan)
		}
		return wroteMsg{plan, err}
	}
}

func (a *App) wrote(m wroteMsg) tea.Cmd {
	if m.err != nil {
		return a.say("not written: " + m.err.Error())
	}
	a.host.Pop()
	var names []string
	for _, f := range m.plan.Files {
		if f.Diff != "" {
			names = append(names, f.Path)
		}
	}
	a.outlook.stale = true
	a.filter.nodes = selectable{} // what was written answers to selectors now
	a.applyFilter()
	return a.say("written: " + strings.Join(names, ", "))
}
