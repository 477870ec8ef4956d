package explorer

import (
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/change"
	"darkroom/ui/affected"
	"darkroom/ui/explorer/scenario"
	"darkroom/ui/explorer/view/around"
)

// copied is an explorer that keeps what it puts on the clipboard.
func openImpact(t *testing.T, width, height int) (s *scenario.Scenario, copied *string) {
	t.Helper()
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}
	f.projects[0].Exposures = []model.Exposure{{ID: "exposure.shop.board_report", Name: "board_report", Type: "analysis", OwnerName: "Finance", Enabled: true, DependsOn: []string{"model.shop.fct_returns"}}}
	return openImpactOf(t, f, width, height)
}

func openImpactOf(t *testing.T, f *fake, width, height int) (s *scenario.Scenario, copied *string) {
	t.Helper()
	opt, clipboard := options(), ""
	opt.Copy = func(s string) { clipboard = s }
	return on(t, newApp(f, opt, append(fourViews(), around.New)), width, height), &clipboard
}

// I says what depends on a model: by owner, with views and the way to each dashboard.
func TestImpactOfAModel(t *testing.T) {
	s, _ := openImpact(t, 140, 36)
	s.Cursor("models", "staging", "stg_orders").Press("impact").Has("What depends on stg_orders", "4 dashboards · 13k views · 2 owners · 1 exposure · 0 certified",
		"Sales Ops <sales@example.com>", "3 dashboards  13k views", "Order Overview", "stg_orders → fct_orders → this",
		"Finance", "1 dashboard  77 views", "Return Rates", "Exposures of other things", "board_report  analysis  Finance  stg_orders → fct_returns → this")
	s.Keys("esc").Tab("Models").On("stg_orders").Hasnt("What depends")
}

func TestImpactOfASource(t *testing.T) {
	s, _ := openImpact(t, 140, 36)
	s.Filter("kind:source").Cursor("orders").Press("impact").Has("What depends on raw.orders", "raw.orders → stg_orders → fct_orders → this")
}

// A folder, and what a filter leaves of it.
func TestImpactOfAFolder(t *testing.T) {
	s, _ := openImpact(t, 140, 36)
	s.Cursor("models", "marts").Press("impact").Has("What depends on marts", "4 dashboards", "board_report").Keys("I").Hasnt("What depends")
	s.Filter("fct_returns").Cursor("models", "marts").Press("impact").Has("What depends on fct_returns", "1 dashboard ·")
}

// A range: what depends on any of its rows, each dashboard once.
func TestImpactOfARange(t *testing.T) {
	s, _ := openImpact(t, 140, 36)
	s.Filter("kind:model fct").Cursor("fct_orders").Press("range", "down").Press("impact").Has("What depends on fct_orders, fct_returns", "4 dashboards")
	s.Keys("esc").Press("impact").Hasnt("fct_orders, fct_returns")
}

// In the drawing: the node under the cursor.
func TestImpactInTheLineage(t *testing.T) {
	s, _ := openImpact(t, 140, 36)
	s.Cursor("models", "marts", "fct_orders").Press("lineage", "lineage.upstream", "impact").Has("What depends on stg_orders")
	s.Keys("esc").Press("lineage.downstream", "lineage.downstream").On("▣").Press("impact").Status("put the cursor on a model, a source or a folder of them first")
}

// That no dashboard is affected is an answer.
func TestImpactOfNothing(t *testing.T) {
	s, _ := openImpact(t, 140, 36)
	s.Cursor("models", "marts", "nobody_reads_me").Press("impact").Has("What depends on nobody_reads_me", "No dashboard is affected.").Keys("down", "enter").Has("No dashboard is affected").Keys("esc")
	s.View("Dashboards").Press("impact").Status("put the cursor on a model, a source or a folder of them first")
}

// enter goes to the dashboard, also past a filter that hides it.
func TestImpactGoesToADashboard(t *testing.T) {
	s, _ := openImpact(t, 140, 36)
	s.Filter("stg_orders").Press("impact").Keys("down").Has("▌").Keys("enter").Tab("Dashboards").On("Order Details")
	s.View("Models").Press("impact").Keys("end", "enter").Tab("Dashboards").On("Return Rates")
}

// With production's artifacts: what depends on everything that changed, and what changed
// beside the names in the drawing.
func TestImpactOfWhatChanged(t *testing.T) {
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}
	f.changes = &change.Set{By: "state", What: "production", Limits: []string{"Variables are not compared."}, Changes: []change.Change{
		{ID: "model.shop.fct_returns", Name: "fct_returns", Type: "model", What: []string{change.Deleted}, Project: f.projects[0]},
		{ID: "model.shop.brand_new", Name: "brand_new", Type: "model", What: []string{change.New}, Project: f.projects[0]},
	}}
	s, copied := openImpactOf(t, f, 140, 36)
	s.Press("impact.changes").Has("What depends on what changed since production", "1 dashboard ·", "Return Rates").Keys("y").Status("Markdown copied")
	for _, want := range []string{"| fct\\_returns | model | deleted |", "| brand\\_new | model | new |", "- Variables are not compared."} {
		if !strings.Contains(*copied, want) {
			t.Errorf("no %q in %s", want, *copied)
		}
	}
	s.Keys("esc").Cursor("models", "marts", "fct_returns").Press("lineage")
	for range 5 {
		s.Press("lineage.lens")
	}
	s.Has("] deleted", "change").Press("lineage.lens").Hasnt("deleted")
	without, _ := openImpact(t, 140, 36)
	without.Press("impact.changes").Status("start darkroom with --state FOLDER")
}

// y copies the Markdown that darkroom impact prints.
func TestImpactIsCopiedForThePullRequest(t *testing.T) {
	s, copied := openImpact(t, 140, 36)
	s.Cursor("models", "marts", "fct_returns").Press("impact").Keys("y").Status("Markdown copied")
	if !strings.HasPrefix(*copied, affected.Marker+"\n## What depends on fct\\_returns\n") || !strings.Contains(*copied, "| Return Rates | Returns | Finance |") {
		t.Errorf("%s", *copied)
	}
}

// What is included is graver: it comes before what is looked at more.
func TestImpactShowsDecisions(t *testing.T) {
	s, _ := openImpact(t, 140, 36)
	order := func() (details, overview int) {
		s.Press("impact").Has("Order Details", "Order Overview")
		details, overview = strings.Index(s.Frame(), "  Order Details"), strings.Index(s.Frame(), "  Order Overview")
		s.Keys("esc")
		return details, overview
	}
	s.Cursor("models", "staging", "stg_orders")
	if details, overview := order(); details < overview {
		t.Error("views do not decide")
	}
	s.View("Dashboards").Filter("order details").Press("tick").ClearFilter().View("Models").On("stg_orders")
	if details, overview := order(); details > overview {
		t.Error("what is included is not first")
	}
}

// A click takes the cursor to a dashboard, a second one goes there; the wheel scrolls.
func TestImpactByMouse(t *testing.T) {
	s, _ := openImpact(t, 140, 36)
	s.Cursor("models", "staging", "stg_orders").Press("impact").ClickOn("77  ").Has("▌   Return Rates").ClickOn("77  ").Tab("Dashboards").On("Return Rates")
}
