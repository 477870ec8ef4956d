package explorer

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

// Another view is on the screen with what the filter lets through there, not before: until
// that is found the screen is as it was, and keys wait in their order.
func TestAnotherViewWaitsForItsAnswer(t *testing.T) {
	for name, meanwhile := range map[string]func(typing){
		"nothing": func(typing) {},
		"a graph": func(s typing) {
			s.app.setGraph(s.app.prepare(s.app.host.Graph, s.app.host.Book, s.app.views...))
		},
		"a graph, of which this view is prepared alone": func(s typing) {
			s.app.setGraph(s.app.prepare(s.app.host.Graph, s.app.host.Book, s.app.view))
		},
		"a size": func(s typing) { s.Resize(100, 24) },
	} {
		t.Run(name, func(t *testing.T) {
			s := startTyping(t)
			s.Keys("r", "a", "t", "e", "s", "enter", "1")
			rows := s.app.view.Len()
			s.Keys("2").On("Return Rates")
			finds := s.letters("1")
			if s.app.view.Info().Name != "dashboards" {
				t.Fatalf("the view changed before its answer was there:\n%s", s.Frame())
			}
			finds = append(finds, s.letters("2x1")...) // excludes in Dashboards
			s.Crumbs("/rates").On("Return Rates")
			if n := s.app.curation.Choice().Excluded; n != 0 {
				t.Fatalf("%d excluded before", n)
			}
			meanwhile(s)
			s.Crumbs("/rates").Row("Return Rates").NoRow("Order Overview")
			s.come(finds)
			if name, n, excluded := s.app.view.Info().Name, s.app.view.Len(), s.app.curation.Choice().Excluded; name != "models" || n != rows || excluded != 1 {
				t.Errorf("%s with %d rows and not %d, %d excluded\n%s", name, n, rows, excluded, s.Frame())
			}
			if s.app.foreseen != nil || len(s.app.others.held) > 0 {
				t.Error("it still waits")
			}
		})
	}
}

// The filter that was there comes back at once with its rows, or not yet.
func TestTheFilterBeforeComesBackWithItsRows(t *testing.T) {
	s := startTyping(t)
	s.Keys("r", "a", "t", "e", "s", "enter", "/", "ctrl+u", "o", "v", "e", "r").NoRow("Return Rates")
	_, back := s.app.Update(tea.KeyMsg{Type: tea.KeyEsc})
	s.Crumbs("/over▏").NoRow("Return Rates")
	cmds := append([]tea.Cmd{back}, s.letters("x")...)
	s.Crumbs("/over▏").NoRow("Return Rates")
	s.come(cmds)
	s.Crumbs("/rates").NoRow("Order Overview").Row("Return Rates")
	if n := s.app.curation.Choice().Excluded; n != 1 {
		t.Errorf("%d excluded", n)
	}
}
