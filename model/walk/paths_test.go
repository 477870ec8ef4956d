package walk

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"darkroom/model"
)

// db is a database table with a bracketed name.
func db(id, schema, name string) model.Table {
	return model.Table{
		ID: id, Name: name, Place: &model.Place{Schema: schema, Database: "ANALYTICS", ConnectionType: "snowflake"}, FullName: "[" + schema + "].[" + name + "]",
	}
}

// custom is a custom SQL table of data source ds.
func custom(id, name, query string, ds string, upstream ...string) model.Table {
	t := model.Table{ID: id, Kind: model.CustomSQLTable, Name: name, Extra: &model.TableExtra{Query: query, UpstreamTableIDs: upstream}, Place: &model.Place{ConnectionType: "snowflake"}}
	if ds != "" {
		t.Own().DatasourceIDs = []string{ds}
	}
	return t
}

func dashboard(sheets ...string) model.Dashboard {
	return model.Dashboard{ID: "d", Name: "Sales", WorkbookID: "w", SheetIDs: sheets}
}

func sheet(id string, sources ...string) model.Sheet {
	return model.Sheet{ID: id, Name: strings.ToUpper(id), WorkbookID: "w", DatasourceIDs: sources}
}

func embedded(id string, parents, tables []string) model.Datasource {
	return model.Datasource{ID: id, Name: "Emb " + id, WorkbookID: "w", ParentIDs: parents, TableIDs: tables}
}

func published(id string, parents, tables []string) model.Datasource {
	return model.Datasource{ID: id, LUID: "luid-" + id, Name: "Pub " + id, Published: true, ParentIDs: parents, TableIDs: tables}
}

func list(ids ...string) []string { return ids }

// lines writes a result the way the tables below expect it: reads with their
// routes, then gaps with theirs.
func lines(res Result) []string {
	var out []string
	for _, r := range res.Reads {
		name := r.Table.FullName
		if name == "" {
			name = r.Table.Name
		}
		if r.SQL != nil {
			name = "sql:" + strings.Join(r.SQL.Parts, ".")
		}
		if !r.Used {
			name += " (unused)"
		}
		out = append(out, name)
		for _, route := range r.Routes {
			out = append(out, "  "+route.String())
		}
		if r.More > 0 {
			out = append(out, fmt.Sprintf("  and %d more", r.More))
		}
	}
	for _, g := range res.Gaps {
		out = append(out, "gap "+g.Reason.String()+": "+g.Route.String())
	}
	return out
}

func TestPaths(t *testing.T) {
	orders, items := db("t1", "MARTS", "ORDERS"), db("t2", "MARTS", "ITEMS")
	for _, c := range []struct {
		name string
		site model.Site
		want []string
	}{
		{
			name: "P1 embedded to table, P8 joined tables",
			site: model.Site{
				Dashboards:  []model.Dashboard{dashboard("s")},
				Sheets:      []model.Sheet{sheet("s", "e")},
				Datasources: []model.Datasource{embedded("e", nil, list("t1", "t2"))},
				Tables:      []model.Table{orders, items},
			},
			want: list("[MARTS].[ORDERS]", `  sheet "S" > embedded "Emb e"`, "[MARTS].[ITEMS]", `  sheet "S" > embedded "Emb e"`),
		},
		{
			name: "P2 published; a sheet lists both",
			site: model.Site{
				Dashboards:  []model.Dashboard{dashboard("s")},
				Sheets:      []model.Sheet{sheet("s", "p", "e")},
				Datasources: []model.Datasource{embedded("e", list("p"), nil), published("p", nil, list("t1"))},
				Tables:      []model.Table{orders},
			},
			want: list("[MARTS].[ORDERS]", `  sheet "S" > embedded "Emb e" > published "Pub p"`),
		},
		{
			name: "P2 published source not in the data",
			site: model.Site{
				Dashboards:  []model.Dashboard{dashboard("s")},
				Sheets:      []model.Sheet{sheet("s", "e")},
				Datasources: []model.Datasource{embedded("e", list("p"), list("t1"))},
				Tables:      []model.Table{orders},
			},
			want: list("[MARTS].[ORDERS]", `  sheet "S" > embedded "Emb e"`, `gap published_datasource: sheet "S" > embedded "Emb e"`),
		},
		{
			name: "P3 published on published",
			site: model.Site{
				Dashboards:  []model.Dashboard{dashboard("s")},
				Sheets:      []model.Sheet{sheet("s", "e")},
				Datasources: []model.Datasource{embedded("e", list("p"), nil), published("p", list("q"), nil), published("q", nil, list("t1"))},
				Tables:      []model.Table{orders},
			},
			want: list("[MARTS].[ORDERS]", `  sheet "S" > embedded "Emb e" > published "Pub p" > published "Pub q"`),
		},
		{
			name: "P4 published parent and own tables, P10 another connection",
			site: model.Site{
				Dashboards:  []model.Dashboard{dashboard("s")},
				Sheets:      []model.Sheet{sheet("s", "e")},
				Datasources: []model.Datasource{embedded("e", list("p"), list("t2")), published("p", nil, list("t1"))},
				Tables:      []model.Table{orders, {ID: "t2", Name: "items", FullName: "[public].[items]", Place: &model.Place{ConnectionType: "postgres"}}},
			},
			want: list("[public].[items]", `  sheet "S" > embedded "Emb e"`,
				"[MARTS].[ORDERS]", `  sheet "S" > embedded "Emb e" > published "Pub p"`),
		},
		{
			name: "P5 custom SQL: own reader, CTE that Tableau took for a table",
			site: model.Site{
				Dashboards:  []model.Dashboard{dashboard("s")},
				Sheets:      []model.Sheet{sheet("s", "e")},
				Datasources: []model.Datasource{embedded("e", nil, list("c", "cte", "api", "t2"))},
				Tables: []model.Table{
					custom("c", "Late", "with recent as (\nselect * from analytics.marts.orders)\nselect * from recent join items i on true",
						"e", "cte", "api", "t2"),
					{ID: "cte", Name: "recent", FullName: "recent", Place: &model.Place{ConnectionType: "snowflake"}},
					{ID: "api", Name: "orders", Place: &model.Place{Schema: "", ConnectionType: "snowflake"}, FullName: "orders"},
					items, // Tableau has the schema that the text leaves out
				},
			},
			want: list("sql:analytics.marts.orders", `  sheet "S" > embedded "Emb e" > custom SQL "Late" line 2`,
				"[MARTS].[ITEMS]", `  sheet "S" > embedded "Emb e" > custom SQL "Late"`),
		},
		{
			name: "P5 custom SQL found by its sheet only; text without tables; text hidden",
			site: model.Site{
				Dashboards: []model.Dashboard{dashboard("s")},
				Sheets:     []model.Sheet{sheet("s")},
				Tables: []model.Table{
					{ID: "c", Kind: model.CustomSQLTable, Name: "A", Extra: &model.TableExtra{Query: "select * from a.b", SheetIDs: list("s")}, Place: &model.Place{ConnectionType: "snowflake"}},
					{ID: "f", Kind: model.CustomSQLTable, Name: "B", Extra: &model.TableExtra{Query: "select 1", SheetIDs: list("s")}, Place: &model.Place{ConnectionType: "snowflake"}},
					{ID: "g", Kind: model.CustomSQLTable, Name: "C", Redacted: true, Extra: &model.TableExtra{SheetIDs: list("s"), UpstreamTableIDs: list("t1")}},
					{ID: "h", Kind: model.CustomSQLTable, Name: "D", UnsupportedSQL: true, Extra: &model.TableExtra{SheetIDs: list("s")}},
					orders,
				},
			},
			want: list("sql:a.b", `  sheet "S" > custom SQL "A" line 1`, "[MARTS].[ORDERS]", `  sheet "S" > custom SQL "C"`,
				`gap sql_suspicious: sheet "S" > custom SQL "B"`, `gap redacted: sheet "S" > custom SQL "C"`,
				`gap unsupported_custom_sql: sheet "S" > custom SQL "D"`),
		},
		{
			name: "P6 virtual connection, with and without a table behind it, and under custom SQL",
			site: model.Site{
				Dashboards:  []model.Dashboard{dashboard("s")},
				Sheets:      []model.Sheet{sheet("s", "e")},
				Datasources: []model.Datasource{embedded("e", nil, list("v", "x", "c"))},
				Tables: []model.Table{
					{ID: "v", Kind: model.VirtualConnectionTable, Name: "orders1", Extra: &model.TableExtra{VirtualConnection: "Core", UpstreamTableIDs: list("t1")}},
					{ID: "x", Kind: model.VirtualConnectionTable, Name: "test.table1", Extra: &model.TableExtra{VirtualConnection: "Core"}},
					custom("c", "Q", "select * from vtab", "", "y"),
					{ID: "y", Kind: model.VirtualConnectionTable, Name: "vtab", Extra: &model.TableExtra{VirtualConnection: "Core", UpstreamTableIDs: list("t2")}},
					orders, items,
				},
			},
			want: list("[MARTS].[ORDERS]", `  sheet "S" > embedded "Emb e" > virtual connection "Core"`,
				"test.table1", `  sheet "S" > embedded "Emb e" > virtual connection "Core"`,
				"[MARTS].[ITEMS]", `  sheet "S" > embedded "Emb e" > custom SQL "Q" > virtual connection "Core"`,
				`gap no_lineage: sheet "S" > embedded "Emb e" > virtual connection "Core"`),
		},
		{
			name: "P7 flows: of a source, of a table, before a flow, without lineage",
			site: model.Site{
				Dashboards: []model.Dashboard{dashboard("s")},
				Sheets:     []model.Sheet{sheet("s", "e")},
				Datasources: []model.Datasource{
					{ID: "e", Name: "Emb e", TableIDs: list("t1"), FlowIDs: list("f")},
					published("p", nil, list("t3")),
				},
				Tables: []model.Table{
					{ID: "t1", Name: "OUT", FullName: "[MARTS].[OUT]", Place: &model.Place{ConnectionType: "snowflake"}, Extra: &model.TableExtra{FlowIDs: list("g")}}, items, db("t3", "RAW", "C"),
				},
				Flows: []model.Flow{
					{ID: "f", Name: "F", TableIDs: list("t2"), DatasourceIDs: list("p"), ParentIDs: list("h", "f")},
					{ID: "g", Name: "G", ParentIDs: list("f")},
					{ID: "h", Name: "H"},
				},
			},
			want: list("[MARTS].[OUT]", `  sheet "S" > embedded "Emb e"`,
				"[MARTS].[ITEMS]", `  sheet "S" > embedded "Emb e" > flow "F"`,
				"[RAW].[C]", `  sheet "S" > embedded "Emb e" > flow "F" > published "Pub p"`,
				`gap flow_without_lineage: sheet "S" > embedded "Emb e" > flow "F" > flow "H"`),
		},
		{
			name: "P9 bare extract, file; nothing behind a live source",
			site: model.Site{
				Dashboards: []model.Dashboard{dashboard("s")},
				Sheets:     []model.Sheet{sheet("s", "e", "g", "h")},
				Datasources: []model.Datasource{
					embedded("e", list("p"), nil),
					{ID: "p", LUID: "p", Name: "Bare", Published: true, HasExtract: true},
					embedded("g", nil, list("x")), embedded("h", nil, nil),
				},
				Tables: []model.Table{{ID: "x", Name: "People$", FullName: "[People$]", Place: &model.Place{ConnectionType: "excel-direct"}}},
			},
			want: list("[People$]", `  sheet "S" > embedded "Emb g"`,
				`gap file_or_extract: sheet "S" > embedded "Emb e" > published "Bare"`,
				`gap file_or_extract: sheet "S" > embedded "Emb g"`, `gap no_lineage: sheet "S" > embedded "Emb h"`),
		},
		{
			name: "P11 temp table of an initial SQL, P12 procedure",
			site: model.Site{
				Dashboards:  []model.Dashboard{dashboard("s")},
				Sheets:      []model.Sheet{sheet("s", "e")},
				Datasources: []model.Datasource{embedded("e", nil, list("c", "k"))},
				Tables: []model.Table{
					{ID: "c", Kind: model.CustomSQLTable, Name: "T", Extra: &model.TableExtra{Query: "select * from #tmp join dbo.o on 1=1"}, Place: &model.Place{ConnectionType: "sqlserver"}},
					{ID: "k", Kind: model.CustomSQLTable, Name: "P", Extra: &model.TableExtra{Query: "exec dbo.p"}, Place: &model.Place{ConnectionType: "sqlserver"}},
				},
			},
			want: list("sql:dbo.o", `  sheet "S" > embedded "Emb e" > custom SQL "T" line 1`,
				`gap sql_incomplete: sheet "S" > embedded "Emb e" > custom SQL "T"`,
				`gap stored_procedure: sheet "S" > embedded "Emb e" > custom SQL "P"`),
		},
		{
			name: "P11 initial SQL of a workbook file: what it reads counts, with custom SQL and without",
			site: model.Site{
				Dashboards:  []model.Dashboard{dashboard("s")},
				Sheets:      []model.Sheet{sheet("s", "e")},
				Datasources: []model.Datasource{embedded("e", nil, list("c", "t"))},
				Tables: []model.Table{
					{
						ID: "c", Kind: model.CustomSQLTable, Name: "T", Extra: &model.TableExtra{Query: "select * from #tmp"}, Place: &model.Place{ConnectionType: "sqlserver", Connection: model.ConnectionInfo{InitialSQL: "select * into #tmp from dbo.orders"}},
					},
					{
						ID: "t", Name: "lines", FullName: "[dbo].[lines]", Place: &model.Place{ConnectionType: "sqlserver", Connection: model.ConnectionInfo{InitialSQL: "insert into dbo.log select * from dbo.calls"}},
					},
				},
			},
			want: list("[dbo].[lines]", `  sheet "S" > embedded "Emb e"`,
				"sql:dbo.calls", `  sheet "S" > embedded "Emb e" > initial SQL before "lines" line 1`,
				"sql:dbo.orders", `  sheet "S" > embedded "Emb e" > custom SQL "T" line 1`),
		},
		{
			name: "P13 blending links the wrong parent, REST has the right one",
			site: model.Site{
				Dashboards: []model.Dashboard{dashboard("s")},
				Sheets:     []model.Sheet{sheet("s", "a"), sheet("z", "b")},
				Datasources: []model.Datasource{
					{
						ID: "a", Name: "Pub p", WorkbookID: "w", ParentIDs: list("p", "q"),
						Connections: []model.Connection{{Type: "sqlproxy", DatasourceName: "Pub p"}},
					},
					{
						ID: "b", Name: "Pub q", WorkbookID: "w", ParentIDs: list("p", "q"),
						Connections: []model.Connection{{Type: "sqlproxy", DatasourceName: "Pub q"}},
					},
					published("p", nil, list("t1")), published("q", nil, list("t2")),
				},
				Tables: []model.Table{orders, items},
			},
			want: list("[MARTS].[ORDERS]", `  sheet "S" > embedded "Pub p" > published "Pub p"`),
		},
		{
			name: "P13 both sources of a blend count",
			site: model.Site{
				Dashboards:  []model.Dashboard{dashboard("s")},
				Sheets:      []model.Sheet{sheet("s", "e", "g")},
				Datasources: []model.Datasource{embedded("e", nil, list("t1")), embedded("g", nil, list("t2"))},
				Tables:      []model.Table{orders, items},
			},
			want: list("[MARTS].[ORDERS]", `  sheet "S" > embedded "Emb e"`, "[MARTS].[ITEMS]", `  sheet "S" > embedded "Emb g"`),
		},
		{
			name: "P14 hidden sheet, G4 parent by name from REST, two of one name",
			site: model.Site{
				Workbooks:  []model.Workbook{{ID: "w", ContainerLUID: "here"}},
				Dashboards: []model.Dashboard{dashboard("s", "gone")},
				Sheets:     []model.Sheet{{ID: "s", Name: "Hidden", DatasourceIDs: list("e", "g", "h")}},
				Datasources: []model.Datasource{
					{ID: "e", Name: "Orders", WorkbookID: "w", Connections: []model.Connection{{Type: "sqlproxy", DatasourceName: "Orders"}}},
					{ID: "g", Name: "Orders twice", WorkbookID: "w", Connections: []model.Connection{{Type: "sqlproxy", DatasourceName: "Orders twice"}}},
					{ID: "h", Name: "None", WorkbookID: "w", Connections: []model.Connection{{Type: "sqlproxy", DatasourceName: "None"}}},
					{ID: "p", LUID: "p", Name: "Orders", Published: true, ContainerLUID: "here", TableIDs: list("t1")},
					{ID: "q", LUID: "q", Name: "Orders", Published: true, ContainerLUID: "there", TableIDs: list("t2")},
					{ID: "x", LUID: "x", Name: "Orders twice", Published: true, TableIDs: list("t2")},
					{ID: "y", LUID: "y", Name: "Orders twice", Published: true, TableIDs: list("t2")},
				},
				Tables: []model.Table{orders, items},
			},
			want: list("[MARTS].[ORDERS]", `  sheet "Hidden" > embedded "Orders" > published "Orders"`,
				"gap not_loaded: the dashboard's own list", `gap several_published: sheet "Hidden" > embedded "Orders twice"`,
				`gap published_datasource: sheet "Hidden" > embedded "None"`),
		},
		{
			name: "P15 story: only its own lists",
			site: model.Site{
				Dashboards:  []model.Dashboard{{ID: "d", DatasourceIDs: list("p"), TableIDs: list("t2", "t1", "c")}},
				Datasources: []model.Datasource{published("p", nil, list("t1"))},
				Tables:      []model.Table{orders, items, custom("c", "Q", "select * from a.b", "")},
			},
			want: list("[MARTS].[ORDERS]", `  published "Pub p"`, "sql:a.b", `  custom SQL "Q" line 1`,
				"[MARTS].[ITEMS]", "  the dashboard's own list"),
		},
		{
			name: "G1 redacted; G3 table named by the dashboard only; unused table",
			site: model.Site{
				Dashboards:  []model.Dashboard{{ID: "d", SheetIDs: list("s"), TableIDs: list("t2")}},
				Sheets:      []model.Sheet{{ID: "s", Name: "S", DatasourceIDs: list("e")}},
				Datasources: []model.Datasource{embedded("e", nil, list("t1", "r"))},
				Tables:      []model.Table{orders, items, {ID: "r", Redacted: true}},
			},
			want: list("[MARTS].[ORDERS] (unused)", `  sheet "S" > embedded "Emb e"`, " (unused)", `  sheet "S" > embedded "Emb e"`,
				"[MARTS].[ITEMS]", "  the dashboard's own list", `gap redacted: sheet "S" > embedded "Emb e"`),
		},
		{
			name: "a text with hidden table names hides nothing",
			site: model.Site{
				Dashboards:  []model.Dashboard{dashboard("s")},
				Sheets:      []model.Sheet{sheet("s", "e")},
				Datasources: []model.Datasource{embedded("e", nil, list("c", "r"))},
				Tables:      []model.Table{custom("c", "Q", "select * from a.b", "e", "r"), {ID: "r", Redacted: true}},
			},
			want: list("sql:a.b", `  sheet "S" > embedded "Emb e" > custom SQL "Q" line 1`),
		},
		{
			name: "workbook level",
			site: model.Site{
				Dashboards: []model.Dashboard{{ID: "workbook:w", WorkbookLevel: true, TableIDs: list("t1", "t2")}},
				Tables:     []model.Table{orders, items},
			},
			want: list("[MARTS].[ORDERS]", "  the dashboard's own list", "[MARTS].[ITEMS]", "  the dashboard's own list"),
		},
		{
			name: "nothing known",
			site: model.Site{Dashboards: []model.Dashboard{dashboard()}},
			want: list("gap no_lineage: the dashboard's own list"),
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := lines(walked(t, New(&c.site), &c.site.Dashboards[0]))
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
