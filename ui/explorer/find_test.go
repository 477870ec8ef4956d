package explorer

import (
	"strconv"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/query"
	"darkroom/ui/explorer/scenario"
	"darkroom/ui/screentest"
)

// dated is the tower with days of change, a hidden dashboard and a collection.
func dated() *model.Site {
	site := tower()
	for i, days := range []int{1, 20, 100, 400, 800} {
		site.Dashboards[i].UpdatedAt = noon.Add(-time.Duration(days) * 24 * time.Hour)
	}
	site.Dashboards[1].Hidden = true
	site.Collections = []model.Collection{{Name: "Monday Numbers", WorkbookIDs: []string{"w2"}, DashboardIDs: []string{"d1"}}}
	return site
}

func openDated(t testing.TB, width, height int) (*scenario.Scenario, *fake) {
	t.Helper()
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{dated()}}
	return begin(t, f, width, height).View("Dashboards"), f
}

// Each field of the grammar, alone, with others, and turned around.
func TestFilterFields(t *testing.T) {
	const all = "Order Overview, Order Details, Return Rates, Outside dbt"
	for filter, want := range map[string]string{
		"name:order":                   "Order Overview, Order Details",
		"owner:finance":                "Return Rates, Outside dbt",
		"owner:sales@example":          "Order Overview, Order Details",
		"-owner:finance":               "Order Overview, Order Details",
		"not owner:finance":            "Order Overview, Order Details",
		"project:emea":                 "Order Overview, Order Details",
		"project:Sales/EMEA":           "Order Overview, Order Details",
		"workbook:returns":             "Return Rates, Outside dbt",
		"site:acme":                    all,
		"site:elsewhere":               "",
		"tag:certified":                "Order Overview, Order Details",
		"-tag:certified":               "Return Rates, Outside dbt",
		`collection:"monday numbers"`:  "Order Overview, Return Rates, Outside dbt",
		"state:undecided":              all,
		"link:not_linked":              "Outside dbt",
		"-link:linked":                 "Outside dbt",
		"hidden:true":                  "Order Details",
		"certified:false":              all,
		"views:>1k":                    "Order Overview",
		"views:100..1k":                "Order Details",
		"views:>=77 views:<1k":         "Order Details, Return Rates",
		"-views:>100":                  "Return Rates, Outside dbt",
		"updated:<90d":                 "Order Overview, Order Details",
		"updated:>1y":                  "Return Rates, Outside dbt",
		"updated:2026-11":              "Order Overview, Order Details",
		"path:emea":                    "Order Overview, Order Details",
		"owner:finance views:>5":       "Return Rates",
		"order -details":               "Order Overview, Return Rates", // it reads fct_orders
		"-order":                       "Outside dbt",
		"-fct_orders+":                 "Outside dbt",
		"dim_customers+ fct_returns+":  "Order Overview, Return Rates", // dbt's selectors are a union
		"fct_returns+,fct_orders+":     "Return Rates",
		"fct_orders+ owner:finance":    "Return Rates", // fields narrow
		"dim_customers":                "Order Overview",
		"unknown_thing":                "Outside dbt",
		"Order":                        "Order Overview, Order Details", // as it is written: fct_orders is not
		`"Order Overview"`:             "Order Overview",
		"not order":                    "", // no field: two words
		"owner:finance tag:certified":  "",
		"tag:certified,path:emea":      "Order Overview, Order Details",
		"tag:certified,path:elsewhere": "",
	} {
		s, _ := openDated(t, 120, 36)
		wantTitles(t, s.Filter(filter).Frame(), filter, want)
	}
}

// A filter with a mistake shows nothing, keeps saying why, and no key decides about more
// than is shown.
func TestAFilterWithAMistakeDecidesNothing(t *testing.T) {
	for filter, said := range map[string]string{
		"views:>1kk":     "views: takes a number",
		"views:many":     "views: takes a number",
		"owner:":         "owner: has no value yet",
		"-owner:":        "owner: has no value yet",
		"updated:90":     "updated: takes an age",
		"state:maybe":    "state: takes included",
		"ownr:fin":       "did you mean owner:?",
		"order state:x":  "state: takes included",
		"order owner:":   "owner: has no value yet",
		"+fct_ordrs":     `"+fct_ordrs" selects nothing`,
		"@fct_orders+":   "@ does not go with",
		"state:modified": "needs the manifest.json",
	} {
		for _, size := range [][2]int{{120, 36}, {80, 24}, {40, 12}, {60, 8}} {
			s, f := openDated(t, size[0], size[1])
			s.Filter(filter)
			if got := strings.Join(strings.Fields(s.Frame()), " "); !strings.Contains(got, strings.Fields(said)[0]) {
				t.Errorf("%q at %v does not say %q:\n%s", filter, size, said, s.Frame())
			}
			for _, action := range []string{"include-shown", "clear-shown", "invert-shown", "decide.tick", "decide.exclude", "decide.range"} {
				s.Press(action)
			}
			s.Click(12, 4).Click(8, 5)
			if len(f.journal) > 0 {
				t.Errorf("%q at %v decides: %v", filter, size, f.journal)
			}
			if size[0] == 120 {
				s.Press("include-shown").Status("first the filter: ").Crumbs(said).Has(said)
				s.ClearFilter().Row("acme").Press("include-shown").Status("included")
			}
		}
	}
}

// While a field is typed it is no mistake: what is there before narrows, and the tree
// does not go away.
func TestAFieldBeingTypedIsNoMistake(t *testing.T) {
	s, _ := openDated(t, 120, 36)
	s.Press("open-all", "filter").Keys("views:>").Row("Order Details", "Outside dbt").Keys("1").Crumbs("4 dashboards")
	s.Keys("k").Crumbs("1 dashboard in 1 row").NoRow("Outside dbt")
	s.Keys("space", "owner:").Crumbs("1 dashboard in 1 row").Keys("enter").NoRow("Order Overview").Crumbs("owner: has no value yet")
	s.Press("filter").Keys("s", "ales").Row("Order Overview").Keys("enter").Row("Order Overview")
}

// What was decided is undone whatever the filter.
func TestUndoUnderAMistake(t *testing.T) {
	s, f := openDated(t, 120, 36)
	s.Filter("overview").Press("include-shown").Filter("views:x").Press("decide.undo").Status("undo").ClearFilter().NoRow("[✓]")
	if len(f.journal) != 2 {
		t.Error(f.journal)
	}
}

// The filter line says how many dashboards are in how many rows, and at which hit the
// cursor is; n and N keep the number.
func TestPositionAmongHits(t *testing.T) {
	s, _ := openDated(t, 120, 36)
	s.Filter("name:order").Crumbs("2 dashboards in 2 rows · 1/2").Press("filter.next").Crumbs("· 2/2").Press("filter.next").Crumbs("· 1/2")
	s.Press("filter.previous").Crumbs("· 2/2").Press("move.top").Crumbs("· 0/2")
	s.Cursor("acme").Press("tree.close").Crumbs("· 0/2").Press("tree.open")
	s.View("Models").Filter("fct_").Crumbs("dashboards in", "· 1/").Press("filter.next").Crumbs("· 2/")
}

// Included dashboards that the filter hides are always counted on the screen, shorter
// where there is less room; no toast is over it.
func TestIncludedHiddenByTheFilter(t *testing.T) {
	for _, c := range []struct {
		width, height int
		want          string
	}{
		{120, 36, "3 included are hidden by the filter"}, {80, 24, "3 included hidden"}, {60, 20, "3 included hidden"}, {40, 12, "3 included hidden"}, {30, 12, "3 hidden"}, {24, 10, "3 hidden"}, {60, 8, "3 included hidden"},
	} {
		s, _ := openDated(t, c.width, c.height)
		s.Filter("name:order").Press("include-shown").Filter("name:rates").Press("include-shown").Filter("name:outside").Has(c.want)
		s.Press("include-shown").Has(c.want).Filter("name:rates name:order").Keys("x")
	}
	s, _ := openDated(t, 120, 36)
	s.Filter("name:overview").Press("include-shown").Filter("name:rates").Crumbs("1 included is hidden by the filter")
	s.Press("decide.tick").Status("included").Crumbs("1 included is hidden by the filter").ClearFilter().Hasnt("hidden by the filter")
}

// What is excluded by a filter is not decided about from a row above it, whether it was
// opened or not.
func TestWhatIsFilteredOutBelowAHitStaysOut(t *testing.T) {
	for _, filter := range []string{"-details", "-name:details", "-views:310", "fct_orders -details", "fct_orders -views:310", "marts views:<1k -details"} {
		s, f := openDated(t, 120, 36)
		s.View("Models").Filter(filter).Press("include-shown")
		for _, change := range f.journal {
			for _, e := range change.Edits {
				if e.Key != "" && strings.HasSuffix(e.Key, "0002") {
					t.Errorf("%q includes Order Details", filter)
				}
			}
		}
		if len(f.journal) == 0 {
			t.Errorf("%q includes nothing", filter)
		}
		s.Cursor("models").Press("open-all").NoRow("Order Details")
	}
}

// state: takes what is decided.
func TestFilterByDecision(t *testing.T) {
	s, f := openDated(t, 120, 36)
	s.Filter("name:overview").Press("include-shown").Filter("name:details").Press("decide.exclude")
	wantTitles(t, s.Filter("-state:undecided").Frame(), "-state:undecided", "Order Overview, Order Details")
	s.Filter("state:included").Crumbs("1 dashboard in 1 row").Row("[✓] Order Overview")
	s.Filter("state:excl").Crumbs("1 dashboard in 1 row").Row("[✗] Order Details")
	s.Press("filter").Keys("ctrl+u", "state:").Has("included  ", "excluded  ").Keys("esc")
	if len(f.journal) != 2 {
		t.Error(f.journal)
	}
}

// Where no row has the words, rows with similar names are shown, the line says so, and
// several at once are not decided about. A word that some row has is not looked for so.
func TestSimilarNames(t *testing.T) {
	s, f := openDated(t, 120, 36)
	s.Filter("ordovrvw").Crumbs("similar names", "1 dashboard").Row("Order Overview").NoRow("Return Rates")
	s.Press("include-shown").Status("only similar")
	s.Filter("ordr").Crumbs("similar names").Cursor("acme").Press("decide.tick").Status("only similar").Filter("ordovrvw")
	if len(f.journal) > 0 {
		t.Errorf("decided: %v", f.journal)
	}
	s.Press("filter.next").On("Order Overview").Press("decide.tick").Row("[✓]")
	if len(f.journal) != 1 {
		t.Errorf("decided: %v", f.journal)
	}
	s.Filter("rates").Hasnt("similar names").Filter("qqzzxx").Has("Nothing").Hasnt("similar names")
	s.Filter("ordovrvw owner:finance").Has("Nothing").Filter("ordovrvw owner:sales").Crumbs("similar names")
}

// Below the filter line is what it can become: fields, then the values that are there with
// how many dashboards have each. tab takes the first, arrows choose, enter keeps.
func TestCompletion(t *testing.T) {
	s, _ := openDated(t, 120, 36)
	s.Press("filter").Has("name:", "owner:", "name, user name or e-mail of the owner", "project:", "7 of 17").Footer("tab complete", "↑↓ choose")
	s.Keys("ow").Has("owner:").Hasnt("project:").Keys("tab").Crumbs("/owner:").Has("Sales Ops", "3 dashboards", "Finance", "2 dashboards")
	s.Keys("fi").Hasnt("Sales Ops   ").Keys("tab").Crumbs("/owner:Finance", "2 dashboards in 2 rows").Keys("enter").Row("Return Rates").NoRow("Order Details")
	s.Press("filter").Keys("ctrl+u", "owner:", "down", "enter").Crumbs(`/owner:"Sales Ops"`).Row("Order Overview").NoRow("Return Rates")
	s.Press("filter").Keys("ctrl+u", "down", "down", "enter").Crumbs("/owner:▏").Keys("up", "enter").Crumbs("/owner:").Keys("esc")
	s.Press("filter").Keys("ctrl+u", "-ta", "tab", "tab").Crumbs("/-tag:certified").Keys("enter").Row("Return Rates").NoRow("Order Details")
}

// Every field that has values offers them, and each that is offered finds as many
// dashboards as it says.
func TestCompletionCountsAreTrue(t *testing.T) {
	for field, want := range map[string]string{
		"owner": "Sales Ops", "project": "Sales", "workbook": "Returns", "site": "acme", "tag": "certified", "collection": "Monday Numbers",
		"state": "undecided", "link": "linked", "kind": "model", "hidden": "true", "certified": "false", "views": ">1k", "updated": "<90d",
	} {
		a := New(&fake{projects: []*model.Project{shop()}, sites: []*model.Site{dated()}}, options())
		s := on(t, a, 120, 36).View("Dashboards").Press("filter").Keys(field + ":").Has(want)
		known := a.known(a.filter.query)
		for _, offer := range known.Complete(field + ":") {
			count, _, _ := strings.Cut(offer.Note, " ")
			b, _ := query.Parse(offer.Text).Bind(known)
			n := 0
			for _, d := range a.host.Graph.Dashboards() {
				if b.Meets(d.ID, true) {
					n++
				}
			}
			// A part of a name is also a part of others: state:linked and not_linked are not.
			if strconv.Itoa(n) != count && field != "project" {
				t.Errorf("%s: %s says %s, and finds %d\n%s", field, offer.Show, offer.Note, n, s.Frame())
			}
		}
	}
}

// Values are counted in the background: a key does not wait for them, and what was counted
// for another field by then is dropped.
func TestCompletionCountsInTheBackground(t *testing.T) {
	a := newApp(&fake{projects: []*model.Project{shop()}, sites: []*model.Site{dated()}}, options(), fourViews())
	s := on(t, a, 120, 36).View("Dashboards").Press("filter").Keys("owner")
	colon := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(":")}
	come := func(cmd tea.Cmd) { screentest.Each(cmd, func(msg tea.Msg) { s.Send(msg) }) }
	_, late := a.Update(colon)
	s.Crumbs("/owner:").Hasnt("Finance  ")
	come(late)
	s.Has("Finance  ", "2 dashboards")
	s.Keys("ctrl+u", "owner")
	_, late = a.Update(colon)
	s.Keys("ctrl+u", "tag:").Has("certified  ")
	come(late)
	s.Has("certified  ").Hasnt("Finance  ")
	// What an export does counts again when it is known.
	s.Keys("ctrl+u", "state:ne").Hasnt("1 dashboard").Do(func() {
		a.host.Book.Set([]string{boardKey("1")}, curate.Included, curate.Meta{})
		a.outlook.stale = true
	}).Keys("w").Has("new  ", "1 dashboard")
}

// In the middle of a line nothing is offered, arrows move where nothing is, and a click
// takes what is clicked.
func TestCompletionStaysOutOfTheWay(t *testing.T) {
	s, _ := openDated(t, 120, 36)
	s.Press("open-all", "top", "filter").Keys("zz", "ctrl+u", "order").Footer("↑↓ move").Keys("down", "down").Crumbs("/order▏").Keys("esc").Row("Outside dbt")
	s.Press("filter").Keys("owner:fin", "left").Footer("↑↓ move").Keys("esc")
	s.Press("filter").Keys("owner:").ClickOn("Finance ").Crumbs("/owner:Finance").Keys("enter").NoRow("Order Details")
}

// Nothing here, but elsewhere: the view says where, and enter goes there.
func TestNothingHerePointsElsewhere(t *testing.T) {
	s, _ := openDated(t, 120, 36)
	s.View("Models").Filter("name:outside").Row("Nothing here.", "1 match in 2 Dashboards", "1 in 3 Gaps", "enter goes there")
	s.Keys("enter").Tab("Dashboards").On("Outside dbt").Crumbs("/name:outside").Press("goto.back").Tab("Models")
	s.View("Dashboards").Filter("no such thing anywhere").Has("Nothing matches.").Keys("enter").Tab("Dashboards")
	s.View("Models").Press("top").Filter("owner:finance views:<10").Has("1 match in 2 Dashboards").ClearFilter().On("models")
}
