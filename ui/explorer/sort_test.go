package explorer

import (
	"slices"
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/ui/explorer/scenario"
	"darkroom/ui/explorer/view"
)

// column gives the rows that have one of the words, by the word, from the top down.
func inTurn(s *scenario.Scenario, words ...string) string {
	var found []string
	for line := range strings.Lines(s.Frame()) {
		row, _, _ := strings.Cut(line, "│")
		for _, w := range words {
			if strings.Contains(row, w) && strings.Contains(row, "]") {
				found = append(found, w)
			}
		}
	}
	return strings.Join(found, " ")
}

// The heading row has an arrow at the column that orders the rows. Siblings are ordered,
// the hierarchy stays, and the cursor stays on its row.
func TestSortOrdersSiblingsAndTheCursorStaysOnItsRow(t *testing.T) {
	s, _ := open(t, 140, 30)
	titles := []string{"Order Overview", "Order Details", "Evil", "Return Rates", "Outside dbt", "Returns", "Orders "}
	s.View("Dashboards").Press("open-all").Row("TITLE", "LINEAGE", "OWNER", "VIEWS")
	natural := inTurn(s, titles...)
	s.Cursor("Order Details").Press("sort.next").Status("ordered by title, ascending").Row("TITLE ↑").On("Order Details")
	if got := inTurn(s, titles...); got != "Orders  Evil Order Details Order Overview Returns Outside dbt Return Rates" {
		t.Errorf("by title: %s\n%s", got, s.Frame())
	}
	s.Press("sort.reverse").Row("TITLE ↓").On("Order Details")
	if got := inTurn(s, titles...); got != "Returns Return Rates Outside dbt Orders  Order Overview Order Details Evil" {
		t.Errorf("by title, reversed: %s\n%s", got, s.Frame())
	}
	for !strings.Contains(s.Frame(), "VIEWS ↓") {
		s.Press("sort.next")
	}
	if got := inTurn(s, titles...); got != "Orders  Order Overview Order Details Evil Returns Return Rates Outside dbt" {
		t.Errorf("by views, the most first: %s\n%s", got, s.Frame())
	}
	s.Press("sort.next").Status("order: as given").On("Order Details")
	if got := inTurn(s, titles...); got != natural {
		t.Errorf("as at first: %s, want %s", got, natural)
	}
}

// Every field orders, up and down, and what has no value comes last both ways.
func TestSortByEachField(t *testing.T) {
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}
	site := f.sites[0]
	for i := range site.Dashboards {
		site.Dashboards[i].UpdatedAt = noon.AddDate(0, 0, -i*10)
	}
	site.Dashboards[0].UpdatedAt = noon.AddDate(1, 0, 0).AddDate(-2, 0, 0)
	s := begin(t, f, 200, 30)
	s.View("Dashboards").Press("open-all").Row("UPDATED", "WORKBOOK").Cursor("Order Details").Press("tick")
	v, _ := view.As[view.Sorter](s.Model().(*App).view)
	for _, x := range []struct {
		by, up, down string
	}{
		{"title", "Evil Details Overview", "Overview Details Evil"},
		{"decision", "Details Evil Overview", "Evil Overview Details"},
		{"views", "Evil Details Overview", "Overview Details Evil"},
		{"updated", "Overview Evil Details", "Details Evil Overview"},
	} {
		for down, want := range map[bool]string{false: x.up, true: x.down} {
			if !v.Sort(x.by, down) {
				t.Fatalf("%s is not an order; there are %v", x.by, v.Orders())
			}
			if got := inTurn(s, "Evil", "Details", "Overview"); got != want {
				t.Errorf("by %s, down %t: %s, want %s\n%s", x.by, down, got, want, s.Frame())
			}
		}
	}
	for _, by := range []string{"lineage", "owner", "workbook"} {
		if !v.Sort(by, false) {
			t.Errorf("%s is not an order", by)
		}
	}
	if v.Sort("nonsense", false) {
		t.Error("nonsense is an order")
	}
	if by, _ := v.Sorted(); by != "workbook" {
		t.Errorf("after nonsense: by %q", by)
	}
	v.Sort("lineage", false)
	if got := inTurn(s, "Outside dbt", "Return Rates"); got != "Outside dbt Return Rates" {
		t.Errorf("by lineage the least known is first: %s", got)
	}
}

// A decision moves no row: the order is made when it is asked for.
func TestSortByDecisionMovesNoRowBeforeItIsAskedAgain(t *testing.T) {
	s, _ := open(t, 120, 30)
	s.View("Dashboards").Press("open-all").Press("sort.next", "sort.next").Status("ordered by decision")
	before := inTurn(s, "Evil", "Details", "Overview")
	s.Cursor("Order Overview").Press("tick")
	if got := inTurn(s, "Evil", "Details", "Overview"); got != before {
		t.Errorf("%s, before %s", got, before)
	}
	s.Press("sort.reverse", "sort.reverse")
	if got := inTurn(s, "Evil", "Details", "Overview"); got != "Overview Evil Details" {
		t.Errorf("asked again: %s\n%s", got, s.Frame())
	}
}

// The order stays over a reload, a filter and folds.
func TestSortStaysOverReloadFilterAndFolds(t *testing.T) {
	s, f := open(t, 120, 30)
	s.View("Dashboards").Press("open-all", "sort.next", "sort.reverse").Row("TITLE ↓")
	want := "Overview Details Evil"
	check := func(after string) {
		t.Helper()
		if got := inTurn(s, "Evil", "Details", "Overview"); got != want {
			t.Errorf("after %s: %s\n%s", after, got, s.Frame())
		}
		s.Row("TITLE ↓")
	}
	s.Cursor("Order Details").Do(renames(f)).Do(func() { f.sync = fetches(func() {}) }).Press("sync").On("Order Details by Week")
	check("a reload")
	s.Filter("kind:dashboard")
	check("a filter")
	s.ClearFilter().Press("close-all", "open-all")
	check("folds")
}

// A click on a heading orders by its column, another one turns the order round; one on
// the names and one on the checkboxes do, too.
func TestAClickOnAHeadingOrders(t *testing.T) {
	s, _ := open(t, 120, 30)
	s.View("Dashboards")
	y := 2
	head := strings.Split(s.Frame(), "\n")[y]
	x := strings.Index(head, "VIEWS")
	s.Click(x, y).Has("VIEWS ↓")
	s.Click(x, y).Has("VIEWS ↑")
	s.Click(x, y).Has("VIEWS ↓")
	s.Click(strings.Index(head, "TITLE"), y).Has("TITLE ↑")
	s.Click(5, y).Has("↑ TITLE")
}

// Below a model the dashboards that are looked at most come first.
func TestBelowAModelTheMostViewedIsFirst(t *testing.T) {
	s, _ := open(t, 120, 30)
	s.Cursor("models", "marts", "fct_orders").Press("tree.open")
	if got := inTurn(s, "Evil", "Details", "Overview", "Return Rates"); !strings.HasSuffix(got, "Overview Details Return Rates Evil") {
		t.Errorf("%s\n%s", got, s.Frame())
	}
}

// Parents show how far they are decided, under a filter of what is shown.
func TestParentsShowProgress(t *testing.T) {
	s, _ := open(t, 140, 30)
	s.View("Dashboards").Press("open-all").Row("──────────── 5 dashboards", "workbook     3 dashboards")
	s.Cursor("Order Details").Press("tick").Cursor("Outside dbt").Press("exclude").Row("━━━━──────── 1✓ 1✗ of 5", "workbook     1✓ of 3", "workbook     1✗ of 2")
	s.Filter("name:order").Row("1✓ of 2").NoRow("of 5").ClearFilter().Row("1✓ 1✗ of 5")

	ascii := options()
	ascii.ASCII = true
	a := on(t, newApp(&fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}, ascii, fourViews()), 140, 30)
	a.Screen.Press("2", "=", "down", "down", "down", "x")
	a.Has("##.......... 1- of 5")
}

// A mix is begun by hand: what rules decide leaves the box of a parent empty.
func TestRulesAloneMakeNoMix(t *testing.T) {
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}, book: curate.New(nil)}
	key := f.sites[0].Key(&f.sites[0].Dashboards[4])
	f.book.SetDefaults(map[string]curate.Default{key: {Decision: curate.Excluded, Rule: 1}})
	s := begin(t, f, 120, 30)
	s.View("Dashboards").Press("open-all").Row("[ ] Returns", "[✗] Outside dbt", "1✗ of 2")
	s.Cursor("Return Rates").Press("tick").Row("[~] Returns").Press("undo").Row("[ ] Returns")
}

// LINEAGE says something only of a dashboard whose tables are not all linked.
func TestLineageColumnIsEmptyWhereAllIsLinked(t *testing.T) {
	s, _ := open(t, 120, 30)
	s.View("Dashboards").Press("open-all").Cursor("Outside dbt").On("0 of 1")
	s.Cursor("Return Rates")
	for line := range strings.Lines(s.Frame()) {
		if row, _, _ := strings.Cut(line, "│"); strings.HasPrefix(row, "▌") && strings.Contains(row, " of ") {
			t.Errorf("%q", row)
		}
	}
}

// Columns come with width, and the names keep 24 cells before another column is shown.
func TestColumnsComeWithWidth(t *testing.T) {
	seen := map[int][]string{}
	for _, width := range []int{40, 80, 100, 140, 170, 240} {
		s, _ := open(t, width, 30)
		s.View("Dashboards").Press("open-all")
		if width >= 60 {
			s.Press("zoom")
		}
		head := strings.Split(s.Frame(), "\n")[2]
		for _, name := range []string{"EXPOSURE", "LINEAGE", "OWNER", "UPDATED", "WORKBOOK", "VIEWS"} {
			if strings.Contains(head, name) {
				seen[width] = append(seen[width], name)
			}
		}
		s.Row("Order Overview")
	}
	for width, want := range map[int][]string{
		40: {"VIEWS"}, 80: {"EXPOSURE", "LINEAGE", "VIEWS"}, 100: {"EXPOSURE", "LINEAGE", "OWNER", "UPDATED", "VIEWS"},
		140: {"EXPOSURE", "LINEAGE", "OWNER", "UPDATED", "WORKBOOK", "VIEWS"},
	} {
		if !slices.Equal(seen[width], want) {
			t.Errorf("at %d: %v, want %v", width, seen[width], want)
		}
	}
}
