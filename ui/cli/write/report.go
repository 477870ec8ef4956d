package write

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"darkroom/model/exposure/merge"
	"darkroom/model/lineage"
	"darkroom/model/shellword"
	"darkroom/sources/project/export"
	"darkroom/sources/project/workspace"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/output"
	"darkroom/ui/text"
)

// titleWidth is how many cells a title may take in a line about something else.
const titleWidth = 80

// nothingIncluded says what to do where there is no exposure.
func nothingIncluded(a *app.App, w *workspace.Workspace, e export.Plan, f exportFlags) {
	switch {
	case len(w.Graph.Sites) == 0 || !e.Empty() || len(e.Refusals) > 0:
	case f.all:
		fmt.Fprintln(a.Err, "nothing to write: no dashboard that is linked and not excluded can be exported")
	default:
		fmt.Fprintln(a.Err, "nothing is included: open darkroom and include dashboards with space, or use --all")
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

func printDiff(ctx context.Context, a *app.App, e export.Plan) error {
	for i := range e.Files {
		if err := e.Files[i].WriteDiff(ctx, output.CleanLinesTo(a.Out)); err != nil {
			return err
		}
	}
	if !e.Empty() && !e.Rewrites() {
		fmt.Fprintln(a.Err, "nothing would change in the files")
	}
	return nil
}

func reportWritten(a *app.App, e export.Plan) {
	for i := range e.Files {
		f := &e.Files[i]
		path := filepath.Join(f.Project.Root, filepath.FromSlash(f.Name))
		c := f.Changes
		switch {
		case !f.Changed():
			fmt.Fprintf(a.Out, "%s: nothing changed, %s\n", path, text.Count(len(f.Names), "exposure"))
		case f.Text == nil:
			fmt.Fprintf(a.Out, "%s: removed, nothing was left in it\n", path)
		default:
			fmt.Fprintf(a.Out, "%s: %d added, %d changed, %d removed, %d kept\n", path, len(c.Added), len(c.Changed), len(c.Removed), len(c.Kept))
		}
	}
}

// notes prints what is to be known of entries and files besides conflicts.
func notes(a *app.App, e export.Plan) {
	for i := range e.Items {
		if it := &e.Items[i]; slices.Contains([]merge.What{merge.Gone, merge.SameAs, merge.Stays, merge.Unreadable}, it.What) {
			head := string(it.What)
			if it.Name != "" {
				head += ": " + it.Name
			}
			fmt.Fprintln(a.Err, strings.TrimRight(output.CleanLines(head+": "+it.Note), "\n"))
		}
	}
}

// planNotes prints what is worth knowing about a plan.
func planNotes(a *app.App, e export.Plan) {
	for _, note := range e.Notes {
		fmt.Fprintln(a.Err, "note: "+text.Clean(note))
	}
}

// conflicts prints what needs an answer, and counts what is settled.
func conflicts(a *app.App, e export.Plan) {
	yours, again := 0, []string(nil)
	for _, c := range e.Conflicts {
		switch {
		case c.NeedsAnswer:
			fmt.Fprintln(a.Err, conflictText(c))
		case c.Field == "": // deleted by hand
			again = append(again, c.Name)
		default:
			yours++
		}
	}
	if len(again) > 0 {
		fmt.Fprintln(a.Err, text.Clean("note: "+export.Some(again)+": deleted from the file, and written again; exclude the dashboard to remove it"))
	}
	switch {
	case yours == 1:
		fmt.Fprintln(a.Err, "1 value is yours and differs from the BI tool's; darkroom export --check lists it")
	case yours > 1:
		fmt.Fprintf(a.Err, "%d values are yours and differ from the BI tool's; darkroom export --check lists them\n", yours)
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
func sayHidden(a *app.App, list []*lineage.Dashboard) {
	const most = 5
	var titles []string
	for _, d := range list[:min(len(list), most)] {
		titles = append(titles, text.Clean(d.Title()))
	}
	if n := len(list) - len(titles); n > 0 {
		titles = append(titles, fmt.Sprintf("%d more", n))
	}
	if len(list) > 0 {
		fmt.Fprintf(a.Err, "darkroom: included although hidden in the workbook: %s; exclude them, or write rules: [{hidden: true, decide: exclude}]\n", strings.Join(titles, ", "))
	}
}
