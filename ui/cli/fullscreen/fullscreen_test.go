//go:build unix

package fullscreen

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/beside"
	_ "darkroom/ui/dark"
	"darkroom/ui/input"
	"darkroom/ui/ptytest"
)

// TestMain is the program on the screen when a test started it as one.
func TestMain(m *testing.M) {
	if os.Getenv("FULLSCREEN") == "" {
		os.Exit(m.Run())
	}
	s := New(os.Stdin, os.Stdout, "darkroom v1.2.3")
	model := &faulty{screen: s}
	if limit, err := time.ParseDuration(os.Getenv("FULLSCREEN_LIMIT")); err == nil {
		s.AskBackground(limit)
	}
	err := s.Run(context.Background(), model, tea.WithMouseCellMotion())
	fmt.Printf("ended: %v\r\nkeys: %s\r\n%s\r\n", err, model.seen, model.said)
	if c, ok := errors.AsType[*Crashed](err); ok && c.Quit {
		os.Exit(exitQuit)
	}
}

// faulty panics where a key says, with a secret in the value and in an argument.
type faulty struct {
	screen *Screen
	view   bool
	seen   string
	said   string // about the background
}

const secret = "hunter2"

func fail(secret string) { panic("the password is " + secret) }

func failing() tea.Msg { fail(secret); return nil }

func (m *faulty) Init() tea.Cmd { return nil }

func (m *faulty) View() string {
	if m.view {
		fail(secret)
	}
	return "on the screen " + m.said + m.seen
}

func (m *faulty) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		switch m.seen += msg.String(); msg.String() {
		case "u":
			fail(secret)
		case "i":
			var none []int
			fmt.Println(none[len(m.seen)])
		case "v":
			m.view = true
		case "c":
			return m, failing
		case "b":
			return m, tea.Batch(failing, tea.ClearScreen)
		case "s":
			return m, tea.Sequence(tea.ClearScreen, tea.Batch(tea.ClearScreen, failing))
		case "g":
			m.screen.Go(func() { fail(secret) })
		case "n": // in a goroutine that another one waits for
			return m, func() tea.Msg {
				result := make(chan error)
				go func() { result <- beside.Go(func() error { fail(secret); return nil })() }()
				return beside.Throw(<-result)
			}
		case "h": // hangs
			select {}
		case "ctrl+z":
			return m, m.screen.Suspend()
		case "q":
			return m, tea.Quit
		}
	case input.Background:
		m.said = "background " + string(msg)
	case tea.ResumeMsg:
		m.seen += "resumed"
		return m, tea.EnableMouseCellMotion
	}
	return m, nil
}

// on starts this program on a terminal. state has its reports.
func on(t *testing.T) (s *ptytest.Screen, state string) {
	t.Helper()
	state = t.TempDir()
	s = ptytest.Start(t, ptytest.Usual, []string{"FULLSCREEN=1", "XDG_STATE_HOME=" + state}, os.Args[0])
	s.WaitFor("on the screen")
	return s, state
}

// given are the codes that give the terminal back, in the order of the text.
var given = []string{"\x1b[?2004l", "\x1b[?1002l", "\x1b[?7h\x1b[?1049l"}

func wantBack(t *testing.T, out string) {
	t.Helper()
	at := 0
	for _, code := range given {
		i := strings.Index(out[at:], code)
		if i < 0 {
			t.Fatalf("%q is missing:\n%q", code, out)
		}
		at += i + len(code)
	}
	if strings.Contains(out[at:], "\x1b[?1049h") {
		t.Errorf("the screen is taken again:\n%q", out)
	}
}

// A panic anywhere gives the terminal back and leaves a report, which has no data.
func TestPanics(t *testing.T) {
	for key, what := range map[string]string{
		"u": "a panic with a value of type string", "v": "", "c": "", "b": "", "s": "", "g": "", "n": "",
		"i": "index out of range [1] with length 0",
	} {
		t.Run(key, func(t *testing.T) {
			s, state := on(t)
			s.Send(key)
			code, out := s.Exit()
			wantBack(t, out)
			text := report(t, state, out)
			if code != 0 || !strings.Contains(out, "this is a fault of darkroom") || !strings.Contains(text, what) || !strings.Contains(text, "fullscreen.") {
				t.Errorf("%d\n%q\n%s", code, out, text)
			}
			if strings.Contains(out+text, secret) {
				t.Errorf("the value is shown:\n%s\n%s", out, text)
			}
		})
	}
}

// report is the one report, which out names.
func report(t *testing.T, state, out string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(state, "darkroom", "crash-*.txt"))
	if err != nil || len(files) != 1 || !strings.Contains(out, files[0]) {
		t.Fatalf("%v, %v:\n%q", files, err, out)
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(files[0]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if !strings.HasPrefix(string(data), "darkroom v1.2.3\ngo") || !strings.Contains(string(data), "goroutine ") {
		t.Errorf("no version or no stack:\n%s", data)
	}
	return string(data)
}

// SIGQUIT gives the terminal back and leaves the stacks, even of a program that hangs.
func TestQuit(t *testing.T) {
	for _, keys := range []string{"", "h"} {
		s, state := on(t)
		if keys != "" {
			s.Send(keys)
		}
		s.Signal(syscall.SIGQUIT)
		code, out := s.Exit()
		wantBack(t, out)
		if text := report(t, state, out); code != exitQuit || strings.Count(text, "\ngoroutine ") < 3 {
			t.Errorf("%q: %d\n%q\n%s", keys, code, out, text)
		}
	}
}

// Where no shell could go on with it, nothing stops, and the screen is drawn again.
func TestSuspendWithoutAShell(t *testing.T) {
	s, _ := on(t)
	for range 2 {
		s.Send("\x1a")
		s.WaitFor("\x1b[?7h\x1b[?1049l")
		s.WaitFor("\x1b[?1049h\x1b[?7l")
		s.WaitFor("resumed")
	}
	s.Send("q")
	if code, out := s.Exit(); code != 0 {
		t.Errorf("%d\n%q", code, out)
	}
}

// A process that is stopped by force draws its screen again when it goes on.
func TestStoppedByForce(t *testing.T) {
	s, _ := on(t)
	s.Signal(syscall.SIGSTOP)
	s.Signal(syscall.SIGCONT)
	s.WaitFor("\x1b[?1049h\x1b[?7l")
	s.WaitFor("resumed")
	s.Send("q")
	s.Exit()
}

func TestReportWithoutAPlace(t *testing.T) {
	state := t.TempDir()
	if err := os.WriteFile(filepath.Join(state, "darkroom"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s := ptytest.Start(t, ptytest.Usual, []string{"FULLSCREEN=1", "XDG_STATE_HOME=" + state}, os.Args[0])
	s.WaitFor("on the screen")
	s.Send("u")
	if _, out := s.Exit(); !strings.Contains(out, "no report of it could be written") {
		t.Errorf("%q", out)
	}
}

func TestWatchedCommandsOfSequences(t *testing.T) {
	g := &guarded{}
	var done []string
	say := func(s string) tea.Cmd {
		return func() tea.Msg {
			done = append(done, s)
			return nil
		}
	}
	msg := g.watched(tea.Sequence(say("a"), nil, say("b")))()
	if got := fmt.Sprintf("%T", msg); got != "tea.sequenceMsg" {
		t.Fatal(got)
	}
	batch, _ := g.watched(tea.Batch(say("c"), say("d")))().(tea.BatchMsg)
	for _, cmd := range batch {
		cmd()
	}
	if !slices.Equal(done, []string{"c", "d"}) {
		t.Error(done)
	}
}
