package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"darkroom/model"
	"darkroom/model/ledger"
	"darkroom/model/lineage"
	"darkroom/ui/text"
)

func (a *app) gapsCommand() *cobra.Command {
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
			"Dashboards where every table was ignored do not count. Without Tableau data of every\n" +
			"site in darkroom.yml the exit code is 3: nothing can be confirmed.",
		Args: maxArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkGaps(format, failOn); err != nil {
				return err
			}
			w, err := a.open(cmd.Context(), dirOf(args), true)
			if err != nil {
				return err
			}
			defer w.Close()
			if len(failOn) > 0 {
				if err := w.Comparable(); err != nil {
					return err
				}
			}
			if err := printGaps(a.out, w.Graph, format); err != nil {
				return err
			}
			if failing(ledger.Of(w.Graph), failOn) {
				return findings
			}
			return nil
		},
	}
	cmd.Flags().StringVarP(&format, "output", "o", format, "table, json or markdown")
	cmd.Flags().StringSliceVar(&failOn, "fail-on", nil, "exit with 1 on dashboards in these `STATES`: "+strings.Join(ledger.GapStates(), ", ")+"; may be repeated")
	return cmd
}

func checkGaps(format string, failOn []string) error {
	if !slices.Contains([]string{"table", "json", "markdown"}, format) {
		return usage("--output %q is not known; use table, json or markdown", format)
	}
	for _, state := range failOn {
		if renamed, ok := lineage.RenamedStatus(state); ok {
			return usage("--fail-on %s: this state is called %s now", state, renamed)
		}
		if states := ledger.GapStates(); !slices.Contains(states, state) {
			return usage("--fail-on %q is not known; use one of %s", state, strings.Join(states, ", "))
		}
	}
	return nil
}

func failing(l *ledger.Ledger, failOn []string) bool {
	return slices.ContainsFunc(failOn, func(state string) bool { return l.Dashboards.InState(state) > 0 })
}

func printGaps(w io.Writer, g *lineage.Graph, format string) error {
	switch format {
	case "json":
		return writeJSON(w, gapsReportOf(g))
	case "markdown":
		_, err := io.WriteString(w, gapsMarkdown(g))
		return err
	}
	_, err := io.WriteString(w, gapsText(g))
	return err
}

// gapsText is the report for a terminal.
func gapsText(g *lineage.Graph) string {
	l := ledger.Of(g)
	var b strings.Builder
	for _, line := range l.Warnings() {
		paragraph(&b, "", line)
		b.WriteString("\n")
	}
	for _, line := range l.Lines() {
		labelled(&b, line.Label, line.Text)
	}
	for i := range l.Groups {
		group := &l.Groups[i]
		b.WriteString("\n" + groupHead(group) + "\n")
		paragraph(&b, "  ", group.Advice)
		for _, d := range group.Dashboards {
			name := text.Clean(d.Dashboard.Title())
			fmt.Fprintf(&b, "\n  %s\n", text.Cut(name+"  ("+text.Clean(placeOf(d.Dashboard))+", "+d.Dashboard.Status.Text()+")", proseWidth))
			for _, row := range d.Rows {
				paragraph(&b, "    ", row.Name()+": "+row.Because())
				if fix, ok := ledger.SuggestedFix(g, row); ok {
					paragraph(&b, "      ", "suggested: "+fix.String())
				}
			}
		}
	}
	if len(l.Groups) == 0 {
		b.WriteString("\n" + l.NoGaps() + "\n")
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
func gapsMarkdown(g *lineage.Graph) string {
	l := ledger.Of(g)
	var b strings.Builder
	for _, line := range l.Warnings() {
		b.WriteString("> " + escapeMarkdown(line) + "\n\n")
	}
	for _, line := range l.Lines() {
		b.WriteString("- **" + line.Label + "** " + escapeMarkdown(line.Text) + "\n")
	}
	for i := range l.Groups {
		group := &l.Groups[i]
		b.WriteString("\n## " + escapeMarkdown(groupHead(group)) + "\n\n" + escapeMarkdown(group.Advice) + "\n\n")
		table := listing{header: []string{"dashboard", "where", "lineage", "table", "why", "suggested"}}
		for _, d := range group.Dashboards {
			for _, row := range d.Rows {
				table.rows = append(table.rows, listRow{cells: []string{
					d.Dashboard.Title(), placeOf(d.Dashboard), d.Dashboard.Status.Text(), row.Name(), row.Because(), suggestion(g, row),
				}})
			}
		}
		table.markdown(&b) //nolint:errcheck // a builder takes everything
	}
	if len(l.Groups) == 0 {
		b.WriteString("\n" + l.NoGaps() + "\n")
	}
	return b.String()
}

func suggestion(g *lineage.Graph, row ledger.GapRow) string {
	if fix, ok := ledger.SuggestedFix(g, row); ok {
		return fix.String()
	}
	return ""
}

// gapEntryRow is one row of list gaps.
type gapEntryRow struct {
	Reason string `json:"reason"`
	Title  string `json:"reason_title"`
	dashboardHead
	Table     string   `json:"table"`
	Because   string   `json:"because"`
	Route     string   `json:"route,omitempty"`
	Suggested string   `json:"suggested,omitempty"`
	Cures     []string `json:"cures"`
}

func rowsOf(g *lineage.Graph, group *ledger.GapGroup) []gapEntryRow {
	var out []gapEntryRow
	for _, d := range group.Dashboards {
		head := headOf(d.Dashboard)
		for _, row := range d.Rows {
			e := gapEntryRow{
				Reason: group.Reason.String(), Title: group.Title, dashboardHead: head, Table: row.Name(), Because: row.Because(), Route: row.Route(),
				Suggested: suggestion(g, row), Cures: []string{},
			}
			if row.Link != nil {
				for _, c := range ledger.Fixes(g, row.Link) {
					e.Cures = append(e.Cures, c.String())
				}
			}
			out = append(out, e)
		}
	}
	return out
}

// listGaps is list gaps: the rows of all groups in one table.
func listGaps(g *lineage.Graph, in func(lineage.ID) bool) listing {
	l := listing{header: []string{"reason", "dashboard", "workbook", "lineage", "table", "suggested"}}
	groups := ledger.Of(g).Groups
	for i := range groups {
		group := groups[i]
		group.Dashboards = slices.DeleteFunc(slices.Clone(group.Dashboards), func(d ledger.GapDashboard) bool { return !in(d.Dashboard.ID) })
		for _, e := range rowsOf(g, &group) {
			l.rows = append(l.rows, listRow{e, []string{e.Reason, model.DisplayName(e.dashboardHead.Title), workbookCell(e.Workbook), e.Status, e.Table, e.Suggested}})
		}
	}
	l.dropWorkbooks(model.Tools(g.Sites))
	return l
}

func workbookCell(name *string) string {
	if name == nil {
		return ""
	}
	return model.DisplayName(*name)
}
