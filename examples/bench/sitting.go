//go:build unix

package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"darkroom/examples/bench/screen"
)

// The rows of the table of the explorer that the goals name.
const (
	loadedRow       = "everything loaded"
	loadedMemoryRow = "memory at the most until then"
	halfRow         = "key to frame, half of them within"
	mostRow         = "key to frame, 99 % within"
	moveRow         = "bytes of a move"
	scrollRow       = "bytes of a scrolled line"
	filterFrameRow  = "a key of the filter to the next frame, 99 % within"
	filterAnswerRow = "the same to what it finds, 99 % within"
	writeRow        = "what writing would change"
	memoryRow       = "memory at the most"
)

// reading is one number of a run of the explorer.
type reading struct {
	row   string
	unit  unit
	value float64
}

// sitting is one run of the explorer, in the order of its rows.
type sitting []reading

func (s *sitting) time(row string, d time.Duration) { s.add(row, seconds, d.Seconds()) }

func (s *sitting) add(row string, u unit, value float64) { *s = append(*s, reading{row, u, value}) }

// explorer measures the real screen on a project, in as many runs as there are rounds: the
// medians count.
func (b *bench) explorer(ctx context.Context, dir, title, input string) error {
	var runs []sitting
	for range b.rounds {
		run, err := b.sit(ctx, dir)
		if err != nil {
			return err
		}
		runs = append(runs, run)
	}
	fmt.Fprintf(b.out, "## The explorer: %s\n\n| | |\n|---|---:|\n", title)
	for i, first := range runs[0] {
		var values []float64
		for _, run := range runs {
			values = append(values, run[i].value)
		}
		b.seen.values[at{input, first.row}] = middle(values)
		fmt.Fprintf(b.out, "| %s | %s |\n", first.row, first.unit(middle(values)))
	}
	fmt.Fprintln(b.out)
	return nil
}

// sit is one run: until everything is loaded, keys, the filter, including everything, and
// what writing would change. It decides nothing for good: the project's decisions go.
func (b *bench) sit(ctx context.Context, dir string) (out sitting, err error) {
	defer func() { _ = os.RemoveAll(filepath.Join(dir, ".darkroom")) }()
	cmd := exec.CommandContext(ctx, b.program, "--tableau", "site.json", "--theme", "dark", ".")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "TERM=xterm-256color", "CI=", "XDG_STATE_HOME="+filepath.Join(b.dir, "state"), "XDG_CONFIG_HOME="+filepath.Join(b.dir, "config"))
	s, err := screen.Open(cmd)
	if err != nil {
		return nil, err
	}
	defer s.End()
	for _, step := range []struct{ row, text string }{{"first frame", "darkroom"}, {loadedRow, "undecided of"}} {
		took, err := s.Until(step.text)
		if err != nil {
			return nil, err
		}
		out.time(step.row, took)
	}
	out.add(loadedMemoryRow, sized, s.Memory("VmHWM:"))
	if err := out.walk(s); err != nil {
		return nil, err
	}
	if err := out.filter(s); err != nil {
		return nil, err
	}
	for _, step := range []struct{ what, keys, text string }{
		{"the question before everything is included", screen.Key("decide.include-shown"), "does it"},
		{"everything included, and what an export does with it", "y", " new"},
		{writeRow, screen.Key("write"), "write it"},
	} {
		took, err := s.Answer(step.keys, step.text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", step.what, err)
		}
		out.time(step.what, took)
	}
	out.add(memoryRow, sized, s.Memory("VmHWM:"))
	return out, nil
}

// walk goes up and down in the list of dashboards, and up from its end until it scrolls.
func (out *sitting) walk(s *screen.Screen) error {
	if _, err := s.Answer(screen.Key("view.dashboards"), "[2 Dashboards]"); err != nil {
		return err
	}
	moves, err := s.Moves(slices.Repeat([]string{"j", "k"}, 50)...)
	if err != nil {
		return err
	}
	out.add(halfRow, seconds, screen.Of(0.5, moves.First))
	out.add(mostRow, seconds, screen.Of(0.99, moves.First))
	out.add(moveRow, sized, screen.Of(0.5, moves.Bytes))
	if _, err := s.Answer(screen.Key("tree.open-all")+"G", ""); err != nil {
		return err
	}
	if err := s.Press(strings.Repeat("k", 50)); err != nil { // to the top of the screen
		return err
	}
	scrolls, err := s.Moves(slices.Repeat([]string{"k"}, 20)...)
	if err != nil {
		return err
	}
	out.add(scrollRow, sized, screen.Of(0.5, scrolls.Bytes))
	return nil
}

// filter types words letter by letter, and takes each away again.
func (out *sitting) filter(s *screen.Screen) error {
	if _, err := s.Answer(screen.Key("filter"), ""); err != nil {
		return err
	}
	const back = "\x7f"
	var keys []string
	for _, word := range []string{"00012", "dash 7", "board99"} {
		keys = slices.Concat(keys, strings.Split(word, ""), slices.Repeat([]string{back}, len(word)))
	}
	typed, err := s.Moves(keys...)
	if err != nil {
		return err
	}
	out.add(filterFrameRow, seconds, screen.Of(0.99, typed.First))
	out.add(filterAnswerRow, seconds, screen.Of(0.99, typed.Whole))
	took, err := s.Answer("\x1b", "")
	out.time("no filter again", took)
	return err
}
