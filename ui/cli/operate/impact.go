package operate

import (
	"context"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"darkroom/model"
	"darkroom/model/amount"
	"darkroom/model/change"
	"darkroom/model/impact"
	"darkroom/model/lineage"
	"darkroom/model/query"
	"darkroom/sources/dbt"
	"darkroom/sources/git"
	"darkroom/sources/project/changes"
	"darkroom/sources/project/exposures"
	"darkroom/sources/project/workspace"
	"darkroom/ui/affected"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/complete"
	"darkroom/ui/cli/output"
	"darkroom/ui/cli/records"
)

func Impact(a *app.App) *cobra.Command {
	q, failOn := asked{format: "text"}, []string{"none"}
	cmd := &cobra.Command{
		Use:   "impact (--state FOLDER | --base REF | --select SELECTOR) [DIR]",
		Short: "Say which dashboards and exposures depend on models",
		Long: "Lists the dashboards that depend on the selected models, sources or seeds, directly or\n" +
			"indirectly: each with its owner, views, exposure and the shortest way to it, the most\n" +
			"important first: included ones, those that are certified or have " + strconv.Itoa(impact.Popular) + " views, others. Exposures of\n" +
			"other things follow. No dashboard needs an exposure for this.\n\n" +
			"--state FOLDER takes production's artifacts: what differs between their manifest and the present\n" +
			"one is what changed, as in dbt's state:modified, and what is deleted, disabled or renamed. What\n" +
			"depends on it comes from production's manifest, whose tables are those that dashboards read. With\n" +
			"--select or --base as well, those say what changed.\n\n" +
			"--base REF asks git which files differ from the commit that REF and HEAD share, those that are not\n" +
			"committed included: SQL, seeds, what YAML says of a resource (a description alone is no change),\n" +
			"macros, dbt_project.yml and packages with everything that they reach. No dbt is needed for it:\n" +
			"--manifest can name production's.\n\n" +
			"--output markdown is one comment for a pull request: the same for the same input, at most\n" +
			"65,536 bytes, with a hidden marker by which a job finds it again. --fail-on exits with 1 when\n" +
			"something of the kind is affected: included, certified, views:>N, any; none by default.",
		Args: func(cmd *cobra.Command, args []string) error {
			if !slices.Contains([]string{"text", "markdown", "json", "sarif", "annotations"}, q.format) {
				return app.Usage("--output %q is not known; use text, markdown, json, sarif or annotations", q.format)
			}
			switch {
			case len(q.choose.Selects) == 0 && q.choose.State == "" && q.base == "":
				return app.Usage("say what changed: --state FOLDER, --base REF or --select SELECTOR")
			case len(q.choose.Selects) > 0 && q.base != "":
				return app.Usage("--base and --select both say what changed; give one of them")
			case len(q.choose.Selects) == 0 && len(q.choose.Excludes) > 0:
				return app.Usage("--exclude takes from what --select chooses; give --select, such as state:modified")
			}
			return app.MaxArgs(1)(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if q.fails, err = readFailOn(failOn); err != nil {
				return err
			}
			return printImpact(cmd.Context(), a, app.DirOf(args), &q)
		},
	}
	q.choose.Register(cmd.Flags())
	cmd.Flags().Lookup("state").Usage = "`FOLDER` of production's artifacts: what changed since, and the lineage"
	cmd.Flags().StringVar(&q.base, "base", "", "what changed in git since the commit that `REF` and HEAD share")
	cmd.Flags().StringVarP(&q.format, "output", "o", q.format, "`FORMAT`: text, markdown, json, sarif or annotations (of GitHub)")
	cmd.Flags().StringSliceVar(&failOn, "fail-on", failOn, "exit with 1 on `KIND`: included, certified, views:>N, any or none")
	complete.Words{Args: []complete.Names{nil}, Flags: complete.Selecting(map[string]complete.Names{
		"output":  complete.Among("text", "markdown", "json", "sarif", "annotations"),
		"fail-on": complete.Among("included", "certified", "views:>1000", "any", "none"),
	})}.Of(a, cmd)
	return cmd
}

// asked is one question about impact.
type asked struct {
	choose app.Selecting
	base   string
	format string
	fails  []failsOn
}

// openImpact opens the project with production's lineage, where --state has it.
func openImpact(ctx context.Context, a *app.App, dir string, q *asked) (*workspace.Workspace, error) {
	state := q.choose.State
	if state != "" && len(q.choose.Selects) > 0 {
		if _, err := dbt.ManifestIn(state); err != nil {
			state = "" // it has results for selectors, and no lineage
		}
	}
	return a.OpenState(ctx, dir, state, true)
}

func printImpact(ctx context.Context, a *app.App, dir string, q *asked) error {
	spec, err := q.choose.Read()
	if err != nil {
		return err
	}
	w, err := openImpact(ctx, a, dir, q)
	if err != nil {
		return err
	}
	defer w.Close()
	answer := affected.Answer{Graph: w.Graph, Folder: func(p *model.Project) string { return git.Below(p.Root) }}
	var nodes []lineage.ID
	if spec != nil {
		nodes, err = chosen(ctx, a, w, spec, q, &answer)
	} else {
		nodes, err = changed(ctx, w, q, &answer)
	}
	if err != nil {
		return err
	}
	plan, err := exposures.Outlook(ctx, w, w.Book)
	if err != nil {
		return err
	}
	answer.Report = impact.Of(w.Graph, nodes, impact.Known{Book: w.Book, Outlook: plan})
	if err := writeImpact(a, &answer, q.format); err != nil {
		return err
	}
	if len(q.fails) == 0 && (len(w.Graph.Sites) > 0 || !answer.Report.None()) {
		return nil
	}
	if slices.ContainsFunc(q.fails, func(f failsOn) bool { return f(answer.Report) }) {
		return app.Findings
	}
	if len(q.fails) > 0 && answer.Changes.Outdated {
		return errors.New("nothing was checked: the project has changed since its manifest was written; run dbt parse")
	}
	return w.Comparable() // without dashboards, that none is affected is not an answer
}

func writeImpact(a *app.App, answer *affected.Answer, format string) (err error) {
	switch format {
	case "json":
		return output.JSON(a.Out, records.ImpactOf(answer.Graph, answer.Report, answer.Changes))
	case "sarif":
		return output.JSON(a.Out, answer.Sarif())
	case "annotations":
		_, err = io.WriteString(a.Out, answer.Annotations())
	case "markdown":
		_, err = io.WriteString(a.Out, answer.Markdown())
	default:
		_, err = io.WriteString(a.Out, answer.Text())
	}
	return err
}

// chosen are the nodes that --select chooses.
func chosen(ctx context.Context, a *app.App, w *workspace.Workspace, spec *query.Selection, q *asked, answer *affected.Answer) (nodes []lineage.ID, err error) {
	in, err := a.Selected(ctx, w, spec, q.choose.State)
	if err != nil {
		return nil, err
	}
	for id := range lineage.ID(w.Graph.Len()) {
		if in.Has(id) {
			nodes = append(nodes, id)
		}
	}
	if len(nodes) == 0 {
		return nil, app.Usage("nothing that dashboards can depend on is selected")
	}
	answer.Changes = &change.Set{By: "select", What: strings.Join(q.choose.Selects, " "), Limits: changes.Limits(w)}
	if len(nodes) > 1 {
		answer.About = answer.Changes.What
	}
	return nodes, nil
}

// changed are the nodes that differ from production, or from a commit.
func changed(ctx context.Context, w *workspace.Workspace, q *asked, answer *affected.Answer) ([]lineage.ID, error) {
	var err error
	if q.base != "" {
		answer.Changes, err = changes.Base(ctx, w, q.base)
	} else {
		answer.Changes, err = changes.State(ctx, w)
	}
	if err != nil {
		return nil, err
	}
	answer.About = "what changed since " + answer.Changes.What
	return answer.Changes.Nodes(w.Graph), nil
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
		views, isViews := strings.CutPrefix(word, "views:")
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
			r, ok, _ := amount.Read(views)
			if !ok {
				return nil, app.Usage("--fail-on %q needs a number, as in views:>1000 or views:>1k", word)
			}
			all = append(all, each(func(d *impact.Dashboard) bool { return r.Has(d.Views) }))
		default:
			return nil, app.Usage("--fail-on %q is not known; use included, certified, views:>N, any or none", word)
		}
	}
	return all, nil
}
