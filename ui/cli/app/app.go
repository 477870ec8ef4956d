// Package app is what all commands share: the streams, the clock, the flags that every
// command has, the log, and opening a project with all of it. Exit codes are here, and
// the flags that choose nodes.
//
// Not here: the commands (ui/cli/setup, ui/cli/ask, ui/cli/decide, ui/cli/write,
// ui/cli/operate, ui/cli/about, ui/cli/explore) and their list (ui/cli).
package app

import (
	"io"
	"sync"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"darkroom/model/health"
	"darkroom/model/lineage"
	"darkroom/sources/project/tools"
	"darkroom/ui/cli/demo"
)

// App is one run of darkroom. A new one needs In, Out and Err alone.
type App struct {
	In       io.Reader
	Out, Err io.Writer
	Tools    tools.List       // the BI tools; empty means all that darkroom reads
	Now      func() time.Time // nil is time.Now

	Demo      bool
	Live      bool
	Manifests []string
	Strict    bool // an outdated manifest is an error
	Tableau   []string
	Results   []string   // of more runs of dbt
	Example   *demo.Demo // laid out by the first that opens it

	// Rules are those by which health is judged, also by --select; the time is Judging's.
	Rules health.Options

	Diary   Diary
	logFile string
	unpipe  func() // removes the file of standard input; nil without one
	beside  lent
	lasts   atomic.Bool // see Lasts
	ending  sync.Once   // what is said of a signal
}

// Today is when the command runs.
func (a *App) Today() time.Time {
	if a.Now == nil {
		return time.Now()
	}
	return a.Now()
}

// Register adds the flags that every command has.
func (a *App) Register(flags *pflag.FlagSet) {
	flags.BoolVar(&a.Demo, "demo", false, "use the built-in example: two dbt projects, two Tableau sites")
	flags.BoolVar(&a.Live, "live", false, "with --demo: serve the example's Tableau sites from this process, to try sync")
	flags.StringArrayVar(&a.Manifests, "manifest", nil, "dbt manifest.json or .json.gz `FILE`, - for standard input; may be repeated")
	flags.BoolVar(&a.Strict, "strict-manifest", false, "fail when a manifest is older than its project's files")
	flags.StringArrayVar(&a.Tableau, "tableau", nil, "Tableau metadata `FILE` or folder: a snapshot or saved Metadata API answers, - for standard input; may be repeated")
	flags.StringVar(&a.logFile, "log", "", "write what happens into `FILE`, line by line; without secrets")
}

// Begin opens the log and reads standard input, once flags are read.
func (a *App) Begin(cmd *cobra.Command) error {
	if err := a.Diary.begin(a.logFile, cmd, a.Today()); err != nil {
		return err
	}
	return a.takeStdin()
}

// Close removes what a command has laid out.
func (a *App) Close() {
	a.Example.Remove()
	if a.unpipe != nil {
		a.unpipe()
	}
}

// Judging is how health is judged: of the example an hour after its last run, so that its
// results do not grow old.
func (a *App) Judging(g *lineage.Graph) health.Options {
	rules := a.Rules
	rules.Now = a.Today()
	if !a.Demo {
		return rules
	}
	var last time.Time
	for _, p := range g.Projects {
		if p.RunAt.After(last) {
			last = p.RunAt
		}
	}
	rules.Now = last.Add(time.Hour)
	return rules
}

// WroteFiles remembers that the example was changed, so that it says where it is.
func (a *App) WroteFiles() {
	if a.Example != nil {
		a.Example.Wrote = true
	}
}
