package explorer

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/ledger"
	"darkroom/model/lineage"
	"darkroom/ui/explorer/curation"
	"darkroom/ui/explorer/overlay"
	"darkroom/ui/explorer/view"
)

// fixedMsg ends the keeping of a fix: the graph was built with it.
type fixedMsg struct {
	fix   ledger.Fix
	way   curation.Way
	graph *prepared // nil after an error
	err   error
}

func (a *App) fixAction() view.Action {
	return view.Action{
		Name: "decide.fix", Keys: []string{"c"}, Group: view.GroupDecide, Title: "fix what is not linked: apply a map, a pin or an ignore", Hint: "fix",
		Why: a.cannotFix, Do: a.startFix,
	}
}

// startFix offers what can be decided about the row under the cursor.
func (a *App) startFix() tea.Cmd {
	s, _ := a.view.At()
	fixes := view.Fixes(a.host.Graph, s, a.view.OpenLinks(view.MostLinks))
	o, preview := overlay.NewFix(a.host, s.Name, fixes, func(f ledger.Fix) tea.Cmd { return a.keepFix(f, curation.Do) })
	a.host.Push(o)
	return preview
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

// keepFix keeps a fix, or takes it away, in the background.
func (a *App) keepFix(f ledger.Fix, way curation.Way) tea.Cmd {
	a.building = true
	ctx, backend, by, at, book, seen := a.ctx, a.backend, a.by, a.opt.Now(), a.host.Book.Clone(), a.view
	return tea.Batch(a.say("building the graph…"), func() tea.Msg {
		g, err := backend.Fix(ctx, f, by, at, way == curation.Undo)
		if err != nil {
			return fixedMsg{fix: f, way: way, err: err}
		}
		warm(g)
		return fixedMsg{f, way, a.prepare(g, book, seen), nil}
	})
}

func (a *App) fixed(m fixedMsg) tea.Cmd {
	if m.err == nil && m.graph.take[a.view] == nil {
		return a.whenSeen(m.graph, func() tea.Cmd { return a.fixed(m) })
	}
	a.building = false
	if m.err == nil {
		if a.sync.waiting != nil { // the backend built this one on what was read
			a.sync.waiting.graph = m.graph
		}
		a.setGraph(m.graph)
	}
	return tea.Batch(a.curation.FixEnded(m.fix, m.way, m.err), a.reloadIfDue())
}
