package explorer

import (
	"strings"
	"testing"
	"time"

	"darkroom/model"
	"darkroom/model/outlook"
	"darkroom/ui/explorer/scenario"
	"darkroom/ui/explorer/view/around"
	"darkroom/ui/explorer/view/exposures"
)

// judged is the fixture after a run in which stg_orders failed, so that fct_orders was
// skipped; fct_returns and dim_customers were built before.
func judged() *fake {
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}
	p := f.projects[0]
	ran := func(status string, hours int) model.Run {
		return model.Run{Status: status, EndedAt: noon.Add(-time.Duration(hours) * time.Hour), Seconds: 2}
	}
	p.RunAt, p.RunCommand = noon.Add(-2*time.Hour), "build"
	p.Runs = map[string]model.Run{
		"model.shop.stg_orders": ran("error", 2), "model.shop.fct_orders": ran("skipped", 2),
		"model.shop.dim_customers": ran("success", 3), "test.shop.unique_dim": ran("pass", 3),
	}
	p.Tests = []model.Test{{ID: "test.shop.unique_dim", Name: "unique_dim", DependsOn: []string{"model.shop.dim_customers"}}}
	return f
}

func onJudged(t *testing.T, f *fake, width, height int) *scenario.Scenario {
	return on(t, newApp(f, options(), append(fourViews(), exposures.New, around.New)), width, height)
}

// Signs are behind names, and words in a column where there is room for it.
func TestHealthSigns(t *testing.T) {
	s := onJudged(t, judged(), 120, 36)
	s.Row("stg_orders ▲", "fct_orders ◇").NoRow("dim_customers ◇").NoRow("HEALTH")
	s.View("Dashboards").Press("open-all").Row("Order Overview ▲").NoRow("Outside dbt ▲")
	s = onJudged(t, judged(), 200, 36).View("Dashboards").Press("open-all")
	s.Row("HEALTH", "▲ degraded", "· unknown").NoRow("Order Overview ▲")
	s.Press("flat").Row("HEALTH", "▲ degraded")
}

// Details say why, how long ago, and how much is known.
func TestHealthDetails(t *testing.T) {
	s := onJudged(t, judged(), 200, 40)
	s.View("Dashboards").Filter("name:overview").Details("▲ degraded: stg_orders failed 2 hours ago", "fct_orders was skipped because stg_orders failed 2 hours ago", "3 of 3 ancestors in these results")
	s.Filter("name:rates").Details("▲ degraded", "2 of 3 ancestors in these results, without fct_returns")
	s.View("Models").ClearFilter().Cursor("models", "marts", "fct_orders").Details("◇ caution: fct_orders was skipped because stg_orders failed 2", "fct_orders has no tests")
	s.Cursor("models", "marts", "fct_returns").Details("· unknown")
}

// Without results no sign is shown, and the filter and the lens say where results come from.
func TestHealthWithoutResults(t *testing.T) {
	f := judged()
	f.projects[0].Runs = nil
	s := onJudged(t, f, 200, 40).View("Dashboards").Press("open-all").NoRow("HEALTH").NoRow("▲")
	s.Filter("health:degraded").Has("there are no run results: dbt run writes target/run_results.json")
	s.ClearFilter().View("Models").Cursor("models", "marts", "fct_orders").Press("lineage", "lineage.lens").Row("health: no run results")
}

// health: finds dashboards, models and exposures by the state that is shown of them.
func TestHealthFilter(t *testing.T) {
	for filter, want := range map[string]string{"health:degraded": "Return Rates", "health:unk": "Outside dbt", "-health:degraded": "Outside dbt"} {
		s := onJudged(t, judged(), 160, 40).View("Dashboards").Filter(filter).Row(want)
		if filter != "health:degraded" {
			s.NoRow("Order Overview")
		} else {
			s.NoRow("Outside dbt")
		}
	}
	onJudged(t, judged(), 160, 40).View("Models").Filter("health:caution kind:model").Row("fct_orders")
	// What a dashboard reads has a state of its own, which is not that of the dashboard.
	onJudged(t, judged(), 160, 40).View("Dashboards").Filter("health:caution").NoRow("Order Overview")
	onJudged(t, judged(), 160, 40).View("Dashboards").Press("filter").Keys("health:").Row("degraded", "unknown")
}

// Exposures of all types have their health, those of no dashboard, too.
func TestHealthOfExposures(t *testing.T) {
	f := judged()
	f.byHand = []*outlook.Entry{
		{Name: "ad_hoc_notebook", In: f.projects[0], State: outlook.Manual, Type: "notebook", Path: "models/exposures.yml", DependsOn: []string{"model.shop.dim_customers"}},
		{Name: "board", In: f.projects[0], State: outlook.Manual, Type: "analysis", Path: "models/exposures.yml", DependsOn: []string{"model.shop.fct_orders"}},
	}
	s := onJudged(t, f, 160, 40).View("Exposures").Row("HEALTH", "◆ healthy", "▲ degraded")
	s.Cursor("board").Details("▲ degraded: stg_orders failed 2 hours ago", "2 of 2 ancestors in these results")
	s.Filter("health:healthy").Row("ad_hoc_notebook").NoRow("board")
}

// The lens shows the state of each node, after that of kinds.
func TestHealthLens(t *testing.T) {
	s := onJudged(t, judged(), 240, 30).Cursor("models", "marts", "fct_orders").Press("lineage", "lineage.lens")
	s.Row("· health ·", "stg_orders ▲ degraded", "[fct_orders] ◇ caution", "▣ Order Overview [ ] ▲ degraded")
}

// The signs are explained, and have letters on a terminal of ASCII.
func TestHealthLegend(t *testing.T) {
	onJudged(t, judged(), 120, 60).Press("help").Has("▲", "degraded", "◆", "healthy")
	opt := options()
	opt.ASCII = true
	on(t, newApp(judged(), opt, fourViews()), 200, 36).View("Dashboards").Press("open-all").Row("D degraded", ". unknown")
}

// What signs say is read out, too.
func TestHealthIsSpoken(t *testing.T) {
	a := newApp(judged(), options(), append(fourViews(), exposures.New))
	s := on(t, a, 120, 36)
	for model, want := range map[string]string{"stg_orders": "health: degraded", "fct_orders": "health: caution"} {
		folder := map[string]string{"stg_orders": "staging", "fct_orders": "marts"}[model]
		s.Cursor("models", folder, model)
		if got := a.Spoken().Row; !strings.Contains(got, want) {
			t.Errorf("%s: %q", model, got)
		}
	}
	if s.View("Dashboards").Filter("name:dbt"); strings.Contains(a.Spoken().Row, "health") {
		t.Error(a.Spoken().Row)
	}
}
