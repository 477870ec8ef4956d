//go:build unix

package main

import (
	"math"
	"slices"
	"strings"
	"testing"

	"darkroom/examples/bench/printed"
)

// A goal is met when all of its numbers are as they are to be; what is not measured is a
// dash, and no reason to say that it is.
func TestGoalTable(t *testing.T) {
	list := func(values ...float64) func(*results) []float64 {
		return func(*results) []float64 { return values }
	}
	var out strings.Builder
	goalTable(&out, []goal{
		{"both", []part{{"half", seconds, most(0.002), list(0.0005)}, {"99 %", seconds, most(0.009), list(0.004, 0.009)}}},
		{"one of two", []part{{"", times, least(10), list(12, 9.99)}}},
		{"one is missing", []part{{"msgspec", times, above(1), list(1.5, missing)}}},
		{"one is not ahead", []part{{"jq", times, above(1), list(1)}}},
		{"nothing", []part{{"", sized, most(56 << 20), list(missing)}}},
		{"without a target", []part{{"a model", count, bound{}, list(1351.2)}}},
	}, newResults())
	want := `| measure | target | reached | met? |
|---|---|---|---|
| both | half ≤ 2ms, 99 % ≤ 9ms | half 500µs, 99 % 4ms / 9ms | yes |
| one of two | ≥ 10.00x | 12.00x / 9.99x | **no** |
| one is missing | msgspec > 1.00x | msgspec 1.50x / – | as far as measured |
| one is not ahead | jq > 1.00x | jq 1.00x | **no** |
| nothing | ≤ 56 MB | – |  |
| without a target |  | a model 1351 |  |
`
	if out.String() != want {
		t.Errorf("%s", out.String())
	}
}

// The table has its numbers where the measurements put them.
func TestGoalsFindWhatIsMeasured(t *testing.T) {
	in := inputs{models: []int{1000, 2000}, dashboards: []int{200, 400}, megabytes: []int{6, 60}}
	ofPackages := []string{"`View()` of 200x50", "200,000 tables against 100,000 relations", "sync of 5,000 workbooks", "bytes kept"}
	r := newResults()
	for _, n := range in.models {
		for _, line := range append(commandLines, manifestAlone, siteAlone) {
			r.costs[at{projectOf(deep, n), line}] = cost{cpu: 2e9, time: 1e9, memory: 1 << 20}
		}
		r.costs[at{projectOf(deep, n), opening}] = cost{cpu: 1e9, time: 1e9, memory: 1 << 20}
		for _, row := range []string{
			countingRow, interruptedRow, writeRow, loadedRow, loadedMemoryRow, memoryRow, filterFrameRow, filterAnswerRow,
			halfRow, mostRow, moveRow, scrollRow, snapshotRow, snapshotMemoryRow, collectionRow,
		} {
			r.values[at{projectOf(deep, n), row}] = 0.001
		}
	}
	for _, n := range in.megabytes {
		r.values[at{manifestOf(n), manifestMemoryRow}] = 1 << 20
		for _, p := range append([]peer{{name: bare(darkroomLoads)}, {name: bare(darkroomLists)}}, peers...) {
			r.costs[at{manifestOf(n), p.name}] = cost{cpu: 1e9, time: 1e9, memory: 1 << 20}
		}
	}
	for _, g := range goals(in) {
		for _, p := range g.parts {
			isMissing, ofPackages := slices.ContainsFunc(p.of(r), math.IsNaN), slices.Contains(ofPackages, g.measure)
			if len(p.of(r)) == 0 || isMissing != ofPackages {
				t.Errorf("%s %s: %s", g.measure, p.name, p.printed(p.of(r)))
			}
		}
	}
	if got := in.overOpening("export --all --diff")(r); !slices.Equal(got, []float64{2, 2}) {
		t.Errorf("%v", got)
	}
}

// The lines of benchmarks are read by name and unit, whatever else is printed.
func TestBenchmarksAreRead(t *testing.T) {
	seen := map[string][]float64{}
	readBenchmarks(`goos: linux
BenchmarkFrame-2         	   23113	     51820 ns/op	    9200 B/op	      43 allocs/op
BenchmarkMatch/100000/same-2 	  200000	       250.5 ns/op	       100.0 %matched	       0 B/op	       0 allocs/op
BenchmarkBroken-2
PASS
`, seen)
	for what, want := range map[string]float64{"Frame seconds": 51820e-9, "Frame allocs/op": 43, "Match/100000/same seconds": 250.5e-9, "Match/100000/same %matched": 100} {
		if got := seen[what]; len(got) != 1 || max(got[0]-want, want-got[0]) > 1e-15 {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	if len(seen) != 7 {
		t.Errorf("%v", seen)
	}
}

func TestRoom(t *testing.T) {
	b := &bench{dir: t.TempDir(), memory: 2, seen: newResults()}
	if why := b.room(t.Context(), 1, 1); why != "" {
		t.Error(why)
	}
	if why := b.room(t.Context(), 1<<60, 1); !strings.Contains(why, "on the disk") {
		t.Errorf("%q", why)
	}
	if why := b.room(t.Context(), 1, 3<<30); why != "needs about 3072 MB of memory, -memory allows 2048 MB" {
		t.Errorf("%q", why)
	}
	if n, ok := printed.Kilobytes("MemTotal:  9 kB\nMemAvailable:   12 kB\n", "MemAvailable:"); n != 12<<10 || !ok {
		t.Error(n, ok)
	}
	b.leave("DuckDB on 600 MB", "needs more")
	if !slices.Equal(b.seen.left, []string{"DuckDB on 600 MB: needs more"}) {
		t.Error(b.seen.left)
	}
}
