package explorer

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/curate"
	"darkroom/model/ledger"
	"darkroom/model/lineage"
	"darkroom/ui/explorer/overlay"
	"darkroom/ui/explorer/view"
)

// choice counts the decisions on all loaded dashboards, and how many of those that
// are included or excluded are so by a rule.
type choice struct {
	curate.Tally
	byRule int
}

// choiceCache keeps the choice for as long as the book stays.
type choiceCache struct {
	choice
	version uint64
	known   bool
}

func (a *App) choice() choice {
	book := a.host.Book
	if c := &a.counted; !c.known || c.version != book.Version() {
		*c = choiceCache{known: true, version: book.Version()}
		for _, d := range a.host.Graph.Dashboards() {
			c.Add(book.Effective(d.Key))
			if rule, ok := book.RuledBy(d.Key); ok && rule.Decision != curate.Undecided {
				c.byRule++
			}
		}
	}
	return a.counted.choice
}

// keep journals a change and says what happened. When the journal cannot take
// it, the change is taken back: nothing on the screen is less safe than it looks.
func (a *App) keep(c curate.Change, silent bool) tea.Cmd {
	if c.Empty() {
		return a.say("nothing to change")
	}
	if err := a.backend.Journal(c); err != nil {
		a.host.Book.Undo()
		return a.say("not kept, taken back: " + err.Error())
	}
	a.history.made(step{})
	a.changed(c)
	if silent {
		return nil
	}
	return a.say(c.Label)
}

// changed lets the views follow a change.
func (a *App) changed(c curate.Change) {
	if len(c.Seen) > 0 {
		a.host.Inbox = view.NewInbox(a.host.Graph, a.host.Book)
	}
	for _, v := range a.views {
		if rebuilt := v.Changed(c); rebuilt && v == a.view {
			a.applyFilter()
		}
	}
	a.fit()
}

func (a *App) tick() tea.Cmd {
	return a.decide(a.host.Book.Toggle)
}

func (a *App) exclude() tea.Cmd {
	return a.decide(a.host.Book.Exclude)
}

// decide applies a decision at the cursor or in the range and goes on. One that is
// seen, because the cursor left its row, is not announced.
func (a *App) decide(how func([]string, curate.Meta) curate.Change) tea.Cmd {
	keys := a.view.Targets()
	c := how(keys, a.host.Meta())
	moved := a.stepOn(len(keys))
	return a.keep(c, moved && len(c.Edits) == 1)
}

// stepOn ends a range or, after one dashboard was decided, goes to the next row,
// so that a list is worked through with one key. It reports whether it moved.
func (a *App) stepOn(decided int) bool {
	if a.ranging() {
		a.endRange()
		return false
	}
	return decided == 1 && a.view.Next()
}

func (a *App) includeShown() tea.Cmd {
	return a.keep(a.host.Book.Set(a.view.Shown(), curate.Included, a.host.Meta()), false)
}

func (a *App) clearShown() tea.Cmd {
	return a.keep(a.host.Book.Set(a.view.Shown(), curate.Undecided, a.host.Meta()), false)
}

func (a *App) invertShown() tea.Cmd {
	return a.keep(a.host.Book.Invert(a.view.Shown(), a.host.Meta()), false)
}

func (a *App) ranging() bool {
	r, ok := a.view.(view.Ranger)
	return ok && r.Ranging()
}

func (a *App) endRange() {
	if r, ok := a.view.(view.Ranger); ok {
		r.EndRange()
	}
}

func (a *App) toggleRange() {
	if a.ranging() {
		a.endRange()
		return
	}
	a.view.(view.Ranger).StartRange()
}

func (a *App) noRanges() string {
	if _, ok := a.view.(view.Ranger); !ok {
		return "there are no ranges in this view"
	}
	return ""
}

func (a *App) askWhy() tea.Cmd {
	d := a.dashboard()
	a.host.Push(overlay.NewPrompt(a.host, overlay.Prompt{
		Title: "Why?", Help: "kept with the decision on “" + d.Title() + "”",
		Done: func(why string) tea.Cmd {
			return a.keep(a.host.Book.SetWhy([]string{d.Key}, why, a.host.Meta()), false)
		},
	}, a.host.Book.Get(d.Key).Why))
	return nil
}

// startFix offers what can be decided about the row under the cursor.
func (a *App) startFix() tea.Cmd {
	s, _ := a.view.At()
	fixes := view.Fixes(a.host.Graph, s, a.view.OpenLinks(view.MostLinks))
	o, preview := overlay.NewFix(a.host, s.Name, fixes, func(c ledger.Fix) tea.Cmd { return a.keepFix(c, fixKeep) })
	a.host.Push(o)
	return preview
}

// The reasons why a decision cannot be made now.

func (a *App) nothingLoaded() string {
	if len(a.host.Graph.Dashboards()) == 0 {
		return "no dashboards are loaded"
	}
	return ""
}

func (a *App) nothingToDecide() string {
	if why := a.nothingLoaded(); why != "" {
		return why
	}
	if s, ok := a.view.At(); !ok || !a.ranging() && len(s.Below) == 0 {
		return "no dashboard hangs off this row"
	}
	return ""
}

func (a *App) noDashboard() string {
	if a.dashboard() == nil {
		return "put the cursor on a dashboard first"
	}
	return ""
}

func (a *App) cannotFix() string {
	switch {
	case a.loading.active || a.loading.err != nil:
		return "still loading"
	case a.building:
		return "one moment: the graph is being built"
	case a.note != "":
		return a.note
	case !a.fixable():
		return "no decision can fix this row"
	}
	return ""
}

// fixable reports whether there is any fix at the cursor; the first will do.
func (a *App) fixable() bool {
	s, ok := a.view.At()
	if !ok || len(s.Fixes) > 0 {
		return ok
	}
	return slices.ContainsFunc(a.view.OpenLinks(view.MostLinks), func(l *lineage.Link) bool { return len(ledger.Fixes(a.host.Graph, l)) > 0 })
}
