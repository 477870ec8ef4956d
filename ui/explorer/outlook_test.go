package explorer

import (
	"context"
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/exposure/merge"
	"darkroom/model/outlook"
	"darkroom/ui/explorer/scenario"
	"darkroom/ui/explorer/view/dashboards"
	"darkroom/ui/explorer/view/exposures"
	"darkroom/ui/explorer/view/gaps"
	"darkroom/ui/explorer/view/inbox"
	"darkroom/ui/explorer/view/models"
)

// boardKey is the key of the n-th dashboard of the fixture.
func boardKey(n string) string { return "00000000-0000-0000-0000-00000000000" + n }

// everyState has a dashboard in each state.
func everyState() *fake {
	return &fake{
		projects: []*model.Project{shop()}, sites: []*model.Site{tower()},
		does: map[string]outlook.Dashboard{
			boardKey("1"): {State: outlook.Written},
			boardKey("2"): {State: outlook.Changed},
			boardKey("3"): {State: outlook.Yours},
			boardKey("4"): {State: outlook.Refused, Why: "depends on the private model fct_returns", Fix: "set access: protected"},
			boardKey("5"): {State: outlook.Manual},
		},
	}
}

// onFive shows a backend with the views that there are.
func onFive(t *testing.T, f *fake, width, height int) *scenario.Scenario {
	t.Helper()
	return on(t, newApp(f, options(), []newView{models.New, dashboards.New, exposures.New, gaps.New, inbox.New}), width, height)
}

// What an export does is beside the checkbox in every tree, and in words.
func TestPlanOnEveryRow(t *testing.T) {
	s := onFive(t, everyState(), 120, 40)
	s.View("Dashboards").Press("open-all").Row("[ ] ● Order Overview", "[ ] ~ Order Details", "[ ] ≠ Evil", "[ ] ! Return Rates", "[ ] h Outside dbt")
	s.Row("written", "changes", "yours", "refused", "by hand")
	s.View("Models").Press("open-all").Row("[ ] ● Order Overview", "[ ] ! Return Rates")
	s.View("Gaps").Press("open-all").Row("[ ] h Outside dbt")
	s.View("Dashboards").Cursor("Sales", "Returns", "Return Rates").Details("! refused: depends on", "private model", "protected")
	s.Cursor("Sales", "Returns", "Outside dbt").Details("h already outside_dbt in", "A adopts it")
}

// The Inbox has the signs, too.
func TestPlanInTheInbox(t *testing.T) {
	f := everyState()
	f.book = withNews(t, f.sites)
	onFive(t, f, 120, 30).View("Inbox").Row("[ ] ~ Order Details", "[ ] ! Return Rates")
}

// Without Unicode each sign has another of its own.
func TestPlanSignsInASCII(t *testing.T) {
	opt := options()
	opt.ASCII = true
	s := on(t, newApp(everyState(), opt, fourViews()), 120, 40)
	s.View("Dashboards").Press("open-all").Has("[ ] * Order Overview", "[ ] ~ Order Details", "[ ] # Evil", "[ ] ! Return Rates", "[ ] h Outside dbt")
}

// The header counts what an export would do; where nothing is in a file or will be, what
// is included.
func TestPlanInTheHeader(t *testing.T) {
	s := onFive(t, everyState(), 160, 30)
	s.Header("2 written · 1 changed · 1 refused")
	s, _ = open(t, 120, 30)
	s.Header("0 included").View("Dashboards").Press("include-shown").Header("5 new")
}

// Help explains every sign, on a small screen at its end.
func TestLegendOfSigns(t *testing.T) {
	s, _ := open(t, 200, 50)
	for _, sign := range []string{"[✓] included", "● in the YAML and equal", "+ will be added", "~ will change", "− will be taken out", "! refused", "≠ you edited it", "h written by hand", "∅ gone from"} {
		s.Press("help").Has(sign).Keys("esc")
	}
	s, _ = open(t, 80, 24)
	s.Press("help").Keys("suspend").Has("∅ gone from the BI tool")
}

// Signs follow each decision and its undo.
func TestSignsFollowDecisions(t *testing.T) {
	s, _ := open(t, 120, 40)
	s.View("Dashboards").Press("open-all").Cursor("Return Rates").Press("tick").Row("[✓] + Return Rates")
	s.Press("undo").Row("[ ]   Return Rates").Press("redo").Row("[✓] + Return Rates")
}

// Several decisions in a row are computed once: the outlook that is being made is stopped,
// what it brings is dropped, and one more is made.
func TestDecisionsInARowMakeOneOutlook(t *testing.T) {
	f := everyState()
	a := newApp(f, options(), fourViews())
	on(t, a, 120, 30)
	old := a.host.Outlook
	f.outlooks = 0
	f.outlookHook = func(ctx context.Context) {
		if f.outlooks == 1 && ctx.Err() == nil {
			t.Error("the first one is not stopped")
		}
	}
	a.outlook.stale = true
	first := a.makeOutlook()
	for range 5 {
		a.outlook.stale = true
		if cmd := a.makeOutlook(); cmd != nil {
			t.Fatal("a second one is made beside the first")
		}
	}
	_, next := a.Update(first())
	if a.host.Outlook != old {
		t.Error("what is stale was taken in")
	}
	a.Update(next())
	if f.outlooks != 2 || a.host.Outlook == old || a.outlook.stale {
		t.Errorf("%d outlooks; taken in: %t", f.outlooks, a.host.Outlook != old)
	}
	a.Update(outlookMsg{run: a.outlook.run - 1, made: old})
	if a.host.Outlook == old {
		t.Error("a late answer was taken in")
	}
}

// While an outlook takes a while the old signs stay, and the header says so.
func TestHeaderSaysThatAnOutlookTakesAWhile(t *testing.T) {
	a := newApp(everyState(), options(), fourViews())
	s := on(t, a, 160, 30)
	s.View("Dashboards").Press("open-all").Row("[ ] ● Order Overview").Hasnt("refused…")
	a.outlook.stale = true
	cmd := a.makeOutlook()
	a.Update(slowMsg{a.outlook.run})
	s.Header("1 refused…").Row("[ ] ● Order Overview")
	a.Update(cmd())
	s.Header("1 refused").Hasnt("refused…")
	a.Update(slowMsg{a.outlook.run})
	s.Hasnt("refused…")
}

// The filter knows what an export does, also right after a decision.
func TestFilterByWhatAnExportDoes(t *testing.T) {
	s := onFive(t, everyState(), 120, 40).View("Dashboards")
	for state, title := range map[string]string{"written": "Order Overview", "changed": "Order Details", "refused": "Return Rates", "yours": "Evil", "manual": "Outside dbt"} {
		s.Filter("state:" + state).Row(title).Crumbs("1 dashboard")
	}
	s.Filter("state:gone").Has("Nothing")
	s, _ = open(t, 120, 40)
	s.View("Dashboards").Press("open-all").Cursor("Return Rates").Press("tick").Filter("state:new").Row("[✓] + Return Rates").Press("undo").Has("Nothing")
}

// Proofs say what an export does.
func TestProofSaysWhatAnExportDoes(t *testing.T) {
	onFive(t, everyState(), 120, 40).View("Dashboards").Cursor("Sales", "Returns", "Return Rates").Press("explain").Has("Export: refused: depends on the private model")
}

// Differences of an edited entry are in words.
func TestWordsOfADifference(t *testing.T) {
	e := &outlook.Entry{
		Name: "sales", Path: "models/exposures.yml", Line: 7, State: outlook.Yours, Auto: true,
		Conflicts: []merge.Conflict{{Field: "label", Tool: "Tableau", Ours: "Sales", Theirs: "My Sales"}},
	}
	if says := e.Says(); says != "yours: sales in models/exposures.yml:7 stays as you edited it: label of Tableau is “Sales”" {
		t.Error(says)
	}
	d := outlook.Dashboard{State: outlook.Refused, ByHand: true, Entries: []*outlook.Entry{{Name: "board", Path: "models/exposures.yml", Line: 3, State: outlook.Manual}}}
	if says := d.Says(func(name string) string { return "adopt " + name }); says != "refused: already board in models/exposures.yml:3: adopt board" {
		t.Error(says)
	}
	if strings.Contains((&outlook.Dashboard{}).Says(nil), "x") {
		t.Error("nothing is said of nothing")
	}
}
