// Package downstream asks which dashboards depend on a row, or on what changed, and opens
// the answer.
//
// Not here: the answer (model/impact), and how it is shown (ui/affected, overlay.Impact).
package downstream

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/change"
	"darkroom/model/impact"
	"darkroom/model/lineage"
	"darkroom/ui/affected"
	"darkroom/ui/explorer/overlay"
	"darkroom/ui/explorer/pending"
	"darkroom/ui/explorer/view"
)

// Needs is what it is given by the explorer.
type Needs struct {
	Host    *view.Host
	View    func() view.View
	Context context.Context
	Pending *pending.Work
	Busy    func() bool // something else was opened meanwhile
	GoTo    func(lineage.ID)
}

func Actions(n Needs) []view.Action {
	return []view.Action{
		{
			Name: "impact", Keys: []string{"I"}, Group: view.GroupShow, Title: "which dashboards depend on the row: a model, a range, or a folder as the filter shows it",
			Why: n.uncovered, Do: n.ofRow,
		},
		{
			Name: "impact.changes", Keys: []string{"B"}, Group: view.GroupShow, Title: "which dashboards depend on what changed since production's artifacts (--state)",
			Why: n.unchanged, Do: n.ofChanges,
		},
	}
}

// covered are the resources that the cursor's row, or the range, is or holds, and what
// they are called together; empty when they are to be named.
func (n Needs) covered() (nodes []lineage.ID, about string) {
	s, ok := n.View().At()
	if v, covers := view.As[view.Coverer](n.View()); covers {
		nodes = v.Covers()
	} else if s.Resource(n.Host.Graph) != nil {
		nodes = []lineage.ID{s.Node}
	}
	if ok && len(nodes) > 1 && !view.Ranging(n.View()) {
		about = s.Name
	}
	return nodes, about
}

func (n Needs) uncovered() string {
	if nodes, _ := n.covered(); len(nodes) == 0 {
		return "put the cursor on a model, a source or a folder of them first"
	}
	return ""
}

func (n Needs) ofRow() tea.Cmd {
	nodes, about := n.covered()
	view.EndRange(n.View())
	return n.ask(nodes, about, nil)
}

func (n Needs) unchanged() string {
	if n.Host.Changes.Set == nil {
		return "start darkroom with --state FOLDER, the folder of production's artifacts"
	}
	return ""
}

func (n Needs) ofChanges() tea.Cmd {
	set := n.Host.Changes.Set
	return n.ask(set.Nodes(n.Host.Graph), "what changed since "+set.What, set)
}

// ask finds in the background what depends on some nodes, and shows it unless something
// else has been opened or loaded since.
func (n Needs) ask(nodes []lineage.ID, about string, changes *change.Set) tea.Cmd {
	_, run := n.Pending.Begin(n.Context, "looking for the impact")
	g, known := n.Host.Graph, impact.Known{Book: n.Host.Book.Clone(), Outlook: n.Host.Outlook}
	return func() tea.Msg {
		r := impact.Of(g, nodes, known)
		return view.Then(func() tea.Cmd {
			if n.Pending.End(run) && n.Host.Graph == g && !n.Busy() {
				n.Host.Push(overlay.NewImpact(n.Host, affected.Answer{Graph: g, Report: r, About: about, Changes: changes}, n.GoTo))
			}
			return nil
		})
	}
}
