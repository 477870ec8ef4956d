package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/sources/project/workspace"
	"darkroom/ui/cli/output"
)

func (a *app) listCommand() *cobra.Command {
	var selects []string
	reviewed := false
	format := output.Formats()[0]
	cmd := &cobra.Command{
		Use:   "list models|dashboards|exposures|gaps|inbox|rules [DIR]",
		Short: "List models, dashboards, exposures, gaps, the inbox or rules",
		Long: "models lists models, seeds, snapshots and sources with the dashboards below them;\n" +
			"dashboards what each one reads; exposures those that are declared and those that\n" +
			"darkroom would write for the included dashboards; gaps what is not linked, and why; inbox the\n" +
			"dashboards that are new, renamed, moved or gone since the last review; rules what is\n" +
			"decided in advance, by darkroom.yml and by default, and about how many dashboards.\n\n" +
			"--select takes dbt selectors: fct_orders, +fct_orders, fct_orders+, 2+fct_orders,\n" +
			"@fct_orders, marts.core, source.table, wildcards, tag:, path:, source:, exposure: and more,\n" +
			"a comma for and, a space for or.",
		ValidArgs: []string{"models", "dashboards", "exposures", "gaps", "inbox", "rules"},
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 || !slices.Contains(cmd.ValidArgs, args[0]) {
				return usage("say what to list: models, dashboards, exposures, gaps, inbox or rules")
			}
			return maxArgs(2)(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := output.CheckFormat(format); err != nil {
				return usage("%w", err)
			}
			if reviewed && args[0] != "inbox" {
				return usage("--mark-reviewed goes with list inbox")
			}
			selector := strings.Join(selects, " ")
			if err := lineage.CheckSelector(selector); err != nil {
				return usage("%w", err)
			}
			w, err := a.open(cmd.Context(), dirOf(args[1:]), !reviewed)
			if err != nil {
				return err
			}
			defer w.Close()
			in, err := a.selected(w.Graph, selector)
			if err != nil {
				return err
			}
			l, keys, err := list(w, args[0], in)
			if err == nil {
				err = l.Print(a.out, format)
			}
			if args[0] == "inbox" {
				a.tellBaseline(w, reviewed)
			}
			if err != nil || !reviewed {
				return err
			}
			return a.markReviewed(cmd.Context(), w, keys)
		},
	}
	cmd.Flags().StringArrayVarP(&selects, "select", "s", nil, "only what dbt `SELECTOR`s choose; may be repeated")
	cmd.Flags().StringVarP(&format, "output", "o", format, "table, json, csv or markdown")
	cmd.Flags().BoolVar(&reviewed, "mark-reviewed", false, "with inbox: mark what is listed as seen")
	return cmd
}

// selected gives the nodes of a selector; without one it is every node. None
// selected is a note, not an error, as in dbt (sources/dbt/ARTIFACTS.md#selectors).
func (a *app) selected(g *lineage.Graph, selector string) (in func(lineage.ID) bool, err error) {
	if strings.TrimSpace(selector) == "" {
		return func(lineage.ID) bool { return true }, nil
	}
	ids, err := g.Select(selector)
	if err != nil {
		return nil, usage("%w", err)
	}
	if len(ids) == 0 {
		fmt.Fprintln(a.err, "no nodes selected")
	}
	chosen := map[lineage.ID]bool{}
	for _, id := range ids {
		chosen[id] = true
	}
	return func(id lineage.ID) bool { return chosen[id] }, nil
}

// list makes the listing; of the inbox also the keys of its dashboards.
func list(w *workspace.Workspace, what string, in func(lineage.ID) bool) (l output.Listing, keys []string, err error) {
	switch what {
	case "models":
		l = listModels(w, in)
	case "dashboards":
		l = listDashboards(w, in)
	case "gaps":
		l = listGaps(w.Graph, in)
	case "inbox":
		l, keys = listInbox(w, in)
	case "rules":
		l = listRules(w, in)
	default:
		l, err = listExposures(w, in)
	}
	return l, keys, err
}

// modelEntry is one resource in JSON.
type modelEntry struct {
	UniqueID     string   `json:"unique_id"`
	Name         string   `json:"name"`
	Kind         string   `json:"kind"`
	Project      string   `json:"project"`
	Package      string   `json:"package"`
	Materialized string   `json:"materialized,omitempty"`
	Database     string   `json:"database,omitempty"`
	Schema       string   `json:"schema,omitempty"`
	Identifier   string   `json:"identifier,omitempty"`
	Access       string   `json:"access,omitempty"`
	Path         string   `json:"path,omitempty"`
	Tags         []string `json:"tags"`
	// Dashboards counts all downstream, Direct those that read it themselves.
	Dashboards int `json:"dashboards"`
	Direct     int `json:"direct_dashboards"`
	Included   int `json:"included"`
}

func listModels(w *workspace.Workspace, in func(lineage.ID) bool) output.Listing {
	l := output.Listing{Header: []string{"name", "kind", "relation", "dashboards", "direct", "included"}}
	for id := range lineage.ID(w.Graph.Resources()) {
		n := w.Graph.Node(id)
		r := n.Resource
		if !in(id) || r.Kind > model.KindSource {
			continue
		}
		e := modelEntry{
			UniqueID: r.ID, Name: versionedName(r), Kind: r.Kind.String(), Project: n.Project.Name, Package: r.Package, Materialized: r.Materialized,
			Database: r.Database, Schema: r.Schema, Identifier: r.Identifier, Access: r.Access, Path: r.Path, Tags: orEmpty(r.Tags),
		}
		for _, d := range w.Graph.DashboardsBelow(id) {
			e.Dashboards++
			if w.Book.Effective(d.Key) == curate.Included {
				e.Included++
			}
		}
		for _, down := range w.Graph.Downstream(id) {
			if w.Graph.Node(down).Dashboard != nil {
				e.Direct++
			}
		}
		l.Add(e, e.Name, e.Kind, r.Relation(), output.Number(e.Dashboards), output.Number(e.Direct), output.Number(e.Included))
	}
	return l
}

func versionedName(r *model.Resource) string {
	if r.Version == "" && r.Kind == model.KindSource {
		return r.SourceName + "." + r.Name
	}
	return r.VersionedName()
}

func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
