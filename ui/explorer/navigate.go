package explorer

import (
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/lineage"
	"darkroom/ui/tree"
)

func (a *App) switchTo(v view) {
	if v == a.view {
		return
	}
	a.view, a.rangeFrom, a.detailsTop = v, -1, 0
	a.applyFilter()
	a.fit()
}

// jumpToTwin goes to the same dashboard, or the first place of the same
// resource, in the other view.
func (a *App) jumpToTwin() {
	node := a.currentNode()
	other := viewDashboards
	if a.view == viewDashboards {
		other = viewModels
	}
	a.switchTo(other)
	id := a.outline().place(node)
	if id == tree.None {
		return
	}
	if !a.tree().Reveal(id) {
		a.setFilter("")
		a.tree().Reveal(id)
	}
}

// place finds an item of a node: where it is at home, or, for a dashboard in
// the Models view, below the first resource it reads; the other way round for a
// resource in the Dashboards view.
func (o *outline) place(node lineage.ID) tree.ID {
	near := append(append([]lineage.ID{node}, o.graph.Upstream(node)...), o.graph.Downstream(node)...)
	for _, n := range near {
		for id := range o.items {
			if o.items[id].node != n || o.underDashboard(tree.ID(id)) {
				continue
			}
			if n == node {
				return tree.ID(id)
			}
			for _, child := range o.Children(tree.ID(id)) {
				if o.items[child].node == node {
					return child
				}
			}
		}
	}
	return tree.None
}

func (a *App) currentNode() lineage.ID {
	id, ok := a.tree().Current()
	if !ok {
		return lineage.None
	}
	return a.outline().items[id].node
}

func (a *App) noTwin() string {
	node := a.currentNode()
	if node == lineage.None {
		return "put the cursor on a dashboard or a model first"
	}
	n := a.graph.Node(node)
	if n.Dashboard != nil && a.view == viewDashboards && len(a.graph.Upstream(node)) == 0 {
		return "this dashboard is linked to no model"
	}
	if n.Resource != nil && a.view == viewModels && len(a.graph.DashboardsBelow(node)) == 0 {
		return "no dashboard hangs off this row"
	}
	return ""
}

// address is the browser address of what is under the cursor.
func (a *App) address() string {
	if d := a.dashboard(); d != nil {
		return d.URL()
	}
	if id, ok := a.tree().Current(); ok {
		if w, ok := a.outline().items[id].detail.(workbookDetail); ok {
			return w.site.WorkbookURL(w.wb)
		}
	}
	return ""
}

func (a *App) noURL() string {
	if a.address() == "" {
		return "no address is known for this row"
	}
	return ""
}

func (a *App) openURL() tea.Cmd {
	url, backend := a.address(), a.backend
	return tea.Batch(a.say("opening "+url), func() tea.Msg {
		if err := backend.OpenURL(url); err != nil {
			return failMsg{err}
		}
		return nil
	})
}

// copyable is what y puts on the clipboard.
func (a *App) copyable() string {
	if node := a.currentNode(); node != lineage.None {
		if r := a.graph.Node(node).Resource; r != nil {
			return r.ID
		}
	}
	return a.address()
}

func (a *App) nothingToCopy() string {
	if a.copyable() == "" {
		return "nothing to copy on this row"
	}
	return ""
}

func (a *App) copyCurrent() tea.Cmd {
	what, put := a.copyable(), a.opt.Copy
	return tea.Batch(a.say("copied "+what), func() tea.Msg {
		if put != nil {
			put(what)
		}
		return nil
	})
}
