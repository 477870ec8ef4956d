//go:build unix

package cli

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"darkroom/sources/disk/disktest"
	"darkroom/ui/cli/app"
	"darkroom/ui/ptytest"
)

// onDashboard is the explorer with its cursor on the dashboard of a project.
func onDashboard(t *testing.T, env ...string) *ptytest.Screen {
	t.Helper()
	s := ptytest.Start(t, ptytest.Usual, env, binary(t), reportProject(t, "frame-wraps"))
	s.WaitFor("undecided of")
	s.Send("2/plain\r")
	s.WaitFor("plain")
	s.Send("G")
	return s
}

// What the copy menu puts on the clipboard goes to the terminal, in the form that it, tmux
// or screen takes; the screen stays.
func TestCopyOnATerminal(t *testing.T) {
	for name, test := range map[string]struct{ env, before, after string }{
		"a terminal": {"STY=", "\x1b]52;c;", "\x07"},
		"tmux":       {"TMUX=/tmp/x,1,0", "\x1bPtmux;\x1b\x1b]52;c;", "\x07\x1b\\"},
		"screen":     {"STY=1.x", "\x1bP\x1b]52;c;", "\x07\x1b\\"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := onDashboard(t, "SSH_TTY=/dev/pts/0", test.env)
			s.Send("y")
			s.WaitFor("Copy")
			s.Send("n")
			said := s.WaitFor(test.before)
			text, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(s.WaitFor(test.after), "\x1b\\\x1bP", ""))
			if err != nil || !strings.Contains(strings.ToLower(string(text)), "plain") {
				t.Errorf("%q is copied, %v", text, err)
			}
			if !strings.Contains(said, "copied: ") {
				s.WaitFor("copied: ")
			}
			quit(t, s)
		})
	}
}

// o runs the browser of the environment with the address as one word; where none can be
// run, the address is shown alone on its line.
func TestBrowserOnATerminal(t *testing.T) {
	dir := t.TempDir()
	seen, script := filepath.Join(dir, "seen"), filepath.Join(dir, "my browser")
	disktest.Write(t, dir, "my browser", "#!/bin/sh\nprintf '%s|' \"$@\" > \"$SEEN\"\necho written by the browser\n")
	disktest.Must(t, os.Chmod(script, 0o755))
	disktest.Must(t, unix.Mkfifo(seen, 0o600)) // to wait for what the browser writes
	s := onDashboard(t, "BROWSER=nosuch-browser:'"+script+"' --new %s", "SEEN="+seen)
	s.Send("o")
	s.WaitFor("opening http")
	if address := disktest.Read(t, dir, "seen"); !strings.HasPrefix(address, "--new|http") || strings.Count(address, "|") != 2 {
		t.Errorf("opened %q", address)
	}
	quit(t, s)

	s = onDashboard(t, "BROWSER=nosuch-browser")
	s.Send("o")
	s.WaitFor("No browser could be opened")
	s.WaitFor("https://")
	s.Send("\x1b")
	s.WaitFor("exclude") // the hints of the view: in the box q would close it
	quit(t, s)
}

// The reading mode on a terminal: no escape code, a prompt, and the end by a word, by the
// end of input or by ctrl-c.
func TestReadingModeOnATerminal(t *testing.T) {
	for name, test := range map[string]struct {
		keys string
		code int
	}{"a word": {"quit\n", app.ExitOK}, "end of input": {"\x04", app.ExitOK}, "ctrl-c": {"\x03", 130}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := ptytest.Start(t, ptytest.Usual, nil, binary(t), "--plain", reportProject(t, "frame-wraps"))
			said := s.WaitFor("> ")
			s.Send("view dashboards\n")
			said += s.WaitFor("View: Dashboards")
			said += s.WaitFor("> ")
			s.Send("filter plain\n")
			said += s.WaitFor("Filter plain: ")
			said += s.WaitFor("> ")
			s.Send(test.keys)
			code, rest := s.Exit()
			if said += rest; code != test.code || strings.Contains(said, "\x1b") {
				t.Errorf("exit code %d\n%q", code, said)
			}
		})
	}
}
