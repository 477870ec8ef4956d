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
)

// opening reads both worlds and prints next to nothing: what each command has to do.
const opening = "list rules"

// commandLines are measured on each project. Everything is included by --all, so that an
// export has as many entries as there are dashboards.
var commandLines = []string{
	opening,
	"list models",
	"list models --output json",
	"list dashboards --output json",
	"list models --select +table_7",
	"gaps",
	"export --all --stdout",
	"export --all --diff",
	"export --all --check",
	"export --all",
	"export --all --check",
	"list exposures",
}

// commands measures darkroom's commands on one project, each against opening it.
func (b *bench) commands(ctx context.Context, s shape, models, dashboards int) error {
	dir := filepath.Join(b.dir, fmt.Sprint(s.name, "-", models))
	if err := b.own(ctx, "make-project", dir, s.name, models, dashboards); err != nil {
		return err
	}
	var all []process
	for _, line := range commandLines {
		args := append([]string{b.program}, strings.Fields(line)...)
		all = append(all, process{name: "`" + line + "`", dir: dir, args: append(args, "--tableau", "site.json", "."), findings: true})
	}
	input := fmt.Sprint(s.name, " ", models)
	title := fmt.Sprintf("%d models, %s, %d dashboards", models, s.name, dashboards)
	if err := b.explorer(ctx, dir, title, input); err != nil {
		return err
	}
	costs, err := b.inTurn(ctx, all)
	if err != nil {
		return err
	}
	b.table(title, all, costs)
	b.seen.note(input, all, costs)
	if err := b.interrupted(ctx, input, all[slices.Index(commandLines, "export --all --diff")]); err != nil {
		return err
	}
	return os.RemoveAll(dir)
}

// interrupted is how long a command takes to end once it is asked to, in the middle of its
// work.
func (b *bench) interrupted(ctx context.Context, input string, p process) error {
	whole := b.seen.costs[[2]string{input, strings.Trim(p.name, "`")}].time
	var times []time.Duration
	for range b.rounds {
		cmd := exec.CommandContext(ctx, p.args[0], p.args[1:]...)
		cmd.Dir = p.dir
		if err := cmd.Start(); err != nil {
			return err
		}
		time.Sleep(whole / 2)
		start := time.Now()
		if err := cmd.Process.Signal(os.Interrupt); err != nil {
			_ = cmd.Wait()
			continue // it was faster
		}
		_ = cmd.Wait() // it says that it was interrupted
		times = append(times, time.Since(start))
	}
	if len(times) > 0 {
		slices.Sort(times)
		took := times[len(times)/2]
		b.seen.times[[2]string{input, interruptedRow}] = took
		fmt.Fprintf(b.out, "%s, interrupted in the middle: it ends after %s.\n\n", p.name, rounded(took))
	}
	return nil
}
