//go:build unix

package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"slices"
	"syscall"
	"time"
)

// interruptedRow is how long the slowest command takes to end once it is asked to.
const interruptedRow = "from a signal to the end"

// interrupted asks each command to end in the middle of its work: with ctrl-C and with
// SIGTERM in turn.
func (b *bench) interrupted(ctx context.Context, input string, all []process) error {
	slowest, which := 0.0, ""
	codes := map[int]int{}
	for _, p := range all {
		var took []float64
		for round := range b.rounds {
			signal := []os.Signal{os.Interrupt, syscall.SIGTERM}[round%2]
			d, code, err := p.interrupt(ctx, signal, b.seen.costs[at{input, bare(p.name)}].time/2)
			if err != nil {
				return err
			}
			codes[code]++
			took = append(took, d.Seconds())
		}
		if median := middle(took); median > slowest {
			slowest, which = median, p.name
		}
	}
	b.seen.values[at{input, interruptedRow}] = slowest
	fmt.Fprintf(b.out, "Interrupted in the middle, the slowest command is %s: it ends after %s. Exit codes:", which, seconds(slowest))
	for _, code := range slices.Sorted(maps.Keys(codes)) {
		fmt.Fprintf(b.out, " %d (%d times)", code, codes[code])
	}
	fmt.Fprint(b.out, ".\n\n")
	return nil
}

// interrupt starts a process, sends it a signal after a while, and gives how long it takes
// to end from then on, and its exit code.
func (p process) interrupt(ctx context.Context, signal os.Signal, after time.Duration) (time.Duration, int, error) {
	cmd := exec.CommandContext(ctx, p.args[0], p.args[1:]...)
	cmd.Dir = p.dir
	if err := cmd.Start(); err != nil {
		return 0, 0, err
	}
	time.Sleep(after)
	start := time.Now()
	_ = cmd.Process.Signal(signal) // where it was faster, its code says so
	_ = cmd.Wait()                 // it says that it was interrupted
	return time.Since(start), cmd.ProcessState.ExitCode(), ctx.Err()
}
