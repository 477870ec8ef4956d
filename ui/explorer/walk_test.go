package explorer

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model"
	"darkroom/ui/explorer/view"
	"darkroom/ui/screentest"
)

// Random walks through all views and overlays, by keys and mouse, on screens of random
// sizes: no frame is larger than the screen or has a line that is too wide (which Raw
// checks), and the row of the cursor is on it.
func TestRandomWalks(t *testing.T) {
	site := tower()
	for i := range site.Dashboards {
		site.Dashboards[i].Name = []string{"売上 👩🏽‍🚀 ", "", strings.Repeat("long ", 30)}[i%3] + site.Dashboards[i].Name
	}
	for seed := range uint64(60) {
		rng := rand.New(rand.NewPCG(seed, 1))
		opt := options()
		opt.ASCII = seed%7 == 0
		a := New(&fake{projects: []*model.Project{shop()}, sites: []*model.Site{site}, sync: fetches(func() {})}, opt)
		w := &walk{t: t, rng: rng, app: a, s: screentest.New(t, a, 80, 24), done: []string{fmt.Sprintf("seed %d", seed)}}
		w.width, w.height = 80, 24
		for range 50 {
			w.step()
			w.check()
		}
	}
}

type walk struct {
	t             *testing.T
	rng           *rand.Rand
	app           *App
	s             *screentest.Screen
	width, height int
	done          []string // for messages
}

func (w *walk) did(format string, args ...any) { w.done = append(w.done, fmt.Sprintf(format, args...)) }

func (w *walk) step() {
	switch w.rng.IntN(10) {
	case 0:
		w.width, w.height = 1+w.rng.IntN(220), 1+w.rng.IntN(60)
		if w.rng.IntN(2) == 0 {
			w.width, w.height = 24+w.rng.IntN(40), 6+w.rng.IntN(8)
		}
		w.did("%dx%d", w.width, w.height)
		w.s.Resize(w.width, w.height)
	case 1:
		w.mouse()
	case 2, 3:
		keys := []string{"esc", "enter", "tab", "down", "up", "pgdown", "home", "end", "j", "o", "left", "right", "esc"}
		w.press(keys[w.rng.IntN(len(keys))])
	default:
		acts := w.app.registry.list()
		act := acts[w.rng.IntN(len(acts))]
		if act.Name == quitName || len(act.Keys) == 0 {
			return
		}
		w.did("%s", act.Name)
		w.press(act.Keys[0])
	}
}

func (w *walk) press(key string) {
	w.did("key %q", key)
	if key == " " {
		key = "space"
	}
	w.s.Press(key)
}

func (w *walk) mouse() {
	x, y := w.rng.IntN(w.width), w.rng.IntN(w.height)
	msg := tea.MouseMsg{X: x, Y: y, Button: tea.MouseButtonLeft}
	switch w.rng.IntN(5) {
	case 0:
		msg.Button = tea.MouseButtonWheelDown
	case 1:
		msg.Button = tea.MouseButtonWheelUp
	case 2:
		msg.Action = tea.MouseActionMotion
	case 3:
		msg.Action = tea.MouseActionRelease
	}
	w.did("mouse %v", msg)
	w.s.Send(msg)
}

// check looks at the frame.
func (w *walk) check() {
	w.t.Helper()
	if err := screentest.Check(w.app.View(), w.width, w.height); err != nil {
		w.t.Fatalf("%v\nafter %s", err, strings.Join(w.done, ", "))
	}
	if w.app.panes.tooSmall() {
		return
	}
	lines := strings.Split(w.s.Frame(), "\n")
	f := w.app.panes.frame()
	from, to := 0, 0
	switch top := w.app.overlays.Top(); {
	case top != nil:
		frame, kind := strings.Join(lines, "\n"), fmt.Sprintf("%T", top)
		if kind == "*overlay.Fix" || kind == "*overlay.Menu" && strings.Contains(frame, "› ▏") { // nothing typed, so that something is found
			from, to = w.app.box.inside.y, w.app.box.inside.y+w.app.box.inside.h
		}
	case w.app.filter.editing && w.app.filter.offers.Len() > 0: // what is offered is over the first rows
	case f.view.h > 0 && w.app.view.Len() > 0 && w.app.view.Info().Name != "lineage": // a drawing, which is also moved by hand
		p, ok := view.As[view.Pointer](w.app.view)
		if !ok {
			return
		}
		if line := p.CursorLine(); line < 0 || line >= f.view.h {
			w.fail(lines, fmt.Sprintf("the cursor is on line %d of %d", line, f.view.h))
		}
		from, to = f.view.y, f.view.y+f.view.h
	}
	if from < to && !strings.Contains(strings.Join(lines[from:to], "\n"), w.app.host.Glyphs.Cursor) {
		w.fail(lines, "the row of the cursor is not seen")
	}
}

func (w *walk) fail(lines []string, why string) {
	w.t.Helper()
	w.t.Fatalf("%s on %dx%d:\n%s\nafter %s", why, w.width, w.height, strings.Join(lines, "\n"), strings.Join(w.done, ", "))
}
