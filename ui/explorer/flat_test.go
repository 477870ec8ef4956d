package explorer

import (
	"fmt"
	"testing"

	"darkroom/model"
)

// The flat list has each dashboard once, by views, with what is covered down to each
// row, and below it what the choice covers.
func TestFlatListsEachDashboardOnceByViews(t *testing.T) {
	s, _ := open(t, 160, 30)
	s.View("Dashboards").Press("flat").Crumbs("flat: all dashboards").Row("TITLE", "PROJECT / WORKBOOK", "OWNER", "VIEWS ↓", "SUM OF VIEWS")
	if got := inTurn(s, "Overview", "Details", "Return Rates", "Outside dbt", "Evil"); got != "Overview Details Return Rates Outside dbt Evil" {
		t.Errorf("%s\n%s", got, s.Frame())
	}
	s.Cursor("Order Overview").On("Sales / EMEA / ", "Sales Ops", "12k", "96 %").Cursor("Order Details").On("99 %")
	s.Row("0 of 5 included · 0 % of dashboards · 0 % of views").Press("tick").Row("1 of 5 included · 20 % of dashboards · 2 % of views", "[✓] + Order Details")
	s.Press("undo").Row("0 of 5 included")
}

// In Models the list has the dashboards below a model, and says so; a selector narrows it
// to those below one.
func TestFlatInModelsHasWhatReadsAModel(t *testing.T) {
	s, _ := open(t, 160, 30)
	s.Press("flat").Crumbs("flat: dashboards that read a model").Row("of 4 included").NoRow("Outside dbt")
	s.Filter("fct_returns+").Row("Return Rates").NoRow("Order Overview").Row("0 of 4 included").ClearFilter().Row("Order Overview")
}

// f keeps the dashboard under the cursor, both ways, and the filter.
func TestFlatAndBackKeepTheDashboard(t *testing.T) {
	s, _ := open(t, 160, 30)
	s.View("Dashboards").Press("open-all").Cursor("Order Details").Press("flat").On("Order Details").Press("down").On("Return Rates")
	s.Press("flat").On("Return Rates").Row("▾").Crumbs("Returns › Return Rates")
	s.Filter("views:>100").Press("flat").Crumbs("2 rows").Row("Order Details").NoRow("Return Rates").Press("flat").Row("Order Details").NoRow("Return Rates")
	s.ClearFilter().Press("flat").View("Models").View("Dashboards").Row("SUM OF VIEWS")
	s.Press("tree.open").Status("the list is flat")
}

// Sorting, filters, ranges, bulk keys and undo work in the flat list.
func TestFlatHasSortFilterRangeBulkAndUndo(t *testing.T) {
	s, _ := open(t, 160, 30)
	s.View("Dashboards").Press("flat", "sort.reverse").Status("ordered by views, ascending").Row("VIEWS ↑").Cursor("Order Overview").On("100 %")
	s.Press("sort.reverse").Cursor("Order Details").Press("range", "down").Status("range: 2 dashboards").Press("exclude").Row("[✗]   Return Rates").Row("[✗]   Order Details")
	s.Cursor("Order Details").On("96 %").Press("undo").Cursor("Order Details").On("99 %") // what is excluded adds nothing
	s.Filter("finance").Press("include-shown").Status("included 2 dashboards").ClearFilter().Row("[✓] + Return Rates", "[✓] + Outside dbt", "[ ]   Order Overview").Press("undo")
	s.Cursor("Outside dbt").Press("sort.next").On("Outside dbt")
}

// "Include to 80 % of views": a percentage takes the cursor there, one key includes down
// to it. What is excluded stays excluded, and one undo takes all of it back.
func TestFlatIncludesDownToAShareOfViews(t *testing.T) {
	s, _ := open(t, 160, 30)
	s.View("Dashboards").Press("flat").Cursor("Order Overview").Press("exclude")
	s.Press("flat.share").Type("3").On("Return Rates").Status("the first 3 dashboards cover 3 % of views: C includes the 2")
	s.Press("flat.include").Status("included 2 dashboards").Row("[✗]   Order Overview", "[✓] + Order Details", "[✓] + Return Rates", "[ ]   Outside dbt")
	s.Press("undo").Row("[✗]   Order Overview", "[ ]   Order Details")
	s.Press("flat.share").Type("90").Status("does not reach 90 %").Press("flat.share").Type("much").Status("not a percentage")
	s.Press("flat", "flat.include").Status("in the flat list only: f")
}

// boards is a site of n dashboards whose views fall from the first to the last.
func boards(n int) *fake {
	site := tower()
	site.Dashboards = site.Dashboards[:1]
	for i := 1; i < n; i++ {
		d := site.Dashboards[0]
		d.ID, d.LUID, d.Name, d.Views = fmt.Sprint("x", i), fmt.Sprintf("00000000-0000-0000-0001-%012d", i), fmt.Sprintf("Board %03d", i), 10*(n-i)
		site.Dashboards = append(site.Dashboards, d)
	}
	return &fake{projects: []*model.Project{shop()}, sites: []*model.Site{site}}
}

// More than twenty are asked for first, with their number.
func TestFlatAsksBeforeItIncludesMany(t *testing.T) {
	s := begin(t, boards(60), 160, 30)
	s.View("Dashboards").Press("flat").Press("bottom", "flat.include").Status("include 60 dashboards down to here, 100 % of views?").Keys("n").Row("0 of 60 included")
	s.Press("flat.include").Keys("y").Row("60 of 60 included · 100 % of dashboards · 100 % of views").Press("undo").Row("0 of 60 included")
}

// Nothing is shown twice, and a site without views has no shares.
func TestFlatWithoutViewsHasNoShares(t *testing.T) {
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}
	for i := range f.sites[0].Dashboards {
		f.sites[0].Dashboards[i].Views = -1
	}
	s := begin(t, f, 160, 30)
	s.View("Dashboards").Press("flat").Row("0 of 5 included · 0 % of dashboards").NoRow("of views").Press("flat.share").Type("").Status("does not reach 80 %")
	empty := begin(t, &fake{projects: []*model.Project{shop()}}, 120, 30)
	empty.View("Dashboards").Press("flat").Status("no dashboards are loaded")
}

// A reload keeps the list, its order and the row of the cursor.
func TestFlatStaysOverAReload(t *testing.T) {
	s, f := open(t, 120, 30)
	s.View("Dashboards").Press("flat").Cursor("Order Details").Do(renames(f)).Do(func() { f.sync = fetches(func() {}) }).Press("sync").On("Order Details by Week").Row("VIEWS ↓")
}
