// Package screentest drives a tea.Model in a test without a terminal: keys go in,
// commands run at once and in order, frames come out. It also checks every frame,
// so that all tests of screens have the same requirements.
package screentest

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"darkroom/ui/frames"
	"darkroom/ui/frames/framestest"
)

// Screen is a model on a virtual screen.
type Screen struct {
	t             testing.TB
	model         tea.Model
	width, height int
	Quit          bool // the model asked to quit

	painter      *frames.Painter // draws every frame on shown
	shown, meant *framestest.Terminal
}

// New starts the model and waits until it has nothing more to do.
func New(t testing.TB, m tea.Model, width, height int) *Screen {
	s := &Screen{t: t, model: m, painter: frames.New()}
	s.size(width, height)
	s.Send(tea.WindowSizeMsg{Width: width, Height: height})
	s.run(m.Init())
	return s
}

// Resize changes the size of the screen.
func (s *Screen) Resize(width, height int) {
	s.size(width, height)
	s.Send(tea.WindowSizeMsg{Width: width, Height: height})
}

func (s *Screen) size(width, height int) {
	s.width, s.height = width, height
	s.painter.Resize(width, height)
	s.shown, s.meant = framestest.New(width, height), framestest.New(width, height)
}

// Press types keys by bubbletea's names ("down", "ctrl+r", "space"); any other text
// is typed letter by letter.
func (s *Screen) Press(keys ...string) *Screen {
	for _, k := range keys {
		if msg, ok := named(k); ok {
			s.Send(msg)
			continue
		}
		for _, r := range k {
			s.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}})
		}
	}
	return s
}

// Click presses and releases the left button on a cell.
func (s *Screen) Click(x, y int) *Screen {
	s.Send(tea.MouseMsg{X: x, Y: y, Button: tea.MouseButtonLeft, Action: tea.MouseActionPress})
	s.Send(tea.MouseMsg{X: x, Y: y, Button: tea.MouseButtonLeft, Action: tea.MouseActionRelease})
	return s
}

// Wheel turns the wheel over a cell.
func (s *Screen) Wheel(x, y int, down bool) *Screen {
	b := tea.MouseButtonWheelUp
	if down {
		b = tea.MouseButtonWheelDown
	}
	s.Send(tea.MouseMsg{X: x, Y: y, Button: b, Action: tea.MouseActionPress})
	return s
}

// Send gives the model a message and runs the command that it returns.
func (s *Screen) Send(msg tea.Msg) {
	m, cmd := s.model.Update(msg)
	s.model = m
	s.run(cmd)
}

// Model is the model as it is now.
func (s *Screen) Model() tea.Model { return s.model }

func (s *Screen) run(cmd tea.Cmd) {
	Each(cmd, func(msg tea.Msg) {
		if _, quits := msg.(tea.QuitMsg); quits {
			s.Quit = true
			return
		}
		s.Send(msg)
	})
}

// Each runs a command at once, with the batches and sequences that it leads to in their
// order, and gives every message on.
func Each(cmd tea.Cmd, take func(tea.Msg)) {
	if cmd == nil {
		return
	}
	msg := cmd()
	if msg == nil {
		return
	}
	// A batch, or a sequence, whose type has no name outside of bubbletea.
	if list := reflect.ValueOf(msg); list.Kind() == reflect.Slice && list.Type().Elem() == reflect.TypeFor[tea.Cmd]() {
		for i := range list.Len() {
			Each(list.Index(i).Interface().(tea.Cmd), take)
		}
		return
	}
	take(msg)
}

// Raw is the frame with its escape codes. It fails the test when Check finds a
// fault in the frame.
func (s *Screen) Raw() string {
	s.t.Helper()
	frame := s.model.View()
	if err := Check(frame, s.width, s.height); err != nil {
		s.t.Fatalf("%v\n%q", err, frame)
	}
	s.Paint(frame)
	return frame
}

// Paint draws a frame over the last one and gives how many bytes that took. It fails the
// test when the terminal does not show the frame then.
func (s *Screen) Paint(frame string) int {
	s.t.Helper()
	bytes := s.painter.Paint(frame)
	s.shown.Write(bytes)
	s.meant.Show(frame)
	if differs := s.shown.Differs(s.meant); differs != "" {
		s.t.Fatalf("the frame is not what is drawn: %s\nbytes %q\n%q", differs, bytes, frame)
	}
	return len(bytes)
}

// Frame is the frame as plain text, without blanks at line ends.
func (s *Screen) Frame() string {
	s.t.Helper()
	lines := strings.Split(ansi.Strip(s.Raw()), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

// Has fails the test unless every text is in the frame.
func (s *Screen) Has(texts ...string) *Screen {
	s.t.Helper()
	frame := s.Frame()
	for _, text := range texts {
		if !strings.Contains(frame, text) {
			s.t.Fatalf("%q is not on the screen:\n%s", text, frame)
		}
	}
	return s
}

// Hasnt fails the test if a text is in the frame.
func (s *Screen) Hasnt(texts ...string) *Screen {
	s.t.Helper()
	frame := s.Frame()
	for _, text := range texts {
		if strings.Contains(frame, text) {
			s.t.Fatalf("%q is on the screen:\n%s", text, frame)
		}
	}
	return s
}

// column is what text.Column gives, link what text.Link does; allowed are these and
// styles.
var (
	style   = regexp.MustCompile("\x1b\\[[0-9;]*m")
	link    = regexp.MustCompile("\x1b\\]8;;(https?://[!-~]+)?\x1b\\\\")
	column  = regexp.MustCompile("\x1b\\[K\x1b\\[[0-9]+G")
	allowed = regexp.MustCompile(style.String() + "|" + column.String() + "|" + link.String())
)

// Check reports what a terminal cannot show: a frame larger than the screen, or a
// control character other than colours, columns and line ends.
func Check(frame string, width, height int) error {
	lines := strings.Split(frame, "\n")
	if len(lines) > height {
		return fmt.Errorf("%d lines on a screen of %d", len(lines), height)
	}
	for i, l := range lines {
		if w := ansi.StringWidth(l); w > width {
			return fmt.Errorf("line %d has %d cells on a screen of %d: %q", i, w, width, l)
		}
		if open := strings.Count(l, "\x1b]8;;h") - strings.Count(l, "\x1b]8;;\x1b"); open > 0 {
			return fmt.Errorf("line %d has a link that does not end: %q", i, l)
		}
		if at := strings.IndexFunc(allowed.ReplaceAllString(l, ""), unicode.IsControl); at >= 0 {
			return fmt.Errorf("line %d has a control character: %q", i, l)
		}
	}
	return nil
}

// named finds the key message that prints as name.
func named(name string) (tea.KeyMsg, bool) {
	if name == "space" {
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}}, true
	}
	for t := tea.KeyType(-100); t < 128; t++ {
		msg := tea.KeyMsg{Type: t}
		if t != tea.KeyRunes && msg.String() == name {
			return msg, true
		}
	}
	return tea.KeyMsg{}, false
}
