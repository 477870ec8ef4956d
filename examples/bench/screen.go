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

// The rows of the table of a screen that the goals name.
const (
	loadedRow      = "everything loaded"
	halfRow        = "key to frame, half of them within"
	mostRow        = "key to frame, 99 % within"
	moveRow        = "bytes of a move"
	scrollRow      = "bytes of a scrolled line"
	filterRow      = "a filter of four letters, to the count of what it finds"
	memoryRow      = "memory at the most"
	interruptedRow = "from ctrl-C to the end"
)

// sitting is what was measured of one run of the explorer, in the order of its rows.
type sitting struct {
	rows  []string
	times map[string]time.Duration
	sizes map[string]int64
}

func (s *sitting) time(row string, d time.Duration) {
	s.rows, s.times[row] = append(s.rows, row), d
}

func (s *sitting) size(row string, n int64) {
	s.rows, s.sizes[row] = append(s.rows, row), n
}

// explorer measures the real screen on a project, in as many runs as there are rounds: the
// medians count.
func (b *bench) explorer(ctx context.Context, dir, title, input string) error {
	var runs []*sitting
	for range b.rounds {
		run, err := b.sit(ctx, dir)
		if err != nil {
			return err
		}
		runs = append(runs, run)
	}
	fmt.Fprintf(b.out, "## The explorer: %s\n\n| | |\n|---|---:|\n", title)
	for _, row := range runs[0].rows {
		key := [2]string{input, row}
		if _, isTime := runs[0].times[row]; isTime {
			b.seen.times[key] = middle(runs, func(s *sitting) time.Duration { return s.times[row] })
			fmt.Fprintf(b.out, "| %s | %s |\n", row, rounded(b.seen.times[key]))
			continue
		}
		b.seen.sizes[key] = middle(runs, func(s *sitting) int64 { return s.sizes[row] })
		fmt.Fprintf(b.out, "| %s | %s |\n", row, sized(b.seen.sizes[key]))
	}
	fmt.Fprintln(b.out)
	return nil
}

// sized is a number of bytes for people.
func sized(n int64) string {
	if n > 10<<20 {
		return fmt.Sprintf("%d MB", n>>20)
	}
	return fmt.Sprintf("%d bytes", n)
}

func middle[T int64 | time.Duration](runs []*sitting, of func(*sitting) T) T {
	var values []T
	for _, r := range runs {
		values = append(values, of(r))
	}
	slices.Sort(values)
	return values[len(values)/2]
}

// sit is one run: until everything is loaded, keys, the filter, including everything, and
// what writing would change. It decides nothing for good: the project's decisions go.
func (b *bench) sit(ctx context.Context, dir string) (*sitting, error) {
	defer func() { _ = os.RemoveAll(filepath.Join(dir, ".darkroom")) }()
	s, err := b.open(ctx, dir)
	if err != nil {
		return nil, err
	}
	defer s.end()
	out := &sitting{times: map[string]time.Duration{}, sizes: map[string]int64{}}
	first, err := s.until("darkroom")
	if err != nil {
		return nil, err
	}
	loaded, err := s.until("undecided of")
	if err != nil {
		return nil, err
	}
	out.time("first frame", first)
	out.time(loadedRow, first+loaded)
	if _, err := s.press(key("view.dashboards"), "[2 Dashboards]"); err != nil {
		return nil, err
	}
	half, most, sent, err := s.moves(100, "j", "k")
	if err != nil {
		return nil, err
	}
	out.time(halfRow, half)
	out.time(mostRow, most)
	out.size(moveRow, int64(sent))
	if _, err := s.press(key("tree.open-all")+"G", ""); err != nil {
		return nil, err
	}
	if _, _, sent, err = s.moves(60, "k"); err != nil { // the last third scrolls
		return nil, err
	}
	out.size(scrollRow, int64(sent))
	for _, step := range []struct{ what, keys, text string }{
		{filterRow, key("filter") + "0001", " in "},
		{"no filter again", "\x1b", ""},
		{"the question before everything is included", key("decide.include-shown"), "does it"},
		{"everything included, and what an export does with it", "y", " new"},
		{"what writing would change", key("write"), "write it"},
	} {
		took, err := s.press(step.keys, step.text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", step.what, err)
		}
		out.time(step.what, took)
	}
	out.size(memoryRow, s.memory())
	return out, nil
}

// end stops the explorer at once.
func (s *screen) end() {
	_ = s.cmd.Process.Kill()
	_ = s.terminal.Close()
	_ = s.cmd.Wait()
}

// moves presses keys in turn, n times, each when the frame before it is complete, and gives
// the median and the 99th percentile to the first byte of the frame, and the bytes of one.
func (s *screen) moves(n int, keys ...string) (half, most time.Duration, size int, err error) {
	var times []time.Duration
	var sizes []int
	for i := range n {
		took, err := s.press(keys[i%len(keys)], "")
		if err != nil {
			return 0, 0, 0, err
		}
		times, sizes = append(times, took), append(sizes, s.settle())
	}
	slices.Sort(times)
	slices.Sort(sizes)
	return times[n/2], times[n*99/100], sizes[n/2], nil
}
