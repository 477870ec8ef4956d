package explorer

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

// On a screen too small to draw no key decides and the mouse does nothing, whatever
// was open before; quitting works, and so does what follows a larger size.
func TestATooSmallScreenOnlyQuits(t *testing.T) {
	for _, size := range [][2]int{{20, 6}, {24, 5}, {1, 1}} {
		for _, before := range [][]string{nil, {"/"}, {"?"}, {"w"}, {"p"}, {"v"}} {
			s, f := open(t, 100, 30)
			s.View("Dashboards").Keys(before...)
			was := s.Frame()
			s.Resize(size[0], size[1])
			for _, act := range Actions() {
				for _, key := range act.Keys {
					if act.Name != quitName {
						s.Keys(map[bool]string{true: "space", false: key}[key == " "])
					}
				}
			}
			s.Keys("enter", "ф", "ь")
			for y := range size[1] {
				s.Click(3, y).Wheel(3, y, true)
			}
			s.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("qqx"), Paste: true})
			if len(f.journal) > 0 || s.Quit {
				t.Errorf("%v on %v: %v, quit %t", before, size, f.journal, s.Quit)
			}
			if s.Resize(100, 30); s.Frame() != was {
				t.Errorf("%v on %v: another frame:\n%s", before, size, s.Frame())
			}
			if s.Resize(size[0], size[1]); !s.Keys("й").Quit {
				t.Errorf("%v on %v: q does not quit", before, size)
			}
		}
	}
}

// Keys work by their place on keyboards of other scripts, where they are commands;
// where text is typed they are letters.
func TestKeysOfOtherLayouts(t *testing.T) {
	s, f := open(t, 120, 40)
	s.View("Dashboards").Press("open-all")
	s.Keys("оо")
	moved := s.Frame()
	s.Keys("лл").Press("move.down", "move.down")
	if s.Frame() != moved {
		t.Errorf("j by place moves otherwise than j:\n%s", s.Frame())
	}
	s.Keys("П").Keys("п").Keys("ת").Keys("ξ").Press("move.top")
	s.Keys("/", "йцу").Has("/йцу").Keys("esc")
	s.Keys("Ж", "й").Has("› й").Keys("esc")
	s.Keys("+", "١").Hasnt("how many levels?")
	s.Press("open-all", "move.bottom").Keys("з").Has("That is certain").Keys("о", "й") // the proof: scrolled, closed
	if len(f.journal) > 0 || s.Quit {
		t.Errorf("%v, quit %t", f.journal, s.Quit)
	}
	if !s.Keys("й").Quit {
		t.Error("й does not quit")
	}
}

// What is pasted is text, also where an overlay has keys: it writes nothing.
func TestAPasteWritesNothing(t *testing.T) {
	s, f := open(t, 120, 40)
	s.View("Dashboards").Press("open-all", "include-shown", "write").Has("What writing changes")
	s.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("ww"), Paste: true})
	if s.Has("What writing changes"); f.written > 0 {
		t.Error("a paste writes")
	}
}
