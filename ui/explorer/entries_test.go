package explorer

import (
	"errors"
	"slices"
	"testing"

	"darkroom/model/curate"
	"darkroom/ui/explorer/write"
)

// adopting is a plan that adopts the exposure of Return Rates.
func adopting() *write.Plan {
	return &write.Plan{
		Title: "What adopting returns_board changes", About: []string{"What you wrote stays."}, Include: []string{dashboardKey(4)}, Written: 1,
		Conflicts: []write.Conflict{{Name: "returns_board", Field: "label", Tool: "Tableau", Yours: "Returns", Theirs: "Return Rates"}},
		Files: []write.FilePlan{{
			Path: "shop: models/exposures.yml", Changed: []string{"returns_board"}, New: []write.EntryLine{{Name: "returns_board", Line: 4}},
			Old: []write.EntryLine{{Name: "returns_board", Line: 4}}, Diff: "--- a\n+++ b\n@@ -5 +5,2 @@\n   type: dashboard\n+  meta: {}\n",
		}},
	}
}

// A on an exposure that is written by hand, or on its dashboard, shows what adopting
// changes, and asks; then the dashboard is included and the file written.
func TestAdoptShowsAndAsks(t *testing.T) {
	s, f := openFiles(t, 120, 36)
	f.plan = adopting()
	s.Cursor("models/exposures.yml", "h returns_board").Press("adopt").Has("What adopting returns_board changes", "What you wrote stays.", "~ returns_board  changed", "+  meta: {}", "returns_board.label")
	s.Keys("esc")
	if f.written != 0 || len(f.journal) != 0 {
		t.Fatal("esc adopts")
	}
	s.View("Dashboards").Cursor("Sales", "Returns", "Return Rates").Press("adopt").Has("What adopting returns_board changes")
	s.Keys("t").Status("Tableau's value is used: returns_board.label")
	s.Keys("w").Status("written: shop: models/exposures.yml").Row("[✓]")
	if f.written != 1 || len(f.journal) != 1 || f.saved.Effective(dashboardKey(4)) != curate.Included {
		t.Errorf("%d written, journal %v", f.written, f.journal)
	}
	if want := []string{"returns_board: ", "returns_board: ", "returns_board: label"}; !slices.Equal(want, f.adopted) {
		t.Errorf("%q", f.adopted)
	}
}

// When the file cannot be written, or the decision not kept, all is as it was.
func TestAdoptThatFailsChangesNothing(t *testing.T) {
	s, f := openFiles(t, 120, 36)
	f.plan, f.writeErr = adopting(), errors.New("it changed on disk")
	s.Cursor("models/exposures.yml", "h returns_board").Press("adopt").Keys("w").Status("not written: it changed on disk").Keys("esc")
	if n := len(f.journal); n != 2 {
		t.Errorf("%d changes in the journal, not the decision and taking it back", n)
	}
	s.View("Dashboards").Cursor("Sales", "Returns", "Return Rates").On("[ ]")
	f.keepErr = errDisk
	f.writeErr = nil
	s.Press("adopt").Keys("w").Status("not saved, undone: no space left")
	if f.written != 0 {
		t.Error("written without its decision")
	}
}

// What cannot be adopted says why.
func TestAdoptWhere(t *testing.T) {
	s, _ := openFiles(t, 120, 36)
	s.Cursor("models/exposures/tableau.yml", "order_overview").Press("adopt").Status("put the cursor on an exposure that is written by hand")
	s.Cursor("models/exposures.yml", "h returns_board").Press("adopt").Status("not adopted: returns_board")
}

// f2 asks for the name, shows what it changes, and writes it.
func TestRenameInTheExplorer(t *testing.T) {
	s, f := openFiles(t, 120, 36)
	s.Cursor("models/exposures.yml", "h returns_board").Press("rename").Status("this exposure is written by hand")
	s.Cursor("models/exposures/tableau.yml", "order_details").Press("rename").Status("not in a file yet")
	s.Cursor("models/exposures/tableau.yml", "order_overview").Press("rename").Has("Rename order_overview", "exposure:order_overview")
	s.Keys("ctrl+u").Type("taken").Status("the name taken is taken")
	f.plan = &write.Plan{Title: "What renaming order_overview changes", Files: []write.FilePlan{{Path: "shop: x.yml", Diff: "--- a\n+++ b\n@@ -1 +1 @@\n-- name: order_overview\n+- name: orders\n"}}}
	s.Press("rename").Keys("ctrl+u").Type("orders").Has("What renaming order_overview changes", "+- name: orders").Keys("w").Status("written: shop: x.yml")
	if want := []string{"order_overview → taken", "order_overview → orders"}; !slices.Equal(want, f.renamed) || f.written != 1 {
		t.Errorf("%q, %d written", f.renamed, f.written)
	}
	s.View("Models").Cursor("dim_customers").Press("rename").Status("put the cursor on an exposure of darkroom's")
}
