package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"darkroom/model/curate"
	"darkroom/sources/workspace"
)

// exportFlags are the ways to export.
type exportFlags struct{ stdout, diff, all bool }

func (a *app) exportCommand() *cobra.Command {
	var f exportFlags
	cmd := &cobra.Command{
		Use:   "export [DIR]",
		Short: "Write the ticked dashboards as dbt exposures",
		Long: "Writes every included dashboard into the exposures file of its dbt project\n" +
			"(models/exposures/tableau.yml, or export.file of darkroom.yml). What people wrote by\n" +
			"hand stays. Dashboards that dbt would refuse are named with the cure; the rest is written.",
		Args: maxArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.stdout && f.diff {
				return usage("--stdout and --diff exclude each other")
			}
			w, err := a.open(cmd.Context(), dirOf(args), !f.ticks())
			if err != nil {
				return err
			}
			defer w.Close() //nolint:errcheck // everything is saved by then
			if f.ticks() {
				if err := tickLinked(cmd.Context(), w); err != nil {
					return err
				}
			}
			return a.export(w, f)
		},
	}
	cmd.Flags().BoolVar(&f.stdout, "stdout", false, "print the YAML instead of writing it")
	cmd.Flags().BoolVar(&f.diff, "diff", false, "print what would change instead of writing it")
	cmd.Flags().BoolVar(&f.all, "all", false, "first tick every linked dashboard that is not excluded; with --stdout or --diff only as if")
	return cmd
}

// ticks reports that the command decides, not only looks.
func (f exportFlags) ticks() bool { return f.all && !f.stdout && !f.diff }

// tickLinked is the command twin of ticking everything in the explorer: decided,
// kept, and so the same at the next export.
func tickLinked(ctx context.Context, w *workspace.Workspace) error {
	var keys []string
	for _, d := range w.Graph.Dashboards() {
		if linked, _ := d.Counts(); linked > 0 && w.Book.Get(d.Key).Decision == curate.Undecided {
			keys = append(keys, d.Key)
		}
	}
	change := w.Book.Set(keys, curate.Included, curate.Meta{
		At: time.Now(), By: workspace.WhoAmI(ctx, w.Root), Why: "export --all", About: w.Graph.About,
	})
	if err := w.Store.Append(change); err != nil {
		return err
	}
	return w.Store.Save(w.Book)
}

func (a *app) export(w *workspace.Workspace, f exportFlags) error {
	e, err := w.PlanExport(w.Book, f.all)
	if err != nil {
		return err
	}
	for _, r := range e.Refusals {
		fmt.Fprintln(a.err, "left out: "+cleanLines(r.Error()))
	}
	for _, name := range e.NoProject {
		fmt.Fprintf(a.err, "not written for %s: no dbt_project.yml beside its manifest\n", cleanLines(name))
	}
	switch {
	case f.stdout:
		return printYAML(a.out, e)
	case f.diff:
		return a.printDiff(e)
	}
	if err := workspace.WriteExport(e); err != nil {
		return err
	}
	return a.reportWritten(e)
}

// printYAML prints the files one after another, as YAML documents.
func printYAML(out io.Writer, e workspace.Export) error {
	for i, f := range e.Files {
		if i > 0 {
			if _, err := io.WriteString(out, "---\n"); err != nil {
				return err
			}
		}
		if len(e.Files) > 1 {
			fmt.Fprintf(out, "# %s: %s\n", cleanLines(f.Project.Name), f.Name)
		}
		if _, err := io.Copy(out, bytes.NewReader(f.Text)); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) printDiff(e workspace.Export) error {
	for i := range e.Files {
		if d := e.Files[i].Diff(); d != "" {
			if _, err := fmt.Fprint(a.out, cleanLines(d)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (a *app) reportWritten(e workspace.Export) error {
	if len(e.Files) == 0 {
		fmt.Fprintln(a.err, "nothing is ticked: open darkroom and tick dashboards with space, or use --all")
		return nil
	}
	for i := range e.Files {
		f := &e.Files[i]
		path := filepath.Join(f.Project.Root, filepath.FromSlash(f.Name))
		if a.demoDir != nil {
			a.demoDir.wrote = true
		}
		c := f.Changes
		if !f.Changed() {
			fmt.Fprintf(a.out, "%s: nothing changed, %d exposures\n", path, len(f.Plan.Exposures))
			continue
		}
		fmt.Fprintf(a.out, "%s: %d added, %d changed, %d removed, %d kept\n", path, len(c.Added), len(c.Changed), len(c.Removed), len(c.Kept))
	}
	return nil
}
