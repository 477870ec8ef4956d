package explorer

import (
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model"
	"darkroom/ui/explorer/scenario"
	"darkroom/ui/text"
)

// drags presses the left button on one cell, moves it over others and releases it.
func drags(s *scenario.Scenario, cells ...[2]int) {
	for i, c := range cells {
		action := tea.MouseActionMotion
		if i == 0 {
			action = tea.MouseActionPress
		}
		s.Send(tea.MouseMsg{X: c[0], Y: c[1], Button: tea.MouseButtonLeft, Action: action})
	}
	last := cells[len(cells)-1]
	s.Send(tea.MouseMsg{X: last[0], Y: last[1], Action: tea.MouseActionRelease})
}

// The divider follows the button however fast it goes, and only when the button went
// down on it.
func TestMouseDragsTheDivider(t *testing.T) {
	s, _ := open(t, 120, 36)
	rule := func() int {
		return s.Model().(*App).panes.Frame().Rule.X
	}
	drags(s, [2]int{rule(), 9}, [2]int{48, 9}) // one report for 24 cells
	if rule() != 48 {
		t.Errorf("the divider is at %d, not 48", rule())
	}
	drags(s, [2]int{20, 9}, [2]int{47, 9}, [2]int{48, 9}, [2]int{49, 9}, [2]int{70, 9})
	if rule() != 48 {
		t.Errorf("dragging over it moved it to %d", rule())
	}
	drags(s, [2]int{48, 9}, [2]int{119, 9})
	if rule() != 90 {
		t.Errorf("the divider is at %d, not at its limit of 90", rule())
	}
	s.Send(tea.MouseMsg{X: 60, Y: 9, Button: tea.MouseButtonLeft, Action: tea.MouseActionMotion})
	if rule() != 90 {
		t.Error("it moves after the button was released")
	}
	s, _ = open(t, 80, 24) // below each other
	before := s.Model().(*App).panes.Frame().Rule.Y
	drags(s, [2]int{30, before}, [2]int{30, before - 4})
	if got := s.Model().(*App).panes.Frame().Rule.Y; got != before-4 {
		t.Errorf("the divider is at line %d, not %d", got, before-4)
	}
}

// A double click opens a row as enter does. Two clicks far apart, on two rows, on an
// arrow, a checkbox or a heading are none.
func TestMouseDoubleClick(t *testing.T) {
	now := noon
	opt := options()
	opt.Now = func() time.Time { return now }
	s := on(t, newApp(&fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}, opt, fourViews()), 120, 36)
	const orders = "fct_orders  " // in its row, not in the path
	s.ClickOn(orders).On("▸ [ ] fct_orders").ClickOn(orders).On("▾ [ ] fct_orders").Row("Order Details")
	s.ClickOn(orders).ClickOn(orders).On("▸ [ ] fct_orders")
	s.ClickOn(orders)
	now = now.Add(time.Second)
	s.ClickOn(orders).On("▸ [ ] fct_orders")
	now = now.Add(time.Second)
	s.ClickOn("dim_customers  ").ClickOn(orders).On("▸ [ ] fct_orders")
	now = now.Add(time.Second)
	s.ClickOn("▸ [ ] fct_returns").On("▾").ClickOn("▾ [ ] fct_returns").On("▸ [ ] fct_returns")
	s.ClickOn("[ ] fct_returns").On("[✓]").ClickOn("[✓] fct_returns").On("▸ [ ] fct_returns")
	s.ClickOn("TITLE").ClickOn("TITLE").On("▸ [ ] fct_returns")
}

// A click on a name of the path goes to that parent, also where the path is cut.
func TestMouseOnBreadcrumbs(t *testing.T) {
	for _, width := range []int{40, 80, 120} {
		s, _ := open(t, width, 24)
		s.View("Dashboards").Press("open-all").Cursor("acme", "Sales", "EMEA", "Orders", "Order Details").Crumbs("Orders › Order Details")
		s.Click(text.CellOf(strings.Split(s.Frame(), "\n")[1], "Order Details")+2, 1)
		s.On("Order Details").Click(text.CellOf(strings.Split(s.Frame(), "\n")[1], " › Order Details")+1, 1)
		s.On("Order Details").Click(text.CellOf(strings.Split(s.Frame(), "\n")[1], "Orders")+5, 1)
		s.On("Orders").Click(text.CellOf(strings.Split(s.Frame(), "\n")[1], "EMEA"), 1)
		s.On("EMEA")
	}
}

// The path stays beside a filter on a wide screen, and can be clicked there.
func TestMouseOnBreadcrumbsBesideAFilter(t *testing.T) {
	s, _ := open(t, 120, 24)
	s.View("Dashboards").Filter("overview").Crumbs("EMEA › Orders › Order Overview", "/overview", "1/1")
	s.ClickOn("Orders ›").On("Orders").Crumbs("/overview")
	s.Resize(80, 24)
	s.Crumbs("/overview").Press("filter").Crumbs("/overview▏")
}

// Tabs are hit at every width.
func TestMouseOnTabs(t *testing.T) {
	for _, width := range []int{40, 60, 80, 100, 120, 200} {
		s, _ := open(t, width, 24)
		for i, title := range []string{"Dashboards", "Gaps", "Inbox", "Models"} {
			key := []string{"2", "3", "4", "1"}[i]
			s.Click(text.CellOf(strings.Split(s.Frame(), "\n")[0], key), 0)
			s.Tab(title)
		}
	}
}

// The wheel scrolls the pane that is pointed at, whichever has the keys.
func TestMouseWheel(t *testing.T) {
	s, _ := open(t, 120, 12)
	s.View("Dashboards").Press("open-all").Row("acme").Wheel(100, 6, true)
	s.Row("acme").Wheel(10, 6, true)
	s.NoRow("acme").Wheel(10, 6, false)
	s.Row("acme").Press("pane.focus").Wheel(10, 6, true)
	s.NoRow("acme")
}

// A hint in the footer does what its key does, or says why not.
func TestMouseOnHints(t *testing.T) {
	s, _ := open(t, 120, 24)
	s.View("Dashboards").Press("open-all", "bottom").ClickOn("x exclude").On("[✗]").ClickOn("u undo").On("[ ]")
	s.ClickOn("/ filter").Keys("order", "enter").Crumbs("/order").ClickOn("? help").Has("╭").ClickOn("esc close").Hasnt("╭")
}
