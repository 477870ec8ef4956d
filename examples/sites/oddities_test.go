package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/tidwall/gjson"
)

const (
	cloud  = 0
	server = 1

	core    = "roastery [analytics_core]."
	finance = "roastery [analytics_finance]."
)

// TestOddReads: dashboards with a special case of lineage, and exactly what each
// one reads.
func TestOddReads(t *testing.T) {
	all := sites(t)
	walkers := []*walker{newWalker(all[cloud]), newWalker(all[server])}
	for _, c := range []struct {
		oddity string
		site   int
		title  string
		want   []string
	}{
		{"hand-written exposure", server, "Monthly Revenue", []string{core + "[dim_dates]", finance + "[fct_revenue]", finance + "[rpt_monthly_revenue]"}},
		{"private model", server, "Margin", []string{finance + "[fct_margin]"}},
		{"another private model", cloud, "Where Did This Lot Go?", []string{core + "[dim_products]", "roastery [analytics_operations].[rpt_lot_traceability]"}},
		{"ephemeral model's name", cloud, "Session Lab", []string{"roastery [analytics_intermediate].[int_sessions]"}},
		{"disabled model's name", cloud, "Orders before 2020", []string{core + "[legacy_orders]"}},
		{"disabled model's relation", cloud, "Old Shop Dump", []string{"roastery [analytics_legacy].[legacy_orders]"}},
		{"version 1", cloud, "Orders Today", []string{core + "[dim_customers_v1]", core + "[fct_orders]"}},
		{"versions 1 and 2", server, "Due This Week", []string{core + "[dim_customers_v1]", core + "[dim_customers_v2]", finance + "[invoices]"}},
		{"seed", cloud, "Origin Fact Sheets", []string{"roastery [analytics_reference].[bean_origins]"}},
		{"snapshot", cloud, "Moves and Opt-outs", []string{"roastery [analytics_snapshots].[customers_history]"}},
		{"raw sources only", cloud, "Tills Online", []string{"roastery [raw_pos].[ticket_lines]", "roastery [raw_pos].[tickets]"}},
		{"raw sources on Snowflake", server, "ERP Load", []string{"RAW [ERP].[ACCOUNTS]", "RAW [ERP].[CREDIT_NOTES]", "RAW [ERP].[PRICE_LISTS]", "RAW [ERP].[SHIPMENTS]"}},
		{"quoted mixed case", cloud, "Order Requests Inbox", []string{"RAW [PORTAL].[OrderRequests]"}},
		{"both spellings", server, "Shipments and Margin", []string{"WHOLESALE WHOLESALE.MARTS.FCT_SHIPMENTS", "WHOLESALE [FINANCE].[RPT_ACCOUNT_MARGIN]", "WHOLESALE [MARTS].[DIM_ACCOUNTS]", "WHOLESALE [MARTS].[FCT_SHIPMENTS]"}},
		{"wrong database", cloud, "Orders (dev database)", []string{"roastery_dev [analytics_core].[dim_customers_v2]", "roastery_dev [analytics_core].[fct_orders]"}},
		{"not in dbt, other server", cloud, "Shift Planner", []string{"people [public].[shift_plan]", "people [public].[stores]"}},
		{"not in dbt, same database", cloud, "Till Incidents", []string{"roastery [ops_scratch].[till_incidents]"}},
		{"redacted only", cloud, "Cost of a Shift", []string{"(hidden)"}},
		{"redacted and known", server, "Ledger against Invoices", []string{"(hidden)", finance + "[invoices]"}},
		{"spreadsheet only", server, "Budget 2027", []string{"Budget 2027.xlsx [Plan$]", "Budget 2027.xlsx [Rates$]"}},
		{"Google sheet only", cloud, "Newsletter Planner", []string{"Newsletter calendar [Issues]"}},
		{"bare .hyper, published", cloud, "Forecast 2027", []string{"Demand Forecast 2027.hyper [Extract].[Extract]"}},
		{"bare .hyper, embedded", server, "Revenue 2019-2023", []string{"Revenue 2019-2023.hyper [Extract].[Extract]"}},
		{"custom SQL, parsed", cloud, "Late Orders", []string{"(custom SQL)", core + "[dim_customers_v2]", core + "[fct_orders]"}},
		{"custom SQL, parameters and <<", cloud, "Discount Watch", []string{"(custom SQL)"}},
		{"custom SQL, CTE taken for a table", cloud, "Basket Pairs", []string{"(custom SQL)", "roastery pairs"}},
		{"custom SQL, other dialects", cloud, "Landing Pages", []string{"(custom SQL)", "roastery-web [roastery-web.analytics_311].[events_*]"}},
		{"virtual connection", cloud, "My Bars", []string{core + "[dim_stores]", core + "[fct_pos_sales]"}},
		{"Prep flows, one after another", cloud, "Loyalty Cards", []string{core + "[dim_products]", core + "[dim_stores]", core + "[fct_pos_sales]", "roastery [ops_scratch].[loyalty_cards]"}},
		{"published on published", cloud, "Weekly Numbers", []string{core + "[dim_customers_v2]", core + "[dim_dates]", core + "[fct_orders]", finance + "[fct_revenue]"}},
		{"published parent and own table", server, "Currency Effects", []string{core + "[dim_dates]", "roastery [analytics_bean_counter].[bc_fx_rates]", finance + "[fct_revenue]"}},
		{"fields know, upstreamTables does not", cloud, "Orders by Column", []string{core + "[dim_products]", core + "[fct_orders]"}},
		{"only REST names the parent", cloud, "Sessions by Connection", []string{}},
		{"data source without lineage", cloud, "Empty Canvas", []string{}},
		{"no sheets, no lineage", cloud, "Welcome", []string{}},
		{"schema field is stale", cloud, "Stock Value", []string{"roastery [analytics_operations].[fct_inventory]"}},
		{"name carries the schema", cloud, "Partner Sales", []string{"roastery analytics_core.fct_pos_sales"}},
		{"two warehouses", server, "Revenue by Channel", []string{"WHOLESALE [FINANCE].[RPT_ACCOUNT_MARGIN]", core + "[dim_dates]", finance + "[fct_revenue]"}},
		{"story", server, "The Year in Numbers", []string{core + "[dim_dates]", "roastery [analytics_bean_counter].[bc_fiscal_periods]", finance + "[fct_revenue]", finance + "[rpt_monthly_revenue]"}},
		{"Arabic", cloud, "أداء المتاجر الشهري", []string{core + "[dim_products]", core + "[dim_stores]", core + "[fct_pos_sales]"}},
		{"Japanese", cloud, "コホート分析（日本語）", []string{"roastery [analytics_marketing].[rpt_cohorts]"}},
		{"emoji", cloud, "☕ Basket to Bean 🚀", []string{"roastery [analytics_marketing].[rpt_funnel]"}},
		{"Jinja", cloud, "Campaign {{ utm_campaign }} Deep Dive", []string{core + "[fct_sessions]", "roastery [analytics_marketing].[fct_attribution]"}},
		{"quotes", cloud, `Top 50 "House" Blends`, []string{core + "[dim_origins]", core + "[dim_products]", core + "[fct_order_items]", core + "[fct_orders]"}},
		{"newline", cloud, "Drum Temperature\n(live)", []string{"(custom SQL)"}},
		{"ESC", cloud, "\x1b[31mALARM\x1b[0m Board", []string{"DrumControl [dbo].[DrumReadings]", "DrumControl [dbo].[Machines]"}},
		{"hidden view", cloud, "Win-back List", []string{core + "[dim_customers_v2]", "roastery [analytics_marketing].[customer_ltv]"}},
	} {
		slices.Sort(c.want)
		d := titled(t, all[c.site], c.title)
		diff(t, c.oddity+": "+c.title, walkers[c.site].reads(d), c.want)
	}
}

// TestOddShapes: special cases of the objects themselves, each as a path that must
// match something on that site.
func TestOddShapes(t *testing.T) {
	all := sites(t)
	for _, c := range []struct {
		oddity string
		site   int
		path   string
	}{
		{"the hand-written exposure's url", server, `metadata.dashboards.#(path=="FinanceBoard/MonthlyRevenue")`},
		{"its view in REST", server, `rest.views.#(contentUrl=="FinanceBoard/sheets/MonthlyRevenue")`},
		{"hidden view with an identity", cloud, `metadata.dashboards.#(luid=="")#|#(path=="")#|#(documentViewId!="")`},
		{"hidden sheet", cloud, `metadata.sheets.#(luid=="")`},
		{"visible sheet in no dashboard", cloud, `metadata.sheets.#(containedInDashboards.#==0)#|#(luid!="")`},
		{"sheet in two dashboards", cloud, `metadata.sheets.#(containedInDashboards.#==2)`},
		{"blending", cloud, `metadata.sheets.#(parentEmbeddedDatasources.#==2)`},
		{"redacted row", cloud, `metadata.databaseTables.#(name==~null)#|#(id!="")`},
		{"unsupported custom SQL with a parameter", cloud, `metadata.customSQLTables.#(isUnsupportedCustomSql==true)#|#(query%"*Parameters*")`},
		{"unsupported custom SQL with <<", cloud, `metadata.customSQLTables.#(isUnsupportedCustomSql==true)#|#(query%"*<<*")`},
		{"supported custom SQL", server, `metadata.customSQLTables.#(isUnsupportedCustomSql==false)#|#(tables.#==2)`},
		{"custom SQL for SQL Server", cloud, `metadata.customSQLTables.#(connectionType=="sqlserver")`},
		{"custom SQL for BigQuery", cloud, `metadata.customSQLTables.#(connectionType=="bigquery")`},
		{"custom SQL for Snowflake", cloud, `metadata.customSQLTables.#(connectionType=="snowflake")`},
		{"certified published source", server, `metadata.publishedDatasources.#(isCertified==true)`},
		{"published on published", server, `metadata.publishedDatasources.#(upstreamDatasources.#>0)`},
		{"published through a virtual connection", cloud, `metadata.publishedDatasources.#(upstreamVirtualConnectionTables.#==2)`},
		{"published from a flow", cloud, `metadata.publishedDatasources.#(upstreamFlows.#==1)`},
		{"flow after a flow", cloud, `metadata.flows.#(nextUpstreamFlows.#==1)`},
		{"table written by a flow", cloud, `metadata.databaseTables.#(upstreamFlows.#==1)`},
		{"copy that repeats its parent's tables", cloud, `metadata.embeddedDatasources.#(parentPublishedDatasources.#==1)#|#(upstreamTables.#>1)`},
		{"copy that does not", cloud, `metadata.embeddedDatasources.#(parentPublishedDatasources.#==1)#|#(upstreamTables.#==0)`},
		{"upstreamTables empty, fields full", cloud, `metadata.embeddedDatasources.#(upstreamTables.#==0)#|#(fields.0.upstreamColumns.0.table.__typename=="DatabaseTable")`},
		{"sqlproxy connection", cloud, `rest.workbookConnections.@values.@flatten.#(type=="sqlproxy")`},
		{"spreadsheet", server, `metadata.databaseTables.#(connectionType=="excel-direct")#|#(database.__typename=="File")`},
		{"Google sheet", cloud, `metadata.databaseTables.#(connectionType=="google-sheets")#|#(database.__typename=="CloudFile")`},
		{"hyper file", server, `metadata.databaseTables.#(connectionType=="hyper")#|#(database.__typename=="File")`},
		{"stale schema", cloud, `metadata.databaseTables.#(schema=="public")#|#(fullName=="[analytics_operations].[fct_inventory]")`},
		{"personal space", cloud, `metadata.workbooks.#(containerType=="personal space")#|#(projectLuid==~null)`},
		{"archive project", server, `rest.projects.#(name=="Archive")`},
		{"project with a slash", server, `rest.projects.#(name=="Costs / Coffee")`},
		{"owner without e-mail", server, `metadata.workbooks.#(owner.email==~null)`},
		{"owner with an empty e-mail", cloud, `rest.users.#(email=="")`},
		{"workbook without description", cloud, `metadata.workbooks.#(description==~null)`},
		{"workbook tag", cloud, `metadata.workbooks.#(tags.#(name=="certified"))`},
		{"exec view", cloud, `metadata.dashboards.#(tags.#(name=="exec"))`},
		{"draft view", server, `metadata.dashboards.#(tags.#(name=="draft"))`},
		{"never seen", cloud, `rest.views.#(usage.totalViewCount=="0")`},
		{"seen a hundred thousand times", cloud, `rest.views.#(usage.totalViewCount=="100000")`},
		{"story in REST", cloud, `rest.views.#(sheetType=="story")`},
	} {
		if v := all[c.site].Get(c.path); !v.Exists() || v.Raw == "[]" {
			t.Errorf("%s: nothing at %s", c.oddity, c.path)
		}
	}
}

// TestOddPairs: special cases that need two objects.
func TestOddPairs(t *testing.T) {
	all := sites(t)
	var same []gjson.Result
	longest := 0
	for _, wb := range all[cloud].Get("metadata.workbooks").Array() {
		if wb.Get("name").String() == "Store Performance" {
			same = append(same, wb)
		}
	}
	if len(same) != 2 || same[0].Get("projectLuid").String() == same[1].Get("projectLuid").String() {
		t.Error("want two workbooks of one name in two projects")
	}
	for _, d := range all[cloud].Get("metadata.dashboards").Array() {
		longest = max(longest, len([]rune(d.Get("name").String())))
	}
	if longest < 200 {
		t.Errorf("the longest title has %d characters, want at least 200", longest)
	}
	if !strings.Contains(all[cloud].Get("metadata.workbooks.#.description").Raw, `\n`) {
		t.Error("no description has two lines")
	}
	luids := map[string]string{}
	for _, s := range all {
		for _, v := range s.Get("rest.views").Array() {
			id := v.Get("id").String()
			if other := luids[id]; other != "" {
				t.Errorf("views %q and %q share the LUID %s", other, v.Get("name"), id)
			}
			luids[id] = v.Get("name").String()
		}
	}
	paths := map[string]bool{}
	for _, v := range all[cloud].Get("rest.views.#.contentUrl").Array() {
		if paths[v.String()] {
			t.Errorf("two views have the content URL %s", v)
		}
		paths[v.String()] = true
	}
	unused := titled(t, all[cloud], "Weeks Covered")
	if n := len(unused.Get("upstreamTables").Array()); n != 1 {
		t.Errorf("Weeks Covered places fields of %d tables, want 1 of the 2 it reads", n)
	}
}
