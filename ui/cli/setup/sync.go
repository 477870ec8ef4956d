package setup

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"darkroom/model/shellword"
	"darkroom/sources/project/config"
	"darkroom/sources/project/syncjob"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/complete"
	"darkroom/ui/cli/output"
	"darkroom/ui/cli/syncprint"
	"darkroom/ui/cli/terminal"
	"darkroom/ui/text"
)

// syncFlags are the choices of sync.
type syncFlags struct {
	diff, acceptSmaller, noPrompt, download, columns bool
	snapshot, failIfOlder                            string
}

func Sync(a *app.App) *cobra.Command {
	var f syncFlags
	cmd := &cobra.Command{
		Use:   "sync [DIR] [SITE…] | sync --diff OLD NEW",
		Short: "Fetch Tableau metadata into snapshots",
		Long: "sync signs in to the sites of darkroom.yml and writes what they report into their snapshots.\n" +
			"An answer that looks worse than the last one does not replace it. ctrl-c keeps what was\n" +
			"fetched; the next sync resumes.\n\n" +
			"--download also fetches the files of workbooks and published data sources whose tables are\n" +
			"missing in the metadata (the account needs the permission to download them), without their\n" +
			"extracts, and keeps the names of tables and the custom SQL in the snapshot. Later syncs keep\n" +
			"them until the workbook is republished.\n\n" +
			"--columns also fetches which columns the fields of each sheet come from, for list columns\n" +
			"and the filter column:MODEL.COLUMN. A sync without it leaves them out.\n\n" +
			"A snapshot is written inside of the project, or to the --snapshot FILE, and replaces nothing\n" +
			"but a snapshot.\n\n" +
			"Secrets come from the environment (TABLEAU_TOKEN_NAME and TABLEAU_TOKEN_SECRET; for one\n" +
			"site TABLEAU_TOKEN_SECRET_<SITE>), the keyring of the operating system, or are asked for,\n" +
			"except those of a connected app. Sites that share a token are synced one after another, others\n" +
			"at the same time. One failing site does not stop the others: the exit code is then 3, or 2 if\n" +
			"no site had the secrets to begin.",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := noFiles(a, "sync"); err != nil {
				return err
			}
			if f.diff && len(args) == 2 && isFile(args[0]) && isFile(args[1]) {
				return diffSnapshots(cmd.Context(), a, args[0], args[1])
			}
			if cmd.Flags().Changed("fail-if-older") {
				return ages(cmd.Context(), a, args, &f)
			}
			return runSync(cmd.Context(), a, args, f)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.diff, "diff", false, "show what changed in Tableau since the last sync, and write nothing; or between two snapshot files")
	flags.BoolVar(&f.acceptSmaller, "accept-smaller", false, "let a smaller or less complete answer replace the snapshot")
	flags.BoolVar(&f.download, "download", false, "read the files of workbooks and data sources where tables are missing in the metadata")
	flags.BoolVar(&f.columns, "columns", false, "fetch which columns the fields of each sheet come from")
	flags.StringVar(&f.snapshot, "snapshot", "", "write the snapshot of the one site to this `FILE`, which may be outside of the project")
	flags.StringVar(&f.failIfOlder, "fail-if-older", "", "fetch nothing; say how old the snapshots are, and exit with 1 if one is older than this `TIME`: 24h, 7d")
	flags.BoolVar(&f.noPrompt, "no-prompt", false, "never ask for secrets")
	complete.Words{Args: []complete.Names{complete.Sites}, OrFolder: true}.Of(a, cmd)
	return cmd
}

// sync brings sites up to date and sums up.
func runSync(ctx context.Context, a *app.App, args []string, f syncFlags) error {
	conf, sites, err := syncSites(a, args)
	if err != nil {
		return err
	}
	if f.snapshot != "" && len(sites) > 1 {
		return app.Usage("--snapshot is for one site; name it")
	}
	jobs, err := syncjob.Prepare(ctx, conf, sites,
		syncjob.Options{AcceptWorse: f.acceptSmaller, DryRun: f.diff, Download: f.download, Columns: f.columns, Snapshot: f.snapshot}, a.Secrets(!f.noPrompt))
	if err != nil {
		return err
	}
	board := syncprint.NewBoard(a.Err, len(jobs) > 1)
	reports := syncjob.Run(ctx, jobs, board.Show)
	board.Close()
	for i := range reports {
		printReport(a, &reports[i], f.diff, ctx.Err() != nil)
	}
	return map[syncjob.Ending]error{
		syncjob.WorthALook: app.Findings,
		syncjob.NoneReady:  app.WithCode(app.ExitUsage, nil),
		syncjob.SomeFailed: app.WithCode(app.ExitFailure, nil),
		syncjob.Stopped:    terminal.ErrStopped,
	}[syncjob.EndingOf(ctx, reports)]
}

// printReport prints what came of one site.
func printReport(a *app.App, r *syncjob.Report, diff, stopped bool) {
	say := func(s string) { fmt.Fprintln(a.Err, "darkroom: "+output.CleanLines(r.Name)+": "+output.CleanLines(s)) }
	if r.Err != nil {
		if !stopped { // after ctrl-c it is known why
			say(r.Err.Error())
		}
		if r.Kept {
			say("what was fetched is kept; darkroom sync resumes")
		}
		return
	}
	for _, n := range r.Notes {
		say(n)
	}
	for _, gap := range r.Incomplete {
		say("incomplete: " + gap)
	}
	if diff {
		syncprint.Changes(a.Out, r.Name, r.Diff)
	}
	for _, why := range r.Worse {
		say("worse than last time: " + why)
	}
	switch {
	case r.OldKept && !diff:
		say("this is less than last time, so the old snapshot was kept; to accept it anyway: darkroom sync --accept-smaller " + shellword.Quote(r.Name))
	case r.Written:
		fmt.Fprintln(a.Out, text.Clean(r.Name+": "+r.Summary))
	}
}

// syncSites are the sites that args name and that have a server.
func syncSites(a *app.App, args []string) (*config.Config, []config.Site, error) {
	if a.Demo && !a.Live {
		return nil, nil, app.Usage("the built-in example has no Tableau server; leave out --demo, or add --live")
	}
	conf, sites, err := a.Configured(args)
	if err != nil {
		return nil, nil, err
	}
	asked := sites
	if sites = syncjob.WithServer(sites); len(sites) == 0 {
		return nil, nil, noServer(filepath.Join(conf.Root, config.Name), asked)
	}
	return conf, sites, nil
}

// noServer says which sites have no server, and what to add.
func noServer(file string, sites []config.Site) error {
	if len(sites) == 0 {
		return app.Usage("there is no site in %s; darkroom init adds one, or add it by hand:\n  sites:\n    - name: prod\n      server: https://tableau.example.com\n      site: acme", file)
	}
	var names []string
	for _, s := range sites {
		names = append(names, s.Name)
	}
	return app.Usage("%s: no server: is given for %s; add it, or save the snapshot again by hand", file, strings.Join(names, ", "))
}

// diffSnapshots compares two files without any server.
func diffSnapshots(ctx context.Context, a *app.App, older, newer string) error {
	c, err := syncjob.Compare(ctx, older, newer)
	switch {
	case errors.Is(err, syncjob.ErrNotTwoSites):
		return app.Usage("--diff: %w", err)
	case err != nil:
		return err
	}
	for _, why := range c.Incomplete {
		fmt.Fprintln(a.Err, "darkroom: "+output.CleanLines(why))
	}
	syncprint.Changes(a.Out, c.Name, c.Diff)
	return nil
}

// noFiles refuses the files of --manifest and --tableau where a command would
// ignore them in silence.
func noFiles(a *app.App, command string) error {
	switch {
	case len(a.Tableau) > 0:
		return app.Usage("%s asks the servers of %s and reads no Tableau file; leave out --tableau, or compare two files: darkroom sync --diff OLD NEW",
			command, config.Name)
	case len(a.Manifests) > 0:
		return app.Usage("%s reads no manifest; leave out --manifest", command)
	case a.Strict:
		return app.Usage("%s reads no manifest; leave out --strict-manifest", command)
	}
	return nil
}
