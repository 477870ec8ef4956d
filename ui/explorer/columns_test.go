package explorer

import (
	"testing"

	"darkroom/model"
	"darkroom/ui/explorer/scenario"
)

// withColumns is the shop after a sync with columns: Order Overview uses two columns of
// fct_orders, Order Details one of them, and of Return Rates the fields are not known.
func withColumns(t testing.TB, width, height int) *scenario.Scenario {
	t.Helper()
	p, s := shop(), tower()
	p.Catalog = map[string][]*model.Column{"model.shop.fct_orders": {{Name: "order_id", Type: "int"}, {Name: "discount", Type: "numeric"}, {Name: "never_shown"}}}
	s.Columns = []model.TableColumn{
		{TableID: "t-fct_orders", Name: "order_id"}, {TableID: "t-fct_orders", Name: "discount"}, {TableID: "t-dim_customers", Name: "since_when"},
	}
	for i, at := range [][]int32{{0, 1, 2}, {0}, {}, nil, {}} {
		s.Sheets[i].Columns = model.SheetColumns{At: at, Known: i != 3}
	}
	s.Sheets[3].Columns.Why = "the server did not return it by id"
	return begin(t, &fake{projects: []*model.Project{p}, sites: []*model.Site{s}}, width, height)
}

// The tab says of each column who uses it, opens to them, and says who is unknown.
func TestColumnsTabOfAModel(t *testing.T) {
	s := withColumns(t, 130, 36).View("Models").Cursor("models", "marts", "fct_orders")
	s.Press("pane.focus", "details.next-tab", "details.next-tab").Details("[Columns]", "3 columns: 2 used, 1 unknown", "order_id  int  2 dashboards", "discount  numeric  1 dashboard", "never_shown  unknown")
	s.Details("! Return Rates", "the server did not return it", "by id")
	mark(t, s, "order_id").Press("details.follow").Details("Order Overview  Sheet", "Order Details  Sheet")
	mark(t, s, "Order Details").Press("details.follow").On("Order Details")
}

// A dashboard's tab says which columns it uses of what it reads, and what is unknown.
func TestColumnsTabOfADashboard(t *testing.T) {
	s := withColumns(t, 130, 36).View("Dashboards").Filter("name:overview").Press("pane.focus", "details.next-tab", "details.next-tab")
	s.Details("[Columns]", "3 columns of dbt", "fct_orders", "order_id, discount", "dim_customers", "since_when").Press("pane.focus")
	s.Filter("name:rates").Details("[Columns]", "unknown: of sheet \"Sheet\": the server did not", "0 columns of dbt")
	s.Filter("name:evil").Details("[Columns]", "no field comes from it")
}

// Without columns there is no tab for a dashboard, and the filter says what is missing.
func TestColumnsThatWereNotFetched(t *testing.T) {
	s, _ := open(t, 120, 36)
	s.View("Dashboards").Filter("name:overview").Details("[General] Lineage  Proof  YAML")
	s.Filter("column:fct_orders.discount").Has("darkroom sync --columns")
}

// The filter column: shows the dashboards of a column, offers those that are used, and goes
// together with others.
func TestFilterOfColumns(t *testing.T) {
	s := withColumns(t, 130, 36).View("Dashboards").Filter("column:fct_orders.discount").Row("Order Overview").NoRow("Order Details", "Return Rates")
	s.Filter("column:order_id").Row("Order Overview").Row("Order Details").NoRow("Return Rates")
	s.Filter("column:order_id -column:discount").Row("Order Details").NoRow("Order Overview")
	s.Filter("column:never_shown").NoRow("Order Overview", "Order Details")
	s.ClearFilter().Press("filter").Keys("column:fct_orders.").Has("fct_orders.order_id", "2 dashboards", "fct_orders.discount", "1 dashboard").Keys("esc")
}

// @ finds columns of catalogs, of YAML files, and those that only fields name, and says how
// many dashboards use them.
func TestGoToColumns(t *testing.T) {
	s := withColumns(t, 130, 36).View("Models").Press("goto").Keys("discount").Has("column", "of fct_orders · 1 dashboard").Keys("enter").Tab("Models").On("fct_orders")
	s.Press("goto").Keys("since_wh").Has("of dim_customers · 1 dashboard").Keys("enter").On("dim_customers")
	s.Press("goto").Keys("fct_orders never").Has("of fct_orders").Hasnt("· 1 dashboard", "· 0 dashboards").Keys("esc")
}
