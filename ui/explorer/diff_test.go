package explorer

import (
	"errors"
	"testing"

	"darkroom/model/outlook"
	"darkroom/ui/explorer/write"
)

// twoChanges is a plan with a new and a changed exposure, one left out and one of yours.
func twoChanges() *write.Plan {
	return &write.Plan{
		Written:  4,
		About:    []string{"This is the demo: it writes into /tmp/demo, and nothing outside of it."},
		Refusals: []write.Refusal{{Key: "k-margin", Title: "Margin \x1b[31m", Rule: "depends on a private model", Fix: "make fct_margin protected"}},
		Conflicts: []write.Conflict{
			{Name: "stock", Field: "label", Tool: "Tableau", Yours: "Our Stock", Theirs: "Stock"},
		},
		Files: []write.FilePlan{{
			Path: "shop: models/exposures/tableau.yml", Added: []string{"order_details"}, Changed: []string{"sales"},
			Old: []write.EntryLine{{Name: "sales", Line: 5}}, New: []write.EntryLine{{Name: "order_details", Line: 5}, {Name: "sales", Line: 8}},
			Diff: "--- a\n+++ b\n@@ -4,3 +4,6 @@\n exposures:\n+  - name: order_details\n+    label: Order Details\n+\n   - name: sales\n-    label: Sales\n+    label: Sales 2026\n",
		}},
	}
}

// First what is left out and why, then conflicts, then the files with line numbers, one
// exposure after another; the numbers at the bottom.
func TestWriteHasAnOrder(t *testing.T) {
	s, f := open(t, 120, 36)
	f.plan = twoChanges()
	s.Press("write").Has("This is the demo: it writes into /tmp/demo, and nothing outside of it.", "1 dashboard left out", "make fct_margin protected", "Our Stock",
		"4 exposures (1 new), 1 changed, 1 refused, 1 yours; 1 file", "   5 +  - name: order_details", "~ sales  changed", " 6   -    label: Sales")
	s.Keys("n").Has("▌+ order_details  new", "exposure 1 of 2")
	s.Keys("n").Has("▌~ sales  changed", "exposure 2 of 2").Keys("n").Status("the last exposure that changes")
	s.Keys("N").Has("exposure 1 of 2").Keys("N").Status("the first exposure that changes")
}

// The same on a small screen: one number, and nothing of a line is lost.
func TestWriteOnASmallScreen(t *testing.T) {
	s, f := open(t, 40, 12)
	f.plan = twoChanges()
	s.Press("write").Keys("G").Has(" 9 +    label: Sales 2026", "4 exposures (1 new)").Keys("g", "n", "N").Has("order_details")
}

// d shows what changes in the exposure under the cursor first, or why there is nothing.
func TestDiffAtOneExposure(t *testing.T) {
	s, f := open(t, 100, 24)
	f.plan = twoChanges()
	entries := map[string]*outlook.Dashboard{}
	for key, e := range map[string]*outlook.Entry{
		orderDetails:                           {Name: "order_details", State: outlook.New, Path: "x.yml"},
		"00000000-0000-0000-0000-000000000001": {Name: "stock", State: outlook.Yours, Path: "x.yml"},
		"00000000-0000-0000-0000-000000000004": {Name: "returns", State: outlook.Written, Path: "x.yml"},
	} {
		entries[key] = &outlook.Dashboard{State: e.State, Entries: []*outlook.Entry{e}}
	}
	f.outlook = outlook.Make(nil, entries, "")
	s.View("Dashboards").Cursor("Sales", "EMEA", "Orders", "Order Details").Press("tick", "undo").Cursor("Sales", "EMEA", "Orders", "Order Details")
	s.Press("diff").Has("▌+ order_details  new", "exposure 1 of 2").Hasnt("left out").Keys("esc")
	s.Cursor("Sales", "EMEA", "Orders", "Order Overview").Press("diff").Has("▌ stock.label", "Our Stock").Keys("esc")
	s.Cursor("Sales", "Returns", "Return Rates").Press("diff").Status("nothing changes in returns").Hasnt("What writing changes")
	s.Cursor("Sales", "Returns", "Outside dbt").Press("diff").Status("this dashboard has no exposure: include it first, with space")
}

// What could not be written can be tried again.
func TestWriteAgainAfterAFailure(t *testing.T) {
	s, f := open(t, 100, 24)
	f.plan, f.writeErr = twoChanges(), errors.New("no space left")
	s.Press("write").Keys("w").Status("not written: no space left")
	f.writeErr = nil
	s.Keys("w").Status("written: shop: models/exposures/tableau.yml")
	if f.written != 1 {
		t.Errorf("written %d times", f.written)
	}
}
