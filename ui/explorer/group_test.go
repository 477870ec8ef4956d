package explorer

import (
	"testing"

	"darkroom/model"
	"darkroom/model/modeltest"
	"darkroom/ui/explorer/scenario"
)

// groupedShop is a project and a site with tags, groups, collections.
func groupedShop(t *testing.T, width int) (*scenario.Scenario, *fake) {
	t.Helper()
	p, site := shop(), tower()
	for i := range p.Resources {
		r := &p.Resources[i]
		switch r.Name {
		case "fct_orders":
			r.Tags, modeltest.Common(r).Group = []string{"daily", "finance"}, "finance"
		case "stg_orders":
			modeltest.Common(r).Schema, r.Tags = "staging", []string{"daily"}
		case "dim_customers":
			r.Path = "models/dim_customers.sql"
		case "fct_returns":
			modeltest.Common(r).Package = "dbt_utils"
		}
	}
	site.Collections = append(site.Collections, model.Collection{Name: "Board", DashboardIDs: []string{site.Dashboards[1].ID}})
	f := &fake{projects: []*model.Project{p}, sites: []*model.Site{site}}
	return begin(t, f, width, 40), f
}

func groupBy(s *scenario.Scenario, name string) *scenario.Scenario {
	return s.Press("group").Has("Group by").Type(name + ":").Status("grouped by " + name)
}

// Models by package, schema, tag, group and layer; the heading says by what.
func TestGroupModels(t *testing.T) {
	s, _ := groupedShop(t, 140)
	groupBy(s, "schema").Row("TITLE by schema", "shop.marts", "shop.staging", "shop.raw").NoRow("▾ [ ] marts")
	groupBy(s, "tag").Row("TITLE by tag").Cursor("daily", "fct_orders").Crumbs("daily › fct_orders").Cursor("finance", "fct_orders").Cursor("(no tag)", "dim_customers")
	groupBy(s, "group").Cursor("finance", "fct_orders").Cursor("(no group)", "stg_orders")
	groupBy(s, "package").Row("dbt_utils", "shop")
	groupBy(s, "layer").Cursor("staging", "stg_orders").Cursor("marts", "fct_orders").Cursor("marts", "dim_customers").Cursor("sources", "orders")
	if got := inTurn(s.Press("close-all"), "sources", "staging", "marts"); got != "sources staging marts" {
		t.Errorf("layers: %s", got)
	}
	groupBy(s, "folder").Row("models").NoRow("TITLE by")
}

// Dashboards by owner, tag, collection and status: each group counts its own, and what is
// in several groups is one decision.
func TestGroupDashboards(t *testing.T) {
	s, _ := groupedShop(t, 140)
	s.View("Dashboards")
	groupBy(s, "owner").Row("TITLE by owner", "Finance", "Sales Ops").Cursor("Finance", "Outside dbt")
	groupBy(s, "collection").Row("Board", "(no collection)").Cursor("Board", "Order Details").Press("tick").Row("[✓] Board", "1✓ of 1")
	groupBy(s, "tag").Row("certified", "(no tag)").Cursor("certified").On("1✓ of 3")
	groupBy(s, "status")
	if got := inTurn(s, "] linked", "] not linked"); got != "] linked ] not linked" {
		t.Errorf("%s\n%s", got, s.Frame())
	}
	groupBy(s, "project").Row("acme").NoRow("TITLE by")
}

// The row of the cursor stays, wherever it is then, and so do order and filter.
func TestGroupKeepsRowOrderAndFilter(t *testing.T) {
	s, _ := groupedShop(t, 140)
	s.View("Dashboards").Press("open-all").Cursor("Order Details").Press("sort.next").Row("TITLE ↑")
	groupBy(s, "owner").On("Order Details").Crumbs("Sales Ops › Order Details").Row("TITLE by owner ↑")
	groupBy(s, "project").On("Order Details").Crumbs("Orders › Order Details")
	s.Filter("views:>300")
	groupBy(s, "status").Row("Order Details").NoRow("Return Rates")
	s.ClearFilter().Row("Return Rates")
}

// Folds of groups whose names are there in both groupings stay; a reload keeps the
// grouping.
func TestGroupStaysOverAReload(t *testing.T) {
	s, f := groupedShop(t, 140)
	s.View("Dashboards")
	groupBy(s, "owner").Cursor("Finance").Press("tree.close").Cursor("Sales Ops", "Order Details")
	s.Do(renames(f)).Do(func() { f.sync = fetches(func() {}) }).Press("sync").Row("TITLE by owner").On("Order Details by Week").Row("▸ [ ] Finance")
}

// Esc leaves all as it was; in the flat list there is nothing to group.
func TestGroupCanBeLeft(t *testing.T) {
	s, _ := groupedShop(t, 140)
	s.Press("group").Has("schema: database and schema", "folder: where its file is").Keys("esc").NoRow("TITLE by")
	s.Press("flat").Press("group").Status("the list is flat")
}
