package explorer

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model"
	"darkroom/ui/screentest"
	"darkroom/ui/text"
)

func TestTickingAModelDecidesAllBelowAndUndoTakesItBack(t *testing.T) {
	s, f := open(t, 120, 30)
	s.Press("/", "fct_orders", "enter").Has("[ ] fct_orders", "0 included")
	s.Press("space").Has("included 4 dashboards", "[✓] fct_orders", "4 included")
	s.Press("u").Has("undo: included 4 dashboards", "[ ] fct_orders", "0 included")
	s.Press("ctrl+r").Has("redo: included 4 dashboards", "[✓] fct_orders")
	s.Press("u").Has("[ ] fct_orders")
	if len(f.journal) != 4 {
		t.Errorf("%d changes were journalled, want 4: every step as it is made", len(f.journal))
	}
}

func TestOneDashboardUnderSeveralModelsIsOneDecision(t *testing.T) {
	s, _ := open(t, 120, 40)
	s.Press("=").Press("/", "overview", "enter")
	s.Has("Order Overview")
	s.Press("space").Has("[✓] Order Overview", "[~] fct_orders", "[✓] dim_customers")
	if n := strings.Count(s.Frame(), "[✓] Order Overview"); n != 3 { // fct_orders, dim_customers, and the title of the details
		s.Hasnt("[ ] Order Overview")
	}
}

func TestAFilterLimitsWhatATickReaches(t *testing.T) {
	s, _ := open(t, 120, 40)
	s.Press("2", "/", "order", "enter", "g")
	s.Press("space").Has("included 2 dashboards")
	s.Press("esc").Has("2 included")
	s.Press("/", "return", "enter", "x").Has("excluded 1 dashboard")
	s.Press("u", "/", "nothing", "enter", "n").Has("2 included")
}

func TestExcludeStaysExcludedOnInvert(t *testing.T) {
	s, _ := open(t, 120, 40)
	s.Press("2", "/", "details", "enter", "x").Has("[✗] Order Details")
	s.Press("esc", "i").Has("inverted 4 dashboards", "4 included", "[✗] Order Details")
	s.Press("A").Has("cleared 5 dashboards", "0 included")
	s.Press("a").Has("5 included")
}

func TestRange(t *testing.T) {
	s, _ := open(t, 120, 40)
	s.Press("2", "/", "order", "enter", "down").Press("v", "up").Has("range: 2 dashboards")
	s.Press("space").Hasnt("range:").Has("included 2 dashboards", "2 included")
	s.Press("v", "esc").Hasnt("range:")
}

func TestAChangeThatCannotBeKeptIsTakenBack(t *testing.T) {
	s, f := open(t, 120, 40)
	f.keepErr = errDisk
	s.Press("2", "a").Has("not kept, taken back", "no space left", "[ ]")
	s.Hasnt("[✓]")
}

func TestWriteShowsTheDiffFirst(t *testing.T) {
	s, f := open(t, 120, 40)
	s.Press("w").Has("Nothing is ticked")
	s.Press("esc", "2", "/", "overview", "enter", "space", "w")
	s.Has("What writing changes", "+  - name: 00000000", "1 dashboard left out", "depends on a private model", "make it protected")
	if f.written != 0 {
		t.Fatal("written before it was confirmed")
	}
	f.writeErr = errDisk
	s.Press("w").Has("not written: no space left")
	f.writeErr = nil
	s.Press("esc", "w", "w").Has("written: models/exposures/tableau.yml")
	if f.written != 1 {
		t.Errorf("written %d times", f.written)
	}
}

func TestEscNeverQuitsAndQuitSaves(t *testing.T) {
	s, f := open(t, 120, 40)
	s.Press("esc", "esc", "?", "esc", "/", "x", "esc", "esc")
	if s.Quit {
		t.Fatal("esc quit")
	}
	s.Press("2", "a", "q")
	if !s.Quit || f.saved == nil || f.saved.Len() != 5 {
		t.Errorf("quit %v, saved %v", s.Quit, f.saved)
	}
}

func TestHelpIsSearchedAndRuns(t *testing.T) {
	s, _ := open(t, 120, 40)
	s.Press("?").Has("Keys", "Move", "tick or untick")
	s.Press("everything", "enter").Hasnt("Keys")
	s.Press(":", "ctrl-r").Has("nothing to redo")
	s.Press("esc", ":", "nonsense").Has("Nothing of that name")
}

func TestOtherViewAndBack(t *testing.T) {
	s, _ := open(t, 120, 40)
	s.Press("/", "return rates", "enter", "t").Has("[2 Dashboards]", "▌      ▸ [ ] Return Rates")
	s.Press("esc").Has("acme › Sales › Returns › Return Rates")
	s.Press("t").Has("[1 Models]", "marts › fct_orders › Return Rates")
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
	s.Press("2", "=")
	y := line("Order Details")
	row := strings.Split(s.Frame(), "\n")[y]
	box := text.CellOf(row, "[ ]")
	s.Click(box+1, y).Has("[✓] Order Details")
	s.Click(box+6, y).Has("[✓] Order Details", "Sales › EMEA › Orders › Order Details")
	s.Click(text.CellOf(s.Frame(), "1 Models"), 0).Has("[1 Models]")
	s.Wheel(5, 10, true).Wheel(5, 10, false).Wheel(110, 10, true)
	last := strings.Split(strings.TrimRight(s.Frame(), "\n"), "\n")
	s.Click(text.CellOf(last[len(last)-1], "filter"), 29).Has("/▏")
}

func TestLoadingErrorsAndEmptyScreens(t *testing.T) {
	f := &fake{loadErr: errDisk}
	screentest.New(t, New(f, options()), 80, 24).Has("Could not open.", "no space left", "q quits")
	f = &fake{projects: []*model.Project{shop()}}
	screentest.New(t, New(f, options()), 80, 24).Press("2").Has("No dashboards yet.", "--tableau FILE").
		Press("space").Has("no dashboards are loaded")
	f.servers = 1
	screentest.New(t, New(f, options()), 80, 24).Press("2").Has("No dashboards yet.", "Press r")
	screentest.New(t, New(&fake{}, options()), 80, 24).Has("No dbt project yet.")
}

func TestWhyAndBrowserAndCopy(t *testing.T) {
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}
	opt := options()
	copied := ""
	opt.Copy = func(s string) { copied = s }
	s := screentest.New(t, New(f, opt), 120, 30)
	s.Press("e").Has("put the cursor on a dashboard first")
	s.Press("/", "overview", "enter", "space", "e").Has("Why?")
	s.Press("weekly meeting", "enter").Has("because", "weekly meeting")
	s.Press("o", "y")
	const url = "https://tableau.example.com/#/site/acme/views/w1/d1"
	if f.opened != url || copied != url {
		t.Errorf("opened %q, copied %q, want %q", f.opened, copied, url)
	}
}

func TestSmallScreensStayUseful(t *testing.T) {
	for _, size := range [][2]int{{40, 12}, {24, 6}, {20, 3}, {1, 1}, {300, 100}} {
		s, _ := open(t, size[0], size[1])
		s.Press("2", "=", "G", "tab", "z", "?", "esc", "w", "esc", "tab", "z", "/", "order").Raw()
		if size[0] == 40 {
			s.Press("enter", "space").Has("Order", "[✓]")
		}
	}
}

func TestKeysThatComeInOnePiece(t *testing.T) {
	s, _ := open(t, 120, 30)
	s.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("2/return rates")})
	s.Press("enter").Has("[2 Dashboards]", "/return rates")
	s.Press("esc").Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("1xq"), Paste: true})
	s.Has("[2 Dashboards]")
	if s.Quit {
		t.Error("a paste quit")
	}
}

func TestAFoundModelIsTickedWithAllThatHangsOffIt(t *testing.T) {
	s, _ := open(t, 120, 30)
	s.Press("/", "stg_orders", "enter", "space").Has("included 4 dashboards")
	s.Press("l").Has("through downstream models")
}
