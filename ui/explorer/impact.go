package explorer

import (
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/change"
	"darkroom/model/impact"
	"darkroom/model/lineage"
	"darkroom/ui/affected"
	"darkroom/ui/explorer/overlay"
	"darkroom/ui/explorer/view"
)

// impactAction shows what depends on what is under the cursor.
func (a *App) impactAction() view.Action {
	return view.Action{
		Name: "impact", Keys: []string{"I"}, Group: view.GroupShow, Title: "which dashboards depend on the row: a model, a range, or a folder as the filter shows it",
		Why: a.noImpact, Do: a.showImpact,
	}
}

// covered are the resources that the cursor's row, or the range, is or holds, and what
// they are called together; empty when they are to be named.
func (a *App) covered() (nodes []lineage.ID, about string) {
	s, ok := a.view.At()
	if v, covers := view.As[view.Coverer](a.view); covers {
		nodes = v.Covers()
	} else if s.Resource(a.host.Graph) != nil {
		nodes = []lineage.ID{s.Node}
	}
	if ok && len(nodes) > 1 && !view.Ranging(a.view) {
		about = s.Name
	}
	return nodes, about
}

func (a *App) noImpact() string {
	if nodes, _ := a.covered(); len(nodes) == 0 {
		return "put the cursor on a model, a source or a folder of them first"
	}
	return ""
}

// showImpact shows the answer about the row, unless something else has been
// opened or loaded since.
func (a *App) showImpact() tea.Cmd {
	nodes, about := a.covered()
	view.EndRange(a.view)
	return a.impactOf(nodes, about, nil)
}

// changesAction shows what depends on what changed since production's artifacts.
func (a *App) changesAction() view.Action {
	return view.Action{
		Name: "impact.changes", Keys: []string{"B"}, Group: view.GroupShow, Title: "which dashboards depend on what changed since production's artifacts (--state)",
		Why: func() string {
			if a.host.Changes.Set == nil {
				return "start darkroom with --state FOLDER, the folder of production's artifacts"
			}
			return ""
		},
		Do: func() tea.Cmd {
			set := a.host.Changes.Set
			return a.impactOf(set.Nodes(a.host.Graph), "what changed since "+set.What, set)
		},
	}
}

// impactOf asks in the background what depends on some nodes.
func (a *App) impactOf(nodes []lineage.ID, about string, changes *change.Set) tea.Cmd {
	_, run := a.pending.Begin(a.ctx, "looking for the impact")
	g, known := a.host.Graph, impact.Known{Book: a.host.Book.Clone(), Outlook: a.host.Outlook}
	return func() tea.Msg {
		r := impact.Of(g, nodes, known)
		return view.Then(func() tea.Cmd {
			if a.pending.End(run) && a.host.Graph == g && a.overlays.Top() == nil {
				a.host.Push(overlay.NewImpact(a.host, affected.Answer{Graph: g, Report: r, About: about, Changes: changes}, func(id lineage.ID) { a.goTo(a.homeOf(view.HomeOfDashboards), id) }))
			}
			return nil
		})
	}
}
