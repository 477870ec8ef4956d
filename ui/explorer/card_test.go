package explorer

import (
	"errors"
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/outlook"
	"darkroom/ui/explorer/scenario"
)

// foretold is what an export would do with two of the dashboards: one is written, one is
// refused.
func foretold(f *fake) {
	site := f.sites[0]
	written, refused := site.Key(&site.Dashboards[0]), site.Key(&site.Dashboards[3])
	entry := &outlook.Entry{Name: "order_overview", Key: written, State: outlook.New, Auto: true, Path: "models/exposures/tableau.yml", YAML: "- name: order_overview\n  label: \"Order Overview \\e[31m\"\n  type: dashboard\n", DependsOn: []string{}}
	f.outlook = outlook.Make([]*outlook.Entry{entry}, map[string]*outlook.Dashboard{
		written: {State: outlook.New, Entries: []*outlook.Entry{entry}},
		refused: {State: outlook.Refused, Why: "fct_returns is private", Fix: "make it protected"},
	}, "")
}

func openCards(t *testing.T, width, height int) (*scenario.Scenario, *fake) {
	t.Helper()
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}
	foretold(f)
	s := begin(t, f, width, height)
	return s.View("Dashboards").Press("flat").Cursor("Order Overview").Press("decide.card"), f
}

// A card shows what has to be known, and the YAML that would be written, over the list.
func TestCardShowsWhatHasToBeKnown(t *testing.T) {
	s, _ := openCards(t, 120, 40)
	s.Has("Order Overview", "[ ] undecided", "workbook     Orders", "project      Sales / EMEA", "owner        Sales Ops <sales@example.com>", "views        12,400")
	s.Has("reads        2 tables, all linked", "fct_orders, dim_customers", "will be added to models/exposures/tableau.yml", "- name: order_overview", "type: dashboard", "5 of 5 dashboards undecided", "y include", "n exclude", "s skip", "e reason")
	s.Has("VIEWS ↓") // the list is still seen
	s.Keys("esc").Hasnt("- name: order_overview").Status("5 of 5 dashboards undecided").On("Order Overview")
}

// y, n and s decide and go to the next undecided one; the cursor of the list goes along.
func TestCardDecidesOneAfterAnother(t *testing.T) {
	s, f := openCards(t, 120, 40)
	s.Keys("y").Has("Order Details", "4 of 5 dashboards undecided").Keys("n").Has("Return Rates", "refused: fct_returns is private", "make it protected", "3 of 5 dashboards undecided")
	s.Keys("s").Has("Outside dbt", "3 of 5 dashboards undecided, 1 skipped", "not linked   shop.marts.unknown_thing")
	s.Keys("y").Has("Evil").Keys("y").Status("1 of 5 dashboards undecided, 1 skipped").On("Evil")
	s.Row("[✓] + Order Overview", "[✗]   Order Details", "[ ] ! Return Rates", "[✓]   Outside dbt")
	if len(f.journal) != 4 {
		t.Errorf("%d changes were journalled, want 4", len(f.journal))
	}
	s.Press("undo").Row("[ ]   Evil")
}

// u on the card takes its steps back, one after another, and returns to their dashboards;
// what was decided before the card was opened stays.
func TestCardUndo(t *testing.T) {
	s, f := openCards(t, 120, 40)
	s.Keys("esc").Cursor("Outside dbt").Press("exclude").Cursor("Order Overview").Press("decide.card").Hasnt("u undo")
	s.Keys("u").Status("nothing was decided on this card").Keys("y").Has("u undo", "Order Details").Keys("s").Has("Return Rates", "1 skipped").Keys("n").Has("Evil")
	s.Keys("u").Has("Return Rates", "[ ] undecided", "3 of 5 dashboards undecided, 1 skipped").Keys("u").Has("Order Details").Hasnt("skipped")
	s.Keys("u").Has("Order Overview", "[ ] undecided", "4 of 5 dashboards undecided").Keys("u").Status("nothing was decided on this card")
	s.Keys("y", "u").Keys("e").Type("asked for").Has("because      asked for").Keys("u").Has("Order Overview").Hasnt("asked for")
	s.Keys("esc").On("[ ] + Order Overview").Row("[✗]   Outside dbt")
	if got := f.journal[len(f.journal)-1].Label; !strings.HasPrefix(got, "undo: ") {
		t.Errorf("the last change is %q", got)
	}
	s.Press("decide.card").Keys("y")
	f.keepErr = errDisk
	s.Keys("u").Has("Order Details", "u undo")
}

// A decided dashboard has a card, too; the next one is undecided, after the last comes
// the first.
func TestCardGoesFromTheLastToTheFirst(t *testing.T) {
	s, _ := openCards(t, 120, 40)
	s.Keys("esc").Cursor("Order Details").Press("exclude").Cursor("Evil").Press("decide.card").Keys("y").Has("Order Overview", "3 of 5 dashboards undecided").Keys("esc")
	s.Cursor("Order Details").Press("decide.card").Has("[✗] excluded").Keys("n").Has("Return Rates").Keys("esc")
	s.Filter("state:undecided").Press("decide.card").Has("3 of 3 dashboards undecided").Keys("y", "y", "y").Status("nothing is undecided in this list")
}

// A reason can be given on the card, and it comes back to the card.
func TestCardTakesAReason(t *testing.T) {
	s, f := openCards(t, 120, 40)
	s.Keys("y").Keys("esc").Cursor("Order Overview").Press("decide.card").Keys("e").Has("Why?").Type("asked for").Has("because      asked for", "y include").Keys("esc")
	if got := f.journal[len(f.journal)-1].Edits[0].After.Why; got != "asked for" {
		t.Errorf("kept because %q", got)
	}
}

// What cannot be kept is not decided, and the card stays.
func TestCardStaysWhenADecisionCannotBeKept(t *testing.T) {
	s, f := openCards(t, 120, 40)
	f.keepErr = errDisk
	s.Keys("y").Has("Order Overview", "[ ] undecided", "5 of 5 dashboards undecided").Keys("esc")
	f.keepErr = nil
	s.Press("decide.card").Keys("y").Has("Order Details")
}

// An export that cannot be planned is said on the card, which works nevertheless.
func TestCardSaysWhyNothingIsForeseen(t *testing.T) {
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}, outlookErr: errors.New("manifest.json is gone")}
	s := begin(t, f, 120, 40)
	s.View("Dashboards").Press("flat", "decide.card").Has("manifest.json is gone").Keys("y").Has("Order Details")
}

// A forecast that comes late is dropped: it is about another dashboard.
func TestCardDropsALateForecast(t *testing.T) {
	s, _ := openCards(t, 120, 40)
	a := s.Model().(*App)
	top := a.overlays.Top()
	s.Keys("s").Has("Order Details").Hasnt("- name: order_overview")
	if a.overlays.Top() != top {
		t.Error("the card is another one")
	}
}

// The Inbox has cards, too: of the dashboards in it. Enter on a group opens it.
func TestCardInTheInbox(t *testing.T) {
	s, _ := openInbox(t, 120, 40)
	s.View("Inbox").Cursor("New").Press("tree.toggle").NoRow("Order Details").Press("tree.toggle").Cursor("New", "Order Overview").Press("decide.card")
	s.Has("inbox        new since the last review", "undecided", "y include").Keys("y").Has("Return Rates", "old title").Keys("esc").On("Return Rates").Row("[✓] Order Overview")
	s.Cursor("Gone").Press("move.down").Press("decide.card")
	s.Hasnt("y include")
}
