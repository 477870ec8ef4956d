package explorer

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/modeltest"
	"darkroom/model/outlook"
	"darkroom/ui/explorer/scenario"
	"darkroom/ui/explorer/view/around"
	"darkroom/ui/text"
)

func TestDetailsHaveTabsThatStay(t *testing.T) {
	s, _ := open(t, 120, 30)
	s.View("Dashboards").Filter("overview").Details("[General] Lineage  Proof  YAML", "2 tables, all linked", "Sales / EMEA")
	s.Press("pane.focus", "details.next-tab").Details("[Lineage]", "Reads 2 tables", "model fct_orders")
	s.Press("details.next-tab").Details("[Proof]", "A dashboard of the workbook Orders")
	s.Press("pane.focus").Filter("returns").Hasnt("[Proof]", "[General]") // a workbook has one page only
	s.Filter("return rates").Details("Return Rates", "[Proof]", "A dashboard of the workbook Returns")
	s.Press("pane.focus", "details.previous-tab", "details.previous-tab", "details.previous-tab", "details.previous-tab").Details("[Proof]")
}

// The first thing about a dashboard is how data comes to it: below a model the way from
// that one, shortest first, wherever it is said.
func TestADashboardBelowAModelHasItsWayFromThere(t *testing.T) {
	s, _ := open(t, 120, 30)
	s.Filter("return rates").Crumbs("return rates").On("Return Rates")
	s.ClearFilter().Crumbs("fct_orders › Return Rates").Details("raw.orders ─ stg_orders ─ [fct_orders]", "─ ▣ this").Details("Return Rates")
	s.Cursor("models", "staging", "stg_orders", "through downstream models", "Return Rates")
	s.Details("raw.orders ─ [stg_orders] ─ fct_orders", "the shortest of 2 paths from stg_orders")
	s.Press("explain").Has("raw.orders ─ [stg_orders] ─ fct_orders ─ ▣ this", "the shortest of 2 paths").Keys("esc")
	s.View("Dashboards").Filter("return rates").Press("tree.open").Cursor("acme", "Sales", "Returns", "Return Rates", "fct_orders").On("↑").Details("[fct_orders]", "─ Return Rates").Hasnt("this")
}

// The tab of the YAML says why there is none.
func TestYAMLTabSaysWhyThereIsNone(t *testing.T) {
	f := everyState()
	f.does = map[string]outlook.Dashboard{boardKey("4"): {State: outlook.Refused, Why: "depends on the private model fct_returns"}}
	s := begin(t, f, 120, 36).View("Dashboards").Filter("name:overview").Press("pane.focus", "details.previous-tab").Details("[YAML]", "There is no YAML for it: it is not", "Once it is")
	s.Press("pane.focus", "exclude").Details("[YAML]", "it is excluded").Press("tick").Details("[YAML]", "- name: order_overview").Hasnt("There is no YAML")
	s.Filter("name:rates").Details("[YAML]", "refused: depends on the", "private model fct_returns").Hasnt("There is no YAML")
}

func TestNamesInDetailsAreLinks(t *testing.T) {
	s, _ := open(t, 120, 30)
	s.View("Dashboards").Filter("return rates").ClearFilter().Press("pane.focus").Footer("enter go there", "n next name")
	s.Details("▌raw.orders").Press("details.next-link").Details("▌stg_orders").Press("move.down").Details("▌fct_orders")
	s.Press("details.follow").Tab("Models").On("fct_orders")
	mark(t, s.Press("pane.focus"), "Return Rates").Press("details.follow").Tab("Dashboards").On("Return Rates")
	s.Press("pane.focus", "details.previous-link").Details("▌fct_orders")
	s.Press("details.next-link").Details("▌raw.orders") // after the last one comes the first
	s.Press("filter.clear").Hasnt("▌raw.orders")        // esc gives the keys back
}

// mark goes from link to link until one is marked.
func mark(t *testing.T, s *scenario.Scenario, name string) *scenario.Scenario {
	t.Helper()
	for range 400 {
		if strings.Contains(s.Frame(), "▌"+name) {
			return s
		}
		s.Press("details.next-link")
	}
	t.Fatalf("no link %q:\n%s", name, s.Frame())
	return s
}

func TestALinkIsFollowedByAClick(t *testing.T) {
	s, _ := open(t, 120, 30)
	s.View("Dashboards").Filter("return rates").ClearFilter()
	for y, line := range strings.Split(s.Frame(), "\n") {
		if x := text.CellOf(line, "stg_orders"); x >= 0 {
			s.Click(x, y)
			break
		}
	}
	s.Tab("Models").On("stg_orders")
	for y, line := range strings.Split(s.Frame(), "\n") {
		if x := text.CellOf(line, "Lineage"); x >= 0 && y > 1 {
			s.Click(x, y)
			break
		}
	}
	s.Details("[Lineage]")
}

// Following a link is a jump: back leads to the row, and behind the filter, where one was.
func TestBackFromALink(t *testing.T) {
	s, _ := open(t, 120, 30)
	s.View("Dashboards").Filter("return rates").Press("pane.focus", "details.next-link", "details.follow").Tab("Models").On("stg_orders")
	s.Press("goto.back").Tab("Dashboards").On("Return Rates").Press("goto.forward").Tab("Models").On("stg_orders")
	s.ClickOn("raw.orders ─").On("orders").Press("goto.back").On("stg_orders").Press("goto.back").Tab("Dashboards").On("Return Rates")
}

// A filter that hides what a link leads to goes away; a graph that is another one by now
// is no harm.
func TestALinkLeadsBeyondTheFilter(t *testing.T) {
	s, _ := open(t, 120, 30)
	s.View("Dashboards").Filter("return rates").Press("pane.focus", "details.next-link", "details.follow")
	s.Tab("Models").On("stg_orders").Hasnt("/return rates")
}

// crowd has one model with many dashboards.
func crowd(dashboards int) *fake {
	site := tower()
	site.Dashboards, site.Sheets, site.Datasources = nil, nil, nil
	site.Datasources = append(site.Datasources, model.Datasource{ID: "e", Name: "data", WorkbookID: "w1", TableIDs: []string{"t-fct_orders"}})
	for i := range dashboards {
		id := fmt.Sprint("d", i)
		site.Sheets = append(site.Sheets, model.Sheet{ID: "s" + id, Name: "Sheet", WorkbookID: "w1", DatasourceIDs: []string{"e"}})
		site.Dashboards = append(site.Dashboards, model.Dashboard{
			ID: id, LUID: fmt.Sprintf("00000000-0000-0000-0000-%012d", i), Name: fmt.Sprintf("Board %04d", i), WorkbookID: "w1", SheetIDs: []string{"s" + id},
		})
	}
	return &fake{projects: []*model.Project{shop()}, sites: []*model.Site{site}, book: curate.New(nil)}
}

// chained is a shop with a chain of models, each of which has as many of those before it
// as parents, and a dashboard on the last.
func chained(models, parents int) *fake {
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}
	p := f.projects[0]
	for i := range models {
		r := p.Resources[2]
		r.Name = fmt.Sprint("step_", i)
		x := modeltest.Extra(&r)
		r.ID, x.Identifier, x.RelationName, r.DependsOn = "model.shop."+r.Name, r.Name, `"shop"."marts"."`+r.Name+`"`, nil
		for k := max(i-parents, 0); k < i; k++ {
			r.DependsOn = append(r.DependsOn, fmt.Sprint("model.shop.step_", k))
		}
		p.Resources = append(p.Resources, r)
	}
	f.sites[0].Tables[3].Name = fmt.Sprint("step_", models-1)
	f.sites[0].Tables[3].FullName = "[marts].[" + f.sites[0].Tables[3].Name + "]"
	return f
}

// Of a long way the middle is counted, and can be opened.
func TestTheMiddleOfALongWayIsCounted(t *testing.T) {
	s := begin(t, chained(40, 1), 120, 60)
	s.View("Dashboards").Filter("outside").Details("step_0", "step_5", "… 29 more", "step_35", "step_39", "this")
	if strings.Contains(s.Frame(), "step_20") {
		t.Errorf("the middle is there:\n%s", s.Frame())
	}
	mark(t, s.Press("pane.focus"), "… 29 more").Press("details.follow").Details("step_6", "step_20", "step_34").Hasnt("29 more")
	begin(t, chained(12, 1), 120, 60).View("Dashboards").Filter("outside").Details("step_6", "step_11").Hasnt("more")
}

// Where everything is connected with everything, what is further away is counted: the
// lines would fill the screen, and a key would wait for them.
func TestADenseDrawingIsSmaller(t *testing.T) {
	f := chained(160, 40)
	s := on(t, newApp(f, options(), append(fourViews(), around.New)), 160, 40)
	s.View("Dashboards").Filter("outside").ClearFilter().Press("lineage").Has(" nodes drawn, the rest counted")
}

// Every name of a long list can be reached: its end opens more of it.
func TestNoListEndsWhereItCannotBeReached(t *testing.T) {
	s := begin(t, crowd(300), 120, 60)
	s.Cursor("models", "marts", "fct_orders").Details("Downstream 300", "… 288 more").Press("pane.focus")
	s.Times(1, "details.previous-link") // of all that is seen, the last
	s.Details("▌… 288 more").Press("details.follow", "move.bottom").Details("… 88 more")
	s.Press("details.previous-link", "details.follow", "move.bottom").Details("Board 0299").Hasnt("more")
	mark(t, s, "Board 0299").Press("details.follow").Tab("Dashboards").On("Board 0299") // and each is a link
}

// A card names all that a dashboard reads: nothing opens there.
func TestCardNamesEveryModel(t *testing.T) {
	p, site := shop(), tower()
	for i := range 9 {
		r := p.Resources[2]
		r.Name = fmt.Sprintf("wide_%d", i)
		x := modeltest.Extra(&r)
		r.ID, x.Identifier, x.RelationName, r.Path = "model.shop."+r.Name, r.Name, `"shop"."marts"."`+r.Name+`"`, "models/marts/"+r.Name+".sql"
		p.Resources = append(p.Resources, r)
		site.Tables = append(site.Tables, model.Table{ID: "t-" + r.Name, Name: r.Name, Place: &model.Place{Schema: "marts", Database: "shop", ConnectionType: "postgres"}, FullName: "[marts].[" + r.Name + "]"})
		site.Datasources[0].TableIDs = append(site.Datasources[0].TableIDs, "t-"+r.Name)
	}
	s := begin(t, &fake{projects: []*model.Project{p}, sites: []*model.Site{site}}, 140, 40).View("Dashboards").Press("flat").Cursor("Order Overview").Press("decide.card").Hasnt("more model")
	for i := range 9 {
		s.Has(fmt.Sprintf("wide_%d", i))
	}
}

// The address is one line, and the last.
func TestTheAddressIsTheLastLine(t *testing.T) {
	s, _ := open(t, 100, 40)
	s.View("Dashboards").Filter("overview")
	var said []string
	for _, line := range strings.Split(s.Frame(), "\n") {
		if _, right, ok := strings.Cut(line, "│"); ok && strings.TrimSpace(right) != "" {
			said = append(said, strings.TrimSpace(right))
		}
	}
	if last := said[len(said)-1]; !strings.HasPrefix(last, "https://") || !strings.HasSuffix(last, "…") || len(said) < 5 {
		t.Errorf("the last line is %q of %q", last, said)
	}
}

// Tabs and links at every size, in every view: no frame is too large, and esc leads back.
func TestDetailsAtEverySize(t *testing.T) {
	for _, size := range [][2]int{{24, 6}, {40, 12}, {60, 14}, {80, 24}, {100, 20}, {200, 50}} {
		s, _ := openInbox(t, size[0], size[1])
		for _, title := range []string{"Models", "Dashboards", "Gaps", "Inbox"} {
			s.Press("view."+strings.ToLower(title), "tree.open-all", "move.bottom", "pane.focus")
			for range 4 {
				s.Press("details.next-tab", "details.next-link", "move.down", "move.page-down", "move.up").Raw()
			}
			s.Press("pane.zoom").Raw()
			s.Press("pane.zoom", "pane.focus").Raw()
		}
	}
}

// A link that is marked keeps the line as wide as it was.
func TestAMarkedLinkTakesNoRoom(t *testing.T) {
	s, _ := open(t, 120, 30)
	s.View("Dashboards").Filter("return rates")
	before := ansi.StringWidth(s.Frame())
	s.Press("pane.focus").Details("▌raw.orders")
	if after := ansi.StringWidth(s.Frame()); after < before-20 {
		t.Errorf("%d cells, before %d", after, before)
	}
}
