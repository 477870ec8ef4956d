package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"darkroom/sources/project/config"
	"darkroom/sources/project/decisions"
	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/fetch"
)

// syncFlags are the choices of sync.
type syncFlags struct {
	diff, acceptSmaller, noPrompt, download bool
}

func (a *app) syncCommand() *cobra.Command {
	var f syncFlags
	cmd := &cobra.Command{
		Use:   "sync [DIR] [SITE…] | sync --diff OLD NEW",
		Short: "Fetch Tableau metadata into snapshots",
		Long: "sync signs in to the sites of darkroom.yml and writes what they tell into their snapshots.\n" +
			"An answer that looks worse than the last one does not replace it. ctrl-c keeps what was\n" +
			"fetched; the next sync goes on from there.\n\n" +
			"With --download it also fetches the files of workbooks and published data sources whose tables\n" +
			"the metadata does not tell (the account needs the permission to download them), without their\n" +
			"extracts, and keeps the names of tables and the custom SQL in the snapshot. Later syncs keep\n" +
			"them for as long as the workbook is not published again.\n\n" +
			"Secrets come from the environment (TABLEAU_TOKEN_NAME and TABLEAU_TOKEN_SECRET; for one\n" +
			"site TABLEAU_TOKEN_SECRET_<SITE>), the keyring of the operating system, or are asked for,\n" +
			"except those of a connected app. Sites that share a token are synced one after another, others\n" +
			"at the same time. A site that cannot be synced fails alone: the exit code is then 3, and 2 when\n" +
			"no site had the secrets to begin.",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := a.noFiles("sync"); err != nil {
				return err
			}
			if f.diff && len(args) == 2 && isFile(args[0]) && isFile(args[1]) {
				return a.diffSnapshots(cmd.Context(), args[0], args[1])
			}
			return a.sync(cmd.Context(), args, f)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.diff, "diff", false, "show what changed in Tableau since the last sync, and write nothing; or between two snapshot files")
	flags.BoolVar(&f.acceptSmaller, "accept-smaller", false, "let a smaller or less complete answer replace the snapshot")
	flags.BoolVar(&f.download, "download", false, "read the files of workbooks and data sources where the metadata tells too little")
	flags.BoolVar(&f.noPrompt, "no-prompt", false, "never ask for secrets")
	return cmd
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// sync brings sites up to date and sums up. One that fails does not stop the others.
func (a *app) sync(ctx context.Context, args []string, f syncFlags) error {
	conf, sites, err := a.syncSites(args)
	if err != nil {
		return err
	}
	jobs, err := a.syncJobs(ctx, conf, sites, f)
	if err != nil {
		return err
	}
	if err := decisions.KeepPrivate(conf.Root); err != nil {
		return err
	}
	board := newBoard(a.err, len(jobs) > 1)
	results, errs := runJobs(ctx, jobs, board)
	board.close()
	found := false
	for i, j := range jobs {
		if errs[i] != nil {
			if ctx.Err() == nil { // else a person knows why it ended
				fmt.Fprintf(a.err, "darkroom: %s: %s\n", cleanLines(j.name), cleanLines(errs[i].Error()))
			}
			if _, kept := fetch.Interrupted(j.File); kept {
				fmt.Fprintf(a.err, "darkroom: %s: what was fetched is kept; darkroom sync goes on from there\n", cleanLines(j.name))
			}
			continue
		}
		found = a.tellResult(j, results[i], f) || found
	}
	switch err := errors.Join(errs...); {
	case err != nil && ctx.Err() != nil:
		return stopped
	case !slices.ContainsFunc(jobs, func(j *syncJob) bool { return j.unready == nil }):
		return &codedError{code: exitUsage}
	case err != nil:
		return &codedError{code: exitFailure}
	case found:
		return findings
	}
	return nil
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
	if sites = served(sites); len(sites) == 0 {
		return nil, nil, usage("no such site in %s has a server; add one:\n  sites:\n    - name: prod\n      server: https://tableau.example.com\n      site: acme",
			filepath.Join(conf.Root, config.Name))
	}
	return conf, sites, nil
}

// served are the sites that have a server.
func served(sites []config.Site) []config.Site {
	return slices.DeleteFunc(slices.Clone(sites), func(s config.Site) bool { return s.Server == "" })
}

// configured reads "[DIR] [SITE…]": the configuration, and the sites named or all.
func (a *app) configured(args []string) (*config.Config, []config.Site, error) {
	req, err := a.request("")
	if err != nil {
		return nil, nil, err
	}
	dir := req.Dir
	if len(args) > 0 && !a.demo {
		if info, err := os.Stat(args[0]); err == nil && info.IsDir() {
			dir, args = args[0], args[1:]
		}
	}
	conf, err := config.Find(dir)
	if err != nil {
		return nil, nil, openError(err)
	}
	if len(args) == 0 {
		return conf, slices.Clone(conf.Sites), nil
	}
	var names []string
	for _, s := range conf.Sites {
		names = append(names, s.Name)
	}
	var out []config.Site
	for _, name := range args {
		i := slices.IndexFunc(conf.Sites, func(s config.Site) bool { return strings.EqualFold(s.Name, name) })
		if i < 0 {
			return nil, nil, usage("no site is called %q; there are: %s", name, strings.Join(names, ", "))
		}
		out = append(out, conf.Sites[i])
	}
	return conf, out, nil
}

// syncJob is a site with all that it needs.
type syncJob struct {
	fetch.Job
	name, short string // short is the snapshot as people know it
	turn        string // jobs with the same turn cannot run at the same time
	unready     error  // why it cannot even begin
}

// syncJobs gathers secrets, one person at a time. A site without is not ready; only
// a person who stops stops all of them.
func (a *app) syncJobs(ctx context.Context, conf *config.Config, sites []config.Site, f syncFlags) ([]*syncJob, error) {
	var jobs []*syncJob
	for _, s := range sites {
		cred, err := a.credentials(ctx, s, !f.noPrompt)
		if errors.Is(err, stopped) {
			return nil, err
		}
		j := newSyncJob(conf, s, cred)
		j.unready = err
		j.AcceptSmaller, j.DryRun, j.Options.Download = f.acceptSmaller, f.diff, f.download || s.Download
		jobs = append(jobs, j)
	}
	return jobs, nil
}

// syncFile is where sync writes: a snapshot that is a folder gets a file of its own
// in there.
func syncFile(conf *config.Config, s config.Site) string {
	file := conf.Path(s.Snapshot)
	if info, err := os.Stat(file); err == nil && info.IsDir() {
		return filepath.Join(file, "darkroom-sync.json.gz")
	}
	return file
}

// publicServer is the server as links and snapshots name it.
func publicServer(s config.Site) string {
	if s.PublicURL != "" {
		return s.PublicURL
	}
	return s.Server
}

func newSyncJob(conf *config.Config, s config.Site, cred api.Credentials) *syncJob {
	j := &syncJob{name: s.Name, short: s.Snapshot, Job: fetch.Job{
		API:     connection(conf, s),
		Options: fetch.Options{Server: publicServer(s), ContentURL: s.Site, Name: s.Name, Download: s.Download},
		File:    syncFile(conf, s),
	}}
	j.API.Credentials = cred
	// One personal access token has one session, whatever the site
	// (sources/tableau/API.md#one-session-per-token). One server has many spellings,
	// so the token alone counts: two servers with a token of one name wait for each
	// other for nothing, which is only slower.
	if j.turn = "site " + s.Name; cred.Method() == config.AuthPAT {
		j.turn = "token " + strings.ToLower(strings.TrimSpace(cred.TokenName))
	}
	return j
}

// watcher is told how jobs go, from several goroutines.
type watcher interface {
	connected(site string, info api.Info, warnings []string)
	progress(site string, p fetch.Progress)
	waiting(site string) func(wait time.Duration, why string)
	ended(j *syncJob, res fetch.Result, err error)
}

// runJobs runs what can run at once, the rest in turn.
func runJobs(ctx context.Context, jobs []*syncJob, w watcher) ([]fetch.Result, []error) {
	results, errs := make([]fetch.Result, len(jobs)), make([]error, len(jobs))
	turns := map[string][]int{}
	for i, j := range jobs {
		if errs[i] = j.unready; errs[i] != nil {
			w.ended(j, results[i], errs[i])
			continue
		}
		turns[j.turn] = append(turns[j.turn], i)
	}
	var wg sync.WaitGroup
	for _, turn := range turns {
		wg.Go(func() {
			for _, i := range turn {
				j := jobs[i]
				j.Options.Progress = func(p fetch.Progress) { w.progress(j.name, p) }
				j.Connected = func(info api.Info, warnings []string) { w.connected(j.name, info, warnings) }
				j.API.OnWait = w.waiting(j.name)
				results[i], errs[i] = fetch.Sync(ctx, j.Job)
				w.ended(j, results[i], errs[i])
			}
		})
	}
	wg.Wait()
	return results, errs
}
