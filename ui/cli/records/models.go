package records

import (
	"context"
	"strings"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/model/query"
	"darkroom/sources/project/workspace"
	"darkroom/ui/cli/output"
)

// Model is one resource in JSON.
type Model struct {
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

func models(ctx context.Context, w *workspace.Workspace, in query.Found, _ When) (output.Listing, error) {
	l := output.Listing{Header: []string{"name", "kind", "relation", "dashboards", "direct", "included", "views", "package", "materialized", "path", "tags", "unique id"}, Usual: 6}
	var ids []lineage.ID
	for id := range lineage.ID(w.Graph.Resources()) {
		if in.Has(id) && w.Graph.Node(id).Resource.Kind <= model.KindSource {
			ids = append(ids, id)
		}
	}
	belowOf := belowEach(w, ids)
	l.Fill(len(ids), func(i int) output.Row { return modelRow(w.Graph, ids[i], belowOf(ids[i])) })
	return l, ctx.Err()
}

func modelRow(g *lineage.Graph, id lineage.ID, below below) output.Row {
	n := g.Node(id)
	r := n.Resource
	e := &Model{
		UniqueID: r.ID, Name: r.FullName(), Kind: r.Kind.String(), Project: model.ProjectTitle(n.Project, g.Projects), Package: r.Package(), Materialized: r.Materialized(),
		Database: r.Database(), Schema: r.Schema(), Identifier: r.Identifier(), Access: r.Access(), Path: r.Path, Tags: orEmpty(r.Tags),
		Dashboards: below.dashboards, Included: below.included,
	}
	for _, down := range g.Downstream(id) {
		if g.Node(down).Dashboard != nil {
			e.Direct++
		}
	}
	return output.Row{Object: e, Cells: func() []string {
		return []string{
			e.Name, e.Kind, r.Relation(), output.Number(e.Dashboards), output.Number(e.Direct), output.Number(e.Included),
			output.Number(below.views), e.Package, e.Materialized, e.Path, strings.Join(e.Tags, ", "), e.UniqueID,
		}
	}}
}

func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
