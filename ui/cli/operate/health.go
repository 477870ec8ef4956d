// Package operate has the commands for jobs and pull requests: impact, health with its
// tiles, and refresh.
//
// Not here: what the answers are (model/impact, model/health, model/refresh), starting
// refreshes (sources/project/refreshjob).
package operate

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"darkroom/model/health"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/complete"
	"darkroom/ui/cli/records"
)

// healthFlags are what darkroom health is asked.
type healthFlags struct {
	choose                app.Selecting
	kinds, ignore, failOn []string
	results               []string
	rules, format         string
	tile                  string
	valid                 time.Duration
}

func Health(a *app.App) *cobra.Command {
	f := healthFlags{kinds: []string{"exposures"}, rules: "dbt", format: "text", valid: 24 * time.Hour}
	cmd := &cobra.Command{
		Use:   "health [DIR]",
		Short: "Say how healthy the data behind exposures, models and sources is",
		Long: "Judges each exposure by the newest results of everything upstream: runs, tests and source\n" +
			"freshness, from run_results.json and sources.json beside the manifest and those of --results.\n" +
			"degraded: something failed. caution: something was skipped, warned or was built in part.\n" +
			"unknown: an ancestor that could have a result has none; a known failure still wins.\n" +
			"Models and sources are judged by dbt's rules for them, which ask for tests, descriptions and\n" +
			"results of the last 30 days as well.\n\n" +
			"With --fail-on the exit code is 1 on what it names, and 3 where dbt has left no result at all.",
		Args: app.MaxArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return runHealth(a, cmd, app.DirOf(args), &f) },
	}
	f.choose.Register(cmd.Flags())
	flags := cmd.Flags()
	flags.StringSliceVar(&f.kinds, "of", f.kinds, "what `KINDS` to judge: exposures, models, sources")
	flags.StringArrayVar(&f.results, "results", nil, "results of one more run: run_results.json, sources.json or a `FOLDER`; may be repeated")
	flags.StringSliceVar(&f.ignore, "ignore", nil, "for models and sources: leave out these `CHECKS`: description, tests or age")
	flags.StringVar(&f.rules, "rules", f.rules, "which `RULES`: dbt for those of its documents, catalog for those of its Catalog")
	flags.StringSliceVar(&f.failOn, "fail-on", nil, "exit with 1 on something in these `STATES`: degraded, caution (or worse), unknown")
	flags.StringVar(&f.tile, "tile", "", "write an HTML tile for each exposure and an index into this `FOLDER`")
	flags.DurationVar(&f.valid, "valid", f.valid, "how long a tile says that it is valid (`TIME`): as often as the job runs")
	flags.StringVarP(&f.format, "output", "o", f.format, "`FORMAT`: text, json or markdown")
	complete.Words{Args: []complete.Names{nil}, Flags: complete.Selecting(map[string]complete.Names{
		"output": complete.Among("text", "json", "markdown"), "of": complete.Among(records.HealthKinds()...), "rules": complete.Among("dbt", "catalog"),
		"fail-on": complete.Among("degraded", "caution", "unknown"),
	})}.Of(a, cmd)
	return cmd
}

func runHealth(a *app.App, cmd *cobra.Command, dir string, f *healthFlags) error {
	a.Rules.Catalog = f.rules == "catalog"
	if err := f.check(&a.Rules); err != nil {
		return err
	}
	spec, err := f.choose.Read()
	if err != nil {
		return err
	}
	a.Results = f.results
	w, err := a.Open(cmd.Context(), dir, true)
	if err != nil {
		return err
	}
	defer w.Close()
	in, err := a.Selected(cmd.Context(), w, spec, f.choose.State)
	if err != nil {
		return err
	}
	report, err := records.HealthOf(cmd.Context(), w, in, f.kinds, a.Judging(w.Graph))
	if err != nil {
		return err
	}
	if f.tile != "" {
		err = writeTiles(a, report, f)
	} else {
		err = printHealth(a.Out, report, f.format)
	}
	if err != nil {
		return err
	}
	switch {
	case f.fails(report):
		return app.Findings
	case len(f.failOn) > 0 && !slices.ContainsFunc(report.Results, func(r records.HealthResults) bool { return r.Resources+r.Sources > 0 }):
		return errors.New("nothing was checked: " + noResults) // which is no reason to pass
	}
	return nil
}

// check reads the words of the flags.
func (f *healthFlags) check(opt *health.Options) error {
	for _, c := range []struct {
		flag  string
		given []string
		words []string
	}{
		{"--of", f.kinds, records.HealthKinds()},
		{"--ignore", f.ignore, []string{string(health.IgnoreDescription), string(health.IgnoreTests), string(health.IgnoreAge)}},
		{"--rules", []string{f.rules}, []string{"dbt", "catalog"}},
		{"--fail-on", f.failOn, []string{"degraded", "caution", "unknown"}},
		{"--output", []string{f.format}, []string{"text", "json", "markdown"}},
	} {
		for _, word := range c.given {
			if !slices.Contains(c.words, word) {
				return app.Usage("%s %q is not known; use %s", c.flag, word, strings.Join(c.words, ", "))
			}
		}
	}
	if f.tile != "" && (f.format != "text" || !slices.Contains(f.kinds, "exposures")) {
		return app.Usage("--tile writes tiles of exposures, and nothing else")
	}
	if f.valid <= 0 {
		return app.Usage("--valid takes a length of time such as 24h or 90m")
	}
	for _, word := range f.ignore {
		opt.Ignore = append(opt.Ignore, health.Ignorable(word))
	}
	return nil
}

func (f *healthFlags) fails(report *records.Health) bool {
	for i := range report.Items {
		state := report.Items[i].State()
		if slices.Contains(f.failOn, state.String()) || state == health.Degraded && slices.Contains(f.failOn, "caution") {
			return true
		}
	}
	return false
}
