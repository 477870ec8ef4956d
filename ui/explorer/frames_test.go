package explorer

import (
	"fmt"
	"testing"

	"github.com/charmbracelet/x/exp/golden"
	"github.com/muesli/termenv"

	"darkroom/model"
	"darkroom/ui/screentest"
	"darkroom/ui/theme"
)

// scenes are screens worth looking at: keys from the start.
var scenes = map[string][]string{
	"models":     {"/", "fct_orders", "enter", "esc", "l", "down", "space"},
	"dashboards": {"2", "=", "G"},
	"filter":     {"2", "/", "order"},
	"why":        {"/", "overview", "enter", "space", "e", "asked for"},
	"help":       {"?"},
	"palette":    {":", "open"},
	"diff":       {"/", "overview", "enter", "space", "w"},
	"gaps":       {"3", "j", "l", "j", "l"},
	"cure":       {"3", "j", "c"},
	"proof":      {"2", "/", "overview", "enter", "p"},
	"range":      {"2", "=", "down", "down", "v", "down", "down"},
}

// The frames of every scene at every size, as text. Run with -update after a
// change, and look at what changed.
func TestFrames(t *testing.T) {
	for name, keys := range scenes {
		for _, size := range [][2]int{{40, 12}, {80, 24}, {120, 36}} {
			t.Run(fmt.Sprintf("%s-%dx%d", name, size[0], size[1]), func(t *testing.T) {
				s, _ := open(t, size[0], size[1])
				golden.RequireEqual(t, []byte(s.Press(keys...).Frame()))
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
			golden.RequireEqual(t, []byte(s.Press("2", "=", "G", "space", "x").Raw()))
		})
	}
}

func BenchmarkFrame(b *testing.B) {
	s, _ := open(b, 200, 50)
	s.Press("=")
	b.ReportAllocs()
	for b.Loop() {
		s.Raw()
	}
}
