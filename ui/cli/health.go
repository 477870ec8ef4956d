package cli

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"darkroom/model/health"
	"darkroom/model/lineage"
	"darkroom/ui/cli/output"
	"darkroom/ui/cli/records"
	"darkroom/ui/text"
)

// healthFlags are what darkroom health is asked.
type healthFlags struct {
	choose                selecting
	kinds, ignore, failOn []string
	results               []string
	rules, format         string
	tile                  string
	valid                 time.Duration
}

func (a *app) healthCommand() *cobra.Command {
	f := healthFlags{kinds: []string{"exposures"}, rules: "dbt", format: "text", valid: 24 * time.Hour}
	cmd := &cobra.Command{
		Use:   "health [DIR]",
		Short: "Say how healthy the data behind exposures, models and sources is",
		Long: "Judges each exposure by the newest results of everything upstream: runs, tests and source\n" +
			"freshness, from run_results.json and sources.json beside the manifest and those of --results.\n" +
			"degraded: something failed. caution: something was skipped, warned or was built in part.\n" +
			"unknown: an ancestor that could have a result has none; a known failure still wins.\n" +
			"Models and sources are judged by dbt's rules for them, which ask for tests, descriptions and\n" +
			"results of the last 30 days as well.",
		Args: maxArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.health(cmd, dirOf(args), &f) },
	}
	f.choose.register(cmd.Flags())
	flags := cmd.Flags()
	flags.StringSliceVar(&f.kinds, "of", f.kinds, "what to judge: exposures, models, sources")
	flags.StringArrayVar(&f.results, "results", nil, "results of one more run: run_results.json, sources.json or a `FOLDER`; may be repeated")
	flags.StringSliceVar(&f.ignore, "ignore", nil, "for models and sources: leave out description, tests or age")
	flags.StringVar(&f.rules, "rules", f.rules, "dbt for the rules of its documents, catalog for those of its Catalog")
	flags.StringSliceVar(&f.failOn, "fail-on", nil, "exit with 1 on something degraded, caution (or worse), or unknown")
	flags.StringVar(&f.tile, "tile", "", "write an HTML tile for each exposure and an index into this `FOLDER`")
	flags.DurationVar(&f.valid, "valid", f.valid, "how long a tile says that it is valid: as often as the job runs")
	flags.StringVarP(&f.format, "output", "o", f.format, "text, json or markdown")
	return cmd
}

func (a *app) health(cmd *cobra.Command, dir string, f *healthFlags) error {
	opt := health.Options{Catalog: f.rules == "catalog"}
	if err := f.check(&opt); err != nil {
		return err
	}
	spec, err := f.choose.read()
	if err != nil {
		return err
	}
	a.results = f.results
	w, err := a.open(cmd.Context(), dir, true)
	if err != nil {
		return err
	}
	defer w.Close()
	in, err := a.selected(cmd.Context(), w, spec, f.choose.state)
	if err != nil {
		return err
	}
	opt.Now = a.judging(w.Graph).Now
	report, err := records.HealthOf(cmd.Context(), w, in, f.kinds, opt)
	if err != nil {
		return err
	}
	if f.tile != "" {
		err = a.writeTiles(report, f)
	} else {
		err = printHealth(a.out, report, f.format)
	}
	if err != nil {
		return err
	}
	if f.fails(report) {
		return findings
	}
	return nil
}

// judging is how health is judged where nothing is said: of the example an hour after its
// last run, so that its results do not grow old.
func (a *app) judging(g *lineage.Graph) health.Options {
	if !a.demo {
		return health.Options{Now: a.today()}
	}
	var last time.Time
	for _, p := range g.Projects {
		if p.RunAt.After(last) {
			last = p.RunAt
		}
	}
	return health.Options{Now: last.Add(time.Hour)}
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
				return usage("%s %q is not known; use %s", c.flag, word, strings.Join(c.words, ", "))
			}
		}
	}
	if f.tile != "" && (f.format != "text" || !slices.Contains(f.kinds, "exposures")) {
		return usage("--tile writes tiles of exposures, and nothing else")
	}
	if f.valid <= 0 {
		return usage("--valid takes a length of time such as 24h or 90m")
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

func printHealth(w io.Writer, report *records.Health, format string) error {
	switch format {
	case "json":
		return output.JSON(w, report)
	case "markdown":
		_, err := io.WriteString(w, healthMarkdown(report))
		return err
	}
	_, err := io.WriteString(w, healthText(report))
	return err
}

// healthHead are the lines before the items: what was read, and how many are how.
func healthHead(report *records.Health) (lines []string) {
	for _, r := range report.Results {
		line := r.Project + ": no results of dbt; run dbt build, or give --results"
		if r.At != nil && r.Resources > 0 {
			line = fmt.Sprintf("%s: dbt %s of %s", r.Project, r.Command, r.At.Format("2006-01-02 15:04 MST"))
			if age := text.Ago(*r.At, report.At); age != "now" {
				line += ", " + age + " ago"
			}
		}
		switch {
		case r.Sources > 0:
			line += ", " + text.Count(r.Sources, "freshness check")
		case r.Resources > 0:
			line += ", no freshness checks"
		}
		lines = append(lines, line)
	}
	for _, kind := range records.HealthKinds() {
		counts, all := map[health.State]int{}, 0
		for i := range report.Items {
			if report.Items[i].Kind+"s" == kind {
				counts[report.Items[i].State()]++
				all++
			}
		}
		if all == 0 {
			continue
		}
		var parts []string
		for _, s := range []health.State{health.Degraded, health.Caution, health.Unknown, health.Healthy} {
			if counts[s] > 0 {
				parts = append(parts, fmt.Sprintf("%d %s", counts[s], s))
			}
		}
		lines = append(lines, text.Count(all, strings.TrimSuffix(kind, "s"))+": "+strings.Join(parts, ", "))
	}
	return lines
}

func healthText(report *records.Health) string {
	var b strings.Builder
	for _, line := range healthHead(report) {
		output.Paragraph(&b, "", line)
	}
	for i := range report.Items {
		item := &report.Items[i]
		fmt.Fprintf(&b, "\n%s  %s\n", text.Pad(item.Health, 8), text.Clean(item.Kind+" "+item.Name))
		for _, line := range itemLines(item) {
			output.Paragraph(&b, "    ", line)
		}
	}
	if len(report.Items) == 0 {
		b.WriteString("\nNothing to judge. An exposure is judged once it is declared or included.\n")
	}
	if lines := reasonLines(report); len(lines) > 0 {
		b.WriteString("\nReasons, by number\n")
		for _, line := range lines {
			b.WriteString("  " + line + "\n")
		}
	}
	return b.String()
}

// itemLines are the findings of an item, and how much is known.
func itemLines(item *records.HealthItem) (lines []string) {
	for _, f := range item.Findings {
		lines = append(lines, f.Text)
	}
	coverage := item.Report().Coverage()
	switch {
	case item.Ancestors == 0:
		return append(lines, "nothing upstream that dbt builds or checks")
	case item.Kind != "exposure":
		coverage = "in these results"
		if item.Known < item.Ancestors {
			coverage = "not all of it is in these results"
		}
	}
	if item.Tests > 0 {
		coverage += fmt.Sprintf(", %d of %s", item.TestsKnown, text.Count(item.Tests, "test"))
	}
	if n := len(item.Missing); n > 0 {
		coverage += "; without a result: " + strings.Join(item.Missing[:min(n, 3)], ", ")
		if n > 3 {
			coverage += fmt.Sprintf(" and %d more", n-3)
		}
	}
	return append(lines, coverage)
}

func reasonLines(report *records.Health) (lines []string) {
	codes := slices.Sorted(maps.Keys(report.Reasons))
	slices.SortStableFunc(codes, func(a, b string) int { return report.Reasons[b] - report.Reasons[a] })
	for _, code := range codes {
		lines = append(lines, fmt.Sprintf("%5d  %s", report.Reasons[code], strings.ReplaceAll(code, "_", " ")))
	}
	return lines
}

func healthMarkdown(report *records.Health) string {
	var b strings.Builder
	for _, line := range healthHead(report) {
		b.WriteString("- " + output.EscapeMarkdown(line) + "\n")
	}
	table := output.Listing{Header: []string{"health", "kind", "name", "why", "known"}}
	for i := range report.Items {
		item := &report.Items[i]
		lines := itemLines(item)
		table.Add(nil, item.Health, item.Kind, item.Name, strings.Join(lines[:len(lines)-1], "; "), lines[len(lines)-1])
	}
	if len(table.Rows) > 0 {
		b.WriteString("\n")
		table.Markdown(&b) //nolint:errcheck // a builder takes everything
	}
	return b.String()
}
