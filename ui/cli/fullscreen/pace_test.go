package fullscreen

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"darkroom/model/beside"
)

// counted is a model that shows a number, which each key makes larger.
type counted struct{ n, drawn int }

func (m *counted) Init() tea.Cmd { return nil }

func (m *counted) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(tea.KeyMsg); ok {
		m.n++
	}
	return m, nil
}

func (m *counted) View() string {
	m.drawn++
	return string(rune('a' + m.n))
}

// paced is a guarded model with a clock of the test, on a terminal that is a file.
func paced(t *testing.T) (g *guarded, m *counted, pass func(time.Duration), shown func() string) {
	t.Helper()
	file, err := os.Create(filepath.Join(t.TempDir(), "terminal"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	now, due := time.Unix(0, 0), []time.Time{}
	m = &counted{}
	g = &guarded{model: m, fault: make(chan *beside.Panic, 1), quit: func() {}, canvas: newCanvas(file)}
	g.pace = pace{now: func() time.Time { return now }, later: func(wait time.Duration) { due = append(due, now.Add(wait)) }}
	pass = func(d time.Duration) {
		now = now.Add(d)
		for len(due) > 0 && !due[0].After(now) {
			due = due[1:]
			g.Update(drawNow{})
			g.View()
		}
	}
	seen := 0
	shown = func() string {
		all, err := os.ReadFile(file.Name())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { seen = len(all) }()
		return strings.Trim(ansi.Strip(string(all[seen:])), "\r")
	}
	g.Update(tea.WindowSizeMsg{Width: 20, Height: 1})
	g.View()
	shown()
	pass(time.Second)
	m.drawn = 0
	return g, m, pass, shown
}

func press(g *guarded, times int) {
	for range times {
		g.Update(tea.KeyMsg{Type: tea.KeyDown})
		g.View()
	}
}

// A key on a quiet screen is drawn at once, and those that follow are drawn together.
func TestFramesOfKeys(t *testing.T) {
	g, m, pass, shown := paced(t)
	press(g, 1)
	if got := shown(); got != "b" || m.drawn != 1 {
		t.Errorf("after a key %q is drawn, %d frames", got, m.drawn)
	}
	press(g, 9)
	if got := shown(); got != "" || m.drawn != 1 {
		t.Errorf("nine keys at once after it: %q, %d frames", got, m.drawn)
	}
	pass(interval)
	if got := shown(); got != "k" || m.drawn != 2 {
		t.Errorf("after the interval: %q, %d frames", got, m.drawn)
	}
	pass(interval)
	press(g, 1)
	if got := shown(); got == "" || m.drawn != 3 {
		t.Errorf("a key after a quiet time: %q, %d frames", got, m.drawn)
	}
}

// A frame that is as the last one is not written, and lets the next one be drawn at once.
func TestAFrameWithoutAChange(t *testing.T) {
	g, m, _, shown := paced(t)
	for range 3 {
		g.Update(tea.BlurMsg{})
		g.View()
	}
	press(g, 1)
	if got := shown(); got == "" || m.drawn != 4 {
		t.Errorf("%q, %d frames", got, m.drawn)
	}
}

// Bubble Tea draws nothing itself, but its modes reach the terminal. After one that clears
// the screen the frame is drawn again, also when it is as before.
func TestWhatBubbleTeaWrites(t *testing.T) {
	g, _, pass, shown := paced(t)
	if _, err := g.canvas.Write([]byte("\x1b[H \x1b[K")); err != nil {
		t.Fatal(err)
	}
	g.View()
	if got := shown(); got != "" {
		t.Errorf("a frame of Bubble Tea is drawn: %q", got)
	}
	pass(time.Second)
	for _, code := range []string{ansi.SetModeAltScreenSaveCursor, ansi.EraseEntireScreen} {
		if _, err := g.canvas.WriteString(code); err != nil {
			t.Fatal(err)
		}
	}
	g.View()
	if got := shown(); got != "a" {
		t.Errorf("after the screen was cleared %q is drawn", got)
	}
}
