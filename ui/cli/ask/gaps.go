package ask

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"darkroom/model/advice"
	"darkroom/model/ledger"
	"darkroom/model/lineage"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/complete"
	"darkroom/ui/cli/output"
	"darkroom/ui/cli/records"
	"darkroom/ui/text"
)

func Gaps(a *app.App) *cobra.Command {
	var failOn []string
	format := "table"
	cmd := &cobra.Command{
		Use:   "gaps [DIR]",
		Short: "List the dashboards that are not fully linked, by reason, with the fix",
		Long: "Counts how much of the lineage is known, then lists every dashboard that is not fully\n" +
			"linked, grouped by the reason, with what can be done. A manifest of another environment\n" +
			"is reported first.\n\n" +
			"--fail-on is for CI: exit code 1 when a dashboard is partly_linked (something cannot be\n" +
			"known), unclear (a table needs your decision) or not_linked (nothing is linked).\n" +
			"Dashboards where every table was ignored do not count. Without the data of every\n" +
			"site in darkroom.yml the exit code is 3: nothing can be confirmed.",
		Args: app.MaxArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkGaps(format, failOn); err != nil {
				return err
			}
			w, err := a.Open(cmd.Context(), app.DirOf(args), true)
			if err != nil {
				return err
			}
			defer w.Close()
			if len(failOn) > 0 {
				if err := w.Comparable(); err != nil {
					return err
				}
			}
			if err := printGaps(a.Out, w.Graph, format, a.Today()); err != nil {
				return err
			}
			if failing(ledger.Of(w.Graph), failOn) {
				return app.Findings
			}
			return nil
		},
	}
	cmd.Flags().StringVarP(&format, "output", "o", format, "`FORMAT`: table, json or markdown")
	cmd.Flags().StringSliceVar(&failOn, "fail-on", nil, "exit with 1 on dashboards in these `STATES`: "+strings.Join(ledger.GapStates(), ", ")+"; may be repeated")
	complete.Words{Args: []complete.Names{nil}, Flags: map[string]complete.Names{
		"fail-on": complete.Among(ledger.GapStates()...), "output": complete.Among("table", "json", "markdown"),
	}}.Of(a, cmd)
	return cmd
}

func checkGaps(format string, failOn []string) error {
	if !slices.Contains([]string{"table", "json", "markdown"}, format) {
		return app.Usage("--output %q is not known; use table, json or markdown", format)
	}
	for _, state := range failOn {
		if renamed, ok := lineage.RenamedStatus(state); ok {
			return app.Usage("--fail-on %s: this state is called %s now", state, renamed)
		}
		if states := ledger.GapStates(); !slices.Contains(states, state) {
			return app.Usage("--fail-on %q is not known; use one of %s", state, strings.Join(states, ", "))
		}
	}
	return nil
}

func failing(l *ledger.Ledger, failOn []string) bool {
	return slices.ContainsFunc(failOn, func(state string) bool { return l.Dashboards.InState(state) > 0 })
}

func printGaps(w io.Writer, g *lineage.Graph, format string, today time.Time) error {
	switch format {
	case "json":
		return output.JSON(w, records.GapsReportOf(g, today))
	case "markdown":
		_, err := io.WriteString(w, gapsMarkdown(g, today))
		return err
	}
	_, err := io.WriteString(w, gapsText(g, today))
	return err
}

// gapsText is the report for a terminal.
func gapsText(g *lineage.Graph, today time.Time) string {
	l := ledger.Of(g)
	var b strings.Builder
	for _, line := range l.Warnings() {
		output.Paragraph(&b, "", line)
		b.WriteString("\n")
	}
	for _, line := range l.Lines() {
		output.Labelled(&b, line.Label, line.Text)
	}
	for i := range l.Groups {
		group := &l.Groups[i]
		b.WriteString("\n" + groupHead(group) + "\n")
		output.Paragraph(&b, "  ", group.Advice)
		for _, d := range group.Dashboards {
			name := text.Clean(d.Dashboard.Title())
			fmt.Fprintf(&b, "\n  %s\n", text.Cut(name+"  ("+text.Clean(records.Place(d.Dashboard))+", "+d.Dashboard.Status.Text()+")", output.ProseWidth))
			for _, row := range d.Rows {
				output.Paragraph(&b, "    ", row.Name()+": "+row.Because(g))
				if fix, ok := ledger.SuggestedFix(g, row); ok {
					output.Paragraph(&b, "      ", "suggested: "+fix.String())
				}
			}
		}
	}
	if len(l.Groups) == 0 {
		b.WriteString("\n" + l.NoGaps() + "\n")
	}
	if lines := adviceLines(g, today); len(lines) > 0 {
		b.WriteString("\nAdvice on what is linked; darkroom list advice has all of it\n")
		for _, line := range lines {
			output.Paragraph(&b, "  ", line)
		}
	}
	return b.String()
}

func groupHead(group *ledger.GapGroup) string {
	s := group.Title + ": " + text.Count(len(group.Dashboards), "dashboard")
	if group.Tables > 0 {
		s += ", " + text.Count(group.Tables, "table")
	}
	return s
}

// gapsMarkdown is the report for a pull request or a wiki.
func gapsMarkdown(g *lineage.Graph, today time.Time) string {
	l := ledger.Of(g)
	var b strings.Builder
	for _, line := range l.Warnings() {
		b.WriteString("> " + output.EscapeMarkdown(line) + "\n\n")
	}
	for _, line := range l.Lines() {
		b.WriteString("- **" + line.Label + "** " + output.EscapeMarkdown(line.Text) + "\n")
	}
	for i := range l.Groups {
		group := &l.Groups[i]
		b.WriteString("\n## " + output.EscapeMarkdown(groupHead(group)) + "\n\n" + output.EscapeMarkdown(group.Advice) + "\n\n")
		table := output.Listing{Header: []string{"dashboard", "where", "lineage", "table", "why", "suggested"}}
		for _, d := range group.Dashboards {
			for _, row := range d.Rows {
				table.Add(nil,
					d.Dashboard.Title(), records.Place(d.Dashboard), d.Dashboard.Status.Text(), row.Name(), row.Because(g), records.Suggested(g, row))
			}
		}
		table.Markdown(&b) //nolint:errcheck // a builder takes everything
	}
	if len(l.Groups) == 0 {
		b.WriteString("\n" + l.NoGaps() + "\n")
	}
	if lines := adviceLines(g, today); len(lines) > 0 {
		b.WriteString("\n## Advice on what is linked\n\n")
		for _, line := range lines {
			b.WriteString("- " + output.EscapeMarkdown(line) + "\n")
		}
	}
	return b.String()
}

func adviceLines(g *lineage.Graph, today time.Time) []string {
	return advice.Of(g, today, func(lineage.ID) bool { return true }).Lines()
}
