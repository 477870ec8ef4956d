package ask

import (
	"context"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"darkroom/model/declared"
	"darkroom/model/lineage"
	"darkroom/model/query"
	"darkroom/model/subgraph"
	"darkroom/sources/project/workspace"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/complete"
	"darkroom/ui/cli/names"
	"darkroom/ui/cli/output"
	"darkroom/ui/cli/terminal"
	"darkroom/ui/diagram"
	"darkroom/ui/text"
)

// lineageFlags are the flags of the command lineage.
type lineageFlags struct {
	choose       app.Selecting
	up, down     int
	collapse     bool
	noDashboards bool
	ascii        bool
	format       string
}

var lineageFormats = []string{"text", "mermaid", "dot", "svg", "json"}

func Lineage(a *app.App) *cobra.Command {
	f := lineageFlags{format: lineageFormats[0]}
	cmd := &cobra.Command{
		Use:   "lineage [NODE] [DIR]",
		Short: "Draw what a model, exposure or dashboard depends on, and what depends on it",
		Long: "NODE is the name or unique_id of a resource or an exposure, or a dashboard's title, LUID or\n" +
			"address. --select draws around everything that dbt selectors choose instead.\n" +
			"The drawing is text, Mermaid, DOT, SVG or JSON. At most 500 nodes are drawn: dashboards and\n" +
			"models with the same parents are counted beyond that.",
		Args: func(cmd *cobra.Command, args []string) error {
			selects := len(f.choose.Selects) > 0
			switch {
			case !slices.Contains(lineageFormats, f.format):
				return app.Usage("--output %q is not known; use one of %s", f.format, strings.Join(lineageFormats, ", "))
			case !selects && len(f.choose.Excludes) > 0:
				return app.Usage("--exclude goes with --select")
			case !selects && len(args) == 0:
				return app.Usage("say which model, exposure or dashboard, or give --select")
			case selects:
				return app.MaxArgs(1)(cmd, args)
			}
			return app.MaxArgs(2)(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error { return drawLineage(cmd.Context(), a, &f, args) },
	}
	f.choose.Register(cmd.Flags())
	cmd.Flags().IntVar(&f.up, "up", -1, "draw `N` steps upstream")
	cmd.Flags().IntVar(&f.down, "down", -1, "draw `N` steps downstream")
	cmd.Flags().Lookup("up").DefValue, cmd.Flags().Lookup("down").DefValue = "all", "all"
	cmd.Flags().BoolVar(&f.collapse, "collapse", false, "draw models in a row, each with one parent and one child, as one")
	cmd.Flags().BoolVar(&f.noDashboards, "no-dashboards", false, "leave dashboards and exposures out")
	cmd.Flags().BoolVar(&f.ascii, "ascii", false, "draw with ASCII characters only")
	cmd.Flags().StringVarP(&f.format, "output", "o", f.format, "`FORMAT`: "+strings.Join(lineageFormats[:4], ", ")+" or json")
	complete.Words{
		Args:  []complete.Names{complete.In(names.Resources, names.Exposures, names.Dashboards), nil},
		Flags: complete.Selecting(map[string]complete.Names{"output": complete.Among(lineageFormats...)}),
	}.Of(a, cmd)
	return cmd
}

func drawLineage(ctx context.Context, a *app.App, f *lineageFlags, args []string) error {
	spec, err := f.choose.Read()
	if err != nil {
		return err
	}
	name := ""
	if spec == nil {
		name, args = args[0], args[1:]
	}
	w, err := a.Open(ctx, app.DirOf(args), true)
	if err != nil {
		return err
	}
	defer w.Close()
	roots, err := rootsOf(ctx, a, w, f, spec, name)
	if err != nil {
		return err
	}
	part := subgraph.Around(w.Graph, roots, subgraph.Options{Up: f.up, Down: f.down, Collapse: f.collapse, NoDashboards: f.noDashboards})
	d := diagram.New(w.Graph, part, w.Book)
	var out string
	switch f.format {
	case "json":
		return output.JSON(a.Out, d.Graph())
	case "mermaid":
		out = d.Mermaid()
	case "dot":
		out = d.DOT()
	case "svg":
		out = d.SVG("Lineage of " + strings.Join(titlesOf(d), ", "))
	default:
		out = d.Text(f.ascii || !terminal.UTF8(), terminal.Width(a.Out))
	}
	_, err = io.WriteString(a.Out, out)
	return err
}

// titlesOf are the roots' titles, the first ones of many.
func titlesOf(d *diagram.Diagram) (titles []string) {
	const most = 5
	for i := range d.Nodes {
		if d.Nodes[i].Root {
			titles = append(titles, d.Nodes[i].Title)
		}
	}
	if n := len(titles) - most; n > 0 {
		titles = append(titles[:most], text.Count(n, "other"))
	}
	return titles
}

// rootsOf is what is drawn around: what is selected, or the node of a name.
func rootsOf(ctx context.Context, a *app.App, w *workspace.Workspace, f *lineageFlags, choice *query.Selection, name string) (roots []subgraph.Root, err error) {
	if choice == nil {
		root, err := names.FindNode(w.Graph, name)
		return []subgraph.Root{root}, err
	}
	in, err := a.Selected(ctx, w, choice, f.choose.State)
	if err != nil {
		return nil, err
	}
	for id := range lineage.ID(w.Graph.Len()) {
		if in.Has(id) {
			roots = append(roots, subgraph.Root{Node: id})
		}
	}
	all := declared.Of(w.Graph).All
	for i := range all {
		x := &all[i]
		if has, known := in.HasID(x.Project, x.Exposure.ID); has && known {
			if x.Dashboard != nil {
				roots = append(roots, subgraph.Root{Node: x.Dashboard.ID})
			} else {
				roots = append(roots, subgraph.Root{Node: lineage.None, Exposure: x})
			}
		}
	}
	if len(roots) == 0 {
		return nil, app.Usage("nothing to draw")
	}
	return roots, ctx.Err()
}
