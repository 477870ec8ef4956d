package explorer

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"
	"github.com/muesli/termenv"

	"darkroom/model"
	"darkroom/ui/explorer/scenario"
	"darkroom/ui/screentest"
	"darkroom/ui/theme"
)

// scenes are screens worth looking at: how to get there from the start.
var scenes = map[string]func(*scenario.Scenario){
	"models": func(s *scenario.Scenario) {
		s.Filter("fct_orders").ClearFilter().Press("tree.open", "down", "tick")
	},
	"dashboards":      func(s *scenario.Scenario) { s.View("Dashboards").Press("open-all", "bottom") },
	"filter":          func(s *scenario.Scenario) { s.View("Dashboards").Press("filter").Keys("order") },
	"complete-fields": func(s *scenario.Scenario) { s.View("Dashboards").Press("filter") },
	"complete-values": func(s *scenario.Scenario) { s.View("Dashboards").Press("filter").Keys("owner:", "down") },
	"filter-mistake":  func(s *scenario.Scenario) { s.View("Dashboards").Filter("views:>1kk") },
	"filter-similar":  func(s *scenario.Scenario) { s.View("Dashboards").Filter("ordovrvw") },
	"goto":            func(s *scenario.Scenario) { s.View("Dashboards").Press("goto").Keys("ord") },
	"why":             func(s *scenario.Scenario) { s.Filter("overview").Press("tick", "decide.why").Keys("asked for") },
	"help":            func(s *scenario.Scenario) { s.Press("help") },
	"palette":         func(s *scenario.Scenario) { s.Press("palette").Keys("open") },
	"diff":            func(s *scenario.Scenario) { s.Filter("overview").Press("tick", "write") },
	"gaps":            func(s *scenario.Scenario) { s.View("Gaps").Cursor("No such table", "Outside dbt").Press("tree.open") },
	"fix":             func(s *scenario.Scenario) { s.View("Gaps").Cursor("No such table").Press("fix") },
	"proof":           func(s *scenario.Scenario) { s.View("Dashboards").Filter("overview").Press("explain") },
	"messages": func(s *scenario.Scenario) {
		s.Filter("overview").Press("tick", "decide.undo", "messages")
	},
	"copy":       func(s *scenario.Scenario) { s.View("Dashboards").Filter("overview").Press("copy").Keys("down") },
	"copy-model": func(s *scenario.Scenario) { s.Cursor("marts", "fct_orders").Press("copy").Keys("down", "down") },
	"address": func(s *scenario.Scenario) {
		s.View("Dashboards").Filter("overview").Do(func() { s.Send(notOpenedMsg{"https://tableau.example.com/#/site/acme/views/w1/d1", errNoDisplay}) })
	},
	"range": func(s *scenario.Scenario) {
		s.View("Dashboards").Press("open-all", "down", "down", "range", "down", "down")
	},
}

var errNoDisplay = errors.New("there is no display, and $BROWSER is not set")

var sizes = [][2]int{{40, 12}, {80, 24}, {120, 36}, {200, 50}}

// belowTabs is a frame without its first line, which every new view changes.
func belowTabs(frame string) string {
	_, rest, _ := strings.Cut(frame, "\n")
	return rest
}

// The frames of every scene at every size, as text. Run with -update after a
// change, and look at what changed.
func TestFrames(t *testing.T) {
	for name, scene := range scenes {
		for _, size := range sizes {
			t.Run(fmt.Sprintf("%s-%dx%d", name, size[0], size[1]), func(t *testing.T) {
				s, _ := open(t, size[0], size[1])
				scene(s)
				golden.RequireEqual(t, []byte(belowTabs(s.Frame())))
			})
		}
	}
}

// inTheme is the demo of the tests on a screen with a theme, for frames with codes.
func inTheme(t *testing.T, name theme.Name, width, height int) *scenario.Scenario {
	t.Helper()
	opt := options()
	opt.Styles = theme.New(name, termenv.TrueColor)
	return on(t, newApp(&fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}, opt, fourViews()), width, height)
}

// palettes are screens whose colours say something.
var palettes = []struct {
	name string
	do   func(*scenario.Scenario)
}{
	{"rows, with cursor, decisions and a range", func(s *scenario.Scenario) {
		s.View("Dashboards").Press("open-all", "bottom", "tick", "exclude", "top", "down", "down", "down", "range", "down", "down")
	}},
	{"what is found, and what reads it", func(s *scenario.Scenario) { s.View("Models").Filter("order").Press("open-all") }},
	{"the details have the keys", func(s *scenario.Scenario) { s.View("Gaps").Press("open-all", "bottom", "pane.focus") }},
	{"a box", func(s *scenario.Scenario) {
		s.View("Dashboards").Press("open-all", "bottom", "tick", "decide.why").Keys("asked for")
	}},
}

// Each theme with its codes, the dark one with all screens.
func TestPalettes(t *testing.T) {
	for _, name := range theme.Names()[1:] {
		t.Run(string(name), func(t *testing.T) {
			var all strings.Builder
			shown := palettes
			if name != theme.Dark {
				shown = palettes[:1]
			}
			for _, p := range shown {
				s := inTheme(t, name, 120, 36)
				p.do(s)
				fmt.Fprintf(&all, "== %s\n%s", p.name, screentest.Coded(belowTabs(s.Raw())))
			}
			golden.RequireEqual(t, []byte(all.String()))
		})
	}
}

// One screen with signs of ASCII, in which titles of any script stay, and one for a
// terminal that shows nothing else.
func TestASCII(t *testing.T) {
	for name, only := range map[string]bool{"signs": false, "only": true} {
		t.Run(name, func(t *testing.T) {
			opt := options()
			opt.ASCII, opt.OnlyASCII = true, only
			f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}
			s := on(t, newApp(f, opt, fourViews()), 80, 16)
			s.View("Dashboards").Press("open-all", "bottom", "tick", "pane.zoom")
			if strings.Contains(s.Frame(), "売") == only {
				t.Errorf("titles:\n%s", s.Frame())
			}
			golden.RequireEqual(t, []byte(belowTabs(s.Frame())))
		})
	}
}

// The first line: what is open, the views with their keys, the choice so far.
func TestTabs(t *testing.T) {
	view := func(title string) func(*scenario.Scenario) {
		return func(s *scenario.Scenario) { s.View(title) }
	}
	models := view("Models")
	for _, x := range []struct {
		width int
		do    func(*scenario.Scenario)
		want  string
	}{
		{40, models, ` darkroom [1 Models] 2  3  4(5)   1 new`},
		{60, view("Dashboards"), ` darkroom  1 Models [2 Dashboards] 3 Gaps  4 Inbox(5)`},
		{80, view("Gaps"), ` darkroom  shop  1 Models  2 Dash [3 Gaps] 4 Inbox(5)                     1 new`},
		{80, func(s *scenario.Scenario) { s.View("Inbox").Press("review-shown") }, ` darkroom  shop  1 Models  2 Dash  3 Gaps [4 Inbox]                       1 new`},
		{120, models, ` darkroom  shop [1 Models] 2 Dashboards  3 Gaps  4 Inbox(5)                                                       1 new`},
	} {
		s, _ := openInbox(t, x.width, 24)
		s.View("Dashboards").Filter("overview").Press("tick").ClearFilter()
		x.do(s)
		head, _, _ := strings.Cut(s.Frame(), "\n")
		if head != x.want {
			t.Errorf("at %d:\n%q\nwant\n%q", x.width, head, x.want)
		}
	}
}

func BenchmarkFrame(b *testing.B) {
	s, _ := open(b, 200, 50)
	s.Press("open-all")
	b.ReportAllocs()
	for b.Loop() {
		s.Raw()
	}
}
