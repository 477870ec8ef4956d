package cli

import (
	"context"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"darkroom/model/declared"
	"darkroom/model/lineage"
	"darkroom/model/query"
	"darkroom/model/selector"
	"darkroom/model/subgraph"
	"darkroom/sources/project/workspace"
	"darkroom/ui/cli/output"
	"darkroom/ui/cli/terminal"
	"darkroom/ui/diagram"
	"darkroom/ui/text"
)

// lineageFlags are the flags of the command lineage.
type lineageFlags struct {
	choose       selecting
	up, down     int
	collapse     bool
	noDashboards bool
	ascii        bool
	format       string
}

var lineageFormats = []string{"text", "mermaid", "dot", "svg", "json"}

func (a *app) lineageCommand() *cobra.Command {
	f := lineageFlags{format: lineageFormats[0]}
	cmd := &cobra.Command{
		Use:   "lineage [NODE] [DIR]",
		Short: "Draw what a model, exposure or dashboard depends on, and what depends on it",
		Long: "NODE is the name or unique_id of a resource or an exposure, or a dashboard's title, LUID or\n" +
			"address. --select draws around everything that dbt selectors choose instead.\n" +
			"The drawing is text, Mermaid, DOT, SVG or JSON. At most 500 nodes are drawn: dashboards and\n" +
			"models with the same parents are counted beyond that.",
		Args: func(cmd *cobra.Command, args []string) error {
			selects := len(f.choose.selects) > 0
			switch {
			case !slices.Contains(lineageFormats, f.format):
				return usage("--output %q is not known; use one of %s", f.format, strings.Join(lineageFormats, ", "))
			case !selects && len(f.choose.excludes) > 0:
				return usage("--exclude goes with --select")
			case !selects && len(args) == 0:
				return usage("say which model, exposure or dashboard, or give --select")
			case selects:
				return maxArgs(1)(cmd, args)
			}
			return maxArgs(2)(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error { return a.drawLineage(cmd.Context(), &f, args) },
	}
	f.choose.register(cmd.Flags())
	cmd.Flags().IntVar(&f.up, "up", -1, "how many steps upstream, `N`; all by default")
	cmd.Flags().IntVar(&f.down, "down", -1, "how many steps downstream, `N`; all by default")
	cmd.Flags().BoolVar(&f.collapse, "collapse", false, "draw models in a row, each with one parent and one child, as one")
	cmd.Flags().BoolVar(&f.noDashboards, "no-dashboards", false, "leave dashboards and exposures out")
	cmd.Flags().BoolVar(&f.ascii, "ascii", false, "draw with ASCII characters only")
	cmd.Flags().StringVarP(&f.format, "output", "o", f.format, strings.Join(lineageFormats[:4], ", ")+" or json")
	return cmd
}

func (a *app) drawLineage(ctx context.Context, f *lineageFlags, args []string) error {
	spec, err := f.choose.read()
	if err != nil {
		return err
	}
	name := ""
	if spec == nil {
		name, args = args[0], args[1:]
	}
	w, err := a.open(ctx, dirOf(args), true)
	if err != nil {
		return err
	}
	defer w.Close()
	roots, err := a.rootsOf(ctx, w, f, spec, name)
	if err != nil {
		return err
	}
	part := subgraph.Around(w.Graph, roots, subgraph.Options{Up: f.up, Down: f.down, Collapse: f.collapse, NoDashboards: f.noDashboards})
	d := diagram.New(w.Graph, part, w.Book)
	var out string
	switch f.format {
	case "json":
		return output.JSON(a.out, d.Graph())
	case "mermaid":
		out = d.Mermaid()
	case "dot":
		out = d.DOT()
	case "svg":
		out = d.SVG("Lineage of " + strings.Join(titlesOf(d), ", "))
	default:
		out = d.Text(f.ascii || !terminal.UTF8())
	}
	_, err = io.WriteString(a.out, out)
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
func (a *app) rootsOf(ctx context.Context, w *workspace.Workspace, f *lineageFlags, choice *query.Selection, name string) (roots []subgraph.Root, err error) {
	if choice == nil {
		root, err := findNode(w.Graph, name)
		return []subgraph.Root{root}, err
	}
	in, err := a.selected(ctx, w, choice, f.choose.state)
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
		return nil, usage("nothing to draw")
	}
	return roots, nil
}

// findNode takes the name of a resource, an exposure or a dashboard. What fits exactly
// wins over what fits but for case, and that over a beginning.
func findNode(g *lineage.Graph, name string) (subgraph.Root, error) {
	type found struct {
		root subgraph.Root
		id   string
	}
	best, all, names := 0, []found(nil), []string(nil)
	consider := func(root subgraph.Root, id string, own ...string) {
		fit := 0
		for _, n := range append(own, id) {
			fit = max(fit, fits(n, name))
		}
		if fit > best {
			best, all = fit, nil
		}
		if fit == best && fit > 0 {
			all = append(all, found{root, id})
		}
		names = append(names, own[0])
	}
	for id := range lineage.ID(g.Resources()) {
		n := g.Node(id)
		consider(subgraph.Root{Node: id}, g.SelectorID(n.Project, n.Resource.ID), n.Resource.FullName(), n.Resource.Name)
	}
	for _, d := range g.Dashboards() {
		consider(subgraph.Root{Node: d.ID}, d.Key, d.Dashboard.Name, text.Clean(d.Dashboard.Name), d.URL())
	}
	index := declared.Of(g)
	for i := range index.All {
		x := &index.All[i]
		root := subgraph.Root{Node: lineage.None, Exposure: x}
		if x.Dashboard != nil {
			root = subgraph.Root{Node: x.Dashboard.ID}
		}
		consider(root, x.ID, x.Name, x.Label)
	}
	switch len(all) {
	case 0:
		return subgraph.Root{}, usage("no model, exposure or dashboard is called %q%s", name, selector.Nearest(name, names))
	case 1:
		return all[0].root, nil
	}
	const most = 10
	var ids []string
	for _, x := range all[:min(len(all), most)] {
		ids = append(ids, "  "+text.Clean(x.id))
	}
	return subgraph.Root{}, usage("%q matches %d nodes; give the id of one:\n%s", name, len(all), strings.Join(ids, "\n"))
}
