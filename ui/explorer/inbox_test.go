package explorer

import (
	"fmt"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/ui/screentest"
)

// withNews is a book in which the tower looks new, renamed, moved and gone: two of
// each kind but one gone.
func withNews(t testing.TB, sites []*model.Site) *curate.Book {
	t.Helper()
	g, err := lineage.Build(nil, sites, lineage.Options{})
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

func openInbox(t testing.TB, width, height int) (*screentest.Screen, *fake) {
	t.Helper()
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}
	f.book = withNews(t, f.sites)
	return screentest.New(t, New(f, options()), width, height), f
}

func TestInboxShowsWhatHappened(t *testing.T) {
	s, _ := openInbox(t, 120, 30)
	s.Has("4 Inbox(5)")
	s.Press("4").Has("[4 Inbox(5)]",
		"New", "2 dashboards", "Order Details  in Sales / EMEA /",
		"Renamed", "Return Rates  was “Returns by",
		"Moved", "Outside dbt  was in Lab / Scratch",
		"Gone", "Churn  in Sales / Old")
	s.Press("/", "churn", "enter").Has("gone since the last review", "included, ana", "weekly", "known since  2026-11-16")
	s.Press("space").Has("no dashboard hangs off this row")
	s.Press("esc", "/", "returns by", "enter").Has("renamed since the last review", "old title    Returns by Week")
	s.Press("t").Has("[2 Dashboards]", "Return Rates", "renamed since the last review")
}

func TestReviewOneAfterAnother(t *testing.T) {
	s, f := openInbox(t, 120, 30)
	s.Press("m").Has("go to the Inbox first")
	s.Press("4", "down").Has("▌  ▸ [ ] Order Details")
	s.Press("space").Has("[✓] Order Details", "▌  ▸ [ ] Order Overview")
	s.Press("up", "m").Has("reviewed 1 dashboard", "▌  ▸ [ ] Order Overview", "Inbox(4)").Hasnt("Order Details")
	s.Press("m").Has("Inbox(3)").Hasnt("New", "Order Overview")
	s.Press("u").Has("undo: reviewed 1 dashboard", "Inbox(4)", "Order Overview")
	s.Press("1", "u", "u").Has("undo: included 1 dashboard", "Inbox(5)")
	s.Press("ctrl+r", "ctrl+r", "ctrl+r", "4").Has("Inbox(3)")
	s.Press("M").Has("reviewed 3 dashboards", "[4 Inbox]", "The Inbox is empty.")
	s.Press("m").Has("nothing waits")
	if n := len(f.journal); n != 10 {
		t.Errorf("%d changes were journalled, want 10: every step as it is made", n)
	}
}

func TestReviewGroupsRangesAndWhatTheFilterShows(t *testing.T) {
	s, _ := openInbox(t, 120, 30)
	s.Press("4", "g", "m").Has("reviewed 2 dashboards", "Inbox(3)", "▌▾ [ ] Renamed")
	s.Press("u", "/", "overview", "enter", "g", "m").Has("reviewed 1 dashboard", "Inbox(4)", "Nothing matches.")
	s.Press("esc", "g", "down", "v", "G", "m").Has("reviewed 4 dashboards", "The Inbox is empty.")
	s.Press("u").Has("Inbox(4)", "Churn").Hasnt("range:")
	s.Press("/", "state:undecided", "enter", "M").Has("reviewed 3 dashboards")
	s.Press("esc").Has("Inbox(1)", "Churn", "▾     Gone")
}

func TestAReviewThatCannotBeKeptIsTakenBack(t *testing.T) {
	s, f := openInbox(t, 120, 30)
	f.keepErr = errDisk
	s.Press("4", "M").Has("not kept, taken back", "no space left", "Inbox(5)", "Churn")
}

func TestWhatADashboardReadsStandsForIt(t *testing.T) {
	s, _ := openInbox(t, 120, 30)
	s.Press("4", "/", "overview", "enter", "l", "l", "m").Has("reviewed 1 dashboard", "Inbox(4)")
}

func TestEmptyInbox(t *testing.T) {
	s, _ := open(t, 120, 30)
	s.Has("4 Inbox ").Press("4").Has("[4 Inbox]", "The Inbox is empty.", "to be decided one after another")
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
	s := screentest.New(t, New(f, options()), 120, 36)
	s.Press("4").Has("Inbox(4)", "New", "(name hidden)  in Sales / EMEA /", "Moved", "Outside dbt  was in Lab / Scratch", "Gone").Hasnt("Renamed")
	s.Press("2", "=").Has("▾ [ ] (name hidden)")
	s.Press("/", "hidden kind:dashboard", "enter").Has("[ ] (name hidden)")
	s.Press("/").Press("ctrl+u", "owner:sales", "enter", "e").Has("kept with the decision on “(name hidden)”")
}

func TestRulesAreSeenAndOverruled(t *testing.T) {
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}, book: curate.New(nil)}
	g, err := lineage.Build(nil, f.sites, lineage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	f.book.SetDefaults(curate.Defaults(g, []curate.Rule{
		{Views: ">1000", Decide: curate.Included, Why: "used a lot"},
		{Projects: []string{"Sales"}, Tags: []string{"certified"}, Decide: curate.Excluded},
	}))
	s := screentest.New(t, New(f, options()), 120, 36)
	s.Has("1 included, 2 excluded, 2 undecided of 5 dashboards; 3 by rule")
	s.Press("2", "=", "/", "overview", "enter").Has("[✓] Order Overview", "included: becomes an exposure, by rule 1", "because      used a lot")
	s.Press("x").Has("[✗] Order Overview", "excluded, ana, 2026-11-23")
	s.Press("x").Has("[✓] Order Overview", "by rule 1")
	s.Press("esc", "/", "details", "enter").Has("[✗] Order Details", "excluded, by rule 2")
	s.Press("/").Press("ctrl+u", "state:excluded", "enter").Has("2 hits")
	if f.book.Len() != 0 {
		t.Error("what rules decide is nobody's record")
	}
}

func TestInboxFrames(t *testing.T) {
	for name, keys := range map[string][]string{
		"inbox":       {"4", "down", "space"},
		"inbox-gone":  {"4", "G"},
		"inbox-range": {"4", "down", "v", "down", "down"},
		"inbox-empty": {"4", "M"},
	} {
		for _, size := range [][2]int{{40, 12}, {80, 24}, {120, 36}} {
			t.Run(fmt.Sprintf("%s-%dx%d", name, size[0], size[1]), func(t *testing.T) {
				s, _ := openInbox(t, size[0], size[1])
				golden.RequireEqual(t, []byte(s.Press(keys...).Frame()))
			})
		}
	}
}
