package explorer

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/exp/golden"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/ui/explorer/write"
	"darkroom/ui/text"
)

func TestTickingAModelDecidesAllBelowAndUndoTakesItBack(t *testing.T) {
	s, f := open(t, 120, 30)
	s.Filter("fct_orders").Row("[ ] fct_orders").Status("0 included")
	s.Press("tick").Status("included 4 dashboards").Row("[✓] fct_orders").Header("4 new")
	s.Press("undo").Status("undo: included 4 dashboards").Row("[ ] fct_orders").Header("0 included")
	s.Press("redo").Status("redo: included 4 dashboards").Row("[✓] fct_orders")
	s.Press("undo").Row("[ ] fct_orders")
	if len(f.journal) != 4 {
		t.Errorf("%d changes were journalled, want 4: every step as it is made", len(f.journal))
	}
}

func TestOneDashboardUnderSeveralModelsIsOneDecision(t *testing.T) {
	s, _ := open(t, 120, 40)
	s.Press("open-all").Filter("overview").Row("Order Overview")
	s.Press("tick").Row("[✓] Order Overview", "[~] fct_orders", "[✓] dim_customers")
	if n := strings.Count(s.Frame(), "[✓] Order Overview"); n != 3 { // fct_orders, dim_customers, and the title of the details
		s.Hasnt("[ ] Order Overview")
	}
}

func TestAFilterLimitsWhatATickReaches(t *testing.T) {
	s, _ := open(t, 120, 40)
	s.View("Dashboards").Filter("name:order").Press("top")
	s.Press("tick").Status("included 2 dashboards")
	s.ClearFilter().Has("2 new")
	s.Filter("return").Press("exclude").Status("excluded 1 dashboard")
	s.Press("undo").Filter("nothing").Press("filter.next").Has("2 new")
}

func TestExcludeStaysExcludedOnInvert(t *testing.T) {
	s, _ := open(t, 120, 40)
	s.View("Dashboards").Filter("details").Press("exclude").Row("[✗] Order Details")
	s.ClearFilter().Press("invert-shown").Status("inverted 4 dashboards").Header("4 new").Row("[✗] Order Details")
	s.Press("clear-shown").Status("cleared 5 dashboards").Header("0 included")
	s.Press("include-shown").Header("5 new")
}

func TestRange(t *testing.T) {
	s, _ := open(t, 120, 40)
	s.View("Dashboards").Filter("name:order").Press("range", "up").Status("range: 1 dashboard;").Press("down", "down").Status("range: 2 dashboards")
	s.Press("tick").Hasnt("range:").Status("included 2 dashboards").Header("2 new")
	s.Press("range", "filter.clear").Hasnt("range:")
}

func TestAChangeThatCannotBeKeptIsTakenBack(t *testing.T) {
	s, f := open(t, 120, 40)
	f.keepErr = errDisk
	s.View("Dashboards").Press("include-shown").Status("not saved, undone", "no space left").Row("[ ]")
	s.Hasnt("[✓]")
}

func TestWriteShowsTheDiffFirst(t *testing.T) {
	s, f := open(t, 120, 40)
	s.Press("write").Has("Nothing is included").Keys("esc")
	f.plan = &write.Plan{About: []string{"This is the demo."}}
	s.Press("write").Has("This is the demo.", "Nothing is included").Keys("esc")
	f.plan = nil
	s.View("Dashboards").Filter("overview").Press("tick", "write")
	s.Has("What writing changes", "+  - name: 00000000", "1 dashboard left out", "depends on a private model", "make it protected")
	if f.written != 0 {
		t.Fatal("written before it was confirmed")
	}
	f.writeErr = errDisk
	s.Keys("w").Status("not written: no space left")
	f.writeErr = nil
	s.Keys("esc").Press("write").Keys("w").Status("written: models/exposures/tableau.yml")
	if f.written != 1 {
		t.Errorf("written %d times", f.written)
	}
	if f.saved == nil || f.saved.Len() != 1 {
		t.Errorf("the decisions were not saved with the files: %+v", f.saved)
	}
}

func TestEscNeverQuitsAndQuitSaves(t *testing.T) {
	s, f := open(t, 120, 40)
	s.Keys("esc", "esc", "?", "esc", "/", "x", "esc", "esc")
	if s.Quit {
		t.Fatal("esc quit")
	}
	s.View("Dashboards").Press("include-shown", "quit")
	if !s.Quit || f.saved == nil || f.saved.Len() != 5 {
		t.Errorf("quit %v, saved %v", s.Quit, f.saved)
	}
}

func TestHelpIsSearchedAndRuns(t *testing.T) {
	s, _ := open(t, 120, 40)
	s.Press("help").Has("Keys", "Move", "include, or undecided again")
	s.Type("everything").Hasnt("Keys")
	s.Press("palette").Keys("ctrl-r").Has("nothing to redo").Keys("esc")
	s.Press("palette").Keys("nonsense").Has("Nothing has that name")
}

func TestOtherViewAndBack(t *testing.T) {
	s, _ := open(t, 120, 40)
	s.Filter("return rates").Press("view.other").Tab("Dashboards").On("▌      ▸ [ ]   Return Rates")
	s.ClearFilter().Crumbs("acme › Sales › Returns › Return Rates")
	s.Press("view.other").Tab("Models").Crumbs("marts › fct_orders › Return Rates")
}

func TestMouse(t *testing.T) {
	s, _ := open(t, 120, 30)
	line := func(want string) int {
		for i, l := range strings.Split(s.Frame(), "\n") {
			if strings.Contains(l, want) {
				return i
			}
		}
		t.Fatalf("no %q on\n%s", want, s.Frame())
		return 0
	}
	s.Keys("2", "=")
	y := line("Order Details")
	row := strings.Split(s.Frame(), "\n")[y]
	box := text.CellOf(row, "[ ]")
	s.Click(box+1, y).Has("[✓] + Order Details")
	s.Click(box+6, y).Has("[✓] + Order Details", "Sales › EMEA › Orders › Order Details")
	s.Click(text.CellOf(s.Frame(), "1 Models"), 0).Has("[1 Models]")
	s.Wheel(5, 10, true).Wheel(5, 10, false).Wheel(110, 10, true)
	last := strings.Split(strings.TrimRight(s.Frame(), "\n"), "\n")
	s.Click(text.CellOf(last[len(last)-1], "filter"), 29).Has("/▏")
}

func TestLoadingErrorsAndEmptyScreens(t *testing.T) {
	begin(t, &fake{loadErr: errDisk}, 80, 24).Has("Could not open.", "no space left", "q quits")
	f := &fake{projects: []*model.Project{shop()}}
	begin(t, f, 80, 24).View("Dashboards").Row("No dashboards yet.", "--tableau FILE").
		Press("tick").Status("no dashboards are loaded").Press("write").Has("darkroom init sets a Tableau site up")
	f.servers = 1
	begin(t, f, 80, 24).View("Dashboards").Row("No dashboards yet.", "Press r")
	begin(t, &fake{}, 80, 24).Row("No dbt project yet.")
}

func TestWhyAndBrowserAndCopy(t *testing.T) {
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}
	opt := options()
	copied := ""
	opt.Copy = func(s string) { copied = s }
	s := on(t, New(f, opt), 120, 30)
	s.Press("decide.why").Status("put the cursor on a dashboard first")
	s.Filter("overview").Press("tick", "decide.why").Has("Why?")
	s.Type("weekly meeting").Details("because", "weekly meeting")
	s.Press("browse", "copy").Keys("enter")
	const url = "https://tableau.example.com/#/site/acme/views/w1/d1"
	if f.opened != url || copied != url {
		t.Errorf("opened %q, copied %q, want %q", f.opened, copied, url)
	}
}

func TestSmallScreensStayUseful(t *testing.T) {
	for _, size := range [][2]int{{40, 12}, {24, 6}, {20, 3}, {1, 1}, {300, 100}} {
		s, _ := open(t, size[0], size[1])
		s.Keys("2", "=", "G", "tab", "z", "?", "esc", "w", "esc", "tab", "z", "/", "order").Raw()
		if size[0] == 40 {
			s.Keys("enter").Press("tick").Has("Order", "[✓]")
		}
	}
}

func TestKeysThatComeInOnePiece(t *testing.T) {
	s, _ := open(t, 120, 30)
	s.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("2/return rates")})
	s.Keys("enter").Has("[2 Dashboards]", "/return rates")
	s.Keys("esc").Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("1xq"), Paste: true})
	s.Has("[2 Dashboards]")
	if s.Quit {
		t.Error("a paste quit")
	}
}

func TestAFoundModelIsTickedWithAllThatHangsOffIt(t *testing.T) {
	s, _ := open(t, 120, 30)
	s.Filter("stg_orders").Press("tick").Status("included 4 dashboards")
	s.Press("tree.open").Row("through downstream models")
}

// A question waits for one key; any other key answers nothing.
func TestLevels(t *testing.T) {
	s, _ := open(t, 120, 30)
	s.View("Dashboards").Press("close-all", "level").Status("how many levels?")
	s.Keys("2").Hasnt("how many").Row("▸ [ ] Sales").NoRow("Returns")
	s.Press("level").Keys("x").Hasnt("how many").Row("▸ [ ] Sales").NoRow("[✗]")
}

// The printed tree ends at dashboards: nothing reads one.
func TestPrint(t *testing.T) {
	g, err := lineage.Build(t.Context(), []*model.Project{shop()}, []*model.Site{tower()}, lineage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	golden.RequireEqual(t, []byte(Print(g, curate.New(nil), true)))
}
