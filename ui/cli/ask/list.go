// Package ask has the commands that answer questions about the lineage: list, explain,
// lineage and gaps.
//
// Not here: what the answers are (model), their records and listings (ui/cli/records),
// what a name means (ui/cli/names).
package ask

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"darkroom/model/editdistance"
	"darkroom/model/lineage"
	"darkroom/model/query"
	"darkroom/sources/project/workspace"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/complete"
	"darkroom/ui/cli/output"
	"darkroom/ui/cli/records"
	"darkroom/ui/text"
)

// listing is what list does.
type listing struct {
	choose   app.Selecting
	shape    printing
	unused   unusedFlags
	reviewed bool
}

func List(a *app.App) *cobra.Command {
	f := listing{shape: printing{format: output.Formats()[0]}}
	names, about := listKinds()
	cmd := &cobra.Command{
		Use:   "list " + strings.Join(names, "|") + " [DIR] | list columns MODEL [DIR]",
		Short: "List models, dashboards, exposures, gaps, advice, the inbox, rules or columns",
		Long: "Lists one of\n" + about + "\n" +
			app.SelectHelp() +
			"dashboard:TITLE is darkroom's own.\n\n--sort and --columns take the names of columns; a wrong name lists those that there are,\n" +
			"also those that are not printed otherwise: updated, owner, url.\n\n" +
			"list columns says of each column of MODEL which dashboards use it; MODEL can be a selector,\n" +
			"too. A column is used where a field of a sheet names it, unused where none does, and unknown\n" +
			"where that is not proven, as behind custom SQL. It needs darkroom sync --columns.",
		ValidArgs: names,
		Args: func(cmd *cobra.Command, args []string) error {
			switch {
			case len(args) == 0 || !slices.Contains(names, args[0]):
				near := ""
				if len(args) > 0 {
					near = fmt.Sprintf("%q cannot be listed%s; ", args[0], editdistance.Nearest(args[0], slices.Clone(names)))
				}
				return app.Usage("%ssay what to list: %s or %s", near, strings.Join(names[:len(names)-1], ", "), names[len(names)-1])
			case args[0] != records.Columns:
				return app.MaxArgs(2)(cmd, args)
			case len(args) == 1 && len(f.choose.Selects) == 0:
				return app.Usage("say of which model: list columns MODEL")
			}
			return app.MaxArgs(3)(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.unused.check(args[0], cmd.Flags().Changed("window")); err != nil {
				return err
			}
			return runList(cmd.Context(), a, args[0], args[1:], &f)
		},
	}
	f.choose.Register(cmd.Flags())
	f.shape.register(cmd.Flags())
	cmd.Flags().BoolVar(&f.reviewed, "mark-reviewed", false, "with inbox: mark what is listed as seen")
	f.unused.register(cmd.Flags())
	complete.Words{
		Args:  []complete.Names{complete.Kinds, nil},
		After: map[string][]complete.Names{records.Columns: {complete.Kinds, complete.Nodes, nil}},
		Flags: complete.Selecting(map[string]complete.Names{"sort": complete.Columns, "columns": complete.Columns, "output": complete.Among(output.Formats()...)}),
	}.Of(a, cmd)
	return cmd
}

// model takes the model of columns out of the arguments and selects it.
func (f *listing) model(kind string, args []string) (of string, rest []string) {
	if kind != records.Columns || len(args) == 0 {
		return "", args
	}
	f.choose.Selects = append(f.choose.Selects, args[0])
	return args[0], args[1:]
}

// runList prints one kind. Of columns, args begin with the model.
func runList(ctx context.Context, a *app.App, kind string, args []string, f *listing) error {
	of, args := f.model(kind, args)
	spec, err := f.read(kind)
	if err != nil {
		return err
	}
	w, err := a.Open(ctx, app.DirOf(args), !f.reviewed)
	if err != nil {
		return err
	}
	defer w.Close()
	in, err := a.Selected(ctx, w, spec, f.choose.State)
	if err != nil {
		return err
	}
	if of != "" && len(f.choose.Excludes) == 0 && !someResource(w, in) {
		return app.Usage("%q is no model, source, seed or snapshot; darkroom list models lists them", of)
	}
	if f.unused.asked && kind == records.Models {
		return listUnused(ctx, a, w, in, &f.unused, &f.shape)
	}
	all := records.Kinds()
	k := all[slices.IndexFunc(all, func(k records.Kind) bool { return k.Name == kind })]
	l, err := k.List(ctx, w, in, records.When{Today: a.Today(), Health: a.Judging(w.Graph), Unused: f.unused.asked})
	if err == nil {
		err = f.shape.listing(ctx, a.Out, l)
	}
	explainList(a, w, kind, in, f)
	if err = cmp.Or(err, ctx.Err()); err != nil || !f.reviewed {
		return err
	}
	return markReviewed(ctx, a, w, records.InboxKeys(l))
}

// read reads the flags, before anything is opened.
func (f *listing) read(kind string) (*query.Selection, error) {
	if err := output.CheckFormat(f.shape.format); err != nil {
		return nil, app.Usage("%w", err)
	}
	if f.reviewed && kind != records.Inbox {
		return nil, app.Usage("--mark-reviewed goes with list inbox")
	}
	return f.choose.ReadFor(kind)
}

// someResource reports that a selection has one.
func someResource(w *workspace.Workspace, in query.Found) bool {
	for id := range lineage.ID(w.Graph.Resources()) {
		if in.Has(id) {
			return true
		}
	}
	return false
}

// explainList says what a list does not show.
func explainList(a *app.App, w *workspace.Workspace, kind string, in query.Found, f *listing) {
	switch kind {
	case records.Dashboards:
		if out := workspace.OutOfScope(w.Graph); out != "" {
			fmt.Fprintln(a.Err, out)
		}
	case records.Inbox:
		explainBaseline(a, w, f.reviewed)
	case records.Columns:
		records.ExplainColumns(a.Err, w.Graph, in, f.unused.asked)
	}
}

// printing are the flags that say how a listing is printed.
type printing struct{ format, sort, columns string }

func (p *printing) register(flags *pflag.FlagSet) {
	flags.StringVarP(&p.format, "output", "o", p.format, "`FORMAT`: table, json, csv or markdown")
	flags.StringVar(&p.sort, "sort", "", "order by `COLUMN[:desc]`, or by several with commas")
	flags.StringVar(&p.columns, "columns", "", "print these `COLUMNS`, with commas, in this order")
}

func (p *printing) listing(ctx context.Context, w io.Writer, l output.Listing) error {
	if err := cmp.Or(l.Sort(ctx, p.sort), l.Choose(p.columns)); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return app.Usage("%w", err)
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
func explainBaseline(a *app.App, w *workspace.Workspace, reviewed bool) {
	if w.Baseline == 0 {
		return
	}
	hint := ""
	if !reviewed {
		hint = "; --mark-reviewed, or the explorer, saves that"
	}
	fmt.Fprintf(a.Err, "%s seen for the first time: marked as seen, not reported as new%s\n", text.Count(w.Baseline, "dashboard"), hint)
}

// markReviewed keeps what was listed as looked at, and the baseline.
func markReviewed(ctx context.Context, a *app.App, w *workspace.Workspace, keys []string) error {
	n, err := w.MarkReviewed(ctx, keys)
	if err == nil {
		fmt.Fprintf(a.Err, "%s marked as reviewed\n", text.Count(n, "dashboard"))
	}
	return err
}
