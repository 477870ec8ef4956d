// Package entries does what can be done with one exposure in its file: adopting one that
// is written by hand, and renaming one of darkroom's. Both show what would change and
// write it when it is confirmed there.
package entries

import (
	"context"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/curate"
	"darkroom/model/outlook"
	"darkroom/ui/explorer/overlay"
	"darkroom/ui/explorer/view"
	"darkroom/ui/explorer/write"
)

// Backend plans; it is called in the background.
type Backend interface {
	// Adopt plans that darkroom keeps a hand-written exposure up to date, with the BI
	// tool's value of the fields to take.
	Adopt(ctx context.Context, of *outlook.Entry, take []string) (write.Plan, error)
	// Rename plans another name of one of darkroom's exposures.
	Rename(ctx context.Context, of *outlook.Entry, newName string) (write.Plan, error)
}

// Needs is what Entries use of the explorer.
type Needs struct {
	*view.Host
	Backend Backend
	Context context.Context
	View    func() view.View
	// Open shows a plan.
	Open func(write.Plan, write.Does)
	// Write carries one out and, if that fails, takes back what was done for it.
	Write func(plan write.Plan, back func() tea.Cmd) tea.Cmd
	// Undo takes the last decision back.
	Undo func() tea.Cmd
	// Unable says why nothing can be written; empty when it can.
	Unable func() string
}

// Entries adopts and renames.
type Entries struct{ Needs }

// New makes one.
func New(n Needs) *Entries { return &Entries{n} }

func (e *Entries) Actions() []view.Action {
	return []view.Action{
		{Name: "adopt", Keys: []string{"A"}, Group: view.GroupFiles, Title: "adopt the exposure written by hand: show what would change, then keep it up to date", Why: e.cannotAdopt, Do: e.adopt},
		{Name: "rename", Keys: []string{"f2"}, Group: view.GroupFiles, Title: "give an exposure another name", Why: e.cannotRename, Do: view.Still(e.askName)},
	}
}

// byHand is the exposure under the cursor that is written by hand: the row itself, or that
// of its dashboard.
func (e *Entries) byHand() *outlook.Entry { return e.find(false) }

// ours is that of darkroom's.
func (e *Entries) ours() *outlook.Entry { return e.find(true) }

func (e *Entries) find(auto bool) *outlook.Entry {
	s, ok := e.View().At()
	switch d := s.Dashboard(e.Graph); {
	case !ok:
	case s.Entry != nil:
		if s.Entry.Auto == auto {
			return s.Entry
		}
	case d != nil:
		for _, x := range e.Outlook.Of(d.Key).Entries {
			if x.Auto == auto && x.Path != "" {
				return x
			}
		}
	}
	return nil
}

func (e *Entries) cannotAdopt() string {
	if why := e.Unable(); why != "" {
		return why
	}
	if e.byHand() == nil {
		return "put the cursor on an exposure that is written by hand, or on its dashboard"
	}
	return ""
}

func (e *Entries) adopt() tea.Cmd {
	x := e.byHand()
	return e.plan(func() (write.Plan, error) { return e.Backend.Adopt(e.Context, x, nil) }, func(p write.Plan) {
		e.Open(p, write.Does{Write: e.adoptNow, Replan: func(d *write.Diff, answers write.Answers, said string) tea.Cmd {
			return e.replan(d, x, answers, said)
		}})
	})
}

// replan adopts with the BI tool's value of some fields.
func (e *Entries) replan(d *write.Diff, x *outlook.Entry, answers write.Answers, said string) tea.Cmd {
	var take []string
	for _, id := range answers.Take {
		take = append(take, strings.TrimPrefix(id, x.Name+"."))
	}
	return tea.Sequence(
		e.plan(func() (write.Plan, error) { return e.Backend.Adopt(e.Context, x, take) }, func(p write.Plan) { d.Show(p, answers) }),
		func() tea.Msg { return view.Then(func() tea.Cmd { return e.Say(said) }) },
	)
}

// adoptNow includes the dashboards first: an entry that was adopted and whose dashboard is
// not included would go with the next export. A failure takes that back.
func (e *Entries) adoptNow(p write.Plan) tea.Cmd {
	change := e.Book.Set(p.Include, curate.Included, e.Meta())
	if change.Empty() {
		return e.Write(p, nil)
	}
	said := e.Keep(change)
	for _, key := range p.Include {
		if e.Book.Effective(key) != curate.Included { // it could not be kept
			return said
		}
	}
	return tea.Sequence(said, e.Write(p, e.Undo))
}

func (e *Entries) cannotRename() string {
	switch x := e.ours(); {
	case e.Unable() != "":
		return e.Unable()
	case x == nil && e.byHand() != nil:
		return "this exposure is written by hand: rename it in its file, which E opens, or adopt it first"
	case x == nil:
		return "put the cursor on an exposure of darkroom's, or on its dashboard"
	case x.Line == 0:
		return "this exposure is not in a file yet; w writes it"
	}
	return ""
}

func (e *Entries) askName() {
	x := e.ours()
	old := x.Name
	e.Push(overlay.NewPrompt(e.Host, overlay.Prompt{
		Title: "Rename " + old, Help: "Lower-case letters, digits and underscores. Selectors such as exposure:" + old + " in your jobs have to be changed by hand.",
		Done: func(name string) tea.Cmd {
			if name = strings.TrimSpace(name); name == "" || name == old {
				return e.Say("the name stays: " + old)
			}
			return e.plan(func() (write.Plan, error) { return e.Backend.Rename(e.Context, x, name) }, func(p write.Plan) {
				e.Open(p, write.Does{Write: func(p write.Plan) tea.Cmd { return e.Write(p, nil) }})
			})
		},
	}, old))
}

// plan makes a plan in the background and shows it.
func (e *Entries) plan(make func() (write.Plan, error), show func(write.Plan)) tea.Cmd {
	return func() tea.Msg {
		p, err := make()
		p.Read()
		return view.Then(func() tea.Cmd {
			if err != nil {
				return e.Say(err.Error())
			}
			show(p)
			return nil
		})
	}
}
