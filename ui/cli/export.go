package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"darkroom/model/exposure/merge"
	"darkroom/model/lineage"
	"darkroom/model/shellword"
	"darkroom/sources/project/export"
	"darkroom/sources/project/workspace"
	"darkroom/ui/cli/output"
	"darkroom/ui/text"
)

// exportFlags are the ways to export.
type exportFlags struct {
	stdout, diff, check, all, prune, acceptRemoval bool

	take, keep []string
	output     string
}

func (a *app) exportCommand() *cobra.Command {
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
		Args: maxArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.validate(); err != nil {
				return err
			}
			w, err := a.open(cmd.Context(), dirOf(args), !f.writes())
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
				a.sayHidden(export.HiddenLinked(w))
			}
			if f.decides() {
				if err := export.Ready(w); err != nil {
					return err
				}
			}
			return a.export(cmd.Context(), w, f)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.stdout, "stdout", false, "print the YAML instead of writing it")
	flags.BoolVar(&f.diff, "diff", false, "print what would change instead of writing it")
	flags.BoolVar(&f.check, "check", false, "write nothing; report what differs and exit 1 if the files have drifted")
	flags.StringVar(&f.output, "output", "text", "with --check: text, json or markdown, which fits a pull request")
	flags.BoolVar(&f.all, "all", false, "first include every linked dashboard that is not excluded; nothing is decided when nothing is written")
	flags.BoolVar(&f.prune, "prune", false, "remove the entries of dashboards that are gone from the BI tool now")
	flags.BoolVar(&f.acceptRemoval, "accept-removal", false, "let an export remove most of the entries, or all of a site, without asking")
	flags.StringSliceVar(&f.take, "take", nil, "answer conflicts with the BI tool's value: `FIELD`, NAME.FIELD, NAME or all")
	flags.StringSliceVar(&f.keep, "keep", nil, "answer conflicts with the file's value: `FIELD`, as for --take")
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
		return usage("--stdout, --diff and --check exclude each other")
	case !slices.Contains([]string{"text", "json", "markdown"}, f.output):
		return usage("--output %q is not known; use text, json or markdown", f.output)
	case f.acceptRemoval && !f.writes():
		return usage("--accept-removal is about writing; --stdout, --diff and --check only look")
	case f.output != "text" && !f.check:
		return usage("--output %s belongs to --check", f.output)
	}
	return nil
}

// writes reports that files are written, not only shown.
func (f exportFlags) writes() bool { return !f.stdout && !f.diff && !f.check }

// decides reports that the command decides, not only looks.
func (f exportFlags) decides() bool { return f.all && f.writes() }

func (a *app) export(ctx context.Context, w *workspace.Workspace, f exportFlags) error {
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
	e, err := export.PlanExport(ctx, w, w.Book, export.Options{All: f.all, Prune: f.prune, Settle: settle, Today: a.today()})
	if err != nil {
		return err
	}
	if unknown := settle.Unknown(e.Names()); len(unknown) > 0 {
		return usage("%q is neither a field nor one of the exposures; see darkroom export --check", unknown[0])
	}
	for _, name := range e.NoProject {
		fmt.Fprintf(a.err, "not written for %s: no dbt_project.yml next to its manifest\n", output.CleanLines(name))
	}
	if f.check {
		return a.check(e, f.output)
	}
	for _, r := range e.Refusals {
		fmt.Fprintln(a.err, "left out: "+text.Cut(text.Clean(r.Title), titleWidth)+": "+text.Clean(r.Rule+"; "+r.Fix))
	}
	a.planNotes(e)
	a.sayKept(e)
	if !f.writes() {
		return a.showExport(ctx, e, f)
	}
	if err := a.acceptRemoval(ctx, e, f.acceptRemoval); err != nil {
		return err
	}
	if err := write(ctx, e); err != nil {
		return err
	}
	if len(e.Files) == 0 {
		a.nothingWritten(w, f)
	} else {
		a.wroteFiles()
		a.reportWritten(e)
	}
	a.conflicts(e)
	a.notes(e)
	return unfinished(e)
}

// unfinished: a --take could not be done, or dbt cannot read a file of the project.
func unfinished(e export.Plan) error {
	if slices.ContainsFunc(e.Conflicts, func(c merge.Conflict) bool { return c.NotTaken }) ||
		slices.ContainsFunc(e.Items, func(i merge.Item) bool { return i.What == merge.Unreadable }) {
		return findings
	}
	return nil
}

// showExport prints what would be written.
func (a *app) showExport(ctx context.Context, e export.Plan, f exportFlags) error {
	a.sayRemovals(e)
	if f.stdout {
		return printYAML(a.out, e)
	}
	a.conflicts(e)
	a.notes(e)
	if err := a.printDiff(ctx, e); err != nil {
		return err
	}
	return unfinished(e)
}

// wroteFiles remembers that the example was changed, so that it says where it is.
func (a *app) wroteFiles() {
	if a.example != nil {
		a.example.Wrote = true
	}
}

// titleWidth is how many cells a title may take in a line about something else.
const titleWidth = 80

// nothingWritten says why. That no data of a BI tool is loaded was said at opening.
func (a *app) nothingWritten(w *workspace.Workspace, f exportFlags) {
	switch {
	case len(w.Graph.Sites) == 0:
	case f.all:
		fmt.Fprintln(a.err, "nothing to write: no dashboard that is linked and not excluded can be exported")
	default:
		fmt.Fprintln(a.err, "nothing is included: open darkroom and include dashboards with space, or use --all")
	}
}

// printYAML prints the files one after another, as YAML documents.
func printYAML(out io.Writer, e export.Plan) error {
	for i, f := range e.Files {
		if i > 0 {
			if _, err := io.WriteString(out, "---\n"); err != nil {
				return err
			}
		}
		if len(e.Files) > 1 {
			fmt.Fprintf(out, "# %s: %s\n", output.CleanLines(f.Project.Name), f.Name)
		}
		if _, err := io.Copy(out, bytes.NewReader(f.Text)); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) printDiff(ctx context.Context, e export.Plan) error {
	for i := range e.Files {
		if err := e.Files[i].WriteDiff(ctx, output.CleanLinesTo(a.out)); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) reportWritten(e export.Plan) {
	for i := range e.Files {
		f := &e.Files[i]
		path := filepath.Join(f.Project.Root, filepath.FromSlash(f.Name))
		c := f.Changes
		switch {
		case !f.Changed():
			fmt.Fprintf(a.out, "%s: nothing changed, %d exposures\n", path, len(f.Names))
		case f.Text == nil:
			fmt.Fprintf(a.out, "%s: removed, nothing was left in it\n", path)
		default:
			fmt.Fprintf(a.out, "%s: %d added, %d changed, %d removed, %d kept\n", path, len(c.Added), len(c.Changed), len(c.Removed), len(c.Kept))
		}
	}
}

// notes prints what is to be known of entries and files besides conflicts.
func (a *app) notes(e export.Plan) {
	for i := range e.Items {
		if it := &e.Items[i]; slices.Contains([]merge.What{merge.Gone, merge.SameAs, merge.Stays, merge.Unreadable}, it.What) {
			head := string(it.What)
			if it.Name != "" {
				head += ": " + it.Name
			}
			fmt.Fprintln(a.err, strings.TrimRight(output.CleanLines(head+": "+it.Note), "\n"))
		}
	}
}

// planNotes prints what is worth knowing about a plan.
func (a *app) planNotes(e export.Plan) {
	for _, note := range e.Notes {
		fmt.Fprintln(a.err, "note: "+text.Clean(note))
	}
}

// conflicts prints what needs an answer, and counts what is settled.
func (a *app) conflicts(e export.Plan) {
	yours := 0
	for _, c := range e.Conflicts {
		if !c.NeedsAnswer {
			yours++
			continue
		}
		fmt.Fprintln(a.err, conflictText(c))
	}
	if yours > 0 {
		fmt.Fprintf(a.err, "%d values are yours and differ from the BI tool's; darkroom export --check lists them\n", yours)
	}
}

func conflictText(c merge.Conflict) string {
	what := c.Name
	if c.Field != "" {
		what += "." + strings.TrimPrefix(c.Field, "config.")
	}
	text := "conflict: " + what + ": "
	if c.Field == "" {
		text += c.Problem
	} else {
		text += fmt.Sprintf("the file says %s, %s %s", output.Quoted(c.Theirs), c.Tool, output.Quoted(c.Ours))
		if c.Problem != "" {
			text += " (" + c.Problem + ")"
		}
	}
	if c.NotTaken {
		return output.CleanLines(text) + "\n  --take could not be done: the file is as it was there"
	}
	what = output.CleanLines(shellword.Item(what))
	return output.CleanLines(text) + "\n  --keep " + what + " or --take " + what
}

// sayHidden says which of the dashboards that are included at once are hidden in their
// workbook: that may not be wanted.
func (a *app) sayHidden(list []*lineage.Dashboard) {
	const most = 5
	var titles []string
	for _, d := range list[:min(len(list), most)] {
		titles = append(titles, text.Clean(d.Title()))
	}
	if n := len(list) - len(titles); n > 0 {
		titles = append(titles, fmt.Sprintf("%d more", n))
	}
	if len(list) > 0 {
		fmt.Fprintf(a.err, "darkroom: included although hidden in the workbook: %s; exclude them, or write rules: [{hidden: true, decide: exclude}]\n", strings.Join(titles, ", "))
	}
}
