//go:build unix

// Package screen drives the explorer on a terminal, and measures each frame.
package screen

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"time"

	"github.com/creack/pty"

	"darkroom/examples/bench/printed"
	"darkroom/ui/explorer"
)

// Screen is a program on a terminal of 200x50, with keys that are pressed one after another.
type Screen struct {
	terminal *os.File
	cmd      *exec.Cmd
	output   chan drawn
	began    time.Time    // when the program, or the last key, was given
	first    time.Time    // when the first output after it came
	last     time.Time    // when the last one came
	seen     bytes.Buffer // since then
}

// drawn is output, with when it came.
type drawn struct {
	at   time.Time
	data []byte
}

// patience bounds every wait: what takes longer is an error of the measurement.
const patience = 3 * time.Minute

// quiet is how long nothing is drawn when a screen is complete.
const quiet = 100 * time.Millisecond

// Open starts a command on a terminal.
func Open(cmd *exec.Cmd) (*Screen, error) {
	s := &Screen{cmd: cmd, output: make(chan drawn, 1024), began: time.Now()}
	var err error
	if s.terminal, err = pty.StartWithSize(cmd, &pty.Winsize{Rows: 50, Cols: 200}); err != nil {
		return nil, err
	}
	go func() {
		defer close(s.output)
		for buf := make([]byte, 1<<16); ; {
			n, err := s.terminal.Read(buf)
			if n > 0 {
				s.output <- drawn{time.Now(), bytes.Clone(buf[:n])}
			}
			if err != nil {
				return
			}
		}
	}()
	return s, nil
}

func (s *Screen) take(d drawn) {
	if s.seen.Len() == 0 {
		s.first = d.at
	}
	s.last = d.at
	s.seen.Write(d.data)
}

// Until waits for a text, and gives how long after the last key it came.
func (s *Screen) Until(text string) (time.Duration, error) {
	for end := time.After(patience); ; {
		if s.seen.Len() > 0 && bytes.Contains(s.seen.Bytes(), []byte(text)) {
			return s.last.Sub(s.began), nil
		}
		select {
		case d, ok := <-s.output:
			if !ok {
				return 0, fmt.Errorf("the explorer ended before it showed %q:\n%q", text, s.seen.Bytes())
			}
			s.take(d)
		case <-end:
			return 0, fmt.Errorf("no %q after %s", text, patience)
		}
	}
}

// settle waits until nothing is drawn for a while.
func (s *Screen) settle() {
	for {
		select {
		case d, ok := <-s.output:
			if !ok {
				return
			}
			s.take(d)
		case <-time.After(quiet):
			return
		}
	}
}

// Press types keys on a screen that is complete.
func (s *Screen) Press(keys string) error {
	s.settle()
	s.seen.Reset()
	s.began = time.Now()
	_, err := s.terminal.WriteString(keys)
	return err
}

// Answer types keys and gives how long it takes until a text comes after them, "" for any.
func (s *Screen) Answer(keys, text string) (time.Duration, error) {
	if err := s.Press(keys); err != nil {
		return 0, err
	}
	return s.Until(text)
}

// End stops the explorer at once.
func (s *Screen) End() {
	_ = s.cmd.Process.Kill()
	_ = s.terminal.Close()
	_ = s.cmd.Wait()
}

// Frames are what keys took, each when the frame before it was complete: sorted.
type Frames struct {
	First, Whole []float64 // seconds until a frame begins, and until the last byte
	Bytes        []float64
}

// Moves presses keys, each when the frame before it is complete. Each draws something.
func (s *Screen) Moves(keys ...string) (Frames, error) {
	var f Frames
	for _, key := range keys {
		if _, err := s.Answer(key, ""); err != nil {
			return f, err
		}
		s.settle()
		f.First = append(f.First, s.first.Sub(s.began).Seconds())
		f.Whole = append(f.Whole, s.last.Sub(s.began).Seconds())
		f.Bytes = append(f.Bytes, float64(s.seen.Len()))
	}
	for _, list := range [][]float64{f.First, f.Whole, f.Bytes} {
		slices.Sort(list)
	}
	return f, nil
}

// Of is the number below which a share of a sorted list is.
func Of(share float64, list []float64) float64 { return list[int(share*float64(len(list)))] }

// Memory is what the process has and had in memory, in bytes, by the name that /proc gives
// it; 0 where there is none.
func (s *Screen) Memory(name string) float64 {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	n, _ := printed.Kilobytes(string(status), name)
	return float64(n)
}

// Key is that of an action of the explorer.
func Key(name string) string {
	for _, action := range explorer.Actions() {
		if action.Name == name {
			return action.Keys[0]
		}
	}
	panic("there is no action " + name)
}
