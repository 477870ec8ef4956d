package explorer

import (
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/curate"
	"darkroom/ui/tree"
)

// review marks the news at the cursor, or in the range, as looked at; of a group
// all that the filter shows. The rows leave, and the cursor is on the next.
func (a *App) review() tea.Cmd {
	from, to := a.tree().Cursor(), a.tree().Cursor()
	if a.rangeFrom >= 0 {
		from, to = min(from, a.rangeFrom), max(to, a.rangeFrom)
		a.rangeFrom = -1
	}
	var keys []string
	rows := a.tree().Rows()
	for i := from; i <= to && i < len(rows); i++ {
		keys = append(keys, a.newsAt(rows[i].ID)...)
	}
	return a.keep(a.book.Review(keys, a.census, a.meta()), false)
}

func (a *App) reviewShown() tea.Cmd {
	a.rangeFrom = -1
	var keys []string
	for _, id := range a.outline().roots {
		keys = append(keys, a.newsAt(id)...)
	}
	return a.keep(a.book.Review(keys, a.census, a.meta()), false)
}

// newsAt are the news that an item of the Inbox stands for: its own, or those of
// its group that the filter shows. What a dashboard reads stands for the dashboard.
func (a *App) newsAt(id tree.ID) []string {
	o := a.outline()
	if !a.filter.keeps(id) {
		return nil
	}
	if o.items[id].parent == tree.None {
		var keys []string
		for _, child := range o.items[id].children {
			keys = append(keys, a.newsAt(child)...)
		}
		return keys
	}
	for o.items[o.items[id].parent].parent != tree.None {
		id = o.items[id].parent
	}
	return []string{o.items[id].key}
}

// changed lets the Inbox follow a change.
func (a *App) changed(c curate.Change) {
	if len(c.Seen) == 0 {
		return
	}
	a.replant(viewInbox, a.inboxOutline())
	if a.view == viewInbox {
		a.applyFilter()
	}
	a.fit()
}

func (a *App) notInInbox() string {
	switch {
	case a.view != viewInbox:
		return "go to the Inbox first: 4"
	case a.tree().Len() == 0:
		return "nothing waits"
	}
	return ""
}
