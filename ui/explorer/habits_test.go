package explorer

import (
	"slices"
	"strings"
	"testing"

	"github.com/muesli/termenv"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/ui/explorer/scenario"
	"darkroom/ui/theme"
)

// What people who live in terminals expect of an explorer, by subject. Each begins with
// the fixture in Models.
func TestHabits(t *testing.T) {
	for subject, scene := range map[string]func(*testing.T, *scenario.Scenario){
		"arrows and letters of vi move alike": func(t *testing.T, s *scenario.Scenario) {
			for _, pair := range [][2]string{{"j", "down"}, {"k", "up"}, {"l", "right"}, {"h", "left"}} {
				a := s.Model().(*App)
				if x, y := a.actionAt(pair[0]), a.actionAt(pair[1]); x == nil || x != y {
					t.Errorf("%s and %s do not do the same", pair[0], pair[1])
				}
			}
			s.Keys("j", "j").On("dim_customers").Keys("k").On("marts").Keys("down", "down").On("fct_orders").Keys("up").On("dim_customers")
			s.Keys("l", "l").On("Order Overview").Keys("h", "h").On("▸ [ ] dim_customers").Keys("right").On("▾").Keys("left").On("▸")
		},
		"to the ends and by pages": func(_ *testing.T, s *scenario.Scenario) {
			for _, pair := range [][2]string{{"G", "g"}, {"end", "home"}} {
				s.Keys(pair[0]).On("orders").Keys(pair[1]).On("models")
			}
			s.View("Dashboards").Press("open-all").Resize(120, 10)
			s.Press("top", "page-down").On("EMEA").Press("page-up").On("acme").Press("half-down").On("Outside dbt").Press("half-up").On("acme")
			s.Keys("ctrl+d").On("Outside dbt").Keys("ctrl+u").On("acme").Keys("pgdown").On("EMEA").Keys("pgup").On("acme").Press("page-down", "page-down", "page-down").On("Order Overview")
		},
		"left on a leaf or a closed row goes to its parent": func(_ *testing.T, s *scenario.Scenario) {
			s.Cursor("marts", "fct_orders", "Order Details").Press("tree.close").On("▾ [ ] fct_orders").Press("tree.close").On("▸ [ ] fct_orders")
			s.Press("tree.close").On("▾ [ ] marts").Press("tree.close").On("▸ [ ] marts").Press("tree.close").On("models").Press("tree.close").On("▸ [ ] models").Press("tree.close").On("▸ [ ] models")
		},
		"right opens, then goes to the first child; enter opens and closes": func(_ *testing.T, s *scenario.Scenario) {
			s.Cursor("marts", "fct_orders").Press("tree.open").On("▾ [ ] fct_orders").Press("tree.open").On("Order Overview").Press("tree.open").Status("nothing below this row")
			s.Press("move.parent").On("fct_orders").Press("toggle").On("▸ [ ] fct_orders").Press("toggle").On("▾ [ ] fct_orders")
		},
		"open and close everything": func(_ *testing.T, s *scenario.Scenario) {
			s.Press("open-all").Row("▾ [ ] fct_orders", "▾ [ ] stg_orders", "Order Details").Press("close-all").Row("▸ [ ] models", "▸ [ ] sources").NoRow("marts")
		},
		"open and close all below the row": func(_ *testing.T, s *scenario.Scenario) {
			s.Press("close-all").Cursor("models").Press("open-below").Row("▾ [ ] marts", "▾ [ ] fct_orders", "Return Rates", "▸ [ ] sources").On("models")
			s.Cursor("models", "marts").Press("close-below").Row("▸ [ ] marts", "▾ [ ] stg_orders").NoRow("fct_orders").Press("tree.open").Row("▸ [ ] fct_orders", "▸ [ ] dim_customers").NoRow("Order Details")
			s.Cursor("models", "marts", "nobody").Press("open-below").Status("nothing below this row")
			// Behind a filter, which opens what has hits.
			s.Filter("name:order").Cursor("models", "marts").Press("close-below").Row("▸ [ ] marts").Press("tree.open").Row("▸ [ ] fct_orders").Press("open-below").Row("▾ [ ] fct_orders", "Order Details")
		},
		"open to a level": func(_ *testing.T, s *scenario.Scenario) {
			s.Press("level").Status("how many levels? 1–9").Keys("1").Row("▸ [ ] models").NoRow("marts")
			s.Press("level").Keys("2").Row("▸ [ ] marts").NoRow("fct_orders").Press("level").Keys("3").Row("▸ [ ] fct_orders").NoRow("Order Details").Press("level").Keys("9").Row("Order Details")
		},
		"next and previous row of the same parent": func(_ *testing.T, s *scenario.Scenario) {
			s.Press("open-all").Cursor("models", "marts", "dim_customers").Press("next-sibling").On("fct_orders").Press("next-sibling").On("fct_returns")
			s.Press("previous-sibling", "previous-sibling").On("dim_customers").Press("previous-sibling").On("dim_customers").Cursor("models").Press("next-sibling").On("sources")
		},
		"next and previous hit with their number": func(_ *testing.T, s *scenario.Scenario) {
			s.View("Dashboards").Filter("name:order").Crumbs("· 1/2").Press("filter.next").Crumbs("· 2/2").Press("filter.next").Crumbs("· 1/2").Press("filter.previous").Crumbs("· 2/2")
			s.ClearFilter().Press("filter.next").Status("filter first: /")
		},
		"a live filter keeps the parents, and esc gives folds and cursor back": func(_ *testing.T, s *scenario.Scenario) {
			s.Press("close-all").Cursor("sources").Press("filter").Keys("details").Row("▾ [ ] models", "▾ [ ] marts", "▾ [ ] fct_orders", "Order Details").NoRow("dim_customers").On("Order Details")
			s.Keys("esc").On("▸ [ ] sources").Row("▸ [ ] models").NoRow("marts").Crumbs("sources")
			// Kept and cleared later, what was found stays under the cursor.
			s.Filter("details").ClearFilter().On("Order Details").Row("dim_customers")
		},
		"a capital letter is taken as it is written, others as either": func(_ *testing.T, s *scenario.Scenario) {
			s.View("Dashboards").Filter("order").Row("Order Details", "Return Rates").Filter("Order").Row("Order Details").NoRow("Return Rates").Filter("ORDER").Crumbs("similar names")
		},
		"substrings before similar letters": func(_ *testing.T, s *scenario.Scenario) {
			s.View("Dashboards").Filter("rates").Hasnt("similar").Row("Return Rates").Filter("ordovrvw").Crumbs("similar names").Row("Order Overview")
			s.ClearFilter().Press("goto").Keys("ord").Has("Order Details").Hasnt("similar").Keys("ctrl+u", "ordovw").Has("Order Overview", "similar").Keys("esc")
		},
		"included, undecided, unclear and not linked by filter": func(_ *testing.T, s *scenario.Scenario) {
			s.View("Dashboards").Filter("name:overview").Press("tick").Filter("state:included").Crumbs("1 dashboard in 1 row").Row("Order Overview").NoRow("Order Details")
			s.Filter("state:undecided").Row("Order Details").NoRow("Order Overview").Filter("state:new").Row("Order Overview").NoRow("Order Details")
			s.Filter("link:not_linked").Row("Outside dbt").NoRow("Order Details").Filter("link:unclear").Has("Nothing").View("Models").Filter("kind:source").Row("raw", "orders").NoRow("marts")
		},
		"a box has three states and a mix, without colours": func(_ *testing.T, s *scenario.Scenario) {
			s.Press("open-all").Cursor("models", "marts", "fct_orders", "Order Details").Press("tick").Row("[✓] + Order Details", "[~] fct_orders", "[~] models")
			s.Cursor("models", "marts", "fct_orders", "Order Overview").Press("exclude").Row("[✗]   Order Overview", "[✗] dim_customers", "[ ] fct_returns")
		},
		"space goes on after a dashboard, and stays on a parent": func(_ *testing.T, s *scenario.Scenario) {
			s.Cursor("marts", "fct_orders", "Order Overview").Press("tick").On("Order Details").Press("tick").On("Return Rates").Row("[✓] + Order Details")
			s.Cursor("marts", "fct_orders").On("[~] fct_orders").Press("tick").On("[✓] fct_orders").Press("tick").On("[ ] fct_orders")
		},
		"all, none and the opposite of what is shown, with their number": func(_ *testing.T, s *scenario.Scenario) {
			s.View("Dashboards").Filter("owner:finance").Press("include-shown").Status("included 2 dashboards shown in Dashboards")
			s.ClearFilter().Press("invert-shown").Status("inverted 5 dashboards").Row("[ ]   Return Rates", "[✓] Orders").Filter("name:order").Press("clear-shown").Status("cleared 2 dashboards").Row("[ ]   Order Details")
		},
		"undo and redo say what they do": func(_ *testing.T, s *scenario.Scenario) {
			s.Press("undo").Status("nothing to undo").Press("redo").Status("nothing to redo").Cursor("marts", "fct_returns").Press("exclude").Status("excluded 1 dashboard: Return Rates")
			s.Press("undo").Status("undo: excluded 1 dashboard: Return Rates").Press("redo").Status("redo: excluded 1 dashboard: Return Rates")
		},
		"help is searched by word, name and key, and enter runs": func(_ *testing.T, s *scenario.Scenario) {
			s.Press("help").Keys("ctrl-z").Has("suspend").Hasnt("next row").Keys("ctrl+u", "pane.zoom").Has("full screen").Keys("enter").Hasnt("Keys", "│").Press("zoom")
		},
		"the palette runs what has a name": func(_ *testing.T, s *scenario.Scenario) {
			s.Keys("ctrl+p").Has("Commands").Keys("close everything", "enter").Hasnt("Commands").Row("▸ [ ] models").NoRow("marts")
		},
		"hints are what works here and now": func(_ *testing.T, s *scenario.Scenario) {
			s.Footer("→ open", "/ filter").Hasnt("u undo", "p proof").Cursor("marts", "fct_orders", "Order Details").Footer("p proof", "t other view").Hasnt("→ open")
			s.Footer("? help").Press("tick").Footer("u undo").Press("filter").Footer("enter keep", "esc back").Hasnt("u undo").Keys("esc").View("Gaps").Cursor("").Hasnt("f flat")
		},
		"panes beside each other, stacked, alone": func(_ *testing.T, s *scenario.Scenario) {
			across := strings.Repeat("─", 40) // longer than a bar
			s.Has("│").Resize(80, 24)
			s.Hasnt("│").Has(across).Resize(50, 24)
			s.Hasnt("│", across).Press("pane.focus").Has("dashboards   4").Hasnt("TITLE").Press("pane.focus").Has("TITLE")
		},
		"a pane alone and back": func(_ *testing.T, s *scenario.Scenario) {
			s.Press("zoom").Hasnt("│").Row("TITLE").Press("zoom").Has("│").Press("pane.focus", "zoom").Hasnt("TITLE").Press("filter.clear").Has("TITLE", "┃")
		},
		"the divider by keys and with the mouse": func(t *testing.T, s *scenario.Scenario) {
			at := func() int { return s.Model().(*App).panes.Frame().Rule.X }
			before := at()
			if s.Press("wider"); at() <= before {
				t.Error("it did not become wider")
			}
			if s.Press("narrower"); at() != before {
				t.Error("it did not become as wide as before")
			}
			if drags(s, [2]int{before, 9}, [2]int{48, 9}); at() != 48 {
				t.Errorf("it is at %d", at())
			}
		},
		"the path is always there, without its middle where it is long": func(_ *testing.T, s *scenario.Scenario) {
			s.View("Dashboards").Press("open-all").Cursor("acme", "Sales", "EMEA", "Orders", "Order Details").Crumbs(" acme › Sales › EMEA › Orders › Order Details")
			s.Resize(40, 20)
			s.Crumbs(" acme › … › Orders › Order Details").ClickOn("acme ›").On("acme")
		},
		"back and forward": func(_ *testing.T, s *scenario.Scenario) {
			s.Press("goto").Keys("outside", "enter").Tab("Dashboards").On("Outside dbt").Press("back").Tab("Models").On("models").Press("forward").On("Outside dbt")
		},
		"only what a row depends on, and only what depends on it": func(_ *testing.T, s *scenario.Scenario) {
			s.Cursor("marts", "fct_returns").Press("filter.upstream").Crumbs("/+fct_returns").On("fct_returns").Row("stg_orders", "orders").NoRow("fct_orders", "dim_customers").Status("what fct_returns depends on")
			s.ClearFilter().On("fct_returns").Row("dim_customers").Cursor("models", "staging", "stg_orders").Press("filter.downstream").Crumbs("/stg_orders+").On("stg_orders").Row("fct_orders", "fct_returns").NoRow("nobody_reads_me", "raw")
			s.ClearFilter().Cursor("sources", "raw", "orders").Press("filter.downstream").Crumbs("/source:raw.orders+").On("orders").Row("stg_orders").NoRow("nobody_reads_me")
			// Of a dashboard what its tables depend on, and back to where it was.
			s.ClearFilter().View("Dashboards").Filter("name:overview").Press("filter.downstream").Status("nothing depends on a dashboard").Press("filter.upstream").Tab("Models").Row("dim_customers", "fct_orders", "stg_orders").NoRow("fct_returns").Crumbs("/+")
			s.Press("back").Tab("Dashboards").On("Order Overview").ClearFilter().Cursor("acme", "Sales", "Returns", "Outside dbt").Press("filter.upstream").Status("linked to no model")
			s.Cursor("acme").Press("filter.upstream").Status("put the cursor on")
		},
		"go to a workbook, a sheet, a table": func(_ *testing.T, s *scenario.Scenario) {
			s.Press("goto").Keys("returns").Has("workbook", "Sales · Finance").ClickOn("workbook").Tab("Dashboards").On("Returns").Press("back").Tab("Models")
			s.Press("goto").Keys("rates sheet", "enter").On("Return Rates").Press("goto").Keys("shop.marts.dim", "enter").On("dim_customers")
		},
	} {
		t.Run(subject, func(t *testing.T) {
			s, _ := open(t, 120, 36)
			scene(t, s)
		})
	}
}

// Every action that cannot be done says why, in every view, on the line of messages.
func TestEveryRefusalIsSaid(t *testing.T) {
	for name, f := range map[string]*fake{
		"nothing is loaded": {}, "without dashboards": {projects: []*model.Project{shop()}}, "with all": {projects: []*model.Project{shop()}, sites: []*model.Site{tower()}},
	} {
		a := withMore(f)
		s, refused := on(t, a, 160, 40), map[string]bool{}
		for _, v := range a.views {
			s.Press(viewAction(v))
			for _, act := range a.registry.Actions {
				own := act.ByView[v]
				if own == nil && act.ByView != nil || act.InDetails || act.Name == "tour" || act.Refusal() == "" || slices.ContainsFunc(act.Keys, func(k string) bool { return a.actionAt(k) != act }) {
					continue
				}
				why := act.Refusal()
				s.Keys(key(act.Keys[0])).Status(why[:min(len(why), 60)])
				refused[act.Name] = true
			}
		}
		if len(refused) < 10 {
			t.Errorf("%s: only %d actions refuse", name, len(refused))
		}
	}
}

func key(k string) string {
	if k == " " {
		return "space"
	}
	return k
}

// What the filter found is marked in the name, its parents are dim, and both are seen in
// every theme with colours.
func TestHitsAreMarkedAndTheirParentsDim(t *testing.T) {
	opt := options()
	opt.Styles = theme.New(theme.Dark, termenv.TrueColor)
	s := on(t, newApp(&fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}, opt, fourViews()), 120, 36)
	s.View("Dashboards").Filter("details")
	if raw := s.Raw(); !strings.Contains(raw, opt.Styles.Hit.Render("Details")) || !strings.Contains(raw, opt.Styles.Dim.Render("EMEA")) {
		t.Errorf("%q", raw)
	}
	if raw := s.ClearFilter().Raw(); strings.Contains(raw, opt.Styles.Hit.Render("Details")) || strings.Contains(raw, opt.Styles.Dim.Render("EMEA")) {
		t.Error("marked without a filter")
	}
}

// What the explorer with all of its views promises about plan, views, impact, finding and
// ways, by subject.
func TestAllViews(t *testing.T) {
	for subject, scene := range map[string]func(*testing.T, *scenario.Scenario){
		"1 to 7 go to the views": func(_ *testing.T, s *scenario.Scenario) {
			for i, title := range []string{"Models", "Dashboards", "Exposures", "Lineage", "Gaps", "Inbox", "Files"} {
				s.Keys(string(rune('1' + i))).Tab(title)
			}
		},
		"the plan in rows, details, header and filter": func(_ *testing.T, s *scenario.Scenario) {
			s.Header("2 written · 1 new · 1 changed · 1 refused").View("Dashboards").Filter("state:refused").Row("[ ] ! Return Rates").Details("! refused: depends on").Filter("state:manual").Row("h Outside dbt").Details("A adopts it")
			s.Filter("state:yours").Row("≠ Evil").Filter("state:changed").Row("~ Order Details").Filter("state:written").Row("● Order Overview").Filter("state:gone").NoRow("Order")
		},
		"the plan follows each decision": func(_ *testing.T, s *scenario.Scenario) {
			s.View("Exposures").Row("margin_of_everyone", "new").View("Dashboards").Filter("name:margin").Press("tick").Row("[ ]   Margin of Everyone").View("Exposures").NoRow("margin_of_everyone").Press("undo").View("Exposures").Row("margin_of_everyone")
		},
		"exposures as a table, with the YAML of one": func(_ *testing.T, s *scenario.Scenario) {
			s.View("Exposures").Row("NAME", "STATE", "order_overview", "written", "outside_dbt", "by hand").Cursor("order_overview").Press("exposures.yaml").Has("models/exposures/tableau.yml", "- name: order_overview")
		},
		"the lineage drawn around what is under the cursor": func(_ *testing.T, s *scenario.Scenario) {
			s.Cursor("marts", "fct_returns").Press("lineage").Tab("Lineage").On("fct_returns").Row("stg_orders", "Return Rates").Press("back").Tab("Models").On("fct_returns")
		},
		"the project's files with their exposures": func(_ *testing.T, s *scenario.Scenario) {
			s.View("Files").Row("tableau.yml").Press("open-all").Row("LINE", "● order_overview  Order Overview", "+ margin_of_everyone  Margin of Everyone").Details("written      1", "new          1")
		},
		"the change of one exposure": func(_ *testing.T, s *scenario.Scenario) {
			s.View("Dashboards").Filter("name:margin").Press("diff").Has("What writing changes")
		},
		"below a model the most viewed come first": func(t *testing.T, s *scenario.Scenario) {
			s.Cursor("marts", "fct_orders").Press("tree.open")
			if got := inTurn(s, "Order Overview", "Order Details", "Return Rates"); got != "Order Overview Order Details Return Rates" {
				t.Error(got)
			}
		},
		"each dashboard once, decided on a card": func(_ *testing.T, s *scenario.Scenario) {
			s.View("Dashboards").Press("flat").Row("SUM OF VIEWS").Cursor("Order Details").Press("decide.card").Has("y include").Keys("n").Keys("esc").Row("[✗] ~ Order Details")
		},
		"impact of what a selector selects": func(_ *testing.T, s *scenario.Scenario) {
			s.Filter("fct_returns").Cursor("models").Press("impact").Has("What depends on fct_returns", "2 dashboards ·").Keys("esc").Filter("stg_orders+1").Cursor("models").Press("impact").Has("What depends on", "stg_orders", "fct_returns")
		},
		"the grammar of --select with fields, words and opposites": func(_ *testing.T, s *scenario.Scenario) {
			s.View("Dashboards").Filter("fct_returns+ -owner:sales views:50..1k").Row("Return Rates").Crumbs("1 dashboard in 1 row").Filter("not owner:finance views:>1k").Row("Order Overview").NoRow("Return Rates")
		},
		"a mistake matches nothing and keeps its message": func(_ *testing.T, s *scenario.Scenario) {
			s.View("Dashboards").Filter("views:>1kk").Has("Nothing is shown for this filter").Crumbs("views: takes a number").Press("include-shown").Status("first the filter").ClearFilter().NoRow("[✓] Order")
		},
		"words match what a dashboard reads": func(_ *testing.T, s *scenario.Scenario) {
			s.View("Dashboards").Filter("dim_customers").Row("Order Overview").NoRow("Order Details").View("Exposures").Filter("unknown_thing").NoRow("order_details")
		},
		"what is included and hidden is always said": func(_ *testing.T, s *scenario.Scenario) {
			s.View("Dashboards").Filter("name:overview").Press("tick").Filter("name:rates").Crumbs("2 included are hidden by the filter").View("Models").Crumbs("2 included are hidden by the filter")
		},
		"@ goes to anything from every view": func(_ *testing.T, s *scenario.Scenario) {
			for _, title := range []string{"Models", "Dashboards", "Exposures", "Lineage", "Gaps", "Inbox", "Files"} {
				s.View(title).Press("goto").Keys("sales ops overview", "enter").Hasnt("Go to").Has("Order Overview").Press("back").Tab(title)
			}
		},
		"the way from the model in details and proof": func(_ *testing.T, s *scenario.Scenario) {
			s.Cursor("models", "staging", "stg_orders", "through downstream models", "Order Overview").Details("[stg_orders] ─ fct_orders", "▣ this").Press("explain").Has("[stg_orders] ─ fct_orders ─ ▣ this").Keys("esc")
		},
	} {
		t.Run(subject, func(t *testing.T) {
			f := everyState()
			site := f.sites[0]
			site.Dashboards = append(site.Dashboards, model.Dashboard{ID: "d6", LUID: boardKey("6"), Name: "Margin of Everyone", Path: "w2/d6", WorkbookID: "w2", SheetIDs: site.Dashboards[3].SheetIDs, Views: 7})
			f.book = curate.New(map[string]curate.Record{boardKey("6"): {Decision: curate.Included, At: noon, By: "ana"}})
			scene(t, on(t, newApp(f, options(), viewList()), 180, 40))
		})
	}
}
