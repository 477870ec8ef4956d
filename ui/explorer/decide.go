package explorer

import (
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/ui/tree"
)

// stateCache keeps the checkbox of each item for as long as the book stays.
type stateCache struct {
	version uint64
	tallies [viewCount]map[tree.ID]curate.Tally
	all     *choice
}

// choice counts the decisions on all loaded dashboards, and how many of those that
// are included or excluded are so by a rule.
type choice struct {
	curate.Tally
	byRule int
}

// freshStates forgets what was counted before the last change.
func (a *App) freshStates() {
	if a.states.version == a.book.Version() && a.states.tallies[a.view] != nil {
		return
	}
	a.states = stateCache{version: a.book.Version()}
	for v := range a.states.tallies {
		a.states.tallies[v] = map[tree.ID]curate.Tally{}
	}
}

func (a *App) choice() choice {
	a.freshStates()
	if a.states.all == nil {
		c := &choice{}
		for _, d := range a.graph.Dashboards() {
			c.Add(a.book.Effective(d.Key))
			if rule, ok := a.book.RuledBy(d.Key); ok && rule.Decision != curate.Undecided {
				c.byRule++
			}
		}
		a.states.all = c
	}
	return *a.states.all
}

// tally counts the decisions below an item of the current view.
func (a *App) tally(id tree.ID) curate.Tally {
	a.freshStates()
	cache := a.states.tallies[a.view]
	t, ok := cache[id]
	if !ok {
		for _, d := range a.outline().dashboards(id) {
			t.Add(a.book.Effective(d.Key))
		}
		cache[id] = t
	}
	return t
}

// meta signs a decision.
func (a *App) meta() curate.Meta {
	return curate.Meta{At: a.opt.Now(), By: a.by, About: a.graph.About}
}

// keep journals a change and says what happened. When the journal cannot take
// it, the change is taken back: nothing on the screen is less safe than it looks.
func (a *App) keep(c curate.Change, silent bool) tea.Cmd {
	if c.Empty() {
		return a.say("nothing to change")
	}
	if err := a.backend.Journal(c); err != nil {
		a.book.Undo()
		return a.say("not kept, taken back: " + err.Error())
	}
	a.made(step{})
	a.changed(c)
	if silent {
		return nil
	}
	return a.say(c.Label)
}

// targets are the keys a decision at the cursor, or in the range, concerns: only
// what the filter shows.
func (a *App) targets() []string {
	from, to := a.tree().Cursor(), a.tree().Cursor()
	if a.rangeFrom >= 0 {
		from, to = min(from, a.rangeFrom), max(to, a.rangeFrom)
	}
	var keys []string
	rows := a.tree().Rows()
	for i := from; i <= to && i < len(rows); i++ {
		keys = append(keys, a.shownKeys(rows[i].ID)...)
	}
	return unique(keys)
}

// shownKeys are the dashboards at or below an item that the filter shows.
func (a *App) shownKeys(id tree.ID) []string {
	return keysOf(a.filter.shown(a.outline(), id))
}

func keysOf(ds []*lineage.Dashboard) []string {
	keys := make([]string, len(ds))
	for i, d := range ds {
		keys[i] = d.Key
	}
	return keys
}

func unique(keys []string) []string {
	seen := make(map[string]bool, len(keys))
	out := keys[:0]
	for _, k := range keys {
		if !seen[k] {
			seen[k] = true
			out = append(out, k)
		}
	}
	return out
}

// allShown are all dashboards the current view shows.
func (a *App) allShown() []string {
	var keys []string
	for _, id := range a.outline().roots {
		if a.filter.keeps(id) {
			keys = append(keys, a.shownKeys(id)...)
		}
	}
	return unique(keys)
}

func (a *App) tick() tea.Cmd {
	keys := a.targets()
	c := a.book.Toggle(keys, a.meta())
	moved := a.stepOn(len(keys))
	return a.keep(c, moved && len(c.Edits) == 1)
}

func (a *App) exclude() tea.Cmd {
	keys := a.targets()
	c := a.book.Exclude(keys, a.meta())
	moved := a.stepOn(len(keys))
	return a.keep(c, moved && len(c.Edits) == 1)
}

// stepOn ends a range or, after one dashboard was decided, goes to the next row,
// so that a list is worked through with one key. It reports whether it moved.
func (a *App) stepOn(decided int) bool {
	if a.rangeFrom >= 0 {
		a.rangeFrom = -1
		return false
	}
	id, ok := a.tree().Current()
	if !ok || decided != 1 || a.outline().items[id].kind != itemDashboard {
		return false
	}
	return a.tree().MoveToSibling(1)
}

func (a *App) includeShown() tea.Cmd {
	return a.keep(a.book.Set(a.allShown(), curate.Included, a.meta()), false)
}

func (a *App) clearShown() tea.Cmd {
	return a.keep(a.book.Set(a.allShown(), curate.Undecided, a.meta()), false)
}

func (a *App) invertShown() tea.Cmd {
	return a.keep(a.book.Invert(a.allShown(), a.meta()), false)
}

func (a *App) undo() tea.Cmd {
	s := lastStep(&a.steps)
	if s.cure != nil {
		return a.keepCure(*s.cure, cureUndo)
	}
	c, _ := a.book.Undo()
	if err := a.backend.Journal(c); err != nil {
		a.book.Redo()
		a.steps = append(a.steps, s)
		return a.say("not kept: " + err.Error())
	}
	a.undone = append(a.undone, s)
	a.changed(c)
	return a.say(c.Label)
}

func (a *App) redo() tea.Cmd {
	s := lastStep(&a.undone)
	if s.cure != nil {
		return a.keepCure(*s.cure, cureRedo)
	}
	c, _ := a.book.Redo()
	if err := a.backend.Journal(c); err != nil {
		a.book.Undo()
		a.undone = append(a.undone, s)
		return a.say("not kept: " + err.Error())
	}
	a.steps = append(a.steps, s)
	a.changed(c)
	return a.say(c.Label)
}

func (a *App) toggleRange() {
	if a.rangeFrom >= 0 {
		a.rangeFrom = -1
		return
	}
	a.rangeFrom = a.tree().Cursor()
}

func (a *App) askWhy() tea.Cmd {
	d := a.dashboard()
	a.push(newPrompt("Why?", "kept with the decision on “"+d.Title()+"”", a.book.Get(d.Key).Why,
		func(a *App, why string) tea.Cmd {
			return a.keep(a.book.SetWhy([]string{d.Key}, why, a.meta()), false)
		}))
	return nil
}

// The reasons why a decision cannot be made now.

func (a *App) nothingLoaded() string {
	if len(a.graph.Dashboards()) == 0 {
		return "no dashboards are loaded"
	}
	return ""
}

func (a *App) nothingToDecide() string {
	if why := a.nothingLoaded(); why != "" {
		return why
	}
	id, ok := a.tree().Current()
	if !ok || a.rangeFrom < 0 && len(a.outline().dashboards(id)) == 0 {
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

func (a *App) nothingToUndo() string {
	return a.nothingIn(a.steps, "nothing to undo")
}

func (a *App) nothingToRedo() string {
	return a.nothingIn(a.undone, "nothing to redo")
}
