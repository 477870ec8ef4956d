// Package cli is the command line: one file per command and one list of them, testable
// in process through Main. It opens workspaces, prints, and starts the explorer.
//
// Not here: what the answers are (model, sources/project), what is printed for machines
// and in tables (ui/cli/records), and how (ui/cli/output, ui/cli/syncprint,
// ui/cli/terminal).
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"darkroom/sources/disk"
	"darkroom/sources/project/tools"
	"darkroom/ui/cli/demo"
	"darkroom/ui/cli/output"
	"darkroom/ui/cli/terminal"

	_ "darkroom/ui/dark" // before bubbletea: keeps every command quiet and instant
)

// Exit codes (ui/TERMINAL.md#exit-codes).
const (
	exitOK       = 0
	exitFindings = 1
	exitUsage    = 2
	exitFailure  = 3
)

// Main runs one command line and returns its exit code. It never exits itself.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	return (&app{stdin: stdin, out: stdout, err: stderr}).main(args)
}

// main is Main for an app that may have other tools than darkroom's.
func (a *app) main(args []string) int {
	defer func() {
		a.example.Remove()
		if a.unpipe != nil {
			a.unpipe()
		}
	}()
	return a.interruptible(func(ctx context.Context) int { return a.run(ctx, args) })
}

func (a *app) run(ctx context.Context, args []string) int {
	root := a.command()
	root.SetArgs(args)
	root.SetIn(a.stdin)
	root.SetOut(a.out)
	root.SetErr(a.err)
	err := stopped(ctx, root.ExecuteContext(ctx))
	a.log.end(err, a.today())
	if err == nil {
		return exitOK
	}
	if msg := err.Error(); msg != "" {
		fmt.Fprintln(a.err, "darkroom: "+output.CleanLines(msg))
	}
	var coded *codedError
	switch {
	case errors.Is(err, terminal.ErrStopped):
		return exitStopped
	case errors.As(err, &coded):
		return coded.code
	}
	if errors.Is(err, disk.ErrInvalid) {
		return exitUsage
	}
	return exitFailure
}

// codedError is an error that decides the exit code. With an empty text nothing
// more is printed.
type codedError struct {
	code int
	err  error
}

func (e *codedError) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func (e *codedError) Unwrap() error { return e.err }

func usage(format string, args ...any) error {
	return &codedError{exitUsage, fmt.Errorf(format, args...)}
}

// findings ends a command with exit code 1: it worked, and found something.
var findings = &codedError{code: exitFindings}

// app carries what all commands share.
type app struct {
	stdin    io.Reader
	out, err io.Writer

	log     diary
	logFile string

	demo      bool
	live      bool
	manifests []string
	strict    bool // an outdated manifest is an error
	tableau   []string
	results   []string   // of more runs of dbt
	tools     tools.List // the BI tools; empty means all that darkroom reads
	example   *demo.Demo // laid out by the first that opens it

	now func() time.Time // nil is time.Now

	unpipe func() // removes the file of standard input; nil without one

	beside lent
}

// today is when the command runs.
func (a *app) today() time.Time {
	if a.now == nil {
		return time.Now()
	}
	return a.now()
}

// commands are all commands but the explorer, which is the root, and completion, which
// is cobra's.
func commands() []func(*app) *cobra.Command {
	return []func(*app) *cobra.Command{
		(*app).exportCommand,
		(*app).decideCommand,
		(*app).pinCommand,
		(*app).mapCommand,
		(*app).ignoreCommand,
		(*app).adoptCommand,
		(*app).renameCommand,
		(*app).listCommand,
		(*app).explainCommand,
		(*app).lineageCommand,
		(*app).impactCommand,
		(*app).gapsCommand,
		(*app).healthCommand,
		(*app).refreshCommand,
		(*app).initCommand,
		(*app).syncCommand,
		(*app).schemaCommand,
		(*app).manCommand,
		(*app).doctorCommand,
		(*app).trustCommand,
		(*app).versionCommand,
	}
}

// command builds the tree of commands.
func (a *app) command() *cobra.Command {
	var ui explorerFlags
	root := &cobra.Command{
		Use:   "darkroom [DIR]",
		Short: "Develop your exposures: see which Tableau dashboards depend on which dbt models",
		Long: "darkroom reads a dbt manifest and Tableau metadata into one lineage graph, shows it as\n" +
			"trees, lets you include dashboards and writes them as dbt exposures.\n\n" +
			"Try it without any setup: darkroom --demo",
		Args:                       maxArgs(1),
		SilenceErrors:              true,
		SilenceUsage:               true,
		SuggestionsMinimumDistance: 2,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := mistyped(cmd, dirOf(args)); err != nil && !a.demo {
				return err
			}
			return a.explore(cmd.Context(), dirOf(args), ui, cmd.Flags())
		},
		Version: versionText(),
	}
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usage("%w; see %s --help", err, cmd.CommandPath())
	})
	flags := root.PersistentFlags()
	flags.BoolVar(&a.demo, "demo", false, "use the built-in example: two dbt projects, two Tableau sites")
	flags.BoolVar(&a.live, "live", false, "with --demo: serve the example's Tableau sites from this process, to try sync")
	flags.StringArrayVar(&a.manifests, "manifest", nil, "dbt manifest.json or .json.gz `FILE`, - for standard input; may be repeated")
	flags.BoolVar(&a.strict, "strict-manifest", false, "fail when a manifest is older than its project's files")
	flags.StringArrayVar(&a.tableau, "tableau", nil, "Tableau metadata `FILE` or folder: a snapshot or saved Metadata API answers, - for standard input; may be repeated")
	flags.StringVar(&a.logFile, "log", "", "write what happens into `FILE`, line by line; without secrets")
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error {
		if err := a.log.begin(a.logFile, cmd, a.today()); err != nil {
			return err
		}
		return a.takeStdin()
	}
	ui.register(root.Flags())
	for _, command := range commands() {
		root.AddCommand(command(a))
	}
	a.completeNames(root)
	strictCompletion(root)
	return root
}

func maxArgs(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > n {
			return usage("%q is one argument too many; see %s --help", args[n], cmd.CommandPath())
		}
		return nil
	}
}

// mistyped distinguishes a command that does not exist from a folder: a bare word that
// nothing on disk is called.
func mistyped(cmd *cobra.Command, word string) error {
	if word == "" || strings.ContainsAny(word, `/\.`) {
		return nil
	}
	if _, err := os.Stat(word); err == nil || !errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	hint := ""
	if names := cmd.SuggestionsFor(word); len(names) > 0 {
		hint = "; did you mean " + strings.Join(names, " or ") + "?"
	}
	return usage("there is no command and no folder %q%s; see darkroom --help", word, hint)
}

func dirOf(args []string) string {
	if len(args) == 0 {
		return ""
	}
	return args[0]
}
