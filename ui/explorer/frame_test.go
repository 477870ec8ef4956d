package explorer

import (
	"testing"

	"github.com/muesli/termenv"

	"darkroom/model/curate"
	"darkroom/ui/screentest"
	"darkroom/ui/theme"
)

// inColour is an explorer of 2,000 models in full colour on a screen of 200x50.
func inColour(t testing.TB) (*App, *screentest.Screen) {
	t.Helper()
	opt := options()
	opt.Styles = theme.New(theme.Dark, termenv.TrueColor)
	a := New(&fake{}, opt)
	s := screentest.New(t, a, 200, 50)
	a.host.Book, a.loading = curate.New(nil), loadState{}
	a.setGraph(a.prepare(grown(t, 2_000, true), a.host.Book))
	return a, s
}

// views are the states of the screen whose frames are counted.
func drawnStates() map[string][]string {
	return map[string][]string{"models": {"1", "=", "g", "down"}, "dashboards": {"2", "=", "G"}, "a filter": {"1", "/", "m1", "enter"}, "the list": {"2", "f"}}
}

func BenchmarkView(b *testing.B) {
	for name, keys := range drawnStates() {
		a, s := inColour(b)
		s.Press(keys...)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				a.View()
			}
		})
	}
}

// A frame that only redraws takes few allocations, whatever there is to show.
func TestAFrameTakesFewAllocations(t *testing.T) {
	const most = 50
	a, s := inColour(t)
	for name, keys := range map[string][]string{"models": {"1", "=", "g", "down"}, "a model": {"1", "=", "g", "down", "down", "down"}, "dashboards": {"2", "=", "g"}, "a dashboard": {"2", "=", "G"}} {
		s.Press(keys...).Raw()
		if n := testing.AllocsPerRun(20, func() { a.View() }); n >= most {
			t.Errorf("%s: %v allocations, less than %d are enough", name, n, most)
		}
	}
}
