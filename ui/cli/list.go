package cli

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"darkroom/model/query"
	"darkroom/sources/project/workspace"
	"darkroom/ui/cli/output"
	"darkroom/ui/cli/records"
	"darkroom/ui/text"
)

func (a *app) listCommand() *cobra.Command {
	var choose selecting
	var unused unusedFlags
	reviewed := false
	shape := printing{format: output.Formats()[0]}
	names, about := listKinds()
	cmd := &cobra.Command{
		Use:   "list " + strings.Join(names, "|") + " [DIR]",
		Short: "List models, dashboards, exposures, gaps, advice, the inbox or rules",
		Long: "Lists one of\n" + about + "\n" +
			selectHelp() +
			"dashboard:TITLE is darkroom's own.\n\n--sort and --columns take the names of columns; a wrong name lists those that there are,\n" +
			"also those that are not printed otherwise: updated, owner, url.",
		ValidArgs: names,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 || !slices.Contains(names, args[0]) {
				return usage("say what to list: %s or %s", strings.Join(names[:len(names)-1], ", "), names[len(names)-1])
			}
			return maxArgs(2)(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := output.CheckFormat(shape.format); err != nil {
				return usage("%w", err)
			}
			if reviewed && args[0] != records.Inbox {
				return usage("--mark-reviewed goes with list inbox")
			}
			spec, err := choose.readFor(args[0])
			if err != nil {
				return err
			}
			if err := unused.check(args[0], cmd.Flags().Changed("window")); err != nil {
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
			if unused.asked {
				return a.listUnused(cmd.Context(), w, in, &unused, &shape)
			}
			return a.list(cmd.Context(), w, in, args[0], &shape, reviewed)
		},
	}
	choose.register(cmd.Flags())
	shape.register(cmd.Flags())
	unused.register(cmd.Flags())
	cmd.Flags().BoolVar(&reviewed, "mark-reviewed", false, "with inbox: mark what is listed as seen")
	return cmd
}

// list prints what is selected of one kind.
func (a *app) list(ctx context.Context, w *workspace.Workspace, in query.Found, name string, shape *printing, reviewed bool) error {
	kind := records.Kinds()[slices.IndexFunc(records.Kinds(), func(k records.Kind) bool { return k.Name == name })]
	l, err := kind.List(ctx, w, in, records.When{Today: a.today(), Health: a.judging(w.Graph)})
	keys := records.InboxKeys(l)
	if err == nil {
		err = shape.listing(ctx, a.out, l)
	}
	if out := workspace.OutOfScope(w.Graph); name == records.Dashboards && out != "" {
		fmt.Fprintln(a.err, out)
	}
	if name == records.Inbox {
		a.explainBaseline(w, reviewed)
	}
	if err != nil || !reviewed {
		return err
	}
	return a.markReviewed(ctx, w, keys)
}

// printing are the flags that say how a listing is printed.
type printing struct{ format, sort, columns string }

func (p *printing) register(flags *pflag.FlagSet) {
	flags.StringVarP(&p.format, "output", "o", p.format, "table, json, csv or markdown")
	flags.StringVar(&p.sort, "sort", "", "order by `COLUMN[:desc]`, or by several with commas")
	flags.StringVar(&p.columns, "columns", "", "print these `COLUMNS`, with commas, in this order")
}

func (p *printing) listing(ctx context.Context, w io.Writer, l output.Listing) error {
	if err := cmp.Or(l.Sort(p.sort), l.Choose(p.columns)); err != nil {
		return usage("%w", err)
	}
	return l.Print(ctx, w, p.format)
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
