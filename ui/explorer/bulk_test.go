package explorer

import (
	"strings"
	"testing"

	"github.com/muesli/termenv"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/ui/theme"
)

// A range decides exactly its rows: a closed parent is all below it, an open one only
// what of it is in the range.
func TestARangeDecidesItsRows(t *testing.T) {
	s, _ := open(t, 120, 40)
	s.View("Dashboards").Press("open-all").Cursor("acme", "Sales", "Returns", "Return Rates").Press("range").Cursor("acme", "Sales", "EMEA")
	s.Status("range: 1 dashboard;").Press("tick").Row("[✓] Return Rates").NoRow("[✓] Order").Status("included 1 dashboard: Return Rates")
	s.Press("undo").Cursor("acme", "Sales", "EMEA").Press("tree.close").Cursor("acme", "Sales", "Returns", "Return Rates").Press("range").Press("move.down").On("EMEA")
	s.Status("range: 4 dashboards").Press("exclude").Status("excluded 4 dashboards in the range").Row("[✗] EMEA", "[✗] Return Rates", "[ ] Outside dbt")
	s.Press("undo").Row("[ ] EMEA")
	// A parent with all of its rows in the range is all below it.
	s.Cursor("acme", "Sales", "Returns").Press("range", "move.down", "move.down").On("Return Rates").Status("range: 2 dashboards")
	s.Press("filter.clear").Hasnt("range:")
	// An open parent alone decides nothing, and says why.
	s.Press("range").Press("range").Cursor("acme", "Sales", "Returns").Press("range").Status("range: 0 dashboards", "an open row counts only through its rows in the range")
	s.Press("tick").Hasnt("[✓]")
}

// Folding what is in a range moves its beginning with the rows.
func TestARangeKeepsItsBeginningWhenRowsFold(t *testing.T) {
	s, _ := open(t, 120, 40)
	s.View("Dashboards").Press("open-all").Cursor("acme", "Sales", "EMEA", "Orders", "Order Details").Press("range").Press("move.down").On("Order Overview")
	s.Cursor("acme", "Sales", "Returns").Press("tree.close").Status("range: 4 dashboards") // Returns, Evil and Order Details
	s.Press("tree.open").Status("range: 4 dashboards")
	s.Press("move.bottom", "move.parent").Press("tree.close").On("Orders").Status("range: 3 dashboards") // begins at what it was folded into
}

func TestShiftAndMotionsExtendARange(t *testing.T) {
	s, _ := open(t, 120, 40)
	s.View("Dashboards").Press("open-all").Cursor("acme", "Sales", "Returns", "Outside dbt").Press("extend-down").Status("range: 2 dashboards")
	s.Press("extend-up").Status("range: 1 dashboard;").Press("move.bottom").Status("range: 5 dashboards").Press("move.top").Status("range: 1 dashboard;")
	s.Press("move.page-down").Status("range: 5 dashboards").Press("filter.clear")
	s.Cursor("acme", "Sales", "EMEA", "Orders", "Evil").Press("range", "move.next-sibling").Status("range: 2 dashboards").Press("tick").Status("included 2 dashboards in the range")
}

// The graph of a sync comes in when the range has ended.
func TestARangeOutlivesASync(t *testing.T) {
	s, f := open(t, 120, 40)
	f.sync = fetches(func() {})
	s.View("Dashboards").Press("open-all").Cursor("acme", "Sales", "EMEA", "Orders", "Order Details").Press("range", "move.down").Status("range: 2 dashboards")
	f.sites[0].Dashboards = append(f.sites[0].Dashboards[:3:3], model.Dashboard{ID: "d9", LUID: "new", Name: "A first one", WorkbookID: "w1"})
	s.Press("sync").NoRow("A first one").Status("range: 2 dashboards").Press("tick").Row("A first one", "[✓] Order Details", "[✓] Order Overview")
}

// Many decisions at once are asked about first, with their number.
func TestManyDecisionsAreAskedAboutFirst(t *testing.T) {
	f := crowd(30)
	s := begin(t, f, 120, 50)
	s.Cursor("models", "marts", "fct_orders").Press("tick").Status("include 30 dashboards below fct_orders? y or enter does it").Row("[ ] fct_orders")
	s.Keys("n").Status("nothing was changed").Row("[ ] fct_orders")
	s.Press("tick").Keys("y").Status("included 30 dashboards below fct_orders").Row("[✓] fct_orders")
	s.Press("undo").Status("undo: included 30 dashboards below fct_orders")
	s.Press("include-shown").Status("include 30 dashboards shown in Models?").Keys("enter").Status("included 30 dashboards shown in Models")
	s.Press("clear-shown").Status("make undecided 30 dashboards shown in Models?").Keys("y").Status("cleared 30 dashboards")
	s.Press("invert-shown").Status("swap 30 dashboards").Keys("esc").Header("0 included")
	if len(f.journal) != 4 {
		t.Errorf("%d changes were journalled, want 4", len(f.journal))
	}
	s = begin(t, crowd(20), 120, 50)
	s.Cursor("models", "marts", "fct_orders").Press("tick").Status("included 20 dashboards below fct_orders") // few are not asked about
}

// What is decided already does not count: 30 shown, one of them to change.
func TestOnlyChangesAreCounted(t *testing.T) {
	f := crowd(30)
	s := begin(t, f, 120, 50)
	s.View("Dashboards").Press("include-shown").Keys("y").Filter("Board 0003").Press("tick").ClearFilter()
	s.Press("include-shown").Status("included 1 dashboard: Board 0003")
}

// Undo and redo say what they do and come back to where it was done, in another view and
// behind a filter, too.
func TestUndoComesBackToWhereItWas(t *testing.T) {
	s, _ := open(t, 120, 40)
	s.View("Dashboards").Cursor("acme", "Sales", "EMEA", "Orders").Press("tick").Status("included 3 dashboards below Orders")
	s.Press("close-all").View("Models").Filter("name:rates")
	s.Press("undo").Status("undo: included 3 dashboards below Orders").Tab("Dashboards").On("[ ] Orders").Hasnt("/name")
	s.Press("top").View("Gaps").Press("redo").Status("redo: included 3 dashboards below Orders").Tab("Dashboards").On("[✓] Orders")
	s.View("Models").Cursor("models", "marts", "fct_orders", "Order Details").Press("exclude").On("Return Rates")
	s.Press("top", "undo").Status("undo: excluded 1 dashboard: Order Details").On("[✓] Order Details")
}

// What was undone comes back to its row also when the graph is another one by now, and
// to nowhere when the row is gone.
func TestUndoAfterASync(t *testing.T) {
	s, f := open(t, 120, 40)
	f.sync = fetches(func() {})
	s.View("Dashboards").Cursor("acme", "Sales", "Returns").Press("exclude").Status("excluded 2 dashboards below Returns")
	f.sites[0].Workbooks = append([]model.Workbook{{ID: "w0", Name: "A first one", ContainerLUID: "p1"}}, f.sites[0].Workbooks...)
	s.Press("sync").Keys("esc").Press("top", "undo").On("[ ] Returns")
	s.Press("redo").Status("redo: excluded 2 dashboards").On("[✗] Returns")
	f.sites[0].Dashboards = f.sites[0].Dashboards[:3]
	s.Press("sync").Keys("esc").Press("top", "undo").Status("undo: excluded 2 dashboards below Returns")
}

// A label is that of the step that it belongs to.
func TestLabelsOfSteps(t *testing.T) {
	b := curate.New(nil)
	first := b.Label(b.Set([]string{"a"}, curate.Included, curate.Meta{}), "first")
	b.Set([]string{"b"}, curate.Included, curate.Meta{})
	if late := b.Label(first, "late"); late.Label != "first" {
		t.Errorf("the label of a step that is not the last became %q", late.Label)
	}
	b.Undo()
	if c, _ := b.Undo(); c.Label != "undo: first" {
		t.Errorf("undone: %q", c.Label)
	}
}

// The rows of a range have a background, so that one sees them as one.
func TestARangeIsABackground(t *testing.T) {
	opt := options()
	opt.Styles = theme.New(theme.Dark, termenv.TrueColor)
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}
	s := on(t, newApp(f, opt, fourViews()), 120, 36)
	s.View("Dashboards").Press("open-all", "move.down")
	ground, _, _ := strings.Cut(opt.Styles.Range.Over("x"), "x")
	if ground == "" || strings.Contains(s.Raw(), ground) {
		t.Fatalf("the background %q is there without a range", ground)
	}
	s.Press("range", "move.down", "move.down", "move.down")
	rows := 0
	for line := range strings.SplitSeq(s.Raw(), "\n") {
		if strings.Contains(line, ground) {
			rows++
		}
	}
	if rows != 3 { // the fourth is the cursor's
		t.Errorf("%d rows have the background of the range, want 3", rows)
	}
}
