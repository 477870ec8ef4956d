//go:build unix

// Package ptytest drives a program on a pseudo terminal in a test. Everything waits for
// what the program does, and only a test that hangs is ended by time.
package ptytest

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// Screen is a program on a terminal of the test.
type Screen struct {
	t        testing.TB
	cmd      *exec.Cmd
	keyboard *os.File // what the terminal's user has
	terminal *os.File // what the program has

	mu            sync.Mutex
	grown         *sync.Cond
	out           bytes.Buffer
	closed, ended bool
	err           error
}

// Size of the terminal: columns and lines.
type Size struct{ Columns, Lines uint16 }

// Usual is a size at which the explorer has two panes.
var Usual = Size{100, 30}

// Start starts a command on a terminal, in a session of its own: no shell is there to
// stop it. env is added to the environment, in which nothing says what the terminal can do.
// CI is emptied: where it is set, the colour library takes no terminal for one.
func Start(t testing.TB, size Size, env []string, args ...string) *Screen {
	t.Helper()
	keyboard, terminal, err := pty.Open()
	if err != nil {
		t.Skipf("skipped: no pseudo terminal here: %v", err)
	}
	if err := pty.Setsize(keyboard, &pty.Winsize{Rows: size.Lines, Cols: size.Columns}); err != nil {
		t.Fatal(err)
	}
	s := &Screen{t: t, cmd: exec.Command(args[0], args[1:]...), keyboard: keyboard, terminal: terminal}
	s.grown = sync.NewCond(&s.mu)
	s.cmd.Env = append(os.Environ(), "TERM=xterm-256color", "NO_COLOR=", "CLICOLOR=", "CLICOLOR_FORCE=", "COLORFGBG=", "COLORTERM=", "TMUX=", "STY=", "CI=", "LC_ALL=", "LC_CTYPE=", "LANG=C.UTF-8",
		"FORCE_HYPERLINK=", "TERM_PROGRAM=", "VTE_VERSION=", "KONSOLE_VERSION=", "WT_SESSION=", "TMPDIR="+t.TempDir(), "XDG_STATE_HOME="+t.TempDir(), "XDG_CONFIG_HOME="+t.TempDir())
	s.cmd.Env = append(s.cmd.Env, env...)
	s.cmd.Stdin, s.cmd.Stdout, s.cmd.Stderr = terminal, terminal, terminal
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	copied := make(chan struct{})
	go func() {
		_, _ = io.Copy((*output)(s), keyboard) // ends with the terminal
		close(copied)
	}()
	go func() {
		err := s.cmd.Wait()
		s.mu.Lock()
		terminal.Close() // so that the end of what was written can be seen
		s.closed = true
		s.mu.Unlock()
		<-copied
		s.mu.Lock()
		defer s.mu.Unlock()
		s.ended, s.err = true, err
		s.grown.Broadcast()
	}()
	hanging := time.AfterFunc(4*time.Minute, func() { _ = s.cmd.Process.Kill() })
	t.Cleanup(func() {
		hanging.Stop()
		_ = s.cmd.Process.Kill() // it may have ended
		s.Exit()
		keyboard.Close()
	})
	return s
}

// output gathers what the program writes.
type output Screen

func (s *output) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.grown.Broadcast()
	return s.out.Write(p)
}

// WaitFor waits until a text was written since the last one, and gives what came
// before it.
func (s *Screen) WaitFor(text string) string {
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

// Send types keys and waits until nothing is left to be read. What the program makes
// of them is to be waited for.
func (s *Screen) Send(keys string) {
	s.t.Helper()
	if _, err := s.keyboard.WriteString(keys); err != nil {
		s.t.Fatal(err)
	}
	for {
		if s.waiting() == 0 {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

// Resize changes the size of the terminal, of which the program hears.
func (s *Screen) Resize(size Size) {
	s.t.Helper()
	if err := pty.Setsize(s.keyboard, &pty.Winsize{Rows: size.Lines, Cols: size.Columns}); err != nil {
		s.t.Fatal(err)
	}
}

// Exit waits for the end and gives the exit code and what was written last.
func (s *Screen) Exit() (int, string) {
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

// waiting is how many bytes the program has not read yet.
func (s *Screen) waiting() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return 0
	}
	n, err := unix.IoctlGetInt(int(s.terminal.Fd()), unread)
	if err != nil {
		s.t.Error(err)
		return 0
	}
	return n
}

// Signal sends the program a signal.
func (s *Screen) Signal(signal os.Signal) {
	s.t.Helper()
	if err := s.cmd.Process.Signal(signal); err != nil {
		s.t.Fatal(err)
	}
}
