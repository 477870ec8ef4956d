package explorer

import (
	"testing"

	"github.com/muesli/termenv"

	"darkroom/model/curate"
	"darkroom/ui/screentest"
	"darkroom/ui/theme"
)

// What goes to the terminal for a key, in bytes, on a screen of 200x50 in 24-bit colours:
// it is what one waits for on a slow line.
func TestBytesOfAKey(t *testing.T) {
	opt := options()
	opt.Styles = theme.New(theme.Dark, termenv.TrueColor)
	a := New(&fake{}, opt)
	s := screentest.New(t, a, 200, 50)
	a.host.Book, a.loading = curate.New(nil), loadState{}
	a.setGraph(a.prepare(grown(t, 2_000, true), a.host.Book, a.views...))
	for _, view := range []string{"1", "2"} {
		for _, test := range []struct {
			name      string
			before    []string
			keys      []string
			most, min int
		}{
			{"a move", []string{view, "=", "g"}, []string{"j", "k", "j", "j"}, 1_000, 100},
			{"a line is scrolled", []string{"g", "pgdown"}, []string{"j", "j", "j", "j"}, 3_000, 100},
			{"nothing is changed", []string{"G"}, []string{"j", "j"}, 0, 0},
		} {
			s.Press(test.before...).Raw()
			for _, key := range test.keys {
				s.Press(key)
				if n := s.Paint(a.View()); n > test.most || n < test.min {
					t.Errorf("view %s, %s: %d bytes for %s, at most %d", view, test.name, n, key, test.most)
				}
			}
		}
	}
}
