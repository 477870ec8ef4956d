// Package browse opens the page of what is under the cursor: of a dashboard or workbook
// where the BI tool has it, of a model in dbt docs.
//
// Not here: how a browser is started (explorer.Backend).
package browse

import (
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/explorer/overlay"
	"darkroom/ui/explorer/view"
)

// Needs is what it is given by the explorer.
type Needs struct {
	Host *view.Host
	View func() view.View
	Open func(url string) error // in a browser; takes long
}

// Action opens the page.
func Action(n Needs) view.Action {
	return view.Action{
		Name: "browse", Keys: []string{"o"}, Group: view.GroupFiles, Title: "open the dashboard or workbook in the browser, or the model in dbt docs",
		Why: n.unable, Do: n.open,
	}
}

// address is the browser address of what is under the cursor.
func (n Needs) address() string {
	g := n.Host.Graph
	s, _ := n.View().At()
	if d := s.Dashboard(g); d != nil {
		return d.URL()
	}
	if r := s.Resource(g); r != nil {
		return g.Node(s.Node).Project.DocsPage(r)
	}
	if s.URL != nil {
		return s.URL()
	}
	return ""
}

func (n Needs) unable() string {
	switch s, _ := n.View().At(); {
	case n.address() != "":
		return ""
	case s.Resource(n.Host.Graph) != nil:
		return "where dbt docs are served is not known: write docs_url in darkroom.yml"
	}
	return "no address is known for this row"
}

// open opens the page, and shows the address where there is no browser for it.
func (n Needs) open() tea.Cmd {
	url := n.address()
	return tea.Batch(n.Host.Say("opening "+url), func() tea.Msg {
		err := n.Open(url)
		if err == nil {
			return nil
		}
		return view.Then(func() tea.Cmd {
			n.Host.Push(overlay.NewAddress(n.Host, url, err.Error()))
			return n.Host.Warn(url + " was not opened: " + err.Error())
		})
	})
}
