package write

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"darkroom/model/exposure/merge"
	"darkroom/sources/project/export"
	"darkroom/sources/project/workspace"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/complete"
	"darkroom/ui/cli/names"
	"darkroom/ui/cli/output"
	"darkroom/ui/text"
)

// adoptFlags are those of adopt.
type adoptFlags struct {
	dir        string
	diff, all  bool
	take, same []string
}

func Adopt(a *app.App) *cobra.Command {
	var f adoptFlags
	cmd := &cobra.Command{
		Use:   "adopt [NAME...]",
		Short: "Keep hand-written exposures of dashboards up to date",
		Long: "Without a name it lists the hand-written exposures whose url or LUID is a dashboard's, and\n" +
			"where the BI tool differs. With names it takes them over: they stay in their file under\n" +
			"their name, and every value written by hand stays yours. From then on export keeps the rest\n" +
			"up to date. --take FIELD takes the BI tool's value of a field instead. Where two projects have\n" +
			"an exposure of one name, PROJECT.NAME says which.\n\n" +
			"--same NAME lets a republished dashboard take over the entry NAME of the one\n" +
			"that is gone; --same NAME=LUID says which. git undoes both.\n\n" +
			"Nothing is adopted unless every name is clear.",
		RunE: func(cmd *cobra.Command, args []string) error {
			req := export.AdoptRequest{Names: args, All: f.all, Take: f.take, Same: map[string]string{}}
			for _, s := range f.same {
				name, key := cutSame(s)
				req.Same[name] = key
			}
			list := len(args)+len(f.same) == 0 && !f.all
			if unknown := (merge.Settle{Take: f.take}).Unknown(func() []string { return nil }); len(unknown) > 0 {
				return app.Usage("--take %q is not a field that darkroom writes", unknown[0])
			}
			req.All = req.All || list
			w, err := a.Open(cmd.Context(), f.dir, list || f.diff)
			if err != nil {
				return err
			}
			defer w.Close()
			if err := w.Writable(); err != nil {
				return err
			}
			plan, err := export.PlanAdopt(cmd.Context(), w, req)
			switch {
			case err != nil:
				return err
			case len(plan.Wrong) > 0:
				return app.Usage("%s\nnothing was adopted; darkroom adopt lists what can be, darkroom list exposures all of them", strings.Join(plan.Wrong, "\n"))
			case list:
				return listAdoptable(a, plan)
			case f.diff:
				return cmp.Or(printDiff(cmd.Context(), a, plan.Plan), notAdopted(a, plan))
			}
			return keepUp(cmd.Context(), a, w, plan)
		},
	}
	cmd.Flags().StringVar(&f.dir, "dir", "", "the dbt project `DIR`; the current folder by default")
	cmd.Flags().BoolVar(&f.diff, "diff", false, "print what would change instead of writing it")
	cmd.Flags().BoolVar(&f.all, "all", false, "adopt all exposures in the list")
	cmd.Flags().StringSliceVar(&f.take, "take", nil, "take the BI tool's value of this `FIELD`, or of all")
	cmd.Flags().StringSliceVar(&f.same, "same", nil, "`NAME[=LUID]`: the new dashboard that replaces the gone one of NAME")
	complete.Words{
		Args: []complete.Names{complete.In(names.Exposures)}, Flags: map[string]complete.Names{"same": complete.In(names.Exposures)},
	}.Of(a, cmd)
	return cmd
}

func keepUp(ctx context.Context, a *app.App, w *workspace.Workspace, plan export.Adopted) error {
	if len(plan.Adopted) > 0 {
		if err := export.WriteAdopted(ctx, w, plan); err != nil {
			return err
		}
		a.WroteFiles()
	}
	for _, d := range plan.Adopted {
		fmt.Fprintf(a.Out, "adopted %s in %s: %s\n", text.Clean(d.Name), text.Clean(d.File), output.Quoted(d.Title))
	}
	planNotes(a, plan.Plan)
	return notAdopted(a, plan)
}

// notAdopted prints what was left out, and makes it a finding.
func notAdopted(a *app.App, plan export.Adopted) error {
	for _, r := range plan.Refusals {
		fmt.Fprintln(a.Err, "not adopted: "+output.CleanLines(r.Error()))
	}
	if len(plan.Refusals) > 0 {
		return app.Findings
	}
	return nil
}

// cutSame takes "NAME=LUID" apart; a name that was written by hand may have the sign, too.
func cutSame(s string) (name, key string) {
	at := strings.LastIndexByte(s, '=')
	if at < 0 || strings.ContainsRune(s[at:], ' ') {
		return s, ""
	}
	return s[:at], s[at+1:]
}

// listAdoptable compares each with its BI tool.
func listAdoptable(a *app.App, plan export.Adopted) error {
	differences := plan.Differences()
	for _, d := range plan.Adopted {
		fmt.Fprintf(a.Out, "%s in %s: %s\n", text.Clean(d.Name), text.Clean(d.File), output.Quoted(d.Title))
		for _, c := range differences[d.Key].Stay {
			fmt.Fprintf(a.Out, "  %s stays yours: %s; %s says %s\n", c.Field, output.Quoted(c.Theirs), c.Tool, output.Quoted(c.Ours))
		}
		for _, c := range differences[d.Key].Follow {
			fmt.Fprintf(a.Out, "  %s: %s → %s\n", c.Field, output.Quoted(c.From), output.Quoted(c.To))
		}
	}
	for _, r := range plan.Refusals {
		fmt.Fprintln(a.Out, "cannot be adopted: "+output.CleanLines(r.Error()))
	}
	planNotes(a, plan.Plan)
	if len(plan.Adopted) == 0 {
		fmt.Fprintln(a.Out, "no hand-written exposure has the url or the LUID of a dashboard")
		return nil
	}
	fmt.Fprintln(a.Out, "adopt them with darkroom adopt NAME, or --all; --diff shows the change")
	return nil
}
