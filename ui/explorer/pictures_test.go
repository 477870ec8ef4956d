package explorer

import (
	"errors"
	"testing"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/ui/explorer/scenario"
)

// picture is a screen worth looking at: how it is opened, and what is done there.
type picture struct {
	name string
	open func(t *testing.T, width, height int) *scenario.Scenario // nil for the shop
	do   func(*scenario.Scenario)
}

func (p *picture) begin(t *testing.T, width, height int) *scenario.Scenario {
	t.Helper()
	if p.open != nil {
		return p.open(t, width, height)
	}
	s, _ := open(t, width, height)
	return s
}

// shown is a fixture as pictures have it: without what belongs to it.
func shown[More any](open func(*testing.T, int, int) (*scenario.Scenario, More)) func(*testing.T, int, int) *scenario.Scenario {
	return func(t *testing.T, width, height int) *scenario.Scenario {
		t.Helper()
		s, _ := open(t, width, height)
		return s
	}
}

func openInboxes(t *testing.T, width, height int) (*scenario.Scenario, *fake) {
	t.Helper()
	return openInbox(t, width, height)
}

func openDates(t *testing.T, width, height int) (*scenario.Scenario, *fake) {
	t.Helper()
	return openDated(t, width, height)
}

func onFiveExposures(t *testing.T, width, height int) *scenario.Scenario {
	t.Helper()
	return onFive(t, allExposures(), width, height)
}

func openNoDisplay(t *testing.T, width, height int) *scenario.Scenario {
	t.Helper()
	s, f := open(t, width, height)
	f.openErr = errNoDisplay
	return s
}

// openBoards has thirty dashboards, one of them excluded.
func openBoards(t *testing.T, width, height int) *scenario.Scenario {
	t.Helper()
	f := boards(30)
	f.book = curate.New(nil)
	f.book.Set([]string{f.sites[0].Key(&f.sites[0].Dashboards[3])}, curate.Excluded, curate.Meta{})
	return begin(t, f, width, height)
}

func openJudged(t *testing.T, width, height int) *scenario.Scenario {
	t.Helper()
	return onJudged(t, judged(), width, height)
}

// openSync can sync.
func openSync(t *testing.T, width, height int) *scenario.Scenario {
	t.Helper()
	return begin(t, &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}, sync: fetches(func() {}), servers: 1}, width, height)
}

// pictures are all views and overlays.
var pictures = []picture{
	{"models", nil, func(s *scenario.Scenario) {
		s.Filter("fct_orders").ClearFilter().Press("tree.open", "down", "tick")
	}},
	{"dashboards", nil, func(s *scenario.Scenario) { s.View("Dashboards").Press("open-all", "bottom") }},
	{"filter", nil, func(s *scenario.Scenario) { s.View("Dashboards").Press("filter").Keys("order") }},
	{"complete-fields", nil, func(s *scenario.Scenario) { s.View("Dashboards").Press("filter") }},
	{"complete-values", nil, func(s *scenario.Scenario) { s.View("Dashboards").Press("filter").Keys("owner:", "down") }},
	{"filter-mistake", nil, func(s *scenario.Scenario) { s.View("Dashboards").Filter("views:>1kk") }},
	{"filter-similar", nil, func(s *scenario.Scenario) { s.View("Dashboards").Filter("ordovrvw") }},
	{"goto", nil, func(s *scenario.Scenario) { s.View("Dashboards").Press("goto").Keys("ord") }},
	{"why", nil, func(s *scenario.Scenario) { s.Filter("overview").Press("tick", "decide.why").Keys("asked for") }},
	{"help", nil, func(s *scenario.Scenario) { s.Press("help") }},
	{"palette", nil, func(s *scenario.Scenario) { s.Press("palette").Keys("open") }},
	{"diff", nil, func(s *scenario.Scenario) { s.Filter("overview").Press("tick", "write") }},
	{"gaps", nil, func(s *scenario.Scenario) { s.View("Gaps").Cursor("No such table", "Outside dbt").Press("tree.open") }},
	{"fix", nil, func(s *scenario.Scenario) { s.View("Gaps").Cursor("No such table").Press("fix") }},
	{"proof", nil, func(s *scenario.Scenario) { s.View("Dashboards").Filter("overview").Press("explain") }},
	{"messages", nil, func(s *scenario.Scenario) {
		s.Filter("overview").Press("tick", "decide.undo", "messages")
	}},
	{"copy", nil, func(s *scenario.Scenario) { s.View("Dashboards").Filter("overview").Press("copy").Keys("down") }},
	{"copy-model", nil, func(s *scenario.Scenario) { s.Cursor("marts", "fct_orders").Press("copy").Keys("down", "down") }},
	{"address", openNoDisplay, func(s *scenario.Scenario) { s.View("Dashboards").Filter("overview").Press("browse") }},
	{"range", nil, func(s *scenario.Scenario) {
		s.View("Dashboards").Press("open-all", "down", "down", "range", "down", "down")
	}},
	{"rows", nil, func(s *scenario.Scenario) { // with cursor, decisions and a range
		s.View("Dashboards").Press("open-all", "bottom", "tick", "exclude", "top", "down", "down", "down", "range", "down", "down")
	}},
	{"found", nil, func(s *scenario.Scenario) { s.View("Models").Filter("order").Press("open-all") }},
	{"focus", nil, func(s *scenario.Scenario) { s.View("Gaps").Press("open-all", "bottom", "pane.focus") }},
	{"card", shown(openCards), func(s *scenario.Scenario) { s.Keys("esc").Press("zoom", "decide.card") }},
	{"conflicts", nil, func(s *scenario.Scenario) {
		s.Do(func() { s.Model().(*App).backend.(*fake).plan = twoChanges() }).Press("write")
	}},
	{"exposures", onFiveExposures, func(s *scenario.Scenario) { s.View("Exposures").Press("move.down", "move.down") }},
	{"exposure-yaml", onFiveExposures, func(s *scenario.Scenario) { s.View("Exposures").Press("move.down", "exposures.yaml") }},
	{"files", shown(openFiles), func(s *scenario.Scenario) { s.Press("move.top").Times(3, "move.down") }},
	{"adopt", shown(openFiles), func(s *scenario.Scenario) {
		s.Do(func() { s.Model().(*App).backend.(*fake).plan = adopting() }).Cursor("models/exposures.yml", "h returns_board").Press("adopt")
	}},
	{"rename", shown(openFiles), func(s *scenario.Scenario) {
		s.Filter("order_overview").Press("rename")
	}},
	{"flat", openBoards, func(s *scenario.Scenario) {
		s.View("Dashboards").Press("flat").Cursor("Board 002").Press("flat.include", "zoom")
	}},
	{"group", nil, func(s *scenario.Scenario) {
		groupBy(s.View("Dashboards"), "owner").Press("open-all").Cursor("Finance").Press("tick", "zoom")
	}},
	{"group-menu", nil, func(s *scenario.Scenario) { s.View("Dashboards").Press("group") }},
	{"impact", shown(openImpact), func(s *scenario.Scenario) { s.Filter("stg_orders").Press("impact").Keys("down") }},
	{"inbox", shown(openInboxes), func(s *scenario.Scenario) { s.View("Inbox").Press("down", "tick") }},
	{"inbox-gone", shown(openInboxes), func(s *scenario.Scenario) { s.View("Inbox").Press("bottom") }},
	{"inbox-range", shown(openInboxes), func(s *scenario.Scenario) { s.View("Inbox").Press("down", "range", "down", "down") }},
	{"inbox-empty", shown(openInboxes), func(s *scenario.Scenario) { s.View("Inbox").Press("review-shown") }},
	{"details-lineage", nil, func(s *scenario.Scenario) {
		s.View("Dashboards").Filter("return rates").Press("pane.focus", "details.next-tab", "details.next-link")
	}},
	{"details-proof", nil, func(s *scenario.Scenario) {
		s.Cursor("models", "marts", "fct_orders", "Order Details").Press("pane.focus", "details.next-tab", "details.next-tab")
	}},
	{"details-model", nil, func(s *scenario.Scenario) { s.Cursor("models", "marts", "fct_orders").Press("pane.focus") }},
	{"lineage", shown(openLineage), func(s *scenario.Scenario) {
		s.Filter("stg_orders").ClearFilter().Press("lineage", "lineage.downstream")
	}},
	{"lineage-empty", shown(openLineage), func(s *scenario.Scenario) { s.View("Lineage") }},
	{"tour", nil, func(s *scenario.Scenario) { s.Press("help").Keys("t", "enter").Press("view.gaps") }},
	{"elsewhere", shown(openDates), func(s *scenario.Scenario) { s.View("Models").Filter("name:outside") }},
	{"health", openJudged, func(s *scenario.Scenario) { s.View("Dashboards").Press("open-all") }},
	{"sync", openSync, func(s *scenario.Scenario) { s.Press("sync", "sync.show") }},
}

var errNoDisplay = errors.New("there is no display, and $BROWSER is not set")
