package explorer

import (
	"slices"
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/ui/explorer/scenario"
)

// rebound is the fixture with other keys for some actions.
func rebound(t *testing.T, keys map[string][]string) *scenario.Scenario {
	t.Helper()
	opt := options()
	opt.Keys = keys
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}
	return on(t, newApp(f, opt, fourViews()), 120, 36)
}

// Scenarios press keys by the names of actions, so that they say what is seen and done
// with any keys.
func TestRebindingShowsEverywhere(t *testing.T) {
	s := rebound(t, map[string][]string{"decide.tick": {"f2"}, "filter": {"ctrl+f"}, "view.gaps": {"f9"}, "quit": {"ctrl+q"}})
	s.Footer("f2 tick", "ctrl-f filter", "ctrl-q quit").Header("f9 Gaps")
	s.Press("help").Keys("undecided again").Has("f2", "include, or undecided again").Keys("esc")
	s.Press("palette").Keys("tick").Has("f2").Keys("esc")
	s.Cursor("marts", "fct_orders").Press("tick").On("[✓] fct_orders")
	s.Keys(" ").On("[✓] fct_orders") // the usual key does nothing any more
	s.Press("move.page-up").Has("fct_orders")
	s.Press("view.gaps").Tab("Gaps")
	s.Keys("2").Tab("Dashboards")
	s.Filter("nothing at all").Has("esc clears the filter, ctrl-f changes it.")
}

func TestRebindingTakesAKeyFromItsUsualAction(t *testing.T) {
	s := rebound(t, map[string][]string{"decide.exclude": {"o"}})
	s.Cursor("marts", "fct_orders").Press("exclude").On("[✗] fct_orders")
	s.Press("palette").Keys("browser").Has("open the dashboard or workbook in the browser")
	if act := s.Model().(*App).registry.Named("browse"); len(act.Keys) != 0 {
		t.Error(act.Keys)
	}
	s.Keys("esc").Footer("o exclude")
}

// A key of one view leaves the explorer's own action of that key to the other views.
func TestRebindingInOneView(t *testing.T) {
	s := rebound(t, map[string][]string{"inbox.review": {"w"}})
	s.Press("write").Has("What writing changes").Keys("esc")
	s.View("Inbox").Keys("w").Hasnt("What writing changes")
}

func TestUnboundIsInThePaletteOnly(t *testing.T) {
	s := rebound(t, map[string][]string{"decide.tick": nil, "quit": nil, "filter.clear": {"f3"}})
	s.Cursor("marts", "fct_orders").Keys(" ").On("[ ] fct_orders")
	if strings.Contains(s.Frame(), "tick") {
		t.Error("the footer has an action without a key:\n" + s.Frame())
	}
	s.Press("palette").Keys("undecided again", "enter").On("[✓] fct_orders")
	s.Filter("fct").Keys("esc").Row("stg_orders") // esc works whatever is bound
	s.Filter("fct").Keys("f3").Row("stg_orders")
	if s.Keys("ctrl+c"); !s.Quit {
		t.Error("ctrl+c does not quit")
	}
}

// Letters of other scripts are their place's key, unless they are bound.
func TestRebindingAndKeyboardLayouts(t *testing.T) {
	s := rebound(t, map[string][]string{"decide.exclude": {"ж"}})
	s.Cursor("marts", "fct_orders").Keys("ж").On("[✗] fct_orders")
	s.Keys("г").On("[ ] fct_orders") // u
}

func TestBindableKnowsTheViews(t *testing.T) {
	for _, act := range Bindable() {
		switch {
		case act.Name == "quit" && act.Views != nil, act.Name == "inbox.review" && !slices.Equal(act.Views, []string{"inbox"}):
			t.Error(act)
		}
	}
}

// A configuration says what rows are ordered and grouped by and which columns there are.
func TestViewsBeginAsConfigured(t *testing.T) {
	opt := options()
	opt.Views = map[string]Arranged{"dashboards": {By: "views", Down: false, Columns: []string{"owner"}}}
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}
	s := on(t, newApp(f, opt, fourViews()), 120, 36)
	s.View("Dashboards").Has("OWNER").NoRow("VIEWS").Press("tree.open-all")
	first := strings.Index(s.Frame(), "Outside dbt")
	if second := strings.Index(s.Frame(), "Return Rates"); first < 0 || second < first {
		t.Error(s.Frame())
	}
	opt.Views = map[string]Arranged{"dashboards": {Group: "owner"}, "models": {Group: "no such group"}}
	s = on(t, newApp(f, opt, fourViews()), 120, 36)
	s.NoRow("TITLE by").View("Dashboards").Row("TITLE by owner", "Sales Ops")
}
