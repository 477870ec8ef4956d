package explorer

import (
	"testing"

	"darkroom/model"
	"darkroom/model/outlook"
)

// allExposures has an exposure in each state, of dashboards and of none.
func allExposures() *fake {
	f := everyState()
	f.byHand = []*outlook.Entry{
		{Name: "ad_hoc_notebook", In: f.projects[0], State: outlook.Manual, Type: "notebook", Owner: "Data Science", Maturity: "low", Path: "models/exposures.yml", Line: 3, YAML: "  - name: ad_hoc_notebook\n    type: notebook\n", DependsOn: []string{"model.shop.fct_orders", "model.other.missing"}, Description: "By hand."},
		{Name: "churn", Key: "gone-1", In: f.projects[0], State: outlook.Gone, Auto: true, Type: "dashboard", Owner: "Finance", Integration: "Tableau", Path: "models/exposures/tableau.yml", Line: 40, DependsOn: []string{"model.shop.fct_orders"}, Why: "not in Tableau since 2026-11-20", YAML: "  - name: churn\n"},
	}
	return f
}

// Every exposure is a row: of ours, by hand and gone, sorted by name.
func TestExposuresListsAll(t *testing.T) {
	s := onFive(t, allExposures(), 200, 40).View("Exposures").Press("zoom")
	s.Row("NAME", "STATE", "TYPE", "OWNER", "INTEGRATION", "MODE", "VIEWS", "PARENTS", "FILE")
	s.Row("●  order_overview", "~  order_details", "≠  evil", "!  return_rates", "h  outside_dbt", "h  ad_hoc_notebook", "∅  churn")
	s.Row("refused: depends on the private model fct_returns", "models/exposures.yml:3")
	s.Press("move.top").On("ad_hoc_notebook").Press("move.down").On("churn")
}

// What is written by hand cannot be decided about, and says so; ours can.
func TestExposuresDecide(t *testing.T) {
	f := allExposures()
	delete(f.does, boardKey("2"))
	s := onFive(t, f, 140, 40).View("Dashboards").Filter("details").Press("include-shown").ClearFilter()
	s.View("Exposures").Cursor("ad_hoc_notebook").Press("tick").Status("ad_hoc_notebook is written by hand in models/exposures.yml:3")
	s.Cursor("churn").Press("exclude").Status("the dashboard of churn is not loaded")
	s.Cursor("order_details").Press("tick").NoRow("order_details")
	s.Press("undo").Row("+  order_details").Cursor("order_details").Press("exclude").NoRow("order_details")
}

// enter shows the YAML with its place.
func TestExposuresShowYAML(t *testing.T) {
	s := onFive(t, allExposures(), 120, 30).View("Exposures").Cursor("ad_hoc_notebook")
	s.Press("exposures.yaml").Has("models/exposures.yml:3", "- name: ad_hoc_notebook").Keys("esc").Hasnt("- name:")
	s.Cursor("return_rates").Press("exposures.yaml").Has("- name: return_rates")
}

// The details have all fields, the parents as names, and what to do.
func TestExposuresDetails(t *testing.T) {
	s := onFive(t, allExposures(), 140, 40).View("Exposures").Cursor("ad_hoc_notebook")
	s.Details("by hand: ad_hoc_notebook in", "notebook", "low", "Data Science", "Depends on", "fct_orders", "model.other.missing", "By hand.")
	s.Cursor("outside_dbt").Details("A adopts it")
	s.Cursor("churn").Details("gone: churn in", "Tableau since 2026-11-20")
}

// The filter finds exposures by state, owner, name and file, those of no dashboard too.
func TestExposuresFilter(t *testing.T) {
	for filter, want := range map[string][]string{
		"state:manual": {"ad_hoc_notebook", "outside_dbt"}, "state:gone": {"churn"}, "owner:science": {"ad_hoc_notebook"}, "name:churn": {"churn"},
		"notebook": {"ad_hoc_notebook"}, "path:tableau.yml state:refused": {"return_rates"}, "views:>1k": {"order_overview"}, "-state:manual name:c": {"churn"},
	} {
		s := onFive(t, allExposures(), 160, 40).View("Exposures").Filter(filter).Row(want...)
		for _, name := range []string{"ad_hoc_notebook", "outside_dbt", "churn", "return_rates", "order_overview"} {
			wanted := false
			for _, w := range want {
				wanted = wanted || w == name
			}
			if !wanted {
				s.NoRow(name)
			}
		}
	}
}

// s orders by a column, o opens the page, t goes to the dashboard.
func TestExposuresSortOpenAndOther(t *testing.T) {
	f := allExposures()
	s := onFive(t, f, 160, 40).View("Exposures").Cursor("order_overview").Press("browse")
	if f.opened == "" {
		t.Error("no page is opened")
	}
	s.Press("view.other").Tab("Dashboards").On("Order Overview")
}

// Without any exposure the view says what to do.
func TestExposuresEmpty(t *testing.T) {
	onFive(t, &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}, 120, 30).View("Exposures").Has("No exposures yet.", "with w")
}
