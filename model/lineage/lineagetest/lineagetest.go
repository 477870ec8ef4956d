// Package lineagetest has the small dbt project and the small site that the tests of
// packages lineage and ledger share.
package lineagetest

import (
	"fmt"

	"darkroom/model"
	"darkroom/model/modeltest"
)

// Shop has raw.orders → stg → fct → rpt, dim on its own and a cycle that only
// hand-made data can have.
func Shop() *model.Project {
	m := func(name string, parents ...string) model.Resource {
		for i := range parents {
			parents[i] = "model.shop." + parents[i]
		}
		return model.Resource{
			ID: "model.shop." + name, Kind: model.KindModel, Name: name, NamesRelation: true,
			Common: &model.Common{Package: "shop", Materialized: "table", Database: "shop", Schema: "marts", Rendered: [2]string{`"shop"."marts"."`, `"`}},
			Path:   "models/marts/" + name + ".sql", DependsOn: parents, Tags: []string{"daily"},
		}
	}
	stg := m("stg")
	stg.DependsOn, modeltest.Common(&stg).Materialized, stg.Tags = []string{"source.shop.raw.orders", "macro.shop.x"}, "view", nil
	return &model.Project{Name: "shop", Adapter: "postgres", Resources: []model.Resource{
		{
			ID: "source.shop.raw.orders", Kind: model.KindSource, Name: "orders", Common: &model.Common{SourceName: "raw", Package: "shop", Database: "shop", Schema: "raw"},
			Extra: &model.ResourceExtra{Identifier: "orders", RelationName: `"shop"."raw"."orders"`},
		},
		stg, m("fct", "stg"), m("rpt", "fct", "dim"), m("dim"), m("a", "b"), m("b", "a"), m("orders"),
	}}
}

// Tower has one dashboard per table given, called after it.
func Tower(tables ...string) *model.Site {
	s := &model.Site{Name: "tower", Workbooks: []model.Workbook{{ID: "w", Name: "Book", ContainerName: "P"}}}
	for i, t := range tables {
		id := fmt.Sprint(i)
		s.Tables = append(s.Tables, model.Table{ID: "t" + id, Name: t, Place: &model.Place{Schema: "marts", Database: "shop", ConnectionType: "postgres"}, FullName: "[marts].[" + t + "]"})
		s.Datasources = append(s.Datasources, model.Datasource{ID: "e" + id, Name: t, WorkbookID: "w", TableIDs: []string{"t" + id}})
		s.Sheets = append(s.Sheets, model.Sheet{ID: "s" + id, Name: t, WorkbookID: "w", DatasourceIDs: []string{"e" + id}})
		s.Dashboards = append(s.Dashboards, model.Dashboard{ID: "d" + id, LUID: "luid-" + t, Name: "on " + t, WorkbookID: "w", SheetIDs: []string{"s" + id}})
	}
	return s
}
