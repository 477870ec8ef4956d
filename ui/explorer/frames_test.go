package explorer

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"
	"github.com/muesli/termenv"

	"darkroom/model"
	"darkroom/ui/explorer/scenario"
	"darkroom/ui/theme"
)

var sizes = [][2]int{{40, 12}, {80, 24}, {120, 36}, {200, 50}}

// belowTabs is a frame without its first line, which every new view changes.
func belowTabs(frame string) string {
	_, rest, _ := strings.Cut(frame, "\n")
	return rest
}

// The frames of every picture at every size, as text. Run with -update after a
// change, and look at what changed.
func TestFrames(t *testing.T) {
	for _, p := range pictures {
		for _, size := range sizes {
			t.Run(fmt.Sprintf("%s-%dx%d", p.name, size[0], size[1]), func(t *testing.T) {
				s := p.begin(t, size[0], size[1])
				p.do(s)
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

// A frame after a move draws the row of the cursor again, and no other row. Allocations are
// counted, which no load of the machine changes.
func TestAllocationsOfAFrame(t *testing.T) {
	s, _ := open(t, 200, 50)
	s.Press("open-all")
	a, _ := s.Screen.Model().(*App)
	a.View()
	if n := testing.AllocsPerRun(20, func() { a.View() }); n > 60 {
		t.Errorf("%v allocations for a frame", n)
	}
	if n := testing.AllocsPerRun(20, func() { s.Press("down"); a.View() }); n > 400 {
		t.Errorf("%v allocations for a move and its frame", n)
	}
}

func BenchmarkFrame(b *testing.B) {
	s, _ := open(b, 200, 50)
	s.Press("open-all")
	a, _ := s.Screen.Model().(*App)
	b.ReportAllocs()
	for b.Loop() {
		a.View()
	}
}
