package match_test

import (
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"darkroom/model"
	"darkroom/model/match"
	"darkroom/model/match/propose"
	"darkroom/model/reason"
)

// zoo has a project of every platform that reads names in its own way.
func zoo(t testing.TB) *match.Matcher {
	bigquery := project("bigquery", res("model.bq.orders", "`p`.`d`.`orders`"), res("source.bq.ga.events", "`p`.`d`.`events_*`"))
	shop := project("snowflake",
		res(orders, "a.b.orders"), res("model.shop.copy", `a.b."orders"`), res("source.shop.a.orders", "a.b.orders"), res("model.shop.inline", "", ephemeral),
		res("model.shop.dim.v1", "a.b.dim_v1", version("1", "1")), res("model.shop.cfg", "a.dev_b.cfg", configured("b")), res("model.shop.other", "c.b.customers"))
	shop.Disabled = []model.Resource{res("model.shop.off", "a.b.off")}
	return newMatcher(t, match.Config{
		Maps:   []match.Map{{"PROD", "a"}, {"Q.*", "a.dev_*"}},
		Pins:   []match.Pin{{Table: "snowflake://X.*", Node: orders}, {Table: "id", Node: orders}},
		Ignore: []match.Ignore{{Table: "bigquery://*.tmp*"}},
	}, shop, bigquery,
		project("mysql", res("model.my.orders", "`b`.`orders`")),
		project("duckdb", res("model.dd.orders", `"a"."b"."orders"`)),
		project("databricks", res("model.dx.orders", "`b`.`orders`")),
		project("redshift", res("model.rs.orders", `"a"."b"."orders"`)),
		project("unheard-of", res("model.un.orders", `"b"."orders"`)))
}

func FuzzMatch(f *testing.F) {
	f.Add(uint8(0), "snowflake", "[A].[B].[ORDERS]", "ORDERS", "B", "A", "")
	f.Add(uint8(2), "bigquery", "`p.d.events_20260131`", "", "", "", "")
	f.Add(uint8(3), "", "", "B.ORDERS", "", "PROD", "x.redshift.amazonaws.com")
	f.Add(uint8(0), "postgres", "[b].[orders]", "", "", "md:a?x", "pg.motherduck.com")
	f.Add(uint8(1), "mysql", "", "orders (a.b.orders)", "", "b", "")
	f.Add(uint8(0), "unheard-of_jdbc", "..#x", "", "", "", "")
	m := zoo(f)
	f.Fuzz(func(t *testing.T, origin uint8, conn, fullName, name, schema, database, server string) {
		table := match.Table{
			ID: schema, Origin: match.Origin(origin % 5), FullName: fullName, RawName: name, Procedure: origin > 250, Place: &model.Place{ConnectionType: conn, Schema: schema, Database: database, Connection: model.ConnectionInfo{Server: server, DBName: name, Schema: database, Project: schema}},
		}
		if origin%7 == 6 {
			table.Parts, table.Quoted = []string{database, schema, name}, []bool{origin > 100}
		}
		v, again := explain(t, m, table), m.Explain(table)
		if diff := cmp.Diff(evidence(v), evidence(again)); diff != "" || short(v) != short(again) {
			t.Fatalf("two verdicts for one table: %s, %s\n%s", short(v), short(again), diff)
		}
		nodes := len(v.Nodes)
		switch v.Outcome {
		case match.Matched, match.Review:
			if nodes != 1 {
				t.Fatalf("%s with %d nodes", v.Outcome, nodes)
			}
		case match.Ambiguous:
			if nodes < 2 {
				t.Fatalf("ambiguous with %d nodes", nodes)
			}
		default:
			if nodes > 0 {
				t.Fatalf("%s with %d nodes", v.Outcome, nodes)
			}
		}
		if v.Reason == reason.None || v.Because == "" || len(v.Suggestions) > 3 {
			t.Fatalf("incomplete verdict %+v", v)
		}
		if table.Name() == "" || m.Canonical(table) == "" {
			t.Fatal("a table without a name")
		}
		propose.Maps([]match.Explanation{v})
		m.OtherEnvironments([]match.Table{table})
	})
}

// TestConcurrentUse is for the race detector: the index of near names is built
// by the first table that is missed.
func TestConcurrentUse(t *testing.T) {
	m := zoo(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if v := explain(t, m, full("snowflake", "[A].[B].[CUSTOMER]", "")); short(v) != "unmatched no_such_relation ?model.shop.other" {
				t.Errorf("got %s", short(v))
			}
		})
	}
	wg.Wait()
}
