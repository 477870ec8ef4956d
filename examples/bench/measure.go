//go:build unix

package main

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"slices"
	"syscall"
	"time"
)

// process is one command in a folder. Its output is read and counted, as a pipe would.
type process struct {
	name string
	dir  string
	args []string
	// findings: exit code 1 is as good as 0, as that of a check is.
	findings bool
}

// cost is what a process took.
type cost struct {
	time   time.Duration
	memory int64 // bytes at the most
	output int64 // bytes
}

func (p process) run(ctx context.Context) (cost, error) {
	cmd := exec.CommandContext(ctx, p.args[0], p.args[1:]...)
	cmd.Dir = p.dir
	var out counter
	var problems bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &problems
	start := time.Now()
	err := cmd.Run()
	c := cost{time: time.Since(start), output: int64(out)}
	if err != nil && (!p.findings || cmd.ProcessState.ExitCode() != 1) {
		return c, fmt.Errorf("%s: %w\n%s", p.name, err, problems.Bytes())
	}
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		c.memory = usage.Maxrss << 10
	}
	return c, nil
}

// own runs one of ownCommands.
func (b *bench) own(ctx context.Context, name string, args ...any) error {
	cmd := exec.CommandContext(ctx, b.self, name)
	for _, arg := range args {
		cmd.Args = append(cmd.Args, fmt.Sprint(arg))
	}
	if text, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", name, err, text)
	}
	return nil
}

// inTurn runs all of the processes once in each round, so that what slows the machine
// down slows all of them down, and gives the medians.
func (b *bench) inTurn(ctx context.Context, all []process) ([]cost, error) {
	costs := make([][]cost, len(all))
	for range b.rounds {
		for i, p := range all {
			c, err := p.run(ctx)
			if err != nil {
				return nil, err
			}
			costs[i] = append(costs[i], c)
		}
	}
	medians := make([]cost, len(all))
	for i, cs := range costs {
		medians[i] = cost{
			time:   median(cs, func(c cost) time.Duration { return c.time }),
			memory: median(cs, func(c cost) int64 { return c.memory }),
			output: cs[0].output,
		}
	}
	return medians, nil
}

func median[T int64 | time.Duration](cs []cost, of func(cost) T) T {
	var values []T
	for _, c := range cs {
		values = append(values, of(c))
	}
	slices.Sort(values)
	return values[len(values)/2]
}

// counter counts what is written to it.
type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// table prints the costs, each against the first.
func (b *bench) table(title string, all []process, costs []cost) {
	fmt.Fprintf(b.out, "## %s\n\n| command | time | of the first | memory | output |\n|---|---:|---:|---:|---:|\n", title)
	for i, c := range costs {
		fmt.Fprintf(b.out, "| %s | %s | %.2f | %d MB | %d kB |\n", all[i].name, rounded(c.time), float64(c.time)/float64(costs[0].time), c.memory>>20, c.output>>10)
	}
	fmt.Fprintln(b.out)
}

func rounded(d time.Duration) time.Duration {
	if d > time.Second {
		return d.Round(10 * time.Millisecond)
	}
	return d.Round(100 * time.Microsecond)
}
