//go:build unix

package main

import (
	"context"
	"fmt"
	"maps"
	"os/exec"
	"slices"
	"strconv"
	"strings"
)

// packages is the input of what benchmarks of packages measure.
const packages = "packages"

// benchmark is one that a package has: what needs more than a command is measured there.
type benchmark struct{ pkg, pattern, time string }

func benchmarks() []benchmark {
	return []benchmark{
		{"darkroom/ui/explorer", "^BenchmarkFrame$", "200ms"},
		{"darkroom/model/match", "^BenchmarkMatch$/^100000$/^(all|same)$", "50000x"},
		{"darkroom/model/lineage", "^BenchmarkMemoryOfALink$", "1x"},
		{"darkroom/examples/bench", "^BenchmarkMemory$", "1x"},
		{"darkroom/sources/tableau/fetch", "^BenchmarkLargeSite$/^nodes-20000$", "1x"},
	}
}

// runBenchmarks runs them, each in as many processes as there are rounds: the medians count.
func (b *bench) runBenchmarks(ctx context.Context, all []benchmark) error {
	fmt.Fprintf(b.out, "## Benchmarks of packages\n\n| | |\n|---|---:|\n")
	for _, one := range all {
		seen := map[string][]float64{}
		for range b.rounds {
			cmd := exec.CommandContext(ctx, "go", "test", "-run", "^$", "-bench", one.pattern, "-benchtime", one.time, one.pkg)
			text, err := cmd.CombinedOutput()
			if err != nil {
				return fmt.Errorf("%s: %w\n%s", one.pkg, err, text)
			}
			readBenchmarks(string(text), seen)
		}
		for _, what := range slices.Sorted(maps.Keys(seen)) {
			b.seen.values[at{packages, what}] = middle(seen[what])
			fmt.Fprintf(b.out, "| %s | %.6g |\n", what, middle(seen[what]))
		}
	}
	fmt.Fprintln(b.out)
	return nil
}

// readBenchmarks adds the numbers of go test's lines, by the benchmark's name and the unit.
// Times are seconds.
func readBenchmarks(text string, into map[string][]float64) {
	for line := range strings.Lines(text) {
		name, ok := strings.CutPrefix(line, "Benchmark")
		words := strings.Fields(name)
		if !ok || len(words) < 4 {
			continue
		}
		name = words[0]
		if at := strings.LastIndexByte(name, '-'); at > 0 {
			name = name[:at] // the number of processors
		}
		for i := 2; i+1 < len(words); i += 2 {
			v, err := strconv.ParseFloat(words[i], 64)
			if err != nil {
				continue
			}
			unit := words[i+1]
			if unit == "ns/op" {
				v, unit = v/1e9, "seconds"
			}
			into[name+" "+unit] = append(into[name+" "+unit], v)
		}
	}
}

// middle is the median.
func middle(values []float64) float64 {
	values = slices.Sorted(slices.Values(values))
	return values[len(values)/2]
}
