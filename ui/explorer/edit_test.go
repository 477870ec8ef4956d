package explorer

import (
	"errors"
	"slices"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model"
	"darkroom/model/outlook"
	"darkroom/ui/explorer/scenario"
)

// orderDetails is the key of the dashboard Order Details.
const orderDetails = "00000000-0000-0000-0000-000000000002"

// opening shows the fixture with an editor that ends as it is said.
func opening(t *testing.T, ends error) (s *scenario.Scenario, f *fake, opened *[]string) {
	t.Helper()
	f, opened = &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}, new([]string)
	opt := options()
	opt.Edit = editorOf(opened, ends)
	return on(t, newApp(f, opt, fourViews()), 120, 36), f, opened
}

// editorOf is an editor that remembers what it opened.
func editorOf(opened *[]string, ends error) func(string, int, func(error) tea.Msg) tea.Cmd {
	return func(file string, _ int, done func(error) tea.Msg) tea.Cmd {
		*opened = append(*opened, file)
		return func() tea.Msg { return done(ends) }
	}
}

// E opens what is under the cursor, and the files are read again when the editor ends.
func TestEditorOpensModelsAndSources(t *testing.T) {
	s, f, opened := opening(t, nil)
	s.Cursor("fct_orders").Press("edit")
	s.View("Dashboards").Cursor("Sales", "EMEA", "Orders", "Order Details", "fct_orders").Press("edit")
	if want := []string{"/shop/models/marts/fct_orders.sql", "/shop/models/marts/fct_orders.sql"}; !slices.Equal(want, *opened) || f.reloads != 2 {
		t.Errorf("%q, %d reloads", *opened, f.reloads)
	}
	s.Cursor("Sales").Press("edit").Status("put the cursor on a model")
}

// On a dashboard E opens its exposure, where it is in a file.
func TestEditorOpensExposures(t *testing.T) {
	s, f, opened := opening(t, nil)
	s.View("Dashboards").Cursor("Sales", "EMEA", "Orders", "Order Details").Press("edit").Status("this dashboard has no exposure in a file")
	entry := &outlook.Entry{Name: "order_details", In: f.projects[0], Path: "models/exposures/tableau.yml", State: outlook.New}
	f.outlook = outlook.Make([]*outlook.Entry{entry}, map[string]*outlook.Dashboard{orderDetails: {State: outlook.New, Entries: []*outlook.Entry{entry}}}, "")
	s.Press("tick", "undo", "edit").Status("this exposure is not in a file yet; w writes it")
	entry.Line = 12
	s.Press("edit")
	if want := []string{"/shop/models/exposures/tableau.yml"}; !slices.Equal(want, *opened) {
		t.Errorf("%q", *opened)
	}
}

// What cannot be opened says where it is.
func TestEditorThatFailsSaysWhereTheFileIs(t *testing.T) {
	s, f, _ := opening(t, errors.New("no editor is set: export VISUAL or EDITOR"))
	s.Cursor("fct_orders").Press("edit").Status("no editor is set: export VISUAL or EDITOR; it is in /shop/models/marts/fct_orders.sql")
	f.locateErr = errors.New("/shop/models/marts/fct_orders.sql is not there")
	s.Press("edit").Status("not opened: /shop/models/marts/fct_orders.sql is not there")

	s, _ = open(t, 120, 36) // a screen without an editor
	s.Cursor("fct_orders").Press("edit").Status("no editor can be opened here; it is in /shop/models/marts/fct_orders.sql")
}
