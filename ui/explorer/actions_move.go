package explorer

import tea "github.com/charmbracelet/bubbletea"

// still wraps a change of the tree that needs no command afterwards.
func still(f func(*App)) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		f(a)
		return nil
	}
}

func moveActions() []Action {
	by := func(rows func(*App) int) func(*App) tea.Cmd {
		return still(func(a *App) { a.scrollOrMove(rows(a)) })
	}
	return []Action{
		{Name: "move.down", Keys: []string{"down", "j"}, Group: groupMove, Title: "next row", do: by(func(*App) int { return 1 })},
		{Name: "move.up", Keys: []string{"up", "k"}, Group: groupMove, Title: "previous row", do: by(func(*App) int { return -1 })},
		{Name: "move.page-down", Keys: []string{"pgdown", "ctrl+f"}, Group: groupMove, Title: "one page down", do: by((*App).page)},
		{Name: "move.page-up", Keys: []string{"pgup", "ctrl+b"}, Group: groupMove, Title: "one page up", do: by(func(a *App) int { return -a.page() })},
		{Name: "move.half-down", Keys: []string{"ctrl+d"}, Group: groupMove, Title: "half a page down", do: by(func(a *App) int { return (a.page() + 1) / 2 })},
		{Name: "move.half-up", Keys: []string{"ctrl+u"}, Group: groupMove, Title: "half a page up", do: by(func(a *App) int { return -(a.page() + 1) / 2 })},
		{Name: "move.top", Keys: []string{"home", "g"}, Group: groupMove, Title: "first row", do: by(func(*App) int { return -endless })},
		{Name: "move.bottom", Keys: []string{"end", "G"}, Group: groupMove, Title: "last row", do: by(func(*App) int { return endless })},
		{Name: "move.next-sibling", Keys: []string{"J", "}"}, Group: groupMove, Title: "next row of the same parent", do: still(func(a *App) { a.tree().MoveToSibling(1) })},
		{Name: "move.previous-sibling", Keys: []string{"K", "{"}, Group: groupMove, Title: "previous row of the same parent", do: still(func(a *App) { a.tree().MoveToSibling(-1) })},
		{Name: "move.parent", Keys: []string{"backspace"}, Group: groupMove, Title: "parent row", do: still(func(a *App) { a.tree().MoveToParent() })},
	}
}

const endless = 1 << 30

// page is the number of rows a page key moves by: one less than is seen, so that
// a row is kept for the eye.
func (a *App) page() int {
	if a.detailsFocused {
		return max(a.frame().details.h-1, 1)
	}
	return max(a.tree().Height()-1, 1)
}

// scrollOrMove moves the cursor, or the text when the details have the focus.
func (a *App) scrollOrMove(rows int) {
	if a.detailsFocused {
		a.detailsTop = max(0, min(a.detailsTop+rows, a.detailsEnd()))
		return
	}
	a.tree().MoveBy(rows)
}

func foldActions() []Action {
	level := func(n int) func(*App) tea.Cmd { return still(func(a *App) { a.tree().ToLevel(n) }) }
	return []Action{
		{Name: "tree.open", Keys: []string{"right", "l"}, Group: groupFold, Title: "open; on an open row go to its first child", Hint: "open", reason: (*App).cannotOpen, do: still(func(a *App) { a.tree().Open() })},
		{Name: "tree.close", Keys: []string{"left", "h"}, Group: groupFold, Title: "close; on a leaf or a closed row go to its parent", do: still(func(a *App) { a.tree().Close() })},
		{Name: "tree.toggle", Keys: []string{"enter"}, Group: groupFold, Title: "open or close", do: still(func(a *App) { a.tree().Toggle() })},
		{Name: "tree.open-all", Keys: []string{"="}, Group: groupFold, Title: "open everything", do: still(func(a *App) { a.tree().OpenAll() })},
		{Name: "tree.close-all", Keys: []string{"-"}, Group: groupFold, Title: "close everything", do: level(1)},
		{Name: "tree.level", Keys: []string{"+"}, Group: groupFold, Title: "then a digit: open that many levels", do: still(func(a *App) { a.awaitLevel = true })},
	}
}

func (a *App) cannotOpen() string {
	id, ok := a.tree().Current()
	if !ok || !a.outline().HasChildren(id) {
		return "nothing below this row"
	}
	return ""
}
