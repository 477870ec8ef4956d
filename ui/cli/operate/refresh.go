package operate

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/model/refresh"
	"darkroom/sources/project/config"
	"darkroom/sources/project/refreshjob"
	"darkroom/sources/project/workspace"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/complete"
	"darkroom/ui/cli/output"
	"darkroom/ui/cli/records"
	"darkroom/ui/cli/refreshprint"
	"darkroom/ui/cli/syncprint"
)

// The variables that dbt has for its active exposures.
const (
	activeExposures = "DBT_ACTIVE_EXPOSURES"
	buildAfter      = "DBT_ACTIVE_EXPOSURES_BUILD_AFTER"
)

// refreshFlags are what darkroom refresh is asked.
type refreshFlags struct {
	choose                              app.Selecting
	results, failOn                     []string
	dryRun, requireTests, flows, noAsks bool
	wait                                time.Duration
	minutes, hourly                     int
	format                              string
}

func Refresh(a *app.App) *cobra.Command {
	f := refreshFlags{format: "text", failOn: []string{"failed"}, minutes: -1, hourly: int(refresh.SiteQuota)}
	cmd := &cobra.Command{
		Use:   "refresh [DIR] [SITE…]",
		Short: "Refresh the Tableau extracts whose models were built",
		Long: "Says which extracts are due, and starts their refreshes. An extract is due if something\n" +
			"upstream was built in these results after its last refresh, and build-after has passed\n" +
			"since then. It is blocked while the newest result of something upstream is error, fail or\n" +
			"skipped. The server says now when each extract was refreshed; the snapshot of the last sync\n" +
			"says what it reads. Results are those beside the manifest and of --results.\n\n" +
			"One refresh is a published data source, whatever the number of dashboards, or a workbook\n" +
			"with its embedded extracts; published data sources come first. Excluded dashboards do not\n" +
			"count. Each request is recorded in .darkroom/refreshes before it is sent, so that two runs\n" +
			"refresh once.\n\n" +
			activeExposures + "=0 switches refreshes off, " + buildAfter + " is the interval\n" +
			"in minutes. In the meta of an exposure, refresh: never and refresh: {after: 60} say so for\n" +
			"its extracts. Secrets come from where sync has them; a connected app needs the scopes\n" +
			"tableau:tasks:run and tableau:jobs:read.\n\n" +
			"Exits with 1 on what --fail-on names: failed (a refresh was refused or went wrong), blocked,\n" +
			"left (due and not started) or none; with 3 when a site could not be asked.",
		RunE: func(cmd *cobra.Command, args []string) error { return runRefresh(a, cmd, args, &f) },
	}
	f.choose.Register(cmd.Flags())
	flags := cmd.Flags()
	flags.BoolVar(&f.dryRun, "dry-run", false, "say what is due, not due or blocked, and why; start and write nothing")
	flags.StringArrayVar(&f.results, "results", nil, "results of one more run: run_results.json or a `FOLDER`; may be repeated")
	flags.DurationVar(&f.wait, "wait", 0, "how long to wait (`TIME`) for jobs, for what comes after them, and for the quota")
	flags.IntVar(&f.minutes, "build-after", f.minutes, "`MINUTES` after a refresh in which an extract is left alone")
	flags.Lookup("build-after").DefValue = buildAfter + ", or 1440"
	flags.BoolVar(&f.requireTests, "require-tests", false, "failed and skipped tests of what is upstream block, too")
	flags.BoolVar(&f.flows, "flows", false, "run Prep flows that are in between, too")
	flags.IntVar(&f.hourly, "per-hour", f.hourly, "how many (`N`) refreshes a site may start in an hour; 0 is any number")
	flags.StringSliceVar(&f.failOn, "fail-on", f.failOn, "exit with 1 on `KIND`: failed, blocked, left or none")
	flags.BoolVar(&f.noAsks, "no-prompt", false, "never ask for secrets")
	flags.StringVarP(&f.format, "output", "o", f.format, "`FORMAT`: text, json or markdown")
	complete.Words{Args: []complete.Names{complete.Sites}, OrFolder: true, Flags: complete.Selecting(map[string]complete.Names{
		"output": complete.Among("text", "json", "markdown"), "fail-on": complete.Among("failed", "blocked", "left", "none"),
	})}.Of(a, cmd)
	return cmd
}

func runRefresh(a *app.App, cmd *cobra.Command, args []string, f *refreshFlags) error {
	ctx := cmd.Context()
	opt, err := f.options()
	if err != nil {
		return err
	}
	spec, err := f.choose.Read()
	if err != nil {
		return err
	}
	if a.Demo && !a.Live {
		return app.Usage("the built-in example has no Tableau server; leave out --demo, or add --live")
	}
	dir := app.ProjectFolder(args)
	if dir != "" {
		args = args[1:]
	}
	a.Results = f.results
	w, err := a.Open(ctx, dir, true)
	if err != nil {
		return err
	}
	defer w.Close()
	in, err := a.Selected(ctx, w, spec, f.choose.State)
	if err != nil {
		return err
	}
	opt.Sites, opt.Files, opt.Now, opt.Clock = args, len(a.Tableau) > 0, a.Today(), a.Today
	opt.Choice = choiceOf(w, in.Selection)
	watchRefresh(a, &opt, len(w.Graph.Sites) > 1)
	for _, note := range refresh.UnknownSettings(w.Graph) {
		fmt.Fprintln(a.Err, "darkroom: "+output.CleanLines(note))
	}
	reports, stopped := refreshjob.Run(ctx, w, a.Secrets(!f.noAsks), opt)
	if errors.Is(stopped, refreshjob.ErrNoSite) {
		return app.WithCode(app.ExitUsage, stopped)
	}
	if len(reports) == 0 && stopped == nil {
		return app.Usage("there is no site to refresh: name a server under sites: in %s and run darkroom sync", config.Name)
	}
	report := records.RefreshOf(reports, opt.Now, f.dryRun)
	if err := printRefresh(a, report, f.format); err != nil {
		return err
	}
	return refreshEnding(reports, report, f, stopped)
}

// watchRefresh prints what happens while it does.
func watchRefresh(a *app.App, opt *refreshjob.Options, many bool) {
	board := syncprint.NewBoard(a.Err, many)
	opt.Watch = board.Show
	opt.Say = board.Line
}

// choiceOf is which dashboards count.
func choiceOf(w *workspace.Workspace, in lineage.Selection) refresh.Choice {
	return refresh.Choice{
		Selected: func(d *lineage.Dashboard) bool { return in.Has(d.ID) },
		Excluded: func(d *lineage.Dashboard) bool { return w.Book.Effective(d.Key) == curate.Excluded },
	}
}

func printRefresh(a *app.App, report *records.Refresh, format string) error {
	switch format {
	case "json":
		return output.JSON(a.Out, report)
	case "markdown":
		return refreshprint.Markdown(a.Out, report)
	}
	return refreshprint.Text(a.Out, report)
}

// refreshEnding is the exit code, by the worst that happened.
func refreshEnding(reports []refreshjob.Report, report *records.Refresh, f *refreshFlags, stopped error) error {
	if stopped != nil {
		return stopped
	}
	failed, ready := false, len(reports) == 0
	for i := range reports {
		failed = failed || reports[i].Err != nil
		ready = ready || !reports[i].Unready
	}
	switch {
	case failed && !ready:
		return app.WithCode(app.ExitUsage, nil)
	case failed:
		return app.WithCode(app.ExitFailure, nil)
	}
	if slices.ContainsFunc(report.Extracts, f.fails) {
		return app.Findings
	}
	return nil
}

// fails reports what --fail-on names.
func (f *refreshFlags) fails(x records.RefreshRecord) bool {
	return slices.ContainsFunc(f.failOn, func(kind string) bool {
		return kind == "failed" && x.Failed() || kind == "blocked" && x.Plan == refresh.Blocked.String() || kind == "left" && x.Left()
	})
}

// options reads flags and variables.
func (f *refreshFlags) options() (opt refreshjob.Options, err error) {
	if !slices.Contains([]string{"text", "json", "markdown"}, f.format) {
		return opt, app.Usage("--output %q is not known; use text, json or markdown", f.format)
	}
	for _, kind := range f.failOn {
		if !slices.Contains([]string{"failed", "blocked", "left", "none"}, kind) {
			return opt, app.Usage("--fail-on %q is not known; use failed, blocked, left or none", kind)
		}
	}
	if f.wait < 0 || f.wait > 24*time.Hour {
		return opt, app.Usage("--wait takes a length of time up to 24h, such as 30m")
	}
	if f.hourly < 0 {
		return opt, app.Usage("--per-hour takes a number, 0 for any")
	}
	window, err := f.interval()
	if err != nil {
		return opt, err
	}
	off, err := switchedOff()
	if err != nil {
		return opt, err
	}
	opt = refreshjob.Options{Window: window, Quota: refresh.Quota(f.hourly), Wait: f.wait, DryRun: f.dryRun}
	opt.Off, opt.RequireTests, opt.Flows = off, f.requireTests, f.flows
	return opt, nil
}

// mostMinutes is ten years.
const mostMinutes = 10 * 365 * 24 * 60

// interval is the flag, the variable, or dbt's default.
func (f *refreshFlags) interval() (refresh.Window, error) {
	minutes, from := f.minutes, "--build-after"
	if text := strings.TrimSpace(os.Getenv(buildAfter)); f.minutes == -1 && text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			n = -2
		}
		minutes, from = n, buildAfter
	}
	switch {
	case minutes == -1 && from == "--build-after":
		return refresh.Window(refresh.DefaultWindow), nil
	case minutes < 0 || minutes > mostMinutes:
		return 0, app.Usage("%s takes a number of minutes, such as 1440", from)
	}
	return refresh.Window(time.Duration(minutes) * time.Minute), nil
}

// switchedOff reads the variable that dbt has for it; what is not there is on.
func switchedOff() (bool, error) {
	text := strings.TrimSpace(os.Getenv(activeExposures))
	if text == "" {
		return false, nil
	}
	on, err := strconv.ParseBool(strings.ToLower(text))
	if err != nil {
		return false, app.Usage("%s is %q; use 1 for on and 0 for off", activeExposures, text)
	}
	return !on, nil
}
