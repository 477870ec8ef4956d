package explorer

import (
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/ui/explorer/scenario"
)

// catalogued is the shop with columns, and exposures by hand.
func catalogued() *model.Project {
	p := shop()
	p.Catalog = map[string][]*model.Column{"model.shop.dim_customers": {{Name: "CUSTOMER_SINCE"}, {Name: "email"}}}
	p.Exposures = []model.Exposure{
		{ID: "exposure.shop.board_pack", Name: "board_pack", Package: "shop", Path: "models/board.yml", DependsOn: []string{"model.shop.fct_returns"}, Enabled: true},
		{ID: "exposure.shop.overview", Name: "overview_exposure", Package: "shop", Path: "models/tableau.yml", LUID: "00000000-0000-0000-0000-000000000001", Enabled: true},
	}
	return p
}

func openCatalogued(t testing.TB, width, height int) (*scenario.Scenario, *fake) {
	t.Helper()
	f := &fake{projects: []*model.Project{catalogued()}, sites: []*model.Site{tower()}}
	return begin(t, f, width, height), f
}

// @ goes to anything, by name, table, owner, workbook, exposure or column, also by letters
// with gaps, and opens what has to be open.
func TestGoToAnything(t *testing.T) {
	for typed, want := range map[string]struct{ view, on string }{
		"dim_cust":           {"Models", "dim_customers"},
		"shop.marts.fct_ret": {"Models", "fct_returns"},
		"raw.orders":         {"Models", "orders"},
		"return rates":       {"Models", "Return Rates"}, // it is below a model in this view
		"outside":            {"Dashboards", "Outside dbt"},
		"finance outside":    {"Dashboards", "Outside dbt"},
		"board_pack":         {"Models", "fct_returns"},
		"overview_exposure":  {"Models", "Order Overview"},
		"customer_since":     {"Models", "dim_customers"},
		"dim_customers emai": {"Models", "dim_customers"},
		"fctretrns":          {"Models", "fct_returns"},
		"ordovw":             {"Models", "Order Overview"},
	} {
		s, _ := openCatalogued(t, 120, 36)
		s.View("Models").Press("goto").Keys(typed, "enter").Hasnt("Go to").Tab(want.view).On(want.on)
	}
}

// What is found says what it is and where, is chosen with arrows or the mouse, and leaves
// everything as it was on esc.
func TestGoToShowsKindAndPlace(t *testing.T) {
	s, _ := openCatalogued(t, 120, 36)
	s.View("Dashboards").Press("goto").Has("A part of a name").Keys("order")
	s.Has("source", "model", "dashboard", "shop.marts.fct_orders", "Sales / EMEA / Orders · Sales Ops", "fct_orders")
	s.Keys("zzz").Has("Nothing is called so").Keys("esc").Hasnt("Go to").Tab("Dashboards")
	s.Press("goto").Keys("customer_s").Has("column", "of dim_customers").ClickOn("CUSTOMER_SINCE").Hasnt("Go to").On("dim_customers")
	s.Press("goto").Keys("order ", "down", "down", "up", "enter").Hasnt("Go to")
}

// What the filter hides is marked, and going there clears the filter and says so.
func TestGoToWhatTheFilterHides(t *testing.T) {
	s, _ := openCatalogued(t, 120, 36)
	s.View("Dashboards").Filter("name:rates").Press("goto").Keys("outside").Has("hidden by the filter")
	s.Keys("enter").On("Outside dbt").Status("the filter hid it, and is cleared: name:rates").Hasnt("/name")
	s.Filter("name:rates").Press("goto").Keys("return rates").Hasnt("hidden by").Keys("enter").On("Return Rates").Has("/name:rates")
}

// Back and forward go through jumps: of @, of t, of views; folds are opened, and a filter
// that was there is there again where one would not see the row.
func TestBackAndForward(t *testing.T) {
	s, _ := openCatalogued(t, 120, 36)
	s.Press("goto.back").Status("there was no jump yet").Press("goto.forward").Status("nothing ahead")
	s.View("Models").Cursor("models", "marts", "fct_returns").Press("goto").Keys("outside", "enter").On("Outside dbt")
	s.View("Gaps").Press("goto.back").Tab("Dashboards").On("Outside dbt")
	s.Press("goto.back").Tab("Models").On("fct_returns").Press("goto.forward").On("Outside dbt")
	s.View("Models").Press("close-all").View("Dashboards").Press("goto.back", "goto.back").Tab("Dashboards").On("Outside dbt")
	s.Press("goto.back").Tab("Models").On("fct_returns") // it was folded meanwhile
	s.Press("goto.forward", "goto.forward", "goto.forward").Tab("Dashboards").Press("goto.forward").Status("nothing ahead")
	s.View("Dashboards").Filter("name:rates").Press("view.other").Tab("Models").On("Return Rates")
	s.Filter("dim_customers").Press("goto.back").Tab("Dashboards").On("Return Rates").Has("/name:rates")
}

// Places survive a reload.
func TestBackAfterAReload(t *testing.T) {
	s, f := openCatalogued(t, 120, 36)
	f.sync = fetches(func() {})
	s.View("Dashboards").Press("open-all").Cursor("Return Rates").View("Models")
	p := catalogued()
	p.Resources = append([]model.Resource{{ID: "model.shop.a_new_one", Kind: model.KindModel, Name: "a_new_one", Common: &model.Common{Package: "shop"}, Path: "models/a_new_one.sql"}}, p.Resources...)
	f.projects = []*model.Project{p}
	s.Press("sync").Row("a_new_one").Press("goto.back").Tab("Dashboards").On("Return Rates")
	f.sites = []*model.Site{strippedOf(tower(), "Order Details")}
	s.Cursor("Order Details").View("Models").Press("sync").Press("goto.back").Tab("Dashboards").Status("is gone")
}

// strippedOf is a site without a dashboard.
func strippedOf(s *model.Site, title string) *model.Site {
	for i := range s.Dashboards {
		if s.Dashboards[i].Name == title {
			s.Dashboards = append(s.Dashboards[:i], s.Dashboards[i+1:]...)
			break
		}
	}
	return s
}

// An answer to what was typed before is dropped.
func TestAStaleAnswerIsDropped(t *testing.T) {
	s, _ := openCatalogued(t, 120, 36)
	s.Press("goto").Keys("returns", "ctrl+u").Has("A part of a name").Keys("cust").Has("dim_customers")
	if strings.Contains(s.Frame(), "fct_returns  ") && strings.Contains(s.Frame(), "similar") {
		t.Error(s.Frame())
	}
}

// An exposure is found where exposures are at home, and back leads from there.
func TestGoToAnExposure(t *testing.T) {
	f := allExposures()
	f.projects[0].Exposures = []model.Exposure{{ID: "exposure.shop.ad_hoc_notebook", Name: "ad_hoc_notebook", Package: "shop", Path: "models/exposures.yml", DependsOn: []string{"model.shop.fct_orders"}, Enabled: true}}
	s := onFive(t, f, 160, 40).View("Models").Press("goto").Keys("ad_hoc", "enter").Tab("Exposures").On("ad_hoc_notebook")
	s.Press("goto.back").Tab("Models")
}

// state: has what an export does with dashboards, and completion counts it.
func TestFilterAndCompleteByPlan(t *testing.T) {
	s := onFive(t, everyState(), 120, 40).View("Dashboards")
	s.Filter("state:refused").Row("Return Rates").NoRow("Order Overview").Filter("state:written").Row("Order Overview").NoRow("Return Rates")
	s.Filter("-state:refused state:included").NoRow("Return Rates").Press("filter").Keys("ctrl+u", "state:re").Has("refused", "1 dashboard").Keys("tab").Crumbs("/state:refused")
}
