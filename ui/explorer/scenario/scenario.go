// Package scenario is the language in which tests of the explorer are written: what
// is done, by the names of actions and rows, and what is then seen, by parts of the
// screen.
//
//	s.View("Models").Cursor("fct_orders").Press("tick").Row("[✓] fct_orders").Status("included 4 dashboards")
//
// It drives the real model through screentest and reads its frames. A step that
// fails shows the frame. It knows the registry of actions and how a frame is laid
// out on a screen of at least 10 lines; keys and pasted text are tested
// with screentest itself.
package scenario

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"darkroom/ui/explorer/view"
	"darkroom/ui/screentest"
	"darkroom/ui/text"
)

// Scenario is an explorer on an imagined screen. Steps can be chained.
type Scenario struct {
	*screentest.Screen
	t       testing.TB
	actions []view.Action
}

// New begins on a screen, with the actions that can be named.
func New(t testing.TB, screen *screentest.Screen, actions []view.Action) *Scenario {
	return &Scenario{screen, t, actions}
}

// Press does actions by name, as "decide.tick", or by the last part of it, as
// "tick", where no other action ends so.
func (s *Scenario) Press(names ...string) *Scenario {
	s.t.Helper()
	for _, name := range names {
		s.Screen.Press(s.key(name))
	}
	return s
}

// Times does an action several times.
func (s *Scenario) Times(n int, name string) *Scenario {
	s.t.Helper()
	return s.Press(slices.Repeat([]string{name}, n)...)
}

// key is the first key of an action; screentest calls the space bar "space".
func (s *Scenario) key(name string) string {
	s.t.Helper()
	var found []view.Action
	for _, act := range s.actions {
		if act.Name == name {
			found = []view.Action{act}
			break
		}
		if strings.HasSuffix(act.Name, "."+name) {
			found = append(found, act)
		}
	}
	if len(found) != 1 {
		var names []string
		for _, act := range s.actions {
			names = append(names, act.Name)
		}
		s.t.Fatalf("%d actions are called %q; there are %s", len(found), name, strings.Join(names, ", "))
	}
	if len(found[0].Keys) == 0 {
		s.t.Fatalf("%s has no key", name)
	}
	if found[0].Keys[0] == " " {
		return "space"
	}
	return found[0].Keys[0]
}

// Keys presses keys by their own names: in overlays, which have no actions.
func (s *Scenario) Keys(keys ...string) *Scenario {
	s.Screen.Press(keys...)
	return s
}

// Type types a text where one is asked for, and ends it with enter. The text must
// not be the name of a key.
func (s *Scenario) Type(text string) *Scenario { return s.Keys(text, "enter") }

// View goes to a view by the title of its tab.
func (s *Scenario) View(title string) *Scenario {
	s.t.Helper()
	return s.Press("view." + strings.ToLower(title)).Tab(title)
}

// Filter replaces the filter.
func (s *Scenario) Filter(expr string) *Scenario {
	s.t.Helper()
	return s.Press("filter").Keys("ctrl+u").Type(expr)
}

// ClearFilter takes the filter away; the cursor stays on its row.
func (s *Scenario) ClearFilter() *Scenario {
	s.t.Helper()
	return s.Press("filter.clear")
}

// Cursor goes from the first row down to a row by the beginning of its name. With
// several names each one but the last is opened if it is closed, and the next is
// looked for below.
func (s *Scenario) Cursor(path ...string) *Scenario {
	s.t.Helper()
	s.Press("move.top")
	for i, name := range path {
		s.seek(name)
		if i < len(path)-1 && strings.Contains(s.cursorRow(), "▸") {
			s.Press("tree.open")
		}
	}
	return s
}

func (s *Scenario) seek(name string) {
	s.t.Helper()
	for {
		if strings.HasPrefix(label(s.cursorRow()), name) {
			return
		}
		before := s.Frame()
		if s.Press("move.down"); s.Frame() == before {
			s.t.Fatalf("no row %q; name what it is below, too, or filter:\n%s", name, before)
		}
	}
}

func (s *Scenario) cursorRow() string {
	for _, row := range s.rows() {
		if _, at, ok := strings.Cut(row, "▌"); ok { // in a drawing it is within the line
			return "▌" + at
		}
	}
	return ""
}

// label is the name of a row: without cursor, arrow, checkbox and sign.
func label(row string) string {
	row = strings.TrimLeft(withoutSigns([]string{row}), "▌· ▾▸")
	for _, box := range []string{"[✓]", "[✗]", "[~]", "[ ]", "✗", "?", "↑"} {
		row = strings.TrimPrefix(row, box)
	}
	return strings.TrimSpace(regexp.MustCompile(`^[●+~−!≠h∅]  `).ReplaceAllString(row, ""))
}

// ClickOn presses the mouse on the first cell of a text, the first that is on the screen.
func (s *Scenario) ClickOn(part string) *Scenario {
	s.t.Helper()
	for y, line := range s.lines() {
		if x := text.CellOf(line, part); x >= 0 {
			s.Click(x, y)
			return s
		}
	}
	s.t.Fatalf("%q is not on the screen:\n%s", part, s.Frame())
	return s
}

// Do does something to the explorer's surroundings between two steps.
func (s *Scenario) Do(f func()) *Scenario {
	f()
	return s
}
