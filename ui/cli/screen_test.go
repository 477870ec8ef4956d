//go:build unix

package cli

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// screen is the real program on a terminal of the test. Everything waits for what the
// program does, and only a test that hangs is ended by time.
type screen struct {
	t        *testing.T
	cmd      *exec.Cmd
	keyboard *os.File // what the terminal's user has
	terminal *os.File // what the program has

	mu    sync.Mutex
	grown *sync.Cond
	out   bytes.Buffer
	ended bool
	err   error
}

// onScreen starts a command on a terminal of 100 columns and 30 lines.
func onScreen(t *testing.T, args ...string) *screen {
	return onScreenOf(t, pty.Winsize{Rows: 30, Cols: 100}, args...)
}

func onScreenOf(t *testing.T, size pty.Winsize, args ...string) *screen {
	t.Helper()
	keyboard, terminal, err := pty.Open()
	if err != nil {
		t.Skipf("skipped: no pseudo terminal here: %v", err)
	}
	if err := pty.Setsize(keyboard, &size); err != nil {
		t.Fatal(err)
	}
	s := &screen{t: t, cmd: exec.Command(args[0], args[1:]...), keyboard: keyboard, terminal: terminal}
	s.grown = sync.NewCond(&s.mu)
	s.cmd.Env = append(os.Environ(), "TERM=xterm-256color", "NO_COLOR=", "LANG=C.UTF-8", "TMPDIR="+t.TempDir(), "XDG_STATE_HOME="+t.TempDir())
	s.cmd.Stdin, s.cmd.Stdout, s.cmd.Stderr = terminal, terminal, terminal
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go io.Copy((*screenOutput)(s), keyboard)
	go func() {
		err := s.cmd.Wait()
		s.mu.Lock()
		defer s.mu.Unlock()
		s.ended, s.err = true, err
		s.grown.Broadcast()
	}()
	hanging := time.AfterFunc(2*time.Minute, func() { s.cmd.Process.Kill() })
	t.Cleanup(func() {
		hanging.Stop()
		s.cmd.Process.Kill()
		terminal.Close()
		keyboard.Close()
	})
	return s
}

// screenOutput gathers what the program writes.
type screenOutput screen

func (s *screenOutput) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.grown.Broadcast()
	return s.out.Write(p)
}

// waitFor waits until a text was written since the last one, and gives what came
// before it.
func (s *screen) waitFor(text string) string {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		if before, _, ok := strings.Cut(s.out.String(), text); ok {
			s.out.Next(len(before) + len(text))
			return before
		}
		if s.ended {
			s.t.Fatalf("%q does not come; the program has ended: %v\n%q", text, s.err, s.out.String())
		}
		s.grown.Wait()
	}
}

// send types keys and waits until nothing is left to be read. What the program makes
// of them is to be waited for.
func (s *screen) send(keys string) {
	s.t.Helper()
	if _, err := s.keyboard.WriteString(keys); err != nil {
		s.t.Fatal(err)
	}
	for {
		n, err := unix.IoctlGetInt(int(s.terminal.Fd()), unix.TIOCINQ)
		if err != nil {
			s.t.Fatal(err)
		}
		s.mu.Lock()
		ended := s.ended
		s.mu.Unlock()
		if n == 0 || ended {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

// exit waits for the end and gives the exit code and what was written last.
func (s *screen) exit() (int, string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for !s.ended {
		s.grown.Wait()
	}
	var exit *exec.ExitError
	if s.err != nil && !errors.As(s.err, &exit) {
		s.t.Fatal(s.err)
	}
	return s.cmd.ProcessState.ExitCode(), s.out.String()
}

// quit ends the explorer by its key.
func (s *screen) quit() {
	s.t.Helper()
	s.send("q")
	if code, out := s.exit(); code != exitOK {
		s.t.Errorf("exit code %d\n%q", code, out)
	}
}

// reportProject is a copy of a report's project.
func reportProject(t *testing.T, name string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata", "reports", name))); err != nil {
		t.Fatal(err)
	}
	return dir
}
