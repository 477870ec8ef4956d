// Package files is the Files view: the YAML files of the projects that have exposures, or
// will get some, with each exposure in them, darkroom's and those that are written by
// hand; then what an export leaves out, and what is known and not included.
package files

import (
	"sync/atomic"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/model/outlook"
	"darkroom/ui/explorer/view"
	"darkroom/ui/explorer/view/treeview"
)

// View is the Files view. It implements view.View.
type View struct {
	*treeview.View
	last *atomic.Pointer[outlook.Outlook] // the one that the outline was made of
}

var _ view.Foreseer = View{}

// New makes the view.
func New(h *view.Host) view.View {
	last := &atomic.Pointer[outlook.Outlook]{}
	return View{treeview.New(h, treeview.Spec{
		Info:     view.Info{Name: "files", Title: "Files", About: "the YAML with its exposures, written or to be written"},
		Build:    func(g *lineage.Graph) *treeview.Outline { return outline(g, last.Load()) },
		Columns:  columns(),
		Empty:    empty,
		OpensNew: true,
	}), last}
}

// Actions implements view.View: on an exposure, enter shows its YAML.
func (v View) Actions() []view.Action {
	acts := v.View.Actions()
	for i := range acts {
		if toggle := acts[i].Do; acts[i].Name == "tree.toggle" {
			acts[i].Do = func() tea.Cmd {
				if s, ok := v.At(); ok && s.Entry != nil && s.Entry.YAML != "" {
					v.Read(s.Entry.Name, s.Entry.Place(), s.Entry.YAML)
					return nil
				}
				return toggle()
			}
		}
	}
	return acts
}

// Foresee implements view.Foreseer.
func (v View) Foresee(g *lineage.Graph, o *outlook.Outlook, book *curate.Book) func() {
	v.last.Store(o)
	return v.Prepare(g, book)
}

func empty(h *view.Host) (title, advice string) {
	if len(h.Graph.Dashboards()) == 0 {
		return h.NoDashboards()
	}
	if h.Outlook == nil || h.Outlook.Stops == "" {
		return "No exposures yet.", "Include dashboards with space in Models or Dashboards: this view shows where they would be written. w shows the change and writes it."
	}
	return "Nothing can be written.", h.Outlook.Stops
}
