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
		{Name: "decide.extend-down", Keys: []string{"shift+down"}, Group: group, Title: "start a range, or extend it to the next row", Why: c.noRanges, Do: func() tea.Cmd { return c.extend(1) }},
		{Name: "decide.extend-up", Keys: []string{"shift+up"}, Group: group, Title: "start a range, or extend it to the row above", Why: c.noRanges, Do: func() tea.Cmd { return c.extend(-1) }},
		{Name: "decide.why", Keys: []string{"e"}, Group: group, Title: "write down the reason", Why: c.noDashboard, Do: view.Still(c.askWhy)},
	}
}

func (c *Curation) tick() tea.Cmd { return c.decide((*curate.Book).Toggle) }

func (c *Curation) exclude() tea.Cmd { return c.decide((*curate.Book).Exclude) }

// decide applies a decision at the cursor or in the range and goes on.
func (c *Curation) decide(how func(*curate.Book, []string, curate.Meta) curate.Change) tea.Cmd {
	return c.do(decision{c.View().Targets(), c.where(), how, true})
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

func (c *Curation) includeShown() tea.Cmd { return c.decideShown(set(curate.Included)) }

func (c *Curation) clearShown() tea.Cmd { return c.decideShown(set(curate.Undecided)) }

func (c *Curation) invertShown() tea.Cmd { return c.decideShown((*curate.Book).Invert) }

func (c *Curation) decideShown(how func(*curate.Book, []string, curate.Meta) curate.Change) tea.Cmd {
	return c.do(decision{c.View().Shown(), c.shown(), how, false})
}

func set(to curate.Decision) func(*curate.Book, []string, curate.Meta) curate.Change {
	return func(b *curate.Book, keys []string, m curate.Meta) curate.Change { return b.Set(keys, to, m) }
}

// extend makes the range longer or shorter by a row, and begins one.
func (c *Curation) extend(rows int) tea.Cmd {
	if r, ok := view.As[view.Ranger](c.View()); ok && !r.Ranging() {
		r.StartRange()
	}
	c.View().MoveBy(rows)
	return nil
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
