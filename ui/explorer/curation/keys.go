package curation

import (
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/ui/explorer/overlay"
	"darkroom/ui/explorer/view"
)

// Actions are the keys of decisions.
func (c *Curation) Actions() []view.Action {
	const group = view.GroupDecide
	return []view.Action{
		{Name: "decide.tick", Keys: []string{" "}, Group: group, Title: "include, or undecided again; on a parent all shown below it", Hint: "tick", Why: c.NothingToDecide, Do: c.tick},
		{Name: "decide.exclude", Keys: []string{"x"}, Group: group, Title: "exclude from the export", Hint: "exclude", Why: c.NothingToDecide, Do: c.exclude},
		{Name: "decide.include-shown", Keys: []string{"a"}, Group: group, Title: "include everything that is shown", Why: c.nothingLoaded, Do: c.includeShown},
		{Name: "decide.clear-shown", Keys: []string{"D"}, Group: group, Title: "make everything that is shown undecided", Why: c.nothingLoaded, Do: c.clearShown},
		{Name: "decide.invert-shown", Keys: []string{"i"}, Group: group, Title: "swap included and undecided in what is shown", Why: c.nothingLoaded, Do: c.invertShown},
		{Name: "decide.range", Keys: []string{"v"}, Group: group, Title: "start or end a range of rows", Why: c.noRanges, Do: view.Still(c.toggleRange)},
		{Name: "decide.why", Keys: []string{"e"}, Group: group, Title: "write down the reason", Why: c.noDashboard, Do: view.Still(c.askWhy)},
	}
}

func (c *Curation) tick() tea.Cmd { return c.decide(c.Host.Book.Toggle) }

func (c *Curation) exclude() tea.Cmd { return c.decide(c.Host.Book.Exclude) }

// decide applies a decision at the cursor or in the range and goes on. One that is
// seen, because the cursor left its row, is not announced.
func (c *Curation) decide(how func([]string, curate.Meta) curate.Change) tea.Cmd {
	keys := c.View().Targets()
	change := how(keys, c.Host.Meta())
	moved := c.stepOn(len(keys))
	return c.keep(change, moved && len(change.Edits) == 1)
}

// stepOn ends a range or, after one dashboard was decided, goes to the next row,
// so that a list is worked through with one key. It reports whether it moved.
func (c *Curation) stepOn(decided int) bool {
	if view.Ranging(c.View()) {
		view.EndRange(c.View())
		return false
	}
	return decided == 1 && c.View().Next()
}

func (c *Curation) includeShown() tea.Cmd {
	return c.Keep(c.Host.Book.Set(c.View().Shown(), curate.Included, c.Host.Meta()))
}

func (c *Curation) clearShown() tea.Cmd {
	return c.Keep(c.Host.Book.Set(c.View().Shown(), curate.Undecided, c.Host.Meta()))
}

func (c *Curation) invertShown() tea.Cmd {
	return c.Keep(c.Host.Book.Invert(c.View().Shown(), c.Host.Meta()))
}

func (c *Curation) toggleRange() {
	if view.Ranging(c.View()) {
		view.EndRange(c.View())
		return
	}
	if r, ok := view.As[view.Ranger](c.View()); ok {
		r.StartRange()
	}
}

func (c *Curation) noRanges() string {
	if _, ok := view.As[view.Ranger](c.View()); !ok {
		return "there are no ranges in this view"
	}
	return ""
}

func (c *Curation) askWhy() {
	d := c.dashboard()
	c.Host.Push(overlay.NewPrompt(c.Host, overlay.Prompt{
		Title: "Why?", Help: "kept with the decision on “" + d.Title() + "”",
		Done: func(why string) tea.Cmd {
			return c.Keep(c.Host.Book.SetWhy([]string{d.Key}, why, c.Host.Meta()))
		},
	}, c.Host.Book.Get(d.Key).Why))
}

func (c *Curation) noDashboard() string {
	if c.dashboard() == nil {
		return "put the cursor on a dashboard first"
	}
	return ""
}

// dashboard is the dashboard under the cursor, or nil.
func (c *Curation) dashboard() *lineage.Dashboard {
	s, _ := c.View().At()
	return s.Dashboard(c.Host.Graph)
}
