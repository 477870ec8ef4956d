package explorer

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/screentest"
)

// A letter of the filter is on the screen before the view is asked, and letters that came
// together ask it once. A key that is not a letter finds the filter as it was typed.
func TestLettersAskTheViewOnce(t *testing.T) {
	s, _ := open(t, 120, 30)
	a, _ := s.Screen.Model().(*App)
	s.Press("filter")
	runs := a.filter.rest.run
	var cmds []tea.Cmd
	for _, letter := range "over" {
		_, cmd := a.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{letter}})
		cmds = append(cmds, cmd)
	}
	if asked := a.filter.rest.run - runs; asked != 0 || !strings.Contains(s.Frame(), "/over▏") {
		t.Errorf("asked %d times, and the screen is\n%s", asked, s.Frame())
	}
	for _, cmd := range cmds {
		screentest.Each(cmd, func(msg tea.Msg) { a.Update(msg) })
	}
	if asked := a.filter.rest.run - runs; asked != 1 || a.filter.query.Text != "over" {
		t.Errorf("asked %d times, in the end for %q", asked, a.filter.query.Text)
	}
	a.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{'v'}})
	a.Update(tea.KeyMsg{Type: tea.KeyEnter})
	if a.filter.editing || a.filter.query.Text != "overv" {
		t.Errorf("enter keeps %q", a.filter.query.Text)
	}
}
