// Package write has the commands that write exposures into the files of a project: export,
// with its check for CI, adopt and rename.
//
// Not here: what is written and how it is merged (sources/project/export).
package write

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"darkroom/model/exposure/merge"
	"darkroom/sources/project/export"
	"darkroom/sources/project/workspace"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/complete"
	"darkroom/ui/cli/output"
	"darkroom/ui/text"
)

// exportFlags are the ways to export.
type exportFlags struct {
	stdout, diff, check, all, prune, acceptRemoval bool

	take, keep []string
	output     string
}

func Export(a *app.App) *cobra.Command {
	var f exportFlags
	cmd := &cobra.Command{
		Use:   "export [DIR]",
		Short: "Write the included dashboards as dbt exposures",
		Long: "Writes every included dashboard into the exposures files of its dbt project\n" +
			"(models/exposures/tableau.yml, or export.layout and export.file of darkroom.yml). What\n" +
			"was written by hand stays. Dashboards that dbt would refuse are named with a fix; the\n" +
			"rest is written.\n\n" +
			"A value that was changed both by hand and in the BI tool is a conflict: yours stays until\n" +
			"--take FIELD uses the tool's or --keep FIELD settles it; then it is not asked again until\n" +
			"the tool changes it. FIELD is label, owner, description, …, NAME.label for one exposure, NAME\n" +
			"for all of one, or all; the narrower one wins.\n\n" +
			"A dashboard that is gone from a complete fetch keeps its entry for export.grace_days (30),\n" +
			"or until --prune. An export that would remove more than half of the entries, or all of a\n" +
			"site, though nothing was excluded, asks first; without a terminal it needs\n" +
			"--accept-removal.",
		Args: app.MaxArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.validate(); err != nil {
				return err
			}
			w, err := a.Open(cmd.Context(), app.DirOf(args), !f.writes())
			if err != nil {
				return err
			}
			defer w.Close()
			if err := w.Writable(); err != nil {
				return err
			}
			if f.check {
				if err := w.Comparable(); err != nil {
					return err
				}
			}
			if f.all {
				sayHidden(a, export.HiddenLinked(w))
			}
			if f.decides() {
				if err := export.Ready(w); err != nil {
					return err
				}
			}
			return runExport(cmd.Context(), a, w, f)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.stdout, "stdout", false, "print the YAML instead of writing it")
	flags.BoolVar(&f.diff, "diff", false, "print what would change instead of writing it")
	flags.BoolVar(&f.check, "check", false, "write nothing; report what differs and exit 1 if the files have drifted")
	flags.StringVarP(&f.output, "output", "o", "text", "with --check, the `FORMAT`: text, json or markdown, which fits a pull request")
	flags.BoolVar(&f.all, "all", false, "first include every linked dashboard that is not excluded; nothing is decided when nothing is written")
	flags.BoolVar(&f.prune, "prune", false, "remove the entries of dashboards that are gone from the BI tool now")
	flags.BoolVar(&f.acceptRemoval, "accept-removal", false, "let an export remove most of the entries, or all of a site, without asking")
	flags.StringSliceVar(&f.take, "take", nil, "answer conflicts with the BI tool's value: `FIELD`, NAME.FIELD, NAME or all")
	flags.StringSliceVar(&f.keep, "keep", nil, "answer conflicts with the file's value: `FIELD`, as for --take")
	complete.Words{Args: []complete.Names{nil}, Flags: map[string]complete.Names{"output": complete.Among("text", "json", "markdown")}}.Of(a, cmd)
	return cmd
}

func (f exportFlags) validate() error {
	shows := 0
	for _, set := range []bool{f.stdout, f.diff, f.check} {
		if set {
			shows++
		}
	}
	switch {
	case shows > 1:
		return app.Usage("--stdout, --diff and --check exclude each other")
	case !slices.Contains([]string{"text", "json", "markdown"}, f.output):
		return app.Usage("--output %q is not known; use text, json or markdown", f.output)
	case f.acceptRemoval && !f.writes():
		return app.Usage("--accept-removal is about writing; --stdout, --diff and --check only look")
	case f.output != "text" && !f.check:
		return app.Usage("--output %s belongs to --check", f.output)
	}
	return nil
}

// writes reports that files are written, not only shown.
func (f exportFlags) writes() bool { return !f.stdout && !f.diff && !f.check }

// decides reports that the command decides, not only looks.
func (f exportFlags) decides() bool { return f.all && f.writes() }

func runExport(ctx context.Context, a *app.App, w *workspace.Workspace, f exportFlags) error {
	write := func(ctx context.Context, e export.Plan) error {
		if err := w.SaveReplayed(); err != nil {
			return err
		}
		return export.Write(ctx, e)
	}
	if f.decides() {
		decided := export.IncludeLinked(ctx, w)
		write = func(ctx context.Context, e export.Plan) error { return export.WriteDecided(ctx, w, e, decided) }
	}
	settle := merge.Settle{Take: f.take, Keep: f.keep}
	e, err := export.PlanExport(ctx, w, w.Book, export.Options{All: f.all, Prune: f.prune, Settle: settle, Today: a.Today(), Show: !f.writes()})
	if err != nil {
		return err
	}
	if unknown := settle.Unknown(e.Names); len(unknown) > 0 {
		return app.Usage("%q is neither a field nor one of the exposures; see darkroom export --check", unknown[0])
	}
	for _, name := range e.NoProject {
		fmt.Fprintf(a.Err, "not written for %s: no dbt_project.yml next to its manifest\n", output.CleanLines(name))
	}
	if f.check {
		return check(a, e, f.output)
	}
	for _, r := range e.Refusals {
		fmt.Fprintln(a.Err, "left out: "+text.Cut(text.Clean(r.Title), titleWidth)+": "+text.Clean(r.Rule+"; "+r.Fix))
	}
	planNotes(a, e)
	sayKept(a, e)
	if !f.writes() {
		return showExport(ctx, a, w, e, f)
	}
	if err := acceptRemoval(ctx, a, e, f.acceptRemoval); err != nil {
		return err
	}
	if err := write(ctx, e); err != nil {
		return err
	}
	if len(e.Files) > 0 {
		a.WroteFiles()
		reportWritten(a, e)
	}
	conflicts(a, e)
	notes(a, e)
	nothingIncluded(a, w, e, f)
	return cmp.Or(exported(w), unfinished(e))
}

// exported is an error without any data of a BI tool: there is nothing that could be
// exported.
func exported(w *workspace.Workspace) error {
	if len(w.Graph.Sites) == 0 {
		return errors.New("nothing was exported, because no dashboard is known")
	}
	return nil
}

// unfinished: a --take could not be done, or dbt cannot read a file of the project.
func unfinished(e export.Plan) error {
	if slices.ContainsFunc(e.Conflicts, func(c merge.Conflict) bool { return c.NotTaken }) ||
		slices.ContainsFunc(e.Items, func(i merge.Item) bool { return i.What == merge.Unreadable }) {
		return app.Findings
	}
	return nil
}

// showExport prints what would be written.
func showExport(ctx context.Context, a *app.App, w *workspace.Workspace, e export.Plan, f exportFlags) error {
	sayRemovals(a, e)
	if f.stdout {
		if err := printYAML(a.Out, e); err != nil {
			return err
		}
		nothingIncluded(a, w, e, f)
		return exported(w)
	}
	conflicts(a, e)
	notes(a, e)
	if err := printDiff(ctx, a, e); err != nil {
		return err
	}
	nothingIncluded(a, w, e, f)
	return cmp.Or(exported(w), unfinished(e))
}
