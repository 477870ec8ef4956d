package cli

import (
	"context"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"darkroom/model/impact"
	"darkroom/model/lineage"
	"darkroom/model/query"
	"darkroom/sources/project/exposures"
	"darkroom/sources/project/workspace"
	"darkroom/ui/affected"
	"darkroom/ui/cli/output"
	"darkroom/ui/cli/records"
)

func (a *app) impactCommand() *cobra.Command {
	var choose selecting
	format, failOn := "text", []string{"none"}
	cmd := &cobra.Command{
		Use:   "impact --select SELECTOR [DIR]",
		Short: "Say which dashboards and exposures depend on models",
		Long: "Lists the dashboards that depend on the selected models, sources or seeds, directly or\n" +
			"indirectly: each with its owner, views, exposure and the shortest way to it, the gravest\n" +
			"first: included ones, those that are certified or have " + strconv.Itoa(impact.Popular) + " views, others. Exposures of\n" +
			"other things follow. No dashboard needs an exposure for this.\n\n" +
			"--output markdown is one comment for a pull request: the same for the same input, at most\n" +
			"65,536 bytes, with a hidden marker by which a job finds it again. --fail-on exits with 1 when\n" +
			"something of the kind is affected: included, certified, views:>N, any; none by default.",
		Args: func(cmd *cobra.Command, args []string) error {
			if !slices.Contains([]string{"text", "markdown", "json"}, format) {
				return usage("--output %q is not known; use text, markdown or json", format)
			}
			if len(choose.selects) == 0 {
				return usage("say what changed: --select SELECTOR")
			}
			return maxArgs(1)(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			fails, err := readFailOn(failOn)
			if err != nil {
				return err
			}
			return a.printImpact(cmd.Context(), dirOf(args), &choose, format, fails)
		},
	}
	choose.register(cmd.Flags())
	cmd.Flags().StringVarP(&format, "output", "o", format, "text, markdown or json")
	cmd.Flags().StringSliceVar(&failOn, "fail-on", failOn, "exit with 1 on `KIND`: included, certified, views:>N, any or none")
	return cmd
}

// change is an answer to "what changed": the nodes, and how that was found out.
type change struct {
	nodes []lineage.ID
	by    records.Detection
	about string // what the nodes are called together; empty names them
}

func (a *app) printImpact(ctx context.Context, dir string, choose *selecting, format string, fails []failsOn) error {
	spec, err := choose.read()
	if err != nil {
		return err
	}
	w, err := a.open(ctx, dir, true)
	if err != nil {
		return err
	}
	defer w.Close()
	in, err := a.selected(ctx, w, spec, choose.state)
	if err != nil {
		return err
	}
	changed := chosen(w, in, choose)
	if len(changed.nodes) == 0 {
		return usage("nothing that dashboards can depend on is selected")
	}
	plan, err := exposures.Outlook(ctx, w, w.Book)
	if err != nil {
		return err
	}
	r := impact.Of(w.Graph, changed.nodes, impact.Known{Book: w.Book, Outlook: plan})
	switch format {
	case "json":
		err = output.JSON(a.out, records.ImpactOf(w.Graph, r, changed.by))
	case "markdown":
		_, err = io.WriteString(a.out, affected.Markdown(w.Graph, r, changed.about))
	default:
		_, err = io.WriteString(a.out, affected.Text(w.Graph, r, changed.about))
	}
	if err != nil {
		return err
	}
	for _, f := range fails {
		if f(r) {
			return findings
		}
	}
	return nil
}

// chosen are the nodes that a selection chooses.
func chosen(w *workspace.Workspace, in query.Found, choose *selecting) change {
	c := change{by: records.Detection{By: "select", What: strings.Join(choose.selects, " ")}}
	for id := range lineage.ID(w.Graph.Len()) {
		if in.Has(id) {
			c.nodes = append(c.nodes, id)
		}
	}
	if len(c.nodes) > 1 {
		c.about = c.by.What
	}
	return c
}

// failsOn reports whether an answer is a finding.
type failsOn func(*impact.Report) bool

// readFailOn reads the words of --fail-on.
func readFailOn(words []string) (all []failsOn, err error) {
	each := func(is func(*impact.Dashboard) bool) failsOn {
		return func(r *impact.Report) bool {
			return slices.ContainsFunc(r.Dashboards, func(d impact.Dashboard) bool { return is(&d) })
		}
	}
	for _, word := range words {
		number, isViews := strings.CutPrefix(word, "views:>")
		switch {
		case word == "none":
		case word == "any":
			all = append(all, func(r *impact.Report) bool { return !r.None() })
		case word == "certified":
			all = append(all, each(func(d *impact.Dashboard) bool { return d.Certified }))
		case word == "included":
			all = append(all, each(func(d *impact.Dashboard) bool { return d.Severity == impact.Included }),
				func(r *impact.Report) bool { return len(r.Exposures) > 0 })
		case isViews:
			n, err := strconv.Atoi(number)
			if err != nil || n < 0 {
				return nil, usage("--fail-on %q needs a number, as in views:>1000", word)
			}
			all = append(all, each(func(d *impact.Dashboard) bool { return d.Views > n }))
		default:
			return nil, usage("--fail-on %q is not known; use included, certified, views:>N, any or none", word)
		}
	}
	return all, nil
}
