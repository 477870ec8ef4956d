package explorer

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model"
)

// What a key asked for runs in the background: meanwhile all keys work, and esc stops it
// before it opens anything.
func TestEscStopsWhatIsAwaited(t *testing.T) {
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}
	s := begin(t, f, 120, 36)
	s.View("Dashboards").Filter("overview").Press("tick")
	esc := func() { s.Send(tea.KeyMsg{Type: tea.KeyEsc}) }
	for name, action := range map[string]string{"the diff before writing": "write", "the diff of one exposure": "diff"} {
		t.Run(name, func(t *testing.T) {
			moved := false
			f.planHook = func() {
				s.Status("comparing…; esc stops it").Press("move.up")
				moved = true
				esc()
			}
			s.Press("move.bottom").Press(action).Hasnt("What writing changes", "canceled").Status("stopped comparing").Crumbs("/overview")
			if !moved {
				t.Error("nothing was planned")
			}
			f.planHook = func() { f.planHook = nil; s.Press("move.bottom").Press(action) } // a second one takes its place
			s.Press("move.bottom").Press(action).Has("What writing changes").Keys("esc").Hasnt("What writing changes")
		})
	}
	f.planHook = nil
	s.Keys("esc").Hasnt("/overview").Keys("esc") // there is nothing to stop
	s.View("Models").Press("impact").Has("What depends on")
}
