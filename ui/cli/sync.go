package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"darkroom/model/shellword"
	"darkroom/sources/project/config"
	"darkroom/sources/project/syncjob"
	"darkroom/sources/secrets"
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

func (a *app) syncCommand() *cobra.Command {
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
			if err := a.noFiles("sync"); err != nil {
				return err
			}
			if f.diff && len(args) == 2 && isFile(args[0]) && isFile(args[1]) {
				return a.diffSnapshots(cmd.Context(), args[0], args[1])
			}
			if cmd.Flags().Changed("fail-if-older") {
				return a.ages(cmd.Context(), args, &f)
			}
			return a.sync(cmd.Context(), args, f)
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
	return cmd
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// sync brings sites up to date and sums up.
func (a *app) sync(ctx context.Context, args []string, f syncFlags) error {
	conf, sites, err := a.syncSites(args)
	if err != nil {
		return err
	}
	if f.snapshot != "" && len(sites) > 1 {
		return usage("--snapshot is for one site; name it")
	}
	jobs, err := syncjob.Prepare(ctx, conf, sites,
		syncjob.Options{AcceptWorse: f.acceptSmaller, DryRun: f.diff, Download: f.download, Columns: f.columns, Snapshot: f.snapshot}, a.secrets(!f.noPrompt))
	if err != nil {
		return err
	}
	board := syncprint.NewBoard(a.err, len(jobs) > 1)
	reports := syncjob.Run(ctx, jobs, board.Show)
	board.Close()
	for i := range reports {
		a.printReport(&reports[i], f.diff, ctx.Err() != nil)
	}
	return map[syncjob.Ending]error{
		syncjob.WorthALook: findings,
		syncjob.NoneReady:  &codedError{code: exitUsage},
		syncjob.SomeFailed: &codedError{code: exitFailure},
		syncjob.Stopped:    terminal.ErrStopped,
	}[syncjob.EndingOf(ctx, reports)]
}

// printReport prints what came of one site.
func (a *app) printReport(r *syncjob.Report, diff, stopped bool) {
	say := func(s string) { fmt.Fprintln(a.err, "darkroom: "+output.CleanLines(r.Name)+": "+output.CleanLines(s)) }
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
		syncprint.Changes(a.out, r.Name, r.Diff)
	}
	for _, why := range r.Worse {
		say("worse than last time: " + why)
	}
	switch {
	case r.OldKept && !diff:
		say("this is less than last time, so the old snapshot was kept; to accept it anyway: darkroom sync --accept-smaller " + shellword.Quote(r.Name))
	case r.Written:
		fmt.Fprintln(a.out, text.Clean(r.Name+": "+r.Summary))
	}
}

// syncSites are the sites that args name and that have a server.
func (a *app) syncSites(args []string) (*config.Config, []config.Site, error) {
	if a.demo && !a.live {
		return nil, nil, usage("the built-in example has no Tableau server; leave out --demo, or add --live")
	}
	conf, sites, err := a.configured(args)
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
		return usage("no site in %s has a server; add one:\n  sites:\n    - name: prod\n      server: https://tableau.example.com\n      site: acme", file)
	}
	var names []string
	for _, s := range sites {
		names = append(names, s.Name)
	}
	return usage("%s: no server: is given for %s; add it, or save the snapshot again by hand", file, strings.Join(names, ", "))
}

// projectFolder is the first argument when it is a folder and not the name of a site.
func projectFolder(args []string) string {
	if len(args) == 0 {
		return ""
	}
	if info, err := os.Stat(args[0]); err != nil || !info.IsDir() {
		return ""
	}
	return args[0]
}

// configured reads "[DIR] [SITE…]": the configuration, and the sites named or all.
func (a *app) configured(args []string) (*config.Config, []config.Site, error) {
	home, args, err := a.home(args)
	if err != nil {
		return nil, nil, err
	}
	sites, err := syncjob.Named(home.Config, args)
	if err != nil {
		return nil, nil, &codedError{exitUsage, err}
	}
	return home.Config, sites, nil
}

// home is the project of the folder that the first argument names, or of the current
// one; rest are the other arguments.
func (a *app) home(args []string) (home config.Home, rest []string, err error) {
	req, err := a.request("")
	if err != nil {
		return config.Home{}, nil, err
	}
	dir := req.Dir
	if folder := projectFolder(args); folder != "" && !a.demo {
		dir, args = folder, args[1:]
	}
	home, err = config.Find(dir)
	if err == nil && home.Project.Root == "" && home.Config.File == "" {
		err = home.Missing
	}
	if err != nil {
		return config.Home{}, nil, openError(err)
	}
	return home, args, nil
}

// diffSnapshots compares two files without any server.
func (a *app) diffSnapshots(ctx context.Context, older, newer string) error {
	c, err := syncjob.Compare(ctx, older, newer)
	switch {
	case errors.Is(err, syncjob.ErrNotTwoSites):
		return usage("--diff: %w", err)
	case err != nil:
		return err
	}
	for _, why := range c.Incomplete {
		fmt.Fprintln(a.err, "darkroom: "+output.CleanLines(why))
	}
	syncprint.Changes(a.out, c.Name, c.Diff)
	return nil
}

// secrets looks the secrets of sites up, and asks for them where a terminal is.
func (a *app) secrets(ask bool) syncjob.Secrets {
	from := syncjob.Secrets{Trust: a.trust(ask), Find: a.find}
	if in, ok := terminal.Input(a.stdin); ok && ask {
		from.Ask = func(ctx context.Context, missing *secrets.Missing) (name, secret string, err error) {
			return askSecret(ctx, in, a.err, missing)
		}
	}
	return from
}

// askSecret asks for what is missing of a name and a secret.
func askSecret(ctx context.Context, in *os.File, out io.Writer, missing *secrets.Missing) (name, secret string, err error) {
	words := [2]string{"name of the personal access token", "token secret"}
	if missing.User() {
		words = [2]string{"user name", "password"}
	}
	questions := []terminal.Question{{Ask: output.CleanLines(missing.Site) + ": " + words[1] + ": ", Secret: true}}
	if missing.Name == "" {
		questions = append([]terminal.Question{{Ask: output.CleanLines(missing.Site) + ": " + words[0] + ": "}}, questions...)
	}
	answers, err := terminal.Ask(ctx, in, out, questions)
	if err != nil {
		return "", "", err
	}
	return answers[0], answers[len(answers)-1], nil
}
