package explorer

import (
	"testing"
	"time"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/ui/explorer/scenario"
)

// withNews is a book in which dashboards of the tower are new, renamed, moved and gone:
// two of each kind, but only one is gone.
func withNews(t testing.TB, sites []*model.Site) *curate.Book {
	t.Helper()
	g, err := lineage.Build(t.Context(), nil, sites, lineage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	day := noon.Add(-7 * 24 * time.Hour).Truncate(24 * time.Hour)
	m := curate.Memory{Seen: map[string]curate.Seen{}, Sites: map[string]curate.Known{"tableau.example.com/acme": {Since: day}}}
	for key, place := range curate.Take(g).Places {
		switch place.Title {
		case "Order Overview", "Order Details": // new
			continue
		case "Return Rates":
			place.Title = "Returns by Week"
		case "Outside dbt":
			place.Project, place.Workbook = "Lab", "Scratch"
		}
		m.Seen[key] = curate.Seen{Place: place, First: day}
	}
	m.Seen["gone-1"] = curate.Seen{Place: curate.Place{Title: "Churn", Project: "Sales", Workbook: "Old", Site: "tableau.example.com/acme"}, First: day}
	b := curate.New(map[string]curate.Record{"gone-1": {Decision: curate.Included, At: day, By: "ana", Why: "weekly"}})
	b.Remember(m)
	return b
}

func openInbox(t testing.TB, width, height int) (*scenario.Scenario, *fake) {
	t.Helper()
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}
	f.book = withNews(t, f.sites)
	return begin(t, f, width, height), f
}

func TestInboxShowsWhatHappened(t *testing.T) {
	s, _ := openInbox(t, 120, 30)
	s.Header("4 Inbox(5)")
	s.View("Inbox").Tab("Inbox(5)").Row(
		"New", "2 dashboards", "Order Details  in Sales / EMEA /",
		"Renamed", "Return Rates  was “Returns by",
		"Moved", "Outside dbt  was in Lab / Scratch",
		"Gone", "Churn  in Sales / Old")
	s.Filter("churn").Details("gone since the last review", "included, ana", "weekly", "known since  2026-11-16")
	s.Press("tick").Status("no dashboard depends on this row")
	s.ClearFilter().Filter("returns by").Details("renamed since the last review", "old title    Returns by Week")
	s.Press("view.other").Tab("Dashboards").Row("Return Rates").Details("renamed since the last review")
}

func TestReviewOneAfterAnother(t *testing.T) {
	s, f := openInbox(t, 120, 30)
	s.Press("review").Status("go to the Inbox first: 4")
	s.View("Inbox").Press("down").On("▌  ▸ [ ]   Order Details")
	s.Press("tick").Row("[✓] Order Details").On("▌  ▸ [ ]   Order Overview")
	s.Press("up", "review").Status("reviewed 1 dashboard").On("▌  ▸ [ ]   Order Overview").Tab("Inbox(4)").Hasnt("Order Details")
	s.Press("review").Tab("Inbox(3)").Hasnt("New", "Order Overview")
	s.Press("undo").Status("undo: reviewed 1 dashboard").Tab("Inbox(4)").Row("Order Overview")
	s.View("Models").Press("undo", "undo").Status("undo: included 1 dashboard").Header("Inbox(5)")
	s.Times(3, "redo").View("Inbox").Tab("Inbox(3)")
	s.Press("review-shown").Status("reviewed 3 dashboards").Header("[4 Inbox]").Row("The Inbox is empty.")
	s.Press("review").Status("nothing to review")
	if n := len(f.journal); n != 10 {
		t.Errorf("%d changes were journalled, want 10: every step as it is made", n)
	}
}

func TestReviewGroupsRangesAndWhatTheFilterShows(t *testing.T) {
	s, _ := openInbox(t, 120, 30)
	s.View("Inbox").Press("top", "review").Status("reviewed 2 dashboards").Tab("Inbox(3)").On("▌▾ [ ] Renamed")
	s.Press("undo").Filter("overview").Press("top", "review").Status("reviewed 1 dashboard").Tab("Inbox(4)").Row("Nothing here.")
	s.ClearFilter().Press("top", "down", "range", "bottom", "review").Status("reviewed 4 dashboards").Row("The Inbox is empty.")
	s.Press("undo").Tab("Inbox(4)").Row("Churn").Hasnt("range:")
	s.Filter("state:undecided").Press("review-shown").Status("reviewed 3 dashboards")
	s.ClearFilter().Tab("Inbox(1)").Row("Churn", "▾     Gone")
}

// Many are asked about first, as decisions are; a group and a range, too.
func TestManyReviewsAreAskedAboutFirst(t *testing.T) {
	f := crowd(21)
	f.book.Remember(curate.Memory{Sites: map[string]curate.Known{"tableau.example.com/acme": {Since: noon}}})
	s := begin(t, f, 120, 40).View("Inbox").Tab("Inbox(21)")
	s.Press("review-shown").Status("mark 21 dashboards as reviewed? y or enter does it").Keys("n").Status("nothing was changed").Tab("Inbox(21)")
	s.Press("move.top", "review").Status("mark 21 dashboards").Keys("esc").Tab("Inbox(21)")
	s.Press("range", "move.bottom", "review").Status("mark 21 dashboards").Keys("y").Status("reviewed 21 dashboards").Hasnt("range:").Row("The Inbox is empty.")
	s.Press("undo").Filter("name:0003").Press("review-shown").Status("reviewed 1 dashboard")
}

func TestAReviewThatCannotBeKeptIsTakenBack(t *testing.T) {
	s, f := openInbox(t, 120, 30)
	f.keepErr = errDisk
	s.View("Inbox").Press("review-shown").Status("not saved, undone", "no space left").Tab("Inbox(5)").Row("Churn")
}

func TestWhatADashboardReadsCountsAsTheDashboard(t *testing.T) {
	s, _ := openInbox(t, 120, 30)
	s.View("Inbox").Filter("overview").Press("tree.open", "tree.open", "review").Status("reviewed 1 dashboard").Tab("Inbox(4)")
}

func TestEmptyInbox(t *testing.T) {
	s, _ := open(t, 120, 30)
	s.Header("4 Inbox ").View("Inbox").Header("[4 Inbox]").Row("The Inbox is empty.", "to be decided one by one")
}

// A dashboard whose name is hidden has a row that can be read, filtered and decided
// about; in the Inbox it is new, and never renamed.
func TestHiddenNamesCanBeRead(t *testing.T) {
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}
	f.book = withNews(t, f.sites)
	site := tower()
	for i := range site.Dashboards {
		site.Dashboards[i].Name = ""
	}
	site.Workbooks[0].Name, site.Sheets[0].Name = "", ""
	f.sites = []*model.Site{site}
	s := begin(t, f, 120, 36)
	s.View("Inbox").Tab("Inbox(4)").Row("New", "(name hidden)  in Sales / EMEA /", "Moved", "Outside dbt  was in Lab / Scratch", "Gone").Hasnt("Renamed")
	s.View("Dashboards").Press("open-all").Row("▾ [ ] (name hidden)")
	s.Filter("hidden kind:dashboard").Row("[ ] (name hidden)")
	s.Filter("owner:sales").Press("decide.why").Has("kept with the decision on “(name hidden)”")
}

func TestRulesAreSeenAndOverruled(t *testing.T) {
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}, book: curate.New(nil)}
	g, err := lineage.Build(t.Context(), nil, f.sites, lineage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	f.book.SetDefaults(curate.Defaults(g, []curate.Rule{
		{Views: ">1000", Decide: curate.Included, Why: "used a lot"},
		{Projects: []string{"Sales"}, Tags: []string{"certified"}, Decide: curate.Excluded},
	}))
	s := begin(t, f, 120, 36)
	s.Status("1 included, 2 excluded, 2 undecided of 5 dashboards; 3 by rule")
	s.View("Dashboards").Press("open-all").Filter("overview").Row("[✓] Order Overview").Details("included: becomes an exposure, by rule 1", "because      used a lot")
	s.Press("exclude").Row("[✗] Order Overview").Details("excluded, ana, 2026-11-23")
	s.Press("exclude").Row("[✓] Order Overview").Details("by rule 1")
	s.ClearFilter().Filter("details").Row("[✗] Order Details").Details("excluded, by rule 2")
	s.Filter("state:excluded").Crumbs("2 rows")
	if f.book.Len() != 0 {
		t.Error("what rules decide is not a record")
	}
}
