package explorer

import (
	"strings"
	"testing"

	"github.com/muesli/termenv"

	"darkroom/model"
	"darkroom/ui/explorer/scenario"
	"darkroom/ui/input"
	"darkroom/ui/theme"
)

// themed is an explorer whose theme can change.
func themed(t *testing.T, c *theme.Chooser) *scenario.Scenario {
	t.Helper()
	opt := options()
	opt.Theme = c
	return on(t, newApp(&fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}, opt, fourViews()), 120, 36)
}

// T goes through all themes at once, and says which it is.
func TestThemesChangeLive(t *testing.T) {
	s := themed(t, theme.Choose(theme.Dark, termenv.TrueColor, true))
	first := s.Raw()
	seen := map[string]bool{first: true}
	for _, name := range theme.Names()[2:] {
		s.Press("theme").Status("theme: " + string(name))
		seen[s.Raw()] = true
	}
	if len(seen) != len(theme.Names())-1 {
		t.Errorf("%d themes look like %d", len(theme.Names())-1, len(seen))
	}
	s.Press("theme").Status("theme: dark")
}

func TestNoThemesWithoutColours(t *testing.T) {
	themed(t, theme.Choose(theme.Auto, termenv.Ascii, true)).Press("theme").Status("this terminal shows no colours")
}

// The terminal's answer about its background chooses light or dark, until a theme is
// chosen by hand; what is no answer changes nothing.
func TestBackgroundChoosesTheTheme(t *testing.T) {
	frame := func(name theme.Name) string {
		return themed(t, theme.Choose(name, termenv.TrueColor, true)).Raw()
	}
	s := themed(t, theme.Choose(theme.Auto, termenv.TrueColor, true))
	for _, step := range []struct {
		answer string
		want   theme.Name
	}{
		{"rgb:0000/0000/0000", theme.Dark}, {"nonsense", theme.Dark}, {"rgb:ffff/ffff/ffff", theme.Light}, {"", theme.Light}, {"rgb:1e/1e/1e", theme.Dark},
	} {
		s.Send(input.Background(step.answer))
		if s.Raw() != frame(step.want) {
			t.Errorf("after %q it is not %s", step.answer, step.want)
		}
	}
	s.Press("theme").Status("theme: light").Send(input.Background("rgb:0000/0000/0000"))
	s.Press("theme").Status("theme: colorblind-dark")
	fixed := themed(t, theme.Choose(theme.ColorblindDark, termenv.TrueColor, true))
	fixed.Send(input.Background("rgb:ffff/ffff/ffff"))
	if fixed.Raw() != frame(theme.ColorblindDark) {
		t.Error("a theme that was asked for changed with the background")
	}
}

// Panes are beside each other from 100 columns, below each other from 60, and one at a
// time below that; z shows one alone, and < and > move the divider.
func TestPanesFollowTheWidth(t *testing.T) {
	s, _ := open(t, 120, 36)
	s.View("Dashboards").Press("open-all").Cursor("acme", "Sales", "EMEA", "Orders", "Order Overview")
	for _, x := range []struct {
		width, height  int
		beside, second bool
	}{{120, 36, true, true}, {100, 30, true, true}, {99, 30, false, true}, {60, 30, false, true}, {59, 30, false, false}, {40, 12, false, false}} {
		s.Resize(x.width, x.height)
		s.On("Order Overview")
		lines := strings.Split(s.Frame(), "\n")
		if beside := strings.Contains(lines[4], "│"); beside != x.beside {
			t.Errorf("%dx%d: beside each other: %t", x.width, x.height, beside)
		}
		if second := strings.Contains(s.Frame(), "Sales / EMEA"); second != x.second {
			t.Errorf("%dx%d: the details are seen: %t\n%s", x.width, x.height, second, s.Frame())
		}
	}
	s.Press("pane.focus").Has("[General]").Press("pane.focus").Hasnt("[General]").On("Order Overview")
	s.Resize(120, 36)
	s.Press("pane.zoom").Hasnt("│").On("Order Overview").Press("pane.zoom").Has("│")
	before := s.Model().(*App).panes.Frame().Rule.X
	if after := s.Press("pane.narrower").Model().(*App).panes.Frame().Rule.X; after >= before {
		t.Errorf("the divider went from %d to %d", before, after)
	}
}

// The pane that has the keys is seen: by a bold divider and the style of its heading.
func TestFocusIsSeen(t *testing.T) {
	for _, name := range theme.Names()[1:] {
		s := inTheme(t, name, 120, 36)
		s.View("Dashboards").Press("open-all", "bottom")
		view := s.Has("│").Hasnt("┃").Raw()
		details := s.Press("pane.focus").Has("┃").Raw()
		heading := func(frame string) string { return strings.Split(frame, "\n")[2] }
		if heading(view) == heading(details) {
			t.Errorf("%s: the heading looks the same", name)
		}
	}
	s, _ := open(t, 80, 24)
	s.Has("───").Press("pane.focus").Has("━━━")
}

// In every theme, without colours too, the row of the cursor and those of a range are in
// a style of their own.
func TestRangeIsSeen(t *testing.T) {
	for _, name := range theme.Names()[1:] {
		s := inTheme(t, name, 120, 36)
		s.View("Dashboards").Press("open-all", "top", "down", "down")
		row := func(title string) string {
			for _, l := range strings.Split(s.Raw(), "\n") {
				if strings.Contains(l, title) {
					before, _, _ := strings.Cut(l, "│")
					return strings.TrimLeft(strings.TrimPrefix(before, " "), " ")
				}
			}
			t.Fatalf("no row %q", title)
			return ""
		}
		was := row("Return Rates")
		s.Press("range", "down", "down", "down")
		if row("Return Rates") == was {
			t.Errorf("%s: a row of the range looks like any other", name)
		}
	}
}
