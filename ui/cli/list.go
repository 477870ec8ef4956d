package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"darkroom/model/query"
	"darkroom/sources/project/workspace"
	"darkroom/ui/cli/output"
	"darkroom/ui/cli/records"
	"darkroom/ui/text"
)

func (a *app) listCommand() *cobra.Command {
	var choose selecting
	reviewed := false
	format := output.Formats()[0]
	names, about := listKinds()
	cmd := &cobra.Command{
		Use:   "list " + strings.Join(names, "|") + " [DIR]",
		Short: "List models, dashboards, exposures, gaps, advice, the inbox or rules",
		Long: "Lists one of\n" + about + "\n" +
			"--select and --exclude take dbt's selectors: fct_orders, +fct_orders, fct_orders+,\n" +
			"2+fct_orders+1, @fct_orders, marts.core, models/marts, fct_*; a comma for and, a space for or;\n" +
			selectorMethods() + "\n" +
			query.Help(80) + "\n" +
			"They narrow: 'owner:fin views:>1k updated:<90d -tag:old'; - turns one around.\n" +
			"selector: reads selectors.yml; state:, result: and source_status: compare with --state.\n" +
			"dashboard:TITLE is darkroom's own.",
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
			spec, err := choose.read()
			if err != nil {
				return err
			}
			w, err := a.open(cmd.Context(), dirOf(args[1:]), !reviewed)
			if err != nil {
				return err
			}
			defer w.Close()
			in, err := a.selected(cmd.Context(), w, spec, choose.state)
			if err != nil {
				return err
			}
			if field := spec.OfDashboards(choose.state != ""); field != "" && args[0] == records.Models {
				return usage("%s: is a field of dashboards, and list models lists none: write list dashboards", field)
			}
			kind := records.Kinds()[slices.Index(names, args[0])]
			l, err := kind.List(cmd.Context(), w, in, a.today())
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
	choose.register(cmd.Flags())
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
