package explorer

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/ui/explorer/scenario"
	"darkroom/ui/explorer/view"
	"darkroom/ui/explorer/view/dashboards"
	"darkroom/ui/explorer/view/gaps"
	"darkroom/ui/explorer/view/inbox"
	"darkroom/ui/explorer/view/models"
	"darkroom/ui/explorer/view/tableview"
	"darkroom/ui/table"
)

// newFlat is a view that only this test has: each dashboard once, as a table.
func newFlat(h *view.Host) view.View {
	type row = *lineage.Dashboard
	return tableview.New(h, tableview.Spec[row]{
		Info: view.Info{Name: "flat", Title: "Flat", About: "each dashboard once"},
		Rows: func(g *lineage.Graph) []row { return g.Dashboards() },
		Key:  func(d row) string { return d.Key },
		Columns: []table.Column[row]{
			{Heading: "TITLE", Width: 24, Weight: 1, Value: func(d row) string { return d.Title() }, Compare: func(a, b row) int { return strings.Compare(a.Title(), b.Title()) }},
			{Heading: "OWNER", Width: 14, From: 60, Value: func(d row) string { return d.Owner().Name }},
			{Heading: "VIEWS", Width: 8, Right: true, Value: func(d row) string { return fmt.Sprint(d.Dashboard.Views) }, Compare: func(a, b row) int { return cmp.Compare(a.Dashboard.Views, b.Dashboard.Views) }},
		},
		Subject: func(_ *lineage.Graph, d row) view.Subject {
			return view.Subject{Name: d.Title(), Node: d.ID, Of: d, Below: []*lineage.Dashboard{d}}
		},
		Ticked: true,
		Empty:  (*view.Host).NoDashboards,
	})
}

// drawn is a view that only this test has: a picture, with keys of its own.
type drawn struct {
	view.Base
	*view.Host
	zoom int
}

func newDrawn(h *view.Host) view.View { return &drawn{Host: h, zoom: 1} }

func (v *drawn) Info() view.Info { return view.Info{Name: "drawn", Title: "Drawn", About: "a picture"} }
func (v *drawn) Len() int        { return len(v.Graph.Dashboards()) }
func (v *drawn) Draw(bool) []string {
	return []string{strings.Repeat("─", v.zoom) + "▣", fmt.Sprintf("%d×%d", v.Width, v.Height)}
}

func (v *drawn) Actions() []view.Action {
	return []view.Action{{Name: "drawn.larger", Keys: []string{"+"}, Group: view.GroupShow, Title: "draw it larger", Hint: "larger", Do: view.Still(func() { v.zoom++ })}}
}

// fourViews are the views whose tabs and keys tests spell out: one more in the list
// of views changes no test.
func fourViews() []newView { return []newView{models.New, dashboards.New, gaps.New, inbox.New} }

func withMore(f *fake) *App { return newApp(f, options(), append(fourViews(), newFlat, newDrawn)) }

func openMore(t *testing.T, width, height int) (*scenario.Scenario, *fake) {
	t.Helper()
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}
	return on(t, withMore(f), width, height), f
}

// A table view needs a file with its columns and a line in the list of views: its
// key, cursor, filter, decisions, range, order, empty text and reload come with it.
func TestATableIsAViewLikeTheOthers(t *testing.T) {
	s, f := openMore(t, 120, 30)
	s.Header("5 Flat").View("Flat").Header("[5 Flat]").Row("TITLE", "OWNER", "VIEWS", "[ ]  Order Details")
	s.Cursor("Order Details").Crumbs("Order Details").Details("1 table, linked", "owner        Sales Ops").Footer("s", "space tick")
	s.Press("tick").Row("[✓]  Order Details").On("Order Overview").Header("1 new").Press("undo").Header("0 included")
	s.Cursor("Order Details").Press("range", "bottom").Status("range: 2 dashboards").Press("exclude").Status("excluded 2 dashboards").Row("[✗]  Order Details").Press("undo")
	s.Press("top", "sort.next", "sort.next").Row("TITLE ↑").Press("sort.next", "sort.reverse").Row("VIEWS ↓").Press("top").On("Order Overview")

	s.Filter("views:>100").Crumbs("2 rows").Row("Order Overview", "Order Details").NoRow("Return Rates")
	s.Filter("finance").Crumbs("2 rows").Row("Return Rates").NoRow("Order").Press("include-shown").Status("included 2 dashboards").Press("undo")
	s.Cursor("Return Rates").ClearFilter().On("Return Rates").Row("Order Details")
	s.Filter("nothing").Row("Nothing matches.").ClearFilter()

	s.Cursor("Return Rates").Press("explain").Has("Return Rates", "It reads 2 tables").Keys("esc")
	s.Press("view.other").Tab("Dashboards").On("Return Rates").View("Flat")
	s.Cursor("Order Details").Do(renames(f)).Do(func() { f.sync = fetches(func() {}) }).Press("sync").On("Order Details by Week")
	for i, l := range strings.Split(s.Frame(), "\n") { // a click on a heading orders, one on a checkbox decides
		if strings.Contains(l, "TITLE") {
			s.Click(8, i).Has("TITLE ↑")
			s.Click(2, i+1).Has("[✓]")
		}
	}
	empty := on(t, withMore(&fake{projects: []*model.Project{shop()}}), 120, 30)
	empty.View("Flat").Row("No dashboards yet.").Press("fix").Status("no decision can fix this row")
}

// A view that draws has its own keys, also one with another meaning elsewhere,
// and says no to what it cannot do.
func TestADrawnViewHasItsOwnKeys(t *testing.T) {
	s, _ := openMore(t, 120, 30)
	s.View("Drawn").Row("─▣", "72×26").Press("drawn.larger").Row("──▣").Footer("+ larger")
	s.Press("range").Status("there are no ranges in this view").Press("open-all").Status("not in this view")
	s.Press("tick").Status("no dashboard depends on this row").Press("explain").Status("put the cursor on a dashboard")
	s.View("Models").Press("drawn.larger").Status("how many levels?").Keys("9")
	s.Press("review").Status("go to the Inbox first: 4").Press("sort.next").Status("ordered by title")
}

// The frames below the tabs are the same with more views: no golden changes.
func TestMoreViewsChangeNoFrame(t *testing.T) {
	for _, p := range pictures {
		if p.open != nil {
			continue
		}
		for _, size := range sizes[:3] { // on the largest, help lists the new keys
			before, _ := open(t, size[0], size[1])
			after, _ := openMore(t, size[0], size[1])
			p.do(before)
			p.do(after)
			if was, is := belowTabs(before.Frame()), belowTabs(after.Frame()); was != is {
				t.Errorf("%s at %v:\n%s\nwith two more views:\n%s", p.name, size, was, is)
			}
		}
	}
}

// A graph that arrives while a view is not shown is there when the view is opened.
func TestAHiddenTableFollowsAReload(t *testing.T) {
	s, f := openMore(t, 120, 30)
	renames(f)()
	files, err := f.Reload(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	s.Send(reloadMsg{files: files, graph: s.Model().(*App).prepare(files.Graph, curate.New(nil))})
	s.View("Flat").Row("Order Details by Week")
}
