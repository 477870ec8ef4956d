// Package decide has the explorer's decisions as commands for scripts: decide, pin, map and
// ignore.
//
// Not here: what a decision means (model/curate, model/match), where it is kept
// (sources/project/decisions).
package decide

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/model/query"
	"darkroom/sources/project/workspace"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/complete"
	"darkroom/ui/cli/names"
	"darkroom/ui/cli/output"
	"darkroom/ui/cli/records"
)

// verdict is what decide can do with dashboards.
type verdict struct {
	word string
	to   curate.Decision
}

func verdicts() []verdict {
	return []verdict{{"include", curate.Included}, {"exclude", curate.Excluded}, {"undecide", curate.Undecided}}
}

// deciding are the flags of decide.
type deciding struct {
	app.Selecting
	dir, why, format string
}

func Decide(a *app.App) *cobra.Command {
	f := deciding{format: "text"}
	var words []string
	for _, v := range verdicts() {
		words = append(words, v.word)
	}
	cmd := &cobra.Command{
		Use:   "decide " + strings.Join(words, "|") + " [DASHBOARD...]",
		Short: "Include or exclude dashboards, as the explorer does",
		Long: "Decides about dashboards, signed as in the explorer and kept in the same file. DASHBOARD is\n" +
			"a title, a LUID, the address in the browser, or the beginning of one of them that no other\n" +
			"dashboard has. --select takes dbt's selectors: fct_orders+ means the dashboards that depend\n" +
			"on fct_orders. undecide takes a decision back; then a rule of darkroom.yml holds again.\n\n" +
			"Nothing is decided unless every name is clear.",
		ValidArgs: words,
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) == 0 || !slices.Contains(words, args[0]):
				return app.Usage("say what to decide: %s or %s", strings.Join(words[:len(words)-1], ", "), words[len(words)-1])
			case len(args) == 1 && len(f.Selects)+len(f.Excludes) == 0:
				return app.Usage("say which dashboards to %s: titles, LUIDs or addresses, or --select", args[0])
			case f.format != "text" && f.format != "json":
				return app.Usage("--output %q is not known; use text or json", f.format)
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return decide(cmd.Context(), a, verdicts()[slices.Index(words, args[0])].to, args[1:], &f)
		},
	}
	f.Register(cmd.Flags())
	cmd.Flags().StringVar(&f.dir, "dir", "", "the dbt project `DIR`; the current folder by default")
	cmd.Flags().StringVar(&f.why, "why", "", "the reason, a `TEXT` that is kept with the decisions")
	cmd.Flags().StringVarP(&f.format, "output", "o", f.format, "`FORMAT`: text or json")
	complete.Words{
		Args:  []complete.Names{complete.Among("include", "exclude", "undecide"), complete.In(names.Dashboards)},
		Flags: complete.Selecting(map[string]complete.Names{"output": complete.Among("text", "json")}),
	}.Of(a, cmd)
	return cmd
}

// decide decides about the dashboards that are named.
func decide(ctx context.Context, a *app.App, to curate.Decision, titles []string, f *deciding) error {
	spec, err := f.Read()
	if err != nil {
		return err
	}
	w, err := a.Open(ctx, f.dir, false)
	if err != nil {
		return err
	}
	defer w.Close()
	found, err := named(ctx, a, w, titles, spec, f.State)
	if err != nil {
		return err
	}
	decided := records.Deciding(w, found)
	change := w.Choose(ctx, keysOf(found), to, f.why)
	if err := keepSome(ctx, w, change); err != nil {
		return err
	}
	records.Follow(w, decided, change)
	if f.format == "json" {
		return output.JSON(a.Out, decided)
	}
	printDecided(a, decided)
	return nil
}

// named finds dashboards by their names and by a selector, each once, in graph order.
func named(ctx context.Context, a *app.App, w *workspace.Workspace, titles []string, spec *query.Selection, state string) ([]*lineage.Dashboard, error) {
	chosen := map[lineage.ID]bool{}
	var wrong []string
	known := names.TitlesOf(w.Graph)
	for _, title := range titles {
		d, err := known.Find(title)
		if err != nil {
			wrong = append(wrong, err.Error())
			continue
		}
		chosen[d.ID] = true
	}
	if len(wrong) > 0 {
		return nil, app.Usage("%s", strings.Join(wrong, "\n"))
	}
	in := query.Found{}
	if spec != nil {
		var err error
		if in, err = a.Selected(ctx, w, spec, state); err != nil {
			return nil, err
		}
	}
	var found []*lineage.Dashboard
	for _, d := range w.Graph.Dashboards() {
		if chosen[d.ID] || spec != nil && in.Has(d.ID) {
			found = append(found, d)
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if len(found) == 0 {
		fmt.Fprintln(a.Err, "no dashboard is selected; MODEL+ selects those that depend on MODEL")
	}
	return found, nil
}

// keepSome keeps a change, unless it is none.
func keepSome(ctx context.Context, w *workspace.Workspace, change curate.Change) error {
	if change.Empty() {
		return nil
	}
	return w.Keep(ctx, change)
}

func keysOf(dashboards []*lineage.Dashboard) []string {
	keys := make([]string, len(dashboards))
	for i, d := range dashboards {
		keys[i] = d.Key
	}
	return keys
}

// printDecided says what holds for each dashboard now.
func printDecided(a *app.App, all []records.Decided) {
	for _, d := range all {
		line := d.Now
		if !d.Changed {
			line = "already " + d.Now
		}
		if d.Rule != "" {
			line += " by " + d.Rule
		}
		fmt.Fprintf(a.Out, "%s: %s (%s)\n", output.CleanLines(line), output.Quoted(d.Title), output.CleanLines(d.Place))
	}
}
