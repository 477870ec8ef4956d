//go:build unix

package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// ratio is how much more processor time encoding/json takes to read a manifest into structs
// than darkroom takes for a command on it, each a process with one processor.
type ratio struct {
	megabytes int
	command   string
	times     float64
}

// documented are the ratios that sources/dbt/SPEED.md states and that .ci/ratios keeps.
func documented() []ratio {
	return []ratio{
		{6, "list rules", 3.4},
		{6, "list models --output json", 3.3},
		{60, "list rules", 7.1},
		{60, "list models --output json", 6.0},
	}
}

// kept is the part of a documented ratio below which the check fails.
const kept = 0.7

func (r ratio) lost(measured float64) bool { return measured < kept*r.times }

// Rounds of the check: a median of so many is the same whatever else the machine does,
// because both are measured in turn. A ratio that seems too small is measured again.
const (
	checkRounds = 7
	checkTries  = 3
)

// checkRatios measures the documented ratios again, and fails where one has become less
// than what is kept of it.
func (b *bench) checkRatios(ctx context.Context) error {
	var lost []string
	documented := documented()
	fmt.Fprintf(b.out, "| manifest | command | documented | measured |\n|---|---|---:|---:|\n")
	for len(documented) > 0 {
		size := documented[0].megabytes
		n := 1 + slices.IndexFunc(append(documented[1:len(documented):len(documented)], ratio{}), func(r ratio) bool { return r.megabytes != size })
		measured, err := b.measureRatios(ctx, size, documented[:n])
		if err != nil {
			return err
		}
		for i, r := range documented[:n] {
			fmt.Fprintf(b.out, "| %d MB | `%s` | %.1f | %.1f |\n", r.megabytes, r.command, r.times, measured[i])
			if r.lost(measured[i]) {
				lost = append(lost, fmt.Sprintf("`%s` on %d MB is %.1f times as fast as encoding/json, and was %.1f", r.command, r.megabytes, measured[i], r.times))
			}
		}
		documented = documented[n:]
	}
	if len(lost) > 0 {
		return fmt.Errorf("%s; find what has become slower, or state the new ratio in examples/bench/ratios.go", strings.Join(lost, "; "))
	}
	return nil
}

// measureRatios gives the median of each ratio on a manifest of one size.
func (b *bench) measureRatios(ctx context.Context, megabytes int, of []ratio) ([]float64, error) {
	dir, err := b.manifest(ctx, megabytes)
	if err != nil {
		return nil, err
	}
	all := []process{{name: "encoding/json", dir: dir, args: []string{b.self, "read-with-standard-library", manifestIn(dir)}, alone: true}}
	for _, r := range of {
		all = append(all, process{name: r.command, dir: dir, args: append(append([]string{b.program}, strings.Fields(r.command)...), "."), alone: true})
	}
	var ratios []float64
	seen := make([][]float64, len(of))
	for range checkTries {
		costs, err := rounds(ctx, all, checkRounds)
		if err != nil {
			return nil, err
		}
		ratios = ratios[:0]
		fine := true
		for i, r := range of {
			for n := range checkRounds {
				seen[i] = append(seen[i], costs[i+1][n].times(costs[0][n]))
			}
			slices.Sort(seen[i])
			middle := seen[i][len(seen[i])/2]
			ratios, fine = append(ratios, middle), fine && !r.lost(middle)
		}
		if fine {
			break
		}
	}
	return ratios, nil
}
