package scope

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/exp/golden"
	"github.com/muesli/termenv"

	"darkroom/ui/screentest"
	"darkroom/ui/text"
	"darkroom/ui/theme"
)

// acme is a small site: three levels, a slash and wide letters in names, one that
// a terminal would act on, and two projects with the same path.
func acme() []Project {
	at := func(workbooks int, path ...string) Project { return Project{path, workbooks} }
	return []Project{
		at(3, "Sales"),
		at(12, "Sales", "EMEA"),
		at(40, "Sales", "EMEA", "North"),
		at(7, "Sales", "EMEA", "South and the islands that nobody visits in winter"),
		at(9, "Sales", "APAC"),
		at(1, "Sales", "APAC", "日本と韓国の売上レポート"),
		at(0, "Finance"),
		at(22, "Finance", "P/L [monthly]"),
		at(4, "Finance", "Archive"),
		at(1000, "Sandbox"),
		at(2, "Reports"),
		at(1, "reports"),
		at(1, "evil\x1b[31m\u202e\nname"),
	}
}

func open(t testing.TB, width, height int, opt Options) (*screentest.Screen, *Picker) {
	opt.Site, opt.Counted, opt.Personal = "acme", true, 5
	p := New(acme(), opt)
	return screentest.New(t, p, width, height), p
}

var scenes = map[string][]string{
	"start":   nil,
	"ticked":  {"G", "k", "k", "l", "space", "j", "space", "g", "j", "space"},
	"filter":  {"/", "sales n", "enter", "space"},
	"nothing": {"/", "nosuch"},
	"along":   {"/", "sales", "enter", "space", "/", "ctrl+u", "emea", "enter", "space", "/", "ctrl+u", "north", "enter", "space"},
	"leaving": {"j", "space", "q"},
	"help":    {"?"},
}

// The frames of every scene at every size, as text. Run with -update after a
// change, and look at what changed.
func TestFrames(t *testing.T) {
	for name, keys := range scenes {
		for _, size := range [][2]int{{40, 12}, {80, 24}, {120, 36}} {
			t.Run(fmt.Sprintf("%s-%dx%d", name, size[0], size[1]), func(t *testing.T) {
				s, _ := open(t, size[0], size[1], Options{})
				golden.RequireEqual(t, []byte(s.Press(keys...).Frame()))
			})
		}
	}
}

// One screen with its colours in each theme, and in ASCII only.
func TestThemes(t *testing.T) {
	for name, opt := range map[string]Options{
		"dark":  {Theme: theme.Fixed(theme.New(theme.Dark, termenv.TrueColor))},
		"light": {Theme: theme.Fixed(theme.New(theme.Light, termenv.TrueColor))},
		"16":    {Theme: theme.Fixed(theme.New(theme.Dark, termenv.ANSI))},
		"plain": {Theme: theme.Fixed(theme.New(theme.None, termenv.TrueColor))},
		"ascii": {ASCII: true},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := open(t, 80, 16, opt)
			golden.RequireEqual(t, []byte(s.Press("/", "a", "enter", "esc", "space", "j", "j", "space").Raw()))
		})
	}
}

func TestKeys(t *testing.T) {
	for _, c := range []struct {
		name   string
		keys   []string
		choice string // "" for none
	}{
		{"nothing ticked is everything", []string{"enter"}, "[] []"},
		{"tick below the cursor", []string{"j", "j", "space", "enter"}, "[Finance] []"},
		{"all but one", []string{"a", "G", "space", "enter"}, "[] [Sandbox]"},
		{"all and none", []string{"a", "a", "enter"}, "[] []"},
		{"two names as one", []string{"/", "rep", "enter", "space", "enter"}, "[Reports] []"},
		{"a tick takes only what the filter shows", []string{"/", "north", "enter", "g", "space", "enter"}, "[Sales/EMEA/North] []"},
		{"all takes only what the filter shows", []string{"/", "north", "enter", "a", "esc", "enter"}, "[Sales/EMEA/North] []"},
		{"all of nothing shown", []string{"/", "nosuch", "enter", "a", "esc", "j", "enter"}, "[] []"},
		{"letters in the filter are not keys", []string{"/", "a q", "esc", "enter"}, "[] []"},
		{"the last", []string{"G", "space", "enter"}, "[Sandbox] []"},
		{"no limit", []string{"j", "space", "q", "q"}, "[] []"},
		{"no limit, not meant", []string{"j", "j", "space", "esc", "x", "enter"}, "[Finance] []"},
		{"esc first clears the filter", []string{"/", "fin", "enter", "space", "esc", "enter"}, "[Finance] []"},
		{"stopped", []string{"j", "space", "ctrl+c"}, ""},
		{"stopped in the filter", []string{"/", "x", "ctrl+c"}, ""},
		{"not left yet", []string{"q"}, "open"},
	} {
		s, p := open(t, 80, 24, Options{})
		s.Press("=", "-", "l", "g") // the top projects alone
		s.Press(c.keys...)
		got := "open"
		if choice, ok := p.Choice(); ok {
			got = fmt.Sprint(choice.Projects, choice.Exclude)
		} else if s.Quit {
			got = ""
		}
		if got != c.choice || s.Quit != (c.choice != "open") {
			t.Errorf("%s: %q, want %q\n%s", c.name, got, c.choice, s.Frame())
		}
	}
}

// A row, its arrow, its checkbox and the hints are separate targets; the wheel scrolls, and
// nothing but a tick changes what is in scope.
func TestMouse(t *testing.T) {
	at := func(s *screentest.Screen, part string) (x, y int) {
		t.Helper()
		for y, line := range strings.Split(s.Frame(), "\n") {
			if x := text.CellOf(line, part); x >= 0 {
				return x, y
			}
		}
		t.Fatalf("%q is not on the screen:\n%s", part, s.Frame())
		return 0, 0
	}
	s, p := open(t, 80, 24, Options{})
	s.Press("=", "-", "l", "g")
	x, y := at(s, "Finance")
	s.Click(x, y).Has("nothing ticked").Has("▌  ▸ [ ] Finance")
	s.Click(x-6, y).Has("▾ [ ] Finance", "P/L [monthly]")
	s.Click(x-4, y).Has("[✓] Finance", "26 of 1102 workbooks in scope").Click(x-2, y).Has("nothing ticked").Click(x-3, y).Has("26 of 1102")
	x, y = at(s, "? keys")
	s.Click(x, y).Has("this list").Click(3, 5).Hasnt("this list").Has("26 of 1102")
	x, y = at(s, "q no limit")
	s.Click(x, y).Has("No limit: all").Click(3, 5).Hasnt("No limit: all")
	x, y = at(s, "enter done")
	if s.Click(x+3, y); !s.Quit {
		t.Fatal("a click on done does nothing")
	}
	if c, ok := p.Choice(); !ok || fmt.Sprint(c.Projects) != "[Finance]" {
		t.Error(c, ok)
	}

	s, _ = open(t, 80, 9, Options{}) // without the second line, and too low for all rows
	s.Press("=").Wheel(3, 3, true).Hasnt(" acme")
	x, y = at(s, "EMEA")
	s.Click(x-3, y).Has("[✓] EMEA")
	s.Resize(20, 5)
	s.Click(3, 2).Resize(80, 9)
	s.Has("[✓] EMEA")
}

// The mouse is asked for again after a suspension, and the theme changes live.
func TestThemeAndMouseStay(t *testing.T) {
	s, _ := open(t, 80, 24, Options{Theme: theme.Choose(theme.Dark, termenv.TrueColor, true)})
	before := s.Raw()
	if s.Press("T").Has("theme: light").Press("j", "k"); s.Raw() == before {
		t.Error("the theme stays")
	}
	s, p := open(t, 80, 24, Options{Mouse: true})
	s.Press("T").Has("this terminal shows no colours")
	if _, cmd := p.Update(tea.ResumeMsg{}); cmd == nil {
		t.Error("the mouse stays off")
	}
}

func TestWithoutCounts(t *testing.T) {
	p := New(acme(), Options{Site: "acme"})
	s := screentest.New(t, p, 80, 24)
	s.Has("nothing ticked: all 13 projects are in scope").Hasnt("workbook").Press("a").Has("13 of 13 projects in scope")
}

// Any keys on any screen: the frame fits (screentest checks it), and the choice is
// what the ticks say.
func TestAnyKeys(t *testing.T) {
	rng := rand.New(rand.NewPCG(55, 89))
	keys := []string{"down", "up", "l", "h", "g", "G", "pgup", "pgdown", "ctrl+d", "ctrl+u", "space", "space", "a", "/", "e", "n", "backspace", "enter", "esc", "esc", "?", "=", "-", "q", "x"}
	for range 60 {
		s, p := open(t, 24+rng.IntN(110), 3+rng.IntN(40), Options{ASCII: rng.IntN(2) == 0, Theme: theme.Fixed(theme.New(theme.Dark, termenv.ANSI256))})
		for i := 0; i < 150 && !s.Quit; i++ {
			if s.Press(keys[rng.IntN(len(keys))]); rng.IntN(10) == 0 {
				s.Resize(10+rng.IntN(110), 1+rng.IntN(40))
			}
			s.Frame()
		}
		if _, ok := p.Choice(); ok != s.Quit {
			t.Fatal("left without a choice")
		}
	}
}

// Footer, help and what keys do come from one list; no two have the same key.
func TestActions(t *testing.T) {
	seen := map[string]bool{}
	for _, act := range actions() {
		if act.title == "" || act.do == nil || len(act.keys) == 0 {
			t.Errorf("incomplete: %+v", act)
		}
		for _, k := range act.keys {
			if seen[k] {
				t.Errorf("%q is there twice", k)
			}
			seen[k] = true
		}
	}
	s, _ := open(t, 80, 30, Options{})
	s.Press("?")
	for _, act := range actions() {
		s.Has(strings.TrimSpace(act.title))
	}
}

// Keys work by their place on other keyboards, and not at all on a screen too small
// to draw.
func TestKeysByPlaceAndOnASmallScreen(t *testing.T) {
	s, p := open(t, 80, 24, Options{})
	s.Press("о", "space").Has("1 of 1102 workbooks in scope")
	s.Press("/", "йц").Has("/йц").Press("esc")
	s.Resize(20, 6)
	s.Press("space", "a", "q", "q", "enter")
	if _, chosen := p.Choice(); chosen || s.Quit {
		t.Errorf("chosen %t, quit %t", chosen, s.Quit)
	}
	if !s.Press("ctrl+c").Quit {
		t.Error("ctrl-c does not quit")
	}
}
