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

// listing is what list does.
type listing struct {
	choose   selecting
	shape    printing
	unused   unusedFlags
	reviewed bool
}

func (a *app) listCommand() *cobra.Command {
	f := listing{shape: printing{format: output.Formats()[0]}}
	names, about := listKinds()
	cmd := &cobra.Command{
		Use:   "list " + strings.Join(names, "|") + " [DIR] | list columns MODEL [DIR]",
		Short: "List models, dashboards, exposures, gaps, advice, the inbox, rules or columns",
		Long: "Lists one of\n" + about + "\n" +
			selectHelp() +
			"dashboard:TITLE is darkroom's own.\n\n--sort and --columns take the names of columns; a wrong name lists those that there are,\n" +
			"also those that are not printed otherwise: updated, owner, url.\n\n" +
			"The MODEL of list columns is a selector, too. A column is unused where no field of a sheet\n" +
			"names it, and unknown where that is not proven, as behind custom SQL.",
		ValidArgs: names,
		Args: func(cmd *cobra.Command, args []string) error {
			switch {
			case len(args) == 0 || !slices.Contains(names, args[0]):
				return usage("say what to list: %s or %s", strings.Join(names[:len(names)-1], ", "), names[len(names)-1])
			case args[0] != records.Columns:
				return maxArgs(2)(cmd, args)
			case len(args) == 1 && len(f.choose.selects) == 0:
				return usage("say of which model: list columns MODEL")
			}
			return maxArgs(3)(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.unused.check(args[0], cmd.Flags().Changed("window")); err != nil {
				return err
			}
			return a.list(cmd.Context(), args[0], args[1:], &f)
		},
	}
	f.choose.register(cmd.Flags())
	f.shape.register(cmd.Flags())
	cmd.Flags().BoolVar(&f.reviewed, "mark-reviewed", false, "with inbox: mark what is listed as seen")
	f.unused.register(cmd.Flags())
	return cmd
}

// list prints one kind. Of columns, args begin with the model.
func (a *app) list(ctx context.Context, kind string, args []string, f *listing) error {
	if err := output.CheckFormat(f.shape.format); err != nil {
		return usage("%w", err)
	}
	switch {
	case f.reviewed && kind != records.Inbox:
		return usage("--mark-reviewed goes with list inbox")
	case kind == records.Columns && len(args) > 0:
		f.choose.selects = append(f.choose.selects, args[0])
		args = args[1:]
	}
	spec, err := f.choose.readFor(kind)
	if err != nil {
		return err
	}
	w, err := a.open(ctx, dirOf(args), !f.reviewed)
	if err != nil {
		return err
	}
	defer w.Close()
	in, err := a.selected(ctx, w, spec, f.choose.state)
	if err != nil {
		return err
	}
	if f.unused.asked && kind == records.Models {
		return a.listUnused(ctx, w, in, &f.unused, &f.shape)
	}
	all := records.Kinds()
	k := all[slices.IndexFunc(all, func(k records.Kind) bool { return k.Name == kind })]
	l, err := k.List(ctx, w, in, records.When{Today: a.today(), Health: a.judging(w.Graph), Unused: f.unused.asked})
	keys := records.InboxKeys(l)
	if err == nil {
		err = f.shape.listing(ctx, a.out, l)
	}
	a.explainList(w, kind, in, f)
	if err != nil || !f.reviewed {
		return err
	}
	return a.markReviewed(ctx, w, keys)
}

// explainList says what a list does not show.
func (a *app) explainList(w *workspace.Workspace, kind string, in query.Found, f *listing) {
	switch kind {
	case records.Dashboards:
		if out := workspace.OutOfScope(w.Graph); out != "" {
			fmt.Fprintln(a.err, out)
		}
	case records.Inbox:
		a.explainBaseline(w, f.reviewed)
	case records.Columns:
		records.ExplainColumns(a.err, w.Graph, in, f.unused.asked)
	}
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
