//go:build unix

package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/creack/pty"

	"darkroom/ui/explorer"
)

// screen is the explorer on a terminal of 200x50, driven as by a person.
type screen struct {
	terminal *os.File
	cmd      *exec.Cmd
	output   chan []byte
	seen     bytes.Buffer // since the last key
}

// patience bounds every wait: what takes longer is an error of the measurement.
const patience = 3 * time.Minute

// quiet is how long nothing is drawn when a screen is complete.
const quiet = 150 * time.Millisecond

func (b *bench) open(ctx context.Context, dir string) (*screen, error) {
	cmd := exec.CommandContext(ctx, b.program, "--tableau", "site.json", "--theme", "dark", ".")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "TERM=xterm-256color", "CI=", "XDG_STATE_HOME="+filepath.Join(b.dir, "state"), "XDG_CONFIG_HOME="+filepath.Join(b.dir, "config"))
	terminal, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 50, Cols: 200})
	if err != nil {
		return nil, err
	}
	s := &screen{terminal: terminal, cmd: cmd, output: make(chan []byte, 1024)}
	go func() {
		defer close(s.output)
		for buf := make([]byte, 1<<16); ; {
			n, err := terminal.Read(buf)
			if n > 0 {
				s.output <- bytes.Clone(buf[:n])
			}
			if err != nil {
				return
			}
		}
	}()
	return s, nil
}

// until waits for a text, "" for any output, and gives how long that took.
func (s *screen) until(text string) (time.Duration, error) {
	start := time.Now()
	for end := time.After(patience); ; {
		if s.seen.Len() > 0 && bytes.Contains(s.seen.Bytes(), []byte(text)) {
			return time.Since(start), nil
		}
		select {
		case data, ok := <-s.output:
			if !ok {
				return 0, fmt.Errorf("the explorer ended before it showed %q:\n%q", text, s.seen.Bytes())
			}
			s.seen.Write(data)
		case <-end:
			return 0, fmt.Errorf("no %q after %s", text, patience)
		}
	}
}

// settle waits until nothing is drawn for a while, and gives how many bytes came.
func (s *screen) settle() int {
	for {
		select {
		case data, ok := <-s.output:
			if !ok {
				return s.seen.Len()
			}
			s.seen.Write(data)
		case <-time.After(quiet):
			return s.seen.Len()
		}
	}
}

// press types keys and waits for a text after them.
func (s *screen) press(keys, text string) (time.Duration, error) {
	s.settle()
	s.seen.Reset()
	if _, err := s.terminal.WriteString(keys); err != nil {
		return 0, err
	}
	return s.until(text)
}

// memory is what the process had at the most, in bytes; 0 where /proc does not say.
func (s *screen) memory() int64 {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	for line := range strings.Lines(string(status)) {
		var kilobytes int64
		if n, _ := fmt.Sscanf(line, "VmHWM: %d kB", &kilobytes); n == 1 {
			return kilobytes << 10
		}
	}
	return 0
}

// key is that of an action of the explorer.
func key(name string) string {
	for _, action := range explorer.Actions() {
		if action.Name == name {
			return action.Keys[0]
		}
	}
	panic("there is no action " + name)
}

// explorer measures the real screen on a project: until it is loaded, keys, the filter,
// including everything, and what writing would change.
func (b *bench) explorer(ctx context.Context, dir, title string) error {
	s, err := b.open(ctx, dir)
	if err != nil {
		return err
	}
	defer s.terminal.Close()
	var rows []string
	row := func(what string, d time.Duration) { rows = append(rows, fmt.Sprintf("| %s | %s |", what, rounded(d))) }
	first, err := s.until("darkroom")
	if err != nil {
		return err
	}
	row("first frame", first)
	loaded, err := s.until("undecided of")
	if err != nil {
		return err
	}
	row("everything loaded", first+loaded)
	if _, err := s.press(key("view.dashboards"), "[2 Dashboards]"); err != nil {
		return err
	}
	half, most, sent, err := s.moves(200)
	if err != nil {
		return err
	}
	row("key to frame, half of them within", half)
	row("key to frame, 99 % within", most)
	rows = append(rows, fmt.Sprintf("| bytes of a move | %d |", sent))
	for _, step := range []struct{ what, keys, text string }{
		{"a filter of four letters, to the count of what it finds", key("filter") + "0001", " in "},
		{"no filter again", "\x1b", ""},
		{"the question before everything is included", key("decide.include-shown"), "does it"},
		{"everything included, and what an export does with it", "y", " new"},
		{"what writing would change", key("write"), "write it"},
	} {
		took, err := s.press(step.keys, step.text)
		if err != nil {
			return fmt.Errorf("%s: %w", step.what, err)
		}
		row(step.what, took)
	}
	rows = append(rows, fmt.Sprintf("| memory at the most | %d MB |", s.memory()>>20))
	fmt.Fprintf(b.out, "## The explorer: %s\n\n| | |\n|---|---:|\n%s\n\n", title, strings.Join(rows, "\n"))
	return s.cmd.Process.Kill()
}

// moves goes down and up n times, each when the frame before it is complete, and gives the
// median and the 99th percentile to the first byte of the frame, and the bytes of one.
func (s *screen) moves(n int) (half, most time.Duration, size int, err error) {
	var times []time.Duration
	var sizes []int
	for i := range n {
		took, err := s.press([]string{"j", "k"}[i%2], "")
		if err != nil {
			return 0, 0, 0, err
		}
		times, sizes = append(times, took), append(sizes, s.settle())
	}
	slices.Sort(times)
	slices.Sort(sizes)
	return times[n/2], times[n*99/100], sizes[n/2], nil
}
