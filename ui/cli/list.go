package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"darkroom/model/lineage"
	"darkroom/sources/project/workspace"
	"darkroom/ui/cli/output"
	"darkroom/ui/cli/records"
	"darkroom/ui/text"
)

func (a *app) listCommand() *cobra.Command {
	var selects []string
	reviewed := false
	format := output.Formats()[0]
	names, about := listKinds()
	cmd := &cobra.Command{
		Use:   "list " + strings.Join(names, "|") + " [DIR]",
		Short: "List models, dashboards, exposures, gaps, the inbox or rules",
		Long: "Lists one of\n" + about + "\n" +
			"--select takes dbt selectors: fct_orders, +fct_orders, fct_orders+, 2+fct_orders,\n" +
			"@fct_orders, marts.core, source.table, wildcards, tag:, path:, source:, exposure: and more,\n" +
			"a comma for and, a space for or.",
		ValidArgs: names,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 || !slices.Contains(names, args[0]) {
				return usage("say what to list: %s or %s", strings.Join(names[:len(names)-1], ", "), names[len(names)-1])
			}
			return maxArgs(2)(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := output.CheckFormat(format); err != nil {
				return usage("%w", err)
			}
			if reviewed && args[0] != records.Inbox {
				return usage("--mark-reviewed goes with list inbox")
			}
			selector := strings.Join(selects, " ")
			if err := lineage.CheckSelector(selector); err != nil {
				return usage("%w", err)
			}
			w, err := a.open(cmd.Context(), dirOf(args[1:]), !reviewed)
			if err != nil {
				return err
			}
			defer w.Close()
			in, err := a.selected(w.Graph, selector)
			if err != nil {
				return err
			}
			kind := records.Kinds()[slices.Index(names, args[0])]
			l, err := kind.List(w, in)
			if err == nil {
				err = l.Print(a.out, format)
			}
			if args[0] == records.Inbox {
				a.explainBaseline(w, reviewed)
			}
			if err != nil || !reviewed {
				return err
			}
			return a.markReviewed(cmd.Context(), w, records.InboxKeys(l))
		},
	}
	cmd.Flags().StringArrayVarP(&selects, "select", "s", nil, "only what dbt `SELECTOR`s choose; may be repeated")
	cmd.Flags().StringVarP(&format, "output", "o", format, "table, json, csv or markdown")
	cmd.Flags().BoolVar(&reviewed, "mark-reviewed", false, "with inbox: mark what is listed as seen")
	return cmd
}

// listKinds are the names of what can be listed, and a line about each.
func listKinds() (names []string, about string) {
	for _, k := range records.Kinds() {
		names = append(names, k.Name)
		about += "  " + text.Pad(k.Name, 12) + k.About + "\n"
	}
	return names, about
}

// selected gives the nodes of a selector; without one it is every node. None
// selected is a note, not an error, as in dbt (sources/dbt/ARTIFACTS.md#selectors).
func (a *app) selected(g *lineage.Graph, selector string) (in func(lineage.ID) bool, err error) {
	if strings.TrimSpace(selector) == "" {
		return func(lineage.ID) bool { return true }, nil
	}
	ids, err := g.Select(selector)
	if err != nil {
		return nil, usage("%w", err)
	}
	if len(ids) == 0 {
		fmt.Fprintln(a.err, "no nodes selected")
	}
	chosen := map[lineage.ID]bool{}
	for _, id := range ids {
		chosen[id] = true
	}
	return func(id lineage.ID) bool { return chosen[id] }, nil
}

// explainBaseline says why nothing is listed the first time.
func (a *app) explainBaseline(w *workspace.Workspace, reviewed bool) {
	if w.Baseline == 0 {
		return
	}
	hint := ""
	if !reviewed {
		hint = "; --mark-reviewed, or the explorer, saves that"
	}
	fmt.Fprintf(a.err, "%s seen for the first time: marked as seen, not reported as new%s\n", text.Count(w.Baseline, "dashboard"), hint)
}

// markReviewed keeps what was listed as looked at, and the baseline.
func (a *app) markReviewed(ctx context.Context, w *workspace.Workspace, keys []string) error {
	n, err := w.MarkReviewed(ctx, keys)
	if err == nil {
		fmt.Fprintf(a.err, "%s marked as reviewed\n", text.Count(n, "dashboard"))
	}
	return err
}
