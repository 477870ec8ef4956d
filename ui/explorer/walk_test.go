package explorer

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"darkroom/model"
	"darkroom/model/change"
	"darkroom/ui/explorer/registry"
	"darkroom/ui/explorer/view"
	"darkroom/ui/screentest"
	"darkroom/ui/theme"
)

// Random walks through all views and overlays, by keys and mouse, on screens of random
// sizes and in all palettes: no frame is larger than the screen or has a line that is too
// wide (which Raw checks), the row of the cursor is on it, and a screen that changes its
// size and changes it back says the same. Together the walks do every action and meet
// every overlay.
func TestRandomWalks(t *testing.T) {
	const walks, most = 60, 300 // more only as long as something was not met
	met, kinds := map[string]int{}, overlayKinds(t)
	var missing []string
	for seed := range uint64(most) {
		w := newWalk(t, seed, met)
		for range 50 {
			w.step()
			w.check()
		}
		if missing = w.missing(kinds); seed >= walks && len(missing) == 0 {
			return
		}
	}
	t.Errorf("never met: %s", strings.Join(missing, ", "))
}

// missing are the actions that were never done, and the overlays that were never open.
func (w *walk) missing(kinds []string) (names []string) {
	for _, act := range w.app.registry.Actions {
		kinds = append(kinds, act.Name)
	}
	for _, name := range kinds {
		if w.met[name] == 0 && name != quitName {
			names = append(names, name)
		}
	}
	return names
}

// overlayKinds are the types that have the methods of an overlay, by the source.
func overlayKinds(t *testing.T) (kinds []string) {
	t.Helper()
	files, err := filepath.Glob("*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	draws := regexp.MustCompile(`(?m)^func \(\w+ \*(\w+)\) Draw\(width, height int\) \[\]string`)
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range draws.FindAllStringSubmatch(string(source), -1) {
			kinds = append(kinds, "*"+filepath.Base(filepath.Dir(file))+"."+m[1])
		}
	}
	if len(kinds) < 10 {
		t.Fatalf("only %d overlays", len(kinds))
	}
	return kinds
}

type walk struct {
	t             *testing.T
	rng           *rand.Rand
	app           *App
	s             *screentest.Screen
	width, height int
	done          []string       // for messages
	met           map[string]int // actions and overlays, by all walks
}

// newWalk begins on names that are wide, empty and long, with something in every view.
func newWalk(t *testing.T, seed uint64, met map[string]int) *walk {
	rng := rand.New(rand.NewPCG(seed, 1))
	site := tower()
	for i := range site.Dashboards {
		site.Dashboards[i].Name = []string{"売上 👩🏽‍🚀 ", "", strings.Repeat("long ", 30), "אבג \u202e"}[(i+int(seed))%4] + site.Dashboards[i].Name
	}
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{site}, sync: fetches(func() {}), servers: 1}
	f.book = withNews(t, f.sites)
	f.changes = &change.Set{By: "state", What: "production", Changes: []change.Change{{ID: "model.shop.fct_returns", Name: "fct_returns", Type: "model", What: []string{change.Deleted}, Project: f.projects[0]}}}
	switch seed % 3 {
	case 1:
		f.outlook = forecast(f.projects[0])
		f.plan = adopting()
	case 2:
		f.plan, f.openErr = twoChanges(), errNoDisplay
	}
	opt := options()
	opt.ASCII = seed%7 == 0
	opt.Suspend = func() tea.Msg { return tea.ResumeMsg{} }
	opt.Edit = editorOf(new([]string), nil)
	opt.Theme = theme.Choose(theme.Names()[1+seed%7], termenv.TrueColor, true)
	a := New(f, opt)
	for _, act := range a.registry.Actions {
		do := act.Do
		act.Do = func() tea.Cmd {
			met[act.Name]++
			return do()
		}
	}
	w := &walk{t: t, rng: rng, app: a, s: screentest.New(t, a, 80, 24), done: []string{fmt.Sprintf("seed %d", seed)}, met: met}
	w.width, w.height = 80, 24
	return w
}

func (w *walk) did(format string, args ...any) { w.done = append(w.done, fmt.Sprintf(format, args...)) }

func (w *walk) step() {
	switch w.rng.IntN(12) {
	case 0:
		width, height := w.width, w.height
		before := w.says()
		w.resize()
		if w.rng.IntN(2) == 0 { // there and back
			w.check()
			w.width, w.height = width, height
			w.did("back")
			w.s.Resize(width, height)
			if after := w.says(); after != before {
				w.fail(strings.Split(w.s.Frame(), "\n"), fmt.Sprintf("%q became %q", before, after))
			}
		}
	case 1:
		w.mouse()
	case 2, 3:
		keys := []string{"esc", "enter", "tab", "down", "up", "pgdown", "home", "end", "j", "n", "o", "left", "right", "esc"}
		if w.app.panes.InDetails {
			keys = []string{"n", "down", "tab", "enter", "esc"}
		}
		w.press(keys[w.rng.IntN(len(keys))])
	case 4: // to where other actions are
		w.press(fmt.Sprint(1 + w.rng.IntN(len(w.app.views))))
		w.press([]string{"=", "tab", "down"}[w.rng.IntN(3)])
	case 5, 6, 7: // something that was not done yet, if there is
		w.act(w.unmet())
	default:
		acts := w.app.registry.Actions
		w.act(acts[w.rng.IntN(len(acts))])
	}
}

func (w *walk) resize() {
	w.width, w.height = 1+w.rng.IntN(220), 1+w.rng.IntN(60)
	if w.rng.IntN(2) == 0 {
		w.width, w.height = 24+w.rng.IntN(40), 6+w.rng.IntN(8)
	}
	w.did("%dx%d", w.width, w.height)
	w.s.Resize(w.width, w.height)
}

func (w *walk) act(act *registry.Action) {
	if act == nil || act.Name == quitName || len(act.Keys) == 0 {
		return
	}
	w.did("%s", act.Name)
	if keys := act.Keys[0]; strings.HasPrefix(keys, "?") && len(keys) > 1 { // in the help
		w.press("?")
		w.s.Press(keys[1:], "enter")
		return
	}
	w.press(act.Keys[0])
}

// unmet is an action that can be done here and was not done yet, nil when there is none.
func (w *walk) unmet() *registry.Action {
	var found []*registry.Action
	for _, act := range w.app.registry.Actions {
		if w.met[act.Name] == 0 && act.Refusal() == "" {
			found = append(found, act)
		}
	}
	if len(found) == 0 {
		return nil
	}
	return found[w.rng.IntN(len(found))]
}

// says is what one reads on the screen whatever its size: where one is, what is chosen,
// filtered and open.
func (w *walk) says() string {
	a := w.app
	s, _ := a.view.At()
	return fmt.Sprintf("%s, %s › %s, %q, %T, %t, %v", a.view.Info().Title, strings.Join(a.view.Crumbs(), " › "), s.Name, a.filter.query.Text, a.overlays.Top(), a.panes.InDetails, a.curation.Choice())
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
	if top := w.app.overlays.Top(); top != nil {
		w.met[fmt.Sprintf("%T", top)]++
	}
	if w.app.panes.TooSmall() {
		return
	}
	lines := strings.Split(w.s.Frame(), "\n")
	kept := w.app.View()
	if w.app.host.Drawing++; w.app.View() != kept {
		w.fail(lines, "a row is not as it would be drawn now")
	}
	f := w.app.panes.Frame()
	from, to := 0, 0
	switch top := w.app.overlays.Top(); {
	case top != nil:
		frame, kind := strings.Join(lines, "\n"), fmt.Sprintf("%T", top)
		if kind == "*overlay.Fix" || kind == "*overlay.Menu" && strings.Contains(frame, "› ▏") { // nothing typed, so that something is found
			from, to = w.app.box.Inside.Y, w.app.box.Inside.Y+w.app.box.Inside.H
		}
	case w.app.filter.editing && w.app.filter.offers.Len() > 0: // what is offered is over the first rows
	case f.View.H > 0 && w.app.view.Len() > 0 && w.app.view.Info().Name != "lineage": // a drawing, which is also moved by hand
		p, ok := view.As[view.Pointer](w.app.view)
		if !ok {
			return
		}
		if line := p.CursorLine(); line < 0 || line >= f.View.H {
			w.fail(lines, fmt.Sprintf("the cursor is on line %d of %d", line, f.View.H))
		}
		from, to = f.View.Y, f.View.Y+f.View.H
	}
	if from < to && !strings.Contains(strings.Join(lines[from:to], "\n"), w.app.host.Glyphs.Cursor) {
		w.fail(lines, "the row of the cursor is not seen")
	}
}

func (w *walk) fail(lines []string, why string) {
	w.t.Helper()
	w.t.Fatalf("%s on %dx%d:\n%s\nafter %s", why, w.width, w.height, strings.Join(lines, "\n"), strings.Join(w.done, ", "))
}
