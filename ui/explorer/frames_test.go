package explorer

import (
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
	"dashboards": func(s *scenario.Scenario) { s.View("Dashboards").Press("open-all", "bottom") },
	"filter":     func(s *scenario.Scenario) { s.View("Dashboards").Press("filter").Keys("order") },
	"why":        func(s *scenario.Scenario) { s.Filter("overview").Press("tick", "decide.why").Keys("asked for") },
	"help":       func(s *scenario.Scenario) { s.Press("help") },
	"palette":    func(s *scenario.Scenario) { s.Press("palette").Keys("open") },
	"diff":       func(s *scenario.Scenario) { s.Filter("overview").Press("tick", "write") },
	"gaps":       func(s *scenario.Scenario) { s.View("Gaps").Cursor("No such table", "Outside dbt").Press("tree.open") },
	"fix":        func(s *scenario.Scenario) { s.View("Gaps").Cursor("No such table").Press("fix") },
	"proof":      func(s *scenario.Scenario) { s.View("Dashboards").Filter("overview").Press("explain") },
	"range": func(s *scenario.Scenario) {
		s.View("Dashboards").Press("open-all", "down", "down", "range", "down", "down")
	},
}

var sizes = [][2]int{{40, 12}, {80, 24}, {120, 36}}

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

// One screen with its colours in each theme, and with ASCII signs alone.
func TestThemes(t *testing.T) {
	for name, opt := range map[string]Options{
		"dark":  {Styles: theme.New(theme.Dark, termenv.TrueColor)},
		"light": {Styles: theme.New(theme.Light, termenv.TrueColor)},
		"16":    {Styles: theme.New(theme.Dark, termenv.ANSI)},
		"plain": {Styles: theme.New(theme.Plain, termenv.TrueColor)},
		"ascii": {ASCII: true},
	} {
		t.Run(name, func(t *testing.T) {
			base := options()
			opt.Now, opt.After = base.Now, base.After
			f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}
			s := screentest.New(t, New(f, opt), 100, 14)
			golden.RequireEqual(t, []byte(belowTabs(s.Press("2", "=", "G", "space", "x").Raw())))
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
