//go:build unix

// Command bench measures darkroom on projects of any size, against reading the same files
// in other ways, and prints the results as Markdown, at the end as one table of what is to be
// reached and what is:
//
//	go run ./examples/bench
//	go run ./examples/bench -models 1000 -dashboards 200 -megabytes 6 -rounds 1 -packages=false
//	go run ./examples/bench -ratios
//
// It makes its inputs, builds darkroom, compares what the other programs find that are
// installed (jq, msgspec, DuckDB, dlin, dbt-lineage, simdjson: CXX, CXXFLAGS and LDFLAGS say
// where), and runs each command in a fresh process, in turn with those that it is compared
// with. The explorer runs on a terminal. Of several rounds the medians count. Times depend
// on the machine; the ratios are what a change is judged by: -ratios only checks those that
// are documented.
//
// All of it takes about a quarter of an hour on a machine that does nothing else, 3 GB of
// memory for itself and 1 GB of disk, and -memory for the other programs. What does not fit
// is left out and named. The second line takes a minute.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// ownCommands are what bench runs of itself in processes of their own: the memory of a
// process is counted from that of the one that starts it.
var ownCommands = map[string]func(args []string, out io.Writer) error{
	"read-with-standard-library": listWithStandardLibrary,
	"count-models":               countModels,
	"make-manifest":              makeManifest,
	"make-project":               makeProject,
	"measure-graph":              measureGraph,
	"measure-manifest":           measureManifest,
	"measure-snapshot":           measureSnapshot,
}

// bench is one run of the whole comparison.
type bench struct {
	out     io.Writer
	dir     string // of the inputs
	program string // darkroom, built
	self    string // this program, which runs itself to read with encoding/json
	rounds  int
	memory  int // gigabytes that another program may need
	seen    *results
}

func run(ctx context.Context, args []string, out io.Writer) error {
	if len(args) > 0 {
		if own, ok := ownCommands[args[0]]; ok {
			return own(args[1:], out)
		}
	}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.Usage = func() { usage(flags) }
	models := flags.String("models", "1000,10000,100000", "numbers of models; \"\" leaves projects out")
	dashboards := flags.String("dashboards", "200,2000,20000", "numbers of dashboards, one for each number of models")
	megabytes := flags.String("megabytes", "6,60,600", "sizes of manifests that others read, too; \"\" leaves them out")
	ofPackages := flags.Bool("packages", true, "run benchmarks of packages")
	onlyRatios := flags.Bool("ratios", false, "only check that the documented ratios still hold, which takes ten seconds")
	rounds := flags.Int("rounds", 3, "how often each is run; the medians count")
	memory := flags.Int("memory", 6, "gigabytes of memory that another program may need")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return nil
	case err != nil:
		return err
	}
	var in inputs
	for text, list := range map[*string]*[]int{models: &in.models, dashboards: &in.dashboards, megabytes: &in.megabytes} {
		var err error
		if *list, err = numbers(*text); err != nil {
			return err
		}
	}
	if len(in.models) != len(in.dashboards) {
		return fmt.Errorf("-models has %d numbers and -dashboards %d; give one for each", len(in.models), len(in.dashboards))
	}
	b := &bench{out: out, rounds: max(1, *rounds), memory: *memory, seen: newResults()}
	return b.prepared(ctx, func() error {
		if *onlyRatios {
			return b.checkRatios(ctx)
		}
		return b.measureAll(ctx, in, *ofPackages)
	})
}

// usage is printed by -h.
func usage(flags *flag.FlagSet) {
	fmt.Fprint(flags.Output(), "Measures darkroom against its goals and against other programs. All of it takes about a quarter of\n"+
		"an hour on a machine that does nothing else, 3 GB of memory and 1 GB of disk.\n\n")
	flags.PrintDefaults()
}

// prepared builds darkroom and makes a folder for what then is measured.
func (b *bench) prepared(ctx context.Context, measure func() error) error {
	dir, err := os.MkdirTemp("", "darkroom-bench")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	b.dir, b.program = dir, filepath.Join(dir, "darkroom")
	if b.self, err = os.Executable(); err != nil {
		return err
	}
	if text, err := exec.CommandContext(ctx, "go", "build", "-o", b.program, "darkroom").CombinedOutput(); err != nil {
		return fmt.Errorf("building darkroom: %w\n%s", err, text)
	}
	return measure()
}

// measureAll ends with the table of goals.
func (b *bench) measureAll(ctx context.Context, in inputs, ofPackages bool) error {
	fmt.Fprintf(b.out, "%s/%s, %d CPUs, %s, medians of %d.\n\n", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version(), b.rounds)
	if err := b.loader(ctx, in.megabytes); err != nil {
		return err
	}
	if err := b.projects(ctx, in); err != nil {
		return err
	}
	if ofPackages {
		if err := b.runBenchmarks(ctx, benchmarks()); err != nil {
			return err
		}
	}
	fmt.Fprint(b.out, "## Goals\n\n")
	goalTable(b.out, goals(in), b.seen)
	if len(b.seen.left) > 0 {
		fmt.Fprintf(b.out, "\nLeft out: %s.\n", strings.Join(b.seen.left, "; "))
	}
	return nil
}

// numbers reads "1000,10000".
func numbers(text string) ([]int, error) {
	var out []int
	for word := range strings.SplitSeq(text, ",") {
		if word == "" {
			continue
		}
		n, err := strconv.Atoi(word)
		if err != nil || n < 1 {
			return nil, fmt.Errorf("%q is not a number of at least 1; write for example 1000,10000", word)
		}
		out = append(out, n)
	}
	return out, nil
}
