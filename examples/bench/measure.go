//go:build unix

package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
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
	// alone: the process has one processor. What Go does beside it depends on how busy the
	// others are, and so does the time of all together.
	alone bool
	// clean: what processes have written into the folder since it was made goes before.
	clean bool
}

// cost is what a process took.
type cost struct {
	cpu    time.Duration // of all processors together
	time   time.Duration
	memory int64 // bytes at the most
	output int64 // bytes
}

// times is by how much more processor time the other one takes.
func (c cost) times(other cost) float64 { return float64(other.cpu) / float64(max(c.cpu, 1)) }

func (p process) run(ctx context.Context) (cost, error) {
	if p.clean {
		if err := removeWritten(p.dir); err != nil {
			return cost{}, err
		}
	}
	cmd := exec.CommandContext(ctx, p.args[0], p.args[1:]...)
	cmd.Dir = p.dir
	if p.alone {
		cmd.Env = append(os.Environ(), "GOMAXPROCS=1")
	}
	var out counter
	var problems bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &problems
	start := time.Now()
	err := cmd.Run()
	c := cost{time: time.Since(start), output: int64(out)}
	if err != nil && (!p.findings || cmd.ProcessState.ExitCode() != 1) {
		return c, fmt.Errorf("%s: %w\n%s", p.name, err, problems.Bytes())
	}
	c.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		c.memory = peakBytes(runtime.GOOS, usage.Maxrss)
	}
	return c, nil
}

// peakBytes is the peak of memory that a system reports: macOS counts bytes, others kilobytes.
func peakBytes(system string, maxrss int64) int64 {
	if system == "darwin" || system == "ios" {
		return maxrss
	}
	return maxrss << 10
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
	costs, err := rounds(ctx, all, b.rounds)
	if err != nil {
		return nil, err
	}
	medians := make([]cost, len(all))
	for i, cs := range costs {
		medians[i] = cost{
			cpu:    median(cs, func(c cost) time.Duration { return c.cpu }),
			time:   median(cs, func(c cost) time.Duration { return c.time }),
			memory: median(cs, func(c cost) int64 { return c.memory }),
			output: cs[0].output,
		}
	}
	return medians, nil
}

// rounds are the costs of each process in each round.
func rounds(ctx context.Context, all []process, n int) ([][]cost, error) {
	costs := make([][]cost, len(all))
	for range n {
		for i, p := range all {
			c, err := p.run(ctx)
			if err != nil {
				return nil, err
			}
			costs[i] = append(costs[i], c)
		}
	}
	return costs, nil
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

// table prints the costs, each against the first. The title "" is printed already.
func (b *bench) table(title string, all []process, costs []cost) {
	if title != "" {
		fmt.Fprintf(b.out, "## %s\n\n", title)
	}
	fmt.Fprintf(b.out, "| command | processor time | of the first | time | memory | output |\n|---|---:|---:|---:|---:|---:|\n")
	for i, c := range costs {
		fmt.Fprintf(b.out, "| %s | %s | %.2f | %s | %d MB | %d kB |\n", all[i].name, rounded(c.cpu), costs[0].times(c), rounded(c.time), c.memory>>20, c.output>>10)
	}
	fmt.Fprintln(b.out)
}

func rounded(d time.Duration) time.Duration {
	if d > time.Second {
		return d.Round(10 * time.Millisecond)
	}
	if d < time.Millisecond {
		return d.Round(10 * time.Microsecond)
	}
	return d.Round(100 * time.Microsecond)
}
