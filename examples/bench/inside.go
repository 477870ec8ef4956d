//go:build unix

package main

import (
	"context"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"darkroom/sources/dbt"
	"darkroom/sources/project/workspace"
	"darkroom/sources/tableau"
	"darkroom/ui/cli/memory"
)

// What is measured inside of a process of its own.
const (
	countingRow       = "the dashboards below every model"
	collectionRow     = "a full garbage collection"
	snapshotRow       = "the snapshot alone"
	snapshotMemoryRow = "its memory at the most"
	manifestMemoryRow = "memory of the loader alone"
)

// inside measures parts of opening a project, each in a fresh process.
func (b *bench) inside(ctx context.Context, dir, input string) error {
	fmt.Fprintf(b.out, "## Inside: %s\n\n| | |\n|---|---:|\n", input)
	seen := map[string][]float64{}
	for range b.rounds {
		if _, err := b.probe(ctx, seen, "measure-graph", dir); err != nil {
			return err
		}
		memory, err := b.probe(ctx, seen, "measure-snapshot", dir)
		if err != nil {
			return err
		}
		seen[snapshotMemoryRow] = append(seen[snapshotMemoryRow], float64(memory))
	}
	for _, row := range []string{countingRow, collectionRow, snapshotRow, snapshotMemoryRow} {
		unit := unit(seconds)
		if row == snapshotMemoryRow {
			unit = sized
		}
		b.seen.values[at{input, row}] = middle(seen[row])
		fmt.Fprintf(b.out, "| %s | %s |\n", row, unit(middle(seen[row])))
	}
	fmt.Fprintln(b.out)
	return nil
}

// probe runs one of ownCommands that prints a number and its row in each line, and gives the
// memory of its process at the most.
func (b *bench) probe(ctx context.Context, into map[string][]float64, name, dir string) (memory int64, err error) {
	cmd := exec.CommandContext(ctx, b.self, name, dir)
	text, err := cmd.Output()
	if err != nil {
		return 0, fmt.Errorf("%s: %w", name, err)
	}
	for line := range strings.Lines(string(text)) {
		number, row, _ := strings.Cut(strings.TrimSpace(line), " ")
		v, err := strconv.ParseFloat(number, 64)
		if err != nil {
			return 0, fmt.Errorf("%s: %w", name, err)
		}
		into[row] = append(into[row], v)
	}
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		memory = peakBytes(runtime.GOOS, usage.Maxrss)
	}
	return memory, nil
}

// measureGraph opens a project, counts the dashboards below all nodes and collects garbage:
// the project's folder.
func measureGraph(args []string, out io.Writer) error {
	w, err := workspace.Open(context.Background(), workspace.Request{Dir: args[0], Metadata: []string{siteIn(args[0])}, ReadOnly: true})
	if err != nil {
		return err
	}
	start := time.Now()
	counts := w.Graph.NewCounts(true, nil)
	counts.Add(1, w.Graph.DashboardIDs()...)
	fmt.Fprintln(out, time.Since(start).Seconds(), countingRow)
	runtime.GC() // what was left of reading
	const times = 5
	var took []float64
	for range times {
		start := time.Now()
		runtime.GC()
		took = append(took, time.Since(start).Seconds())
	}
	fmt.Fprintln(out, middle(took), collectionRow)
	runtime.KeepAlive(counts)
	return w.Close()
}

// measureSnapshot reads the snapshot of a project: the project's folder.
func measureSnapshot(args []string, out io.Writer) error {
	start := time.Now()
	sites, err := tableau.Load(context.Background(), []string{siteIn(args[0])}, tableau.Options{})
	if err != nil {
		return err
	}
	fmt.Fprintln(out, time.Since(start).Seconds(), snapshotRow)
	runtime.KeepAlive(sites)
	return nil
}

// measureManifest reads a manifest and nothing else: the project's folder. Only its memory
// matters.
func measureManifest(args []string, _ io.Writer) error {
	memory.Start()
	p, err := dbt.LoadProject(context.Background(), manifestIn(args[0]), dbt.Options{})
	runtime.KeepAlive(p)
	return err
}

func siteIn(dir string) string { return filepath.Join(dir, "site.json") }
