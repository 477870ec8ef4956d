package walk

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"darkroom/model"
	"darkroom/model/modeltest"
	"darkroom/model/reason"
	"darkroom/model/warehouse"
)

// walked is what a walker finds below a dashboard.
func walked(t testing.TB, w *Walker, d *model.Dashboard) Result {
	t.Helper()
	res, err := w.Dashboard(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	return res
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
			{ID: "t", Name: "t", FullName: "[a].[t]", Extra: &model.TableExtra{FlowIDs: list("f")}},
			{ID: "v", Kind: model.VirtualConnectionTable, Name: "v", Extra: &model.TableExtra{UpstreamTableIDs: list("v", "c", "t")}},
			{ID: "c", Kind: model.CustomSQLTable, Name: "c", Extra: &model.TableExtra{Query: "select * from v", UpstreamTableIDs: list("v", "c")}},
		},
		Flows: []model.Flow{{ID: "f", Name: "F", TableIDs: list("t"), DatasourceIDs: list("p", "q"), ParentIDs: list("g")}, {ID: "g", Name: "G", ParentIDs: list("f")}},
	}
	res := walked(t, New(&site), &site.Dashboards[0])
	if len(res.Reads) != 1 || res.Reads[0].Table.ID != "t" {
		t.Errorf("got %q", lines(res))
	}

	var chain model.Site
	chain.Dashboards, chain.Sheets = []model.Dashboard{dashboard("s")}, []model.Sheet{sheet("s", "0")}
	for i := range 1000 {
		chain.Datasources = append(chain.Datasources, published(fmt.Sprint(i), list(fmt.Sprint(i+1)), list("t")))
	}
	chain.Tables = []model.Table{db("t", "A", "T")}
	res = walked(t, New(&chain), &chain.Dashboards[0])
	if len(res.Reads) != 1 || len(res.Gaps) != 1 || res.Gaps[0].Reason != reason.TooDeep {
		t.Errorf("chain: %d reads, gaps %v", len(res.Reads), res.Gaps)
	}
	if r := res.Reads[0]; len(r.Routes) != maxRoutes || r.More == 0 {
		t.Errorf("chain: %d routes and %d more", len(r.Routes), r.More)
	}
}

func TestSteps(t *testing.T) {
	site := generate(1, 1, 1)
	res := walked(t, New(site), &site.Dashboards[0])
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
	w := New(&model.Site{}, WithConnectionAliases(map[string]string{"Odd": "oracle", "ours": "postgres"}))
	for _, c := range []struct{ typ, server, want string }{
		{"snowflake", "", "snowflake"},
		{"POSTGRES", "x.abc.eu-west-1.redshift.amazonaws.com:5439", "redshift"},
		{"postgres", "https://x.abc.eu-west-1.redshift.amazonaws.com:5439/dev", "redshift"},
		{"ours", "x.abc.eu-west-1.redshift.amazonaws.com.", "redshift"},
		{"postgres", "pg.motherduck.com", "duckdb"},
		{"postgres_jdbc", "", "postgres"},
		{"azure_sqldb", "a.datawarehouse.fabric.microsoft.com", "fabric"},
		{"googlebigquery", "", "bigquery"},
		{"clickhouse_jdbc", "", "clickhouse"},
		{"genericodbc", "", ""},
		{"odd", "", "oracle"},
	} {
		table := model.Table{Place: &model.Place{ConnectionType: c.typ, Connection: model.ConnectionInfo{Server: c.server}}}
		if got := w.dialect(&table); got != warehouse.DialectOf(c.want) {
			t.Errorf("%s %s: %d, want that of %q", c.typ, c.server, got, c.want)
		}
	}
	// Without a type of its own, custom SQL takes that of a table in it.
	site := model.Site{Tables: []model.Table{
		{ID: "c", Kind: model.CustomSQLTable, Extra: &model.TableExtra{UpstreamTableIDs: list("gone", "t")}}, {ID: "t", Place: &model.Place{ConnectionType: "mysql"}},
	}}
	if got := New(&site).dialect(&site.Tables[0]); got != warehouse.DialectMySQL {
		t.Errorf("dialect %d", got)
	}
	modeltest.Place(&site.Tables[1]).ConnectionType = "odd"
	if got := New(&site, WithConnectionAliases(map[string]string{"odd": "trino"})).dialect(&site.Tables[0]); got != warehouse.DialectStandard {
		t.Errorf("dialect by alias %d", got)
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
		want[i] = lines(walked(t, forward, &site.Dashboards[i]))
	}
	for i := len(site.Dashboards) - 1; i >= 0; i-- {
		if diff := cmp.Diff(want[i], lines(walked(t, backward, &site.Dashboards[i]))); diff != "" {
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
				walked(b, w, &site.Dashboards[i])
			}
		}
	})
}
