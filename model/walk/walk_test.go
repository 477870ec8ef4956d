package walk

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"darkroom/model"
)

// db is a database table with a bracketed name.
func db(id, schema, name string) model.Table {
	return model.Table{
		ID: id, Name: name, Schema: schema, FullName: "[" + schema + "].[" + name + "]", Database: "ANALYTICS", ConnectionType: "snowflake",
	}
}

// custom is a custom SQL table of data source ds.
func custom(id, name, query string, ds string, upstream ...string) model.Table {
	t := model.Table{ID: id, Kind: model.CustomSQLTable, Name: name, Query: query, ConnectionType: "snowflake", UpstreamTableIDs: upstream}
	if ds != "" {
		t.DatasourceIDs = []string{ds}
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
		out = append(out, "gap "+string(g.Reason)+": "+g.Route.String())
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
				Tables:      []model.Table{orders, {ID: "t2", Name: "items", FullName: "[public].[items]", ConnectionType: "postgres"}},
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
					{ID: "cte", Name: "recent", FullName: "recent", ConnectionType: "snowflake"},
					{ID: "api", Name: "orders", Schema: "", FullName: "orders", ConnectionType: "snowflake"},
					items, // Tableau knows the schema that the text leaves out
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
					{ID: "c", Kind: model.CustomSQLTable, Name: "A", Query: "select * from a.b", ConnectionType: "snowflake", SheetIDs: list("s")},
					{ID: "f", Kind: model.CustomSQLTable, Name: "B", Query: "select 1", ConnectionType: "snowflake", SheetIDs: list("s")},
					{ID: "g", Kind: model.CustomSQLTable, Name: "C", Redacted: true, SheetIDs: list("s"), UpstreamTableIDs: list("t1")},
					{ID: "h", Kind: model.CustomSQLTable, Name: "D", UnsupportedSQL: true, SheetIDs: list("s")},
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
					{ID: "v", Kind: model.VirtualConnectionTable, Name: "orders1", VirtualConnection: "Core", UpstreamTableIDs: list("t1")},
					{ID: "x", Kind: model.VirtualConnectionTable, Name: "test.table1", VirtualConnection: "Core"},
					custom("c", "Q", "select * from vtab", "", "y"),
					{ID: "y", Kind: model.VirtualConnectionTable, Name: "vtab", VirtualConnection: "Core", UpstreamTableIDs: list("t2")},
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
					{ID: "t1", Name: "OUT", FullName: "[MARTS].[OUT]", ConnectionType: "snowflake", FlowIDs: list("g")}, items, db("t3", "RAW", "C"),
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
				Tables: []model.Table{{ID: "x", Name: "People$", FullName: "[People$]", ConnectionType: "excel-direct"}},
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
					{ID: "c", Kind: model.CustomSQLTable, Name: "T", Query: "select * from #tmp join dbo.o on 1=1", ConnectionType: "sqlserver"},
					{ID: "k", Kind: model.CustomSQLTable, Name: "P", Query: "exec dbo.p", ConnectionType: "sqlserver"},
				},
			},
			want: list("sql:dbo.o", `  sheet "S" > embedded "Emb e" > custom SQL "T" line 1`,
				`gap sql_incomplete: sheet "S" > embedded "Emb e" > custom SQL "T"`,
				`gap stored_procedure: sheet "S" > embedded "Emb e" > custom SQL "P"`),
		},
		{
			name: "P13 blending links the wrong parent, REST tells",
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
				Workbooks:  []model.Workbook{{ID: "w", ProjectLUID: "here"}},
				Dashboards: []model.Dashboard{dashboard("s", "gone")},
				Sheets:     []model.Sheet{{ID: "s", Name: "Hidden", DatasourceIDs: list("e", "g", "h")}},
				Datasources: []model.Datasource{
					{ID: "e", Name: "Orders", WorkbookID: "w", Connections: []model.Connection{{Type: "sqlproxy", DatasourceName: "Orders"}}},
					{ID: "g", Name: "Twin", WorkbookID: "w", Connections: []model.Connection{{Type: "sqlproxy", DatasourceName: "Twin"}}},
					{ID: "h", Name: "None", WorkbookID: "w", Connections: []model.Connection{{Type: "sqlproxy", DatasourceName: "None"}}},
					{ID: "p", LUID: "p", Name: "Orders", Published: true, ProjectLUID: "here", TableIDs: list("t1")},
					{ID: "q", LUID: "q", Name: "Orders", Published: true, ProjectLUID: "there", TableIDs: list("t2")},
					{ID: "x", LUID: "x", Name: "Twin", Published: true, TableIDs: list("t2")},
					{ID: "y", LUID: "y", Name: "Twin", Published: true, TableIDs: list("t2")},
				},
				Tables: []model.Table{orders, items},
			},
			want: list("[MARTS].[ORDERS]", `  sheet "Hidden" > embedded "Orders" > published "Orders"`,
				"gap not_loaded: the dashboard's own list", `gap several_published: sheet "Hidden" > embedded "Twin"`,
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
			got := lines(New(&c.site).Dashboard(&c.site.Dashboards[0]))
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestCircles: every link that can point back does, and a long chain ends.
func TestCircles(t *testing.T) {
	site := model.Site{
		Dashboards: []model.Dashboard{dashboard("s")},
		Sheets:     []model.Sheet{sheet("s", "e")},
		Datasources: []model.Datasource{
			embedded("e", list("p"), nil),
			{ID: "p", LUID: "p", Name: "P", Published: true, ParentIDs: list("q", "p", "e"), FlowIDs: list("f")},
			{ID: "q", LUID: "q", Name: "Q", Published: true, ParentIDs: list("p"), TableIDs: list("t", "v", "c")},
		},
		Tables: []model.Table{
			{ID: "t", Name: "t", FullName: "[a].[t]", FlowIDs: list("f")},
			{ID: "v", Kind: model.VirtualConnectionTable, Name: "v", UpstreamTableIDs: list("v", "c", "t")},
			{ID: "c", Kind: model.CustomSQLTable, Name: "c", Query: "select * from v", UpstreamTableIDs: list("v", "c")},
		},
		Flows: []model.Flow{{ID: "f", Name: "F", TableIDs: list("t"), DatasourceIDs: list("p", "q"), ParentIDs: list("g")}, {ID: "g", Name: "G", ParentIDs: list("f")}},
	}
	res := New(&site).Dashboard(&site.Dashboards[0])
	if len(res.Reads) != 1 || res.Reads[0].Table.ID != "t" {
		t.Errorf("got %q", lines(res))
	}

	var chain model.Site
	chain.Dashboards, chain.Sheets = []model.Dashboard{dashboard("s")}, []model.Sheet{sheet("s", "0")}
	for i := range 1000 {
		chain.Datasources = append(chain.Datasources, published(fmt.Sprint(i), list(fmt.Sprint(i+1)), list("t")))
	}
	chain.Tables = []model.Table{db("t", "A", "T")}
	res = New(&chain).Dashboard(&chain.Dashboards[0])
	if len(res.Reads) != 1 || len(res.Gaps) != 1 || res.Gaps[0].Reason != TooDeep {
		t.Errorf("chain: %d reads, gaps %v", len(res.Reads), res.Gaps)
	}
	if r := res.Reads[0]; len(r.Routes) != MaxRoutes || r.More == 0 {
		t.Errorf("chain: %d routes and %d more", len(r.Routes), r.More)
	}
}

func TestSteps(t *testing.T) {
	site := generate(1, 1, 1)
	res := New(site).Dashboard(&site.Dashboards[0])
	at := slices.IndexFunc(res.Reads, func(r Read) bool { return r.SQL != nil })
	steps := res.Reads[at].Routes[0].Steps()
	kinds := make([]StepKind, len(steps))
	for i, s := range steps {
		if kinds[i] = s.Kind; s.ID == "" {
			t.Errorf("step %d has no id", i)
		}
	}
	if want := []StepKind{StepSheet, StepEmbedded, StepCustomSQL}; !slices.Equal(kinds, want) || steps[2].Line != 2 {
		t.Errorf("got %v, want %v", steps, want)
	}
}

func TestDialects(t *testing.T) {
	for _, c := range []struct{ typ, server, want string }{
		{"snowflake", "", "snowflake"},
		{"POSTGRES", "x.abc.eu-west-1.redshift.amazonaws.com:5439", "redshift"},
		{"postgres", "pg.motherduck.com", "duckdb"},
		{"postgres_jdbc", "", "postgres"},
		{"azure_sqldb", "a.datawarehouse.fabric.microsoft.com", "fabric"},
		{"googlebigquery", "", "bigquery"},
		{"clickhouse_jdbc", "", "clickhouse"},
		{"genericodbc", "", ""},
		{"odd", "", "oracle"},
	} {
		if got := adapterOf(c.typ, c.server, map[string]string{"odd": "oracle"}); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.typ, c.server, got, c.want)
		}
	}
	// Without a type of its own, custom SQL takes that of a table in it.
	site := model.Site{Tables: []model.Table{
		{ID: "c", Kind: model.CustomSQLTable, UpstreamTableIDs: list("gone", "t")}, {ID: "t", ConnectionType: "mysql"},
	}}
	if got := New(&site).dialect(&site.Tables[0]); got != "mysql" {
		t.Errorf("dialect %q", got)
	}
	site.Tables[1].ConnectionType = "odd"
	if got := New(&site, WithConnectionAliases(map[string]string{"odd": "trino"})).dialect(&site.Tables[0]); got != "trino" {
		t.Errorf("dialect by alias %q", got)
	}
}

// generate makes a site in which dashboards share published sources, as real
// ones do: per workbook an embedded copy of a published source and one with
// custom SQL and tables of its own.
func generate(workbooks, perWorkbook, sheets int) *model.Site {
	s := &model.Site{Name: "bench"}
	shared := max(1, workbooks/10)
	for p := range shared {
		ids := make([]string, 8)
		for i := range ids {
			ids[i] = fmt.Sprintf("t%d-%d", p, i)
			s.Tables = append(s.Tables, db(ids[i], "MARTS", fmt.Sprintf("ORDERS_%d_%d", p, i)))
		}
		s.Datasources = append(s.Datasources, published(fmt.Sprintf("p%d", p), nil, ids))
	}
	for w := range workbooks {
		own, sql := fmt.Sprintf("e%d", w), fmt.Sprintf("c%d", w)
		s.Tables = append(s.Tables, custom(sql, "Q", fmt.Sprintf(
			"with r as (\nselect * from analytics.marts.orders_%d where d >>= <Parameters.P>)\nselect * from r join analytics.marts.items i on true", w), own, "t0-0"))
		s.Datasources = append(s.Datasources,
			embedded(own, nil, list(sql, "t0-0")), embedded(own+"x", list(fmt.Sprintf("p%d", w%shared)), nil))
		for d := range perWorkbook {
			dash := model.Dashboard{ID: fmt.Sprintf("d%d-%d", w, d), TableIDs: list(sql)}
			for i := range sheets {
				id := fmt.Sprintf("s%d-%d-%d", w, d, i)
				dash.SheetIDs = append(dash.SheetIDs, id)
				s.Sheets = append(s.Sheets, sheet(id, own, own+"x"))
			}
			s.Dashboards = append(s.Dashboards, dash)
		}
	}
	return s
}

// TestDeterminism: two walkers, and one walker in another order, say the same.
func TestDeterminism(t *testing.T) {
	site := generate(20, 4, 5)
	forward, backward := New(site), New(site)
	want := make([][]string, len(site.Dashboards))
	for i := range site.Dashboards {
		want[i] = lines(forward.Dashboard(&site.Dashboards[i]))
	}
	for i := len(site.Dashboards) - 1; i >= 0; i-- {
		if diff := cmp.Diff(want[i], lines(backward.Dashboard(&site.Dashboards[i]))); diff != "" {
			t.Fatalf("dashboard %d\n%s", i, diff)
		}
	}
	if len(want[0]) < 10 {
		t.Errorf("too small to prove anything: %q", want[0])
	}
}

func BenchmarkSite(b *testing.B) {
	site := generate(2000, 4, 5)
	b.Run(fmt.Sprintf("%d dashboards", len(site.Dashboards)), func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			w := New(site)
			for i := range site.Dashboards {
				w.Dashboard(&site.Dashboards[i])
			}
		}
	})
}
