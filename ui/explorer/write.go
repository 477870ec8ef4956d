package explorer

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/curate"
	"darkroom/model/outlook"
	"darkroom/ui/explorer/write"
)

// planMsg brings the answer to "what would writing change".
type planMsg struct {
	run     int // of what is pending
	plan    write.Plan
	answers write.Answers
	into    *write.Diff    // the diff that asked; nil opens one
	at      *outlook.Entry // to open it at; nil for its top
	err     error
}

// wroteMsg ends a writing.
type wroteMsg struct {
	plan write.Plan
	back func() tea.Cmd // after a failure; nil is nothing
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
	return a.plan(planMsg{})
}

// noDiff says why there is no difference to show here.
func (a *App) noDiff() string {
	if why := a.cannotWrite(); why != "" {
		return why
	}
	s, ok := a.view.At()
	switch {
	case ok && s.Exposure(a.host) != nil:
		return ""
	case ok && s.Dashboard(a.host.Graph) != nil && a.host.Book.Effective(s.Dashboard(a.host.Graph).Key) != curate.Included:
		return "this dashboard has no exposure: include it first, with " + a.keyOf("decide.tick")
	}
	return "put the cursor on a dashboard that has, or gets, an exposure"
}

// startDiff is startWrite at the exposure under the cursor.
func (a *App) startDiff() tea.Cmd {
	s, _ := a.view.At()
	return a.plan(planMsg{at: s.Exposure(a.host)})
}

// plan asks for the plan of the answers in m.
func (a *App) plan(m planMsg) tea.Cmd {
	ctx, run := a.pending.Begin(a.ctx, "comparing")
	book, backend := a.host.Book.Clone(), a.backend
	m.run = run
	plan := func() tea.Msg {
		m.plan, m.err = backend.Plan(ctx, book, m.answers)
		m.plan.Read()
		return m
	}
	if m.into != nil {
		return plan
	}
	return tea.Batch(a.say("comparing…; "+a.keyOf(clearName)+" stops it"), plan)
}

// planned opens the diff, or brings the one that is open up to date.
func (a *App) planned(m planMsg) tea.Cmd {
	if !a.pending.End(m.run) {
		return nil
	}
	a.toast.text = ""
	switch {
	case m.err != nil:
		return a.say(m.err.Error())
	case m.into != nil:
		m.into.Show(m.plan, m.answers)
	case a.overlays.Top() == nil:
		d := write.NewDiff(a.host, a.panes.Width, m.plan, write.Does{
			Write: func(p write.Plan) tea.Cmd { return a.carryOut(p, nil) }, Replan: a.replan,
		})
		if m.at != nil && !d.At(m.at.Name, m.at.Key) {
			return a.say("nothing changes in " + m.at.Name)
		}
		a.host.Push(d)
	}
	return nil
}

func (a *App) replan(d *write.Diff, answers write.Answers, said string) tea.Cmd {
	return tea.Sequence(a.plan(planMsg{into: d, answers: answers}), func() tea.Msg { return sayMsg(said) })
}

// carryOut saves the decisions and writes the files that follow from them, so that both
// get into git together. If that fails, back takes back what was done for it.
func (a *App) carryOut(plan write.Plan, back func() tea.Cmd) tea.Cmd {
	ctx, book, backend := a.ctx, a.host.Book.Clone(), a.backend
	return func() tea.Msg {
		err := backend.Save(book)
		if err == nil {
			err = backend.Write(ctx, plan)
		}
		return wroteMsg{plan, back, err}
	}
}

func (a *App) wrote(m wroteMsg) tea.Cmd {
	if m.err != nil {
		if d, ok := a.overlays.Top().(*write.Diff); ok {
			d.Failed()
		}
		failed := func() tea.Msg { return sayMsg("not written: " + m.err.Error()) }
		if m.back != nil {
			return tea.Sequence(m.back(), failed)
		}
		return failed
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
