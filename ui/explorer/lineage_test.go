package explorer

import (
	"fmt"
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/growth"
	"darkroom/model/modeltest"
	"darkroom/model/outlook"
	"darkroom/ui/explorer/scenario"
	"darkroom/ui/explorer/view/around"
	"darkroom/ui/screentest"
)

func openLineage(t *testing.T, width, height int) (*scenario.Scenario, *fake) {
	t.Helper()
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}
	f.projects[0].Exposures = []model.Exposure{{
		ID: "exposure.shop.board_report", Name: "board_report", Type: "analysis", OwnerName: "Finance", Enabled: true, Package: "shop",
		Path: "models/exposures.yml", URL: "https://wiki.example.com/board", DependsOn: []string{"model.shop.fct_returns"},
	}}
	return on(t, newApp(f, options(), append(fourViews(), around.New)), width, height), f
}

// L draws what is under the cursor, whatever the view.
func TestLineageOfAnything(t *testing.T) {
	s, _ := openLineage(t, 160, 30)
	s.View("Lineage").Row("Nothing is drawn yet", "press L")
	s.View("Models").Cursor("models").Press("lineage").Status("put the cursor on a model, a dashboard or an exposure first")
	s.Cursor("models", "marts", "fct_orders").Press("lineage").Tab("Lineage").Crumbs("around fct_orders")
	s.Row("raw.orders source ━━ stg_orders ━", "▌[fct_orders] ━", "▣ Order Details [ ]", "▣ Order Overview [ ]").On("[fct_orders]").Details("fct_orders", "kind")
	s.View("Dashboards").Filter("rates").Press("lineage").Crumbs("/rates").ClearFilter().Crumbs("around Return Rates").On("▣ Return Rates [ ]").Row("fct_returns")
	s.View("Gaps").Cursor("No such table", "Outside dbt").Press("lineage").Crumbs("around Outside dbt").On("▣ Outside dbt")
	s.Press("lineage").Status("enter draws the lineage of this node")
}

// The number of the view draws around what the cursor was on in the view before; from a
// row that is nothing of the kind it comes back to what was drawn.
func TestLineageByItsNumber(t *testing.T) {
	s, _ := openLineage(t, 160, 30)
	s.Cursor("models", "marts", "fct_returns").View("Lineage").Crumbs("around fct_returns").On("fct_returns")
	s.View("Models").Cursor("models").View("Lineage").Crumbs("around fct_returns")
}

func TestLineageArrowsFollowEdges(t *testing.T) {
	s, _ := openLineage(t, 160, 30)
	s.Cursor("models", "marts", "fct_orders").Press("lineage").Press("lineage.upstream").On("stg_orders").Crumbs("around fct_orders › stg_orders")
	s.Press("lineage.upstream").On("raw.orders").Press("lineage.upstream").On("raw.orders")
	s.Press("lineage.downstream", "lineage.downstream").On("[fct_orders]")
	s.Press("lineage.downstream").On("▣").Press("move.top").On("▣").Press("move.bottom").On("▣").Details("reads")
	s.Press("lineage.upstream").On("[fct_orders]")
}

// The path through the cursor is heavy, the rest is not: it is seen without colours.
func TestLineagePathIsBright(t *testing.T) {
	s, _ := openLineage(t, 200, 30)
	s.Cursor("models", "staging", "stg_orders").Press("lineage", "lineage.downstream").On("fct_")
	s.Press("move.top", "lineage.downstream").Has("━", "─")
	before := s.Frame()
	s.Press("lineage.upstream", "lineage.upstream").On("[stg_orders]")
	if strings.Count(s.Frame(), "━") <= strings.Count(before, "━") {
		t.Errorf("the path through all is not longer:\n%s\nthan\n%s", s.Frame(), before)
	}
}

func TestLineageHops(t *testing.T) {
	s, _ := openLineage(t, 160, 30)
	s.Cursor("models", "staging", "stg_orders").Press("lineage").Row("hops ↑3 ↓2", "▣ Return Rates")
	s.Press("lineage.fewer").Row("hops ↑2 ↓1", "fct_returns").NoRow("▣")
	s.Press("lineage.more-downstream").Row("hops ↑2 ↓2", "▣ Return Rates", "□ board_report")
	s.Times(2, "lineage.fewer-upstream").Row("hops ↑0 ↓2").NoRow("raw.orders")
	s.Press("lineage.more-upstream").Row("raw.orders").Press("lineage.fewer-downstream").NoRow("▣").Press("lineage.more").Row("hops ↑2 ↓2", "▣")
}

func TestLineageDashboardsOnAndOff(t *testing.T) {
	s, _ := openLineage(t, 160, 30)
	s.Cursor("models", "marts", "fct_orders").Press("lineage").Row("▣ Order Details").Press("lineage.dashboards").NoRow("▣").Row("without dashboards").Press("lineage.dashboards").Row("▣ Order Details")
}

func TestLineageChainsCollapse(t *testing.T) {
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}
	for i := range 4 { // fct_orders ─ c0 ─ c1 ─ c2 ─ c3
		r := f.projects[0].Resources[2]
		x := modeltest.Extra(&r)
		r.ID, r.Name, x.Identifier = fmt.Sprint("model.shop.c", i), fmt.Sprint("c", i), fmt.Sprint("c", i)
		x.RelationName, r.DependsOn = "", []string{fmt.Sprint("model.shop.c", i-1)}
		if i == 0 {
			r.DependsOn = []string{"model.shop.fct_orders"}
		}
		f.projects[0].Resources = append(f.projects[0].Resources, r)
	}
	s := on(t, newApp(f, options(), append(fourViews(), around.New)), 200, 30)
	s.Cursor("models", "marts", "fct_orders").Press("lineage", "lineage.more-downstream", "lineage.more-downstream").Row("c0", "c1", "c2", "c3")
	s.Press("lineage.collapse").Row("3 models between", "c3", "chains collapsed").NoRow("c0", "c1", "c2")
	s.Press("lineage.downstream", "move.bottom").On("3 models between").Details("Counted 3", "c1").Press("lineage.centre").Row("c0", "c1", "c2").Press("lineage.collapse").NoRow("chains collapsed")
}

func TestLineageLens(t *testing.T) {
	s, _ := openLineage(t, 240, 30)
	s.Cursor("models", "marts", "fct_orders").Press("lineage").Row("· kind ·", "raw.orders source")
	s.Press("lineage.lens").Row("· health").Press("lineage.lens").Row("materialization", "stg_orders table").NoRow("orders source")
	s.Press("lineage.lens").Row("usage", "[fct_orders] 4 dashboards", "▣ Order Overview [ ] 12k views")
	s.Press("lineage.lens").Row("decision").Press("lineage.lens").Row("· kind ·")
}

// enter draws around another node; the cursor stays on it.
func TestLineageCentre(t *testing.T) {
	s, _ := openLineage(t, 160, 30)
	s.Cursor("models", "marts", "fct_orders").Press("lineage", "lineage.upstream", "lineage.centre").Crumbs("around stg_orders").On("[stg_orders]").Row("fct_returns", "□ board_report")
}

// What was drawn is come back to, with its cursor.
func TestLineageBackAndForward(t *testing.T) {
	s, _ := openLineage(t, 160, 30)
	s.Cursor("models", "marts", "fct_orders").Press("lineage", "lineage.upstream", "lineage.centre").Crumbs("around stg_orders")
	s.Press("goto.back").Crumbs("around fct_orders › stg_orders").Press("goto.back").Tab("Models").On("fct_orders")
	s.Press("goto.forward").Tab("Lineage").Crumbs("around fct_orders").Press("goto.forward").Crumbs("around stg_orders").On("[stg_orders]")
}

// In the table of exposures, one without a dashboard is drawn itself.
func TestLineageFromTheExposures(t *testing.T) {
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}
	p := f.projects[0]
	p.Exposures = []model.Exposure{{ID: "exposure.shop.board_report", Name: "board_report", Type: "analysis", Enabled: true, DependsOn: []string{"model.shop.fct_returns"}}}
	s := on(t, newApp(f, options(), append(fourViews(), around.New)), 160, 30)
	v := s.Model().(*App).lineageView().(*around.View)
	if v.CentreExposure(&outlook.Entry{ID: "exposure.shop.new_one", In: p}) {
		t.Error("what no manifest has was found")
	}
	if !v.CentreExposure(&outlook.Entry{ID: "exposure.shop.board_report", In: p}) {
		t.Error("not found")
	}
	s.View("Models").View("Lineage").Row("fct_returns ━", "□ board_report")
}

func TestLineageOfAnExposure(t *testing.T) {
	s, _ := openLineage(t, 160, 30)
	s.Cursor("models", "marts", "fct_returns").Press("lineage", "lineage.downstream")
	for _, key := range []string{"move.top", "move.down", "move.bottom"} {
		if s.Press(key); strings.Contains(s.Frame(), "▌□") {
			break
		}
	}
	s.On("□ board_report").Details("analysis", "Finance", "models/exposures.yml", "fct_returns").Press("lineage.centre").Crumbs("around board_report").On("□ board_report")
	s.Press("tick").Status("no dashboard depends on this row")
}

// Dashboards are decided about in the drawing, one or all below a model.
func TestLineageDecides(t *testing.T) {
	s, f := openLineage(t, 160, 30)
	s.Cursor("models", "marts", "fct_orders").Press("lineage", "lineage.downstream", "move.top", "tick").Row("[✓]").Row("[✓]")
	s.Press("undo").NoRow("[✓]").Press("exclude").Row("[✗]").Press("undo")
	s.Press("lineage.upstream").On("[fct_orders]").Press("tick").Status("included 4 dashboards").Press("undo").NoRow("[✓]")
	if len(f.journal) == 0 {
		t.Error("nothing was kept")
	}
}

// A filter marks what matches and takes nothing away, because edges would go with it.
func TestLineageFilterMarks(t *testing.T) {
	s, _ := openLineage(t, 160, 30)
	s.Cursor("models", "staging", "stg_orders").Press("lineage").Filter("fct").Crumbs("4 dashboards in 6 rows").Row("raw.orders", "□ board_report").On("fct_").Press("filter.next").On("fct_")
	s.Filter("order details").Press("include-shown").Row("[✓]").ClearFilter()
}

func TestLineageMouse(t *testing.T) {
	s, _ := openLineage(t, 200, 30)
	s.Cursor("models", "marts", "fct_orders").Press("lineage").Press("copy").Has("m Mermaid").Keys("m").Status("Mermaid copied")
	s.ClickOn("stg_orders").On("stg_orders").NoRow("[✓]")
	s.ClickOn("[ ]").On("▣").Row("[✓]").Row("[✓]")
}

// What does not fit is scrolled to, from cursor to cursor and on its own.
func TestLineageScrolls(t *testing.T) {
	s, _ := openLineage(t, 60, 12)
	s.Cursor("models", "marts", "fct_orders").Press("lineage").On("[fct_orders]").Row("columns").NoRow("raw.orders")
	s.Press("lineage.upstream", "lineage.upstream").On("raw.orders source")
	s.Press("lineage.scroll-right").NoRow("▌").Press("lineage.downstream").On("stg_orders")
}

// What is drawn follows a sync: another name, the same place.
func TestLineageFollowsAReload(t *testing.T) {
	s, f := openLineage(t, 160, 30)
	s.Cursor("models", "marts", "fct_orders").Press("lineage", "lineage.downstream")
	for range 6 {
		if s.Press("move.down"); strings.Contains(s.Frame(), "▌▣ Order Details") {
			break
		}
	}
	s.On("Order Details").Do(renames(f)).Do(func() { f.sync = fetches(func() {}) }).Press("sync").On("Order Details by Week").Crumbs("around fct_orders")
}

// What all share is counted once it does not fit, and can be drawn.
func TestLineageCountsSiblings(t *testing.T) {
	site := tower()
	for i := range 40 {
		d := site.Dashboards[1]
		d.ID, d.LUID, d.Name, d.Views = fmt.Sprint("n", i), fmt.Sprintf("00000000-0000-0000-0001-%012d", i), fmt.Sprint("Number ", i), 1000+i
		site.Dashboards = append(site.Dashboards, d)
	}
	s := on(t, newApp(&fake{projects: []*model.Project{shop()}, sites: []*model.Site{site}}, options(), append(fourViews(), around.New)), 160, 24)
	s.Cursor("models", "marts", "fct_orders").Press("lineage").Row("more dashboards", "▣ Order Overview", "▣ Number 39", "the rest counted").NoRow("Number 3 ")
	s.Press("lineage.downstream", "move.bottom")
	for range 30 {
		if strings.Contains(s.Frame(), "▌+") {
			break
		}
		s.Press("move.up")
	}
	s.On("more dashboards").Details("Counted").Press("tick").Keys("y").Status("included 26 dashboards").Press("undo").Press("lineage.centre").NoRow("more dashboards").On("▣")
}

// In ASCII the drawing has no other sign, and the path is seen.
func TestLineageASCII(t *testing.T) {
	opt := options()
	opt.ASCII, opt.OnlyASCII = true, true
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}
	s := screentest.New(t, newApp(f, opt, append(fourViews(), around.New)), 160, 24)
	s.Press("/", "fct_orders", "enter", "esc", "L").Has("[fct_orders]", "raw.orders source ", "=", "# Order Details [ ]")
	if frame := s.Frame(); strings.ContainsFunc(frame, func(r rune) bool { return r >= 0x80 }) {
		t.Errorf("other signs:\n%s", frame)
	}
}

// A key in the drawing costs what is drawn around the node, however large the graph is.
func TestLineageGrowsWithWhatIsDrawn(t *testing.T) {
	growth.Check(t, 400, func(n int) growth.Run {
		g := grown(t, n, true)
		a := newApp(&fake{}, options(), append(fourViews(), around.New))
		a.setGraph(a.prepare(g, a.host.Book, a.views...))
		s := screentest.New(t, a, 120, 36)
		a.setGraph(a.prepare(g, a.host.Book, a.views...))
		id, _ := g.Resource("model.city.m5")
		return func() int {
			a.lineageView().(*around.View).Centre(id)
			s.Press("5", "+", "right", "left", "f", "s")
			return g.Visits()
		}
	})
}
