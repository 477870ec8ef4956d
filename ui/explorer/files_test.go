package explorer

import (
	"fmt"
	"testing"

	"darkroom/model"
	"darkroom/model/exposure/merge"
	"darkroom/model/outlook"
	"darkroom/ui/explorer/scenario"
)

// dashboardKey is the key of the nth dashboard of tower.
func dashboardKey(n int) string { return fmt.Sprintf("00000000-0000-0000-0000-00000000000%d", n) }

// forecast is an outlook of the fixture: one file of darkroom's with an exposure of each
// kind, and one that is written by hand.
func forecast(p *model.Project) *outlook.Outlook {
	ours := func(name, label string, line int, state outlook.State, dashboard int) *outlook.Entry {
		return &outlook.Entry{
			Name: name, Label: label, Key: dashboardKey(dashboard), In: p, Project: "shop", Auto: true, State: state, Path: "models/exposures/tableau.yml", Line: line,
			YAML: "  - name: " + name + "\n    label: " + label + "\n", Dashboards: []string{dashboardKey(dashboard)},
		}
	}
	overview := ours("order_overview", "Order Overview", 6, outlook.Changed, 1)
	overview.Fields = []merge.FieldChange{{Field: "owner.name", From: "Sales", To: "Sales Ops"}}
	overview.Conflicts = []merge.Conflict{{Field: "label", Tool: "Tableau", Theirs: "Ours", Ours: "Order Overview"}}
	details := ours("order_details", "Order Details", 0, outlook.New, 2)
	gone := ours("old_numbers", "Old \x1b[31mNumbers", 30, outlook.Gone, 9)
	gone.Dashboards, gone.Why = nil, "kept for 12 more days"
	hand := &outlook.Entry{
		Name: "returns_board", Label: "Returns", In: p, Project: "shop", State: outlook.Manual, Path: "models/exposures.yml", Line: 4,
		YAML: "  - name: returns_board\n    type: dashboard\n", URL: "https://tableau.example.com/#/views/x", Dashboards: []string{dashboardKey(4)},
	}
	return outlook.Make([]*outlook.Entry{overview, details, gone, hand}, map[string]*outlook.Dashboard{
		dashboardKey(1): {State: outlook.Changed, Entries: []*outlook.Entry{overview}},
		dashboardKey(2): {State: outlook.New, Entries: []*outlook.Entry{details}},
		dashboardKey(4): {State: outlook.None, Entries: []*outlook.Entry{hand}, ByHand: true},
		dashboardKey(5): {State: outlook.Refused, Why: "reads nothing that this dbt project has", Fix: "see the gaps"},
	}, "")
}

// openFiles shows the Files view of the fixture.
func openFiles(t *testing.T, width, height int) (*scenario.Scenario, *fake) {
	t.Helper()
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}
	f.outlook = forecast(f.projects[0])
	s := on(t, New(f, options()), width, height)
	return s.View("Files"), f
}

// Each file has its exposures in the order of their lines, what is not written yet last;
// then what is left out, and, closed, what is not included.
func TestFilesHaveTheirExposures(t *testing.T) {
	s, _ := openFiles(t, 120, 36)
	s.Row("models/exposures.yml", "returns_board  Returns", "by hand        4", "models/exposures/tableau.yml", "order_overview  Order Overview", "changes", "order_details  Order Details", "new",
		"gone          30", "left out", "Outside dbt", "refused", "▸ [ ] imported_from_tableau").NoRow("Evil")
	s.Cursor("imported_from_tableau").Press("tree.open").Row("Evil").NoRow("Return Rates")
}

// The details of an exposure say what an export does, what would change, and its YAML.
func TestFilesDetailsShowTheYAML(t *testing.T) {
	s, _ := openFiles(t, 120, 36)
	s.Cursor("models/exposures/tableau.yml", "order_overview").Details("~ changes: order_overview in", "models/exposures/tableau.yml:6", "Sales → Sales Ops", "You edited it", "Tableau has Order Overview", "YAML as it would be", "- name: order_overview")
	s.Cursor("models/exposures/tableau.yml", "∅ old_numbers").Details("gone: old_numbers", "more days")
	s.Cursor("models/exposures.yml", "h returns_board").Details("Return Rates", "A lets darkroom keep it up to", "- name: returns_board")
	s.Cursor("models/exposures.yml").Details("exposures    1", "by hand      1", "A adopts one")
	s.Cursor("left out", "Outside dbt").Details("refused: reads nothing")
}

// space and x decide about darkroom's exposures and about what is in no file, not about
// those that are written by hand.
func TestFilesDecide(t *testing.T) {
	s, f := openFiles(t, 120, 36)
	s.Cursor("models/exposures/tableau.yml", "order_details").Press("tick").Row("[✓] order_details")
	s.Cursor("models/exposures.yml", "h returns_board").Press("tick").Status("no dashboard depends on this row")
	s.Press("exclude").Status("no dashboard depends on this row")
	s.Cursor("imported_from_tableau").Press("tree.open").Cursor("imported_from_tableau", "Evil").Press("exclude").Row("[✗] Evil")
	if len(f.journal) != 2 {
		t.Errorf("%d decisions", len(f.journal))
	}
}

// enter opens: a file, or the YAML of an exposure, also of one that is written by hand.
func TestFilesEnterOpens(t *testing.T) {
	s, _ := openFiles(t, 120, 36)
	s.Cursor("models/exposures/tableau.yml", "order_overview").Press("tree.toggle").Has("models/exposures/tableau.yml:6", "label: Order Overview").Keys("esc")
	s.Cursor("models/exposures.yml", "h returns_board").Press("tree.toggle").Has("models/exposures.yml:4", "type: dashboard").Keys("esc")
	s.Cursor("models/exposures.yml").Press("tree.toggle").NoRow("returns_board").Press("tree.toggle").Row("returns_board")
}

// E opens an exposure at its line, also one that is written by hand.
func TestFilesOpenInTheEditor(t *testing.T) {
	f, opened := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}, new([]string)
	f.outlook = forecast(f.projects[0])
	opt := options()
	opt.Edit = editorOf(opened, nil)
	s := on(t, New(f, opt), 120, 36).View("Files")
	s.Cursor("models/exposures.yml", "h returns_board").Press("edit")
	s.Cursor("models/exposures/tableau.yml", "order_details").Press("edit").Status("not in a file yet")
	s.Cursor("models/exposures/tableau.yml").Press("edit")
	if len(*opened) != 2 || (*opened)[1] != "/shop/models/exposures/tableau.yml" || (*opened)[0] != "/shop/models/exposures.yml" {
		t.Errorf("%q", *opened)
	}
}

// The states of a filter are those of exposures, also of such that are written by hand.
func TestFilesFilterByState(t *testing.T) {
	s, _ := openFiles(t, 120, 36)
	s.Filter("state:manual").Row("returns_board").NoRow("order_overview", "old_numbers", "Outside dbt")
	s.Filter("state:new").Row("order_details").NoRow("returns_board", "order_overview")
	s.Filter("state:gone").Row("old_numbers").NoRow("order_overview")
	s.Filter("returns").Row("returns_board").NoRow("order_overview")
}

// A new outlook keeps cursor and folds.
func TestFilesFollowTheOutlook(t *testing.T) {
	s, f := openFiles(t, 120, 36)
	s.Cursor("models/exposures.yml").Press("tree.close").Cursor("models/exposures/tableau.yml", "order_overview")
	next := forecast(f.projects[0])
	next.Entries[1].State = outlook.Written
	f.outlook = next
	s.Press("tick").Cursor("models/exposures/tableau.yml", "order_overview").On("order_overview").NoRow("returns_board")
}
