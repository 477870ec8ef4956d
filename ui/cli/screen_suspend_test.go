//go:build unix

package cli

import (
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"darkroom/ui/ptytest"
)

// ctrl-z gives the terminal back to the shell, and fg brings screen and mouse back,
// also while text is typed.
func TestSuspendInAShell(t *testing.T) {
	shell, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("skipped: bash is not here")
	}
	bin, dir := binary(t), reportProject(t, "frame-wraps")
	s := ptytest.Start(t, ptytest.Usual, []string{"PS1=ready> ", "HISTFILE="}, shell, "--norc", "-i")
	s.WaitFor("ready> ")
	s.Send(bin + " " + dir + "\n")
	s.WaitFor("undecided of")
	for _, keys := range []string{"\x1a", "/plain\x1a"} {
		s.Send(keys)
		before := s.WaitFor("\x1b[?1049l")
		for _, code := range []string{"\x1b[?1002l", "\x1b[?1006l", "\x1b[?2004l", "\x1b[?7h"} {
			if !strings.Contains(before, code) {
				t.Errorf("%q: %q is missing when it stops:\n%q", keys, code, before)
			}
		}
		s.WaitFor("Stopped")
		s.WaitFor("ready> ")
		s.Send("echo a\\b; fg\n")
		s.WaitFor("ab")
		back := s.WaitFor("undecided of")
		for _, code := range []string{"\x1b[?1049h\x1b[?7l", "\x1b[?2004h", "mdarkroom\x1b"} {
			if !strings.Contains(back, code) {
				t.Errorf("%q: %q is missing when it goes on:\n%q", keys, code, back)
			}
		}
		if mouse := "\x1b[?1002h\x1b[?1006h"; !strings.Contains(back, mouse) {
			s.WaitFor(mouse) // it comes after the frame, or before it
		}
	}
	s.Send("\r")
	s.Send("q")
	s.WaitFor("ready> ")
	s.Send("echo code $?\n")
	s.WaitFor("code 0")
	s.Send("exit\n")
	s.Exit()
}

// The exit code says which signal ended the explorer, and the terminal is given back.
func TestExitCodesOfSignals(t *testing.T) {
	bin, dir := binary(t), reportProject(t, "frame-wraps")
	for signal, want := range map[syscall.Signal]int{syscall.SIGTERM: 143, syscall.SIGINT: 130, syscall.SIGHUP: 129, syscall.SIGQUIT: 131} {
		s := onScreen(t, bin, dir)
		s.WaitFor("undecided of")
		if signal == syscall.SIGQUIT {
			s.Send("2G ")
			s.WaitFor("included 1 dashboard")
		}
		s.Signal(signal)
		code, out := s.Exit()
		if code != want || !strings.Contains(out, "\x1b[?7h\x1b[?1049l") {
			t.Errorf("%v: %d, want %d\n%q", signal, code, want, out)
		}
		if named := strings.Contains(out, "a report without any of your data is in "); named != (signal == syscall.SIGQUIT) {
			t.Errorf("%v: %q", signal, out)
		}
		if named := strings.Contains(out, "your decisions since the last save are in "+filepath.Join(dir, ".darkroom", "journal")); named != (signal == syscall.SIGQUIT) {
			t.Errorf("%v: %q", signal, out)
		}
		if signal != syscall.SIGQUIT {
			continue
		}
		s = onScreen(t, bin, dir)
		s.WaitFor("resumed: 1 change of the last session")
		quit(t, s)
		s = onScreen(t, bin, dir) // it is saved now
		if said := s.WaitFor("1 included"); strings.Contains(said, "resumed") {
			t.Errorf("%q", said)
		}
		quit(t, s)
	}
}
