package match_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/match"
	"darkroom/model/match/propose"
	"darkroom/model/reason"
)

func TestMaps(t *testing.T) {
	shop := project("snowflake",
		res(orders, "dev.marts.orders"),
		res("model.shop.items", "dev.dbt_ana_marts.items"),
		res("source.shop.raw.items", "prod.landing.items"),
		res("model.shop.dim.v2", "dev.marts.dim_v2", version("2", "2"), pointer("")),
		res("model.shop.quoted", `dev.marts."quoted"`),
		res("model.shop.flat", "dev.sandbox.flat"),
	)
	shop.Disabled = []model.Resource{res("model.shop.off", "prod.marts.off")}
	in := func(name string) match.Table { return full("snowflake", name, "") }
	for _, c := range []struct {
		name string
		maps []match.Map
		rule
	}{
		{"database", []match.Map{{"prod", "DEV"}}, rule{"", in("[PROD].[MARTS].[ORDERS]"), "matched mapped " + orders}},
		{"schema", []match.Map{{"PROD.GOLD", "dev.marts"}}, rule{"", in("[PROD].[GOLD].[ORDERS]"), "matched mapped " + orders}},
		{"schema of another database", []match.Map{{"TEST.GOLD", "dev.marts"}}, rule{"", in("[PROD].[GOLD].[ORDERS]"), "unmatched no_such_relation ?" + orders}},
		{"pattern", []match.Map{{"PROD.*", "dev.dbt_ana_*"}}, rule{"", in("[PROD].[MARTS].[ITEMS]"), "matched mapped model.shop.items"}},
		{"star of a whole database", []match.Map{{"PROD", "dev.dbt_ana_*"}}, rule{"", in("[PROD].[MARTS].[ITEMS]"), "matched mapped model.shop.items"}},
		{"part of a schema", []match.Map{{"PROD.bi_*", "dev.*"}}, rule{"", in("[PROD].[BI_MARTS].[ORDERS]"), "matched mapped " + orders}},
		{"a whole database in one schema", []match.Map{{"PROD", "dev.sandbox"}}, rule{"", in("[PROD].[X].[FLAT]"), "matched mapped model.shop.flat"}},
		{"the first that applies", []match.Map{{"PROD.X", "dev.none"}, {"PROD", "dev.sandbox"}}, rule{"", in("[PROD].[X].[FLAT]"), "unmatched no_such_relation ?model.shop.flat"}},
		{"what is really there stays", []match.Map{{"PROD", "dev"}}, rule{"", in("[PROD].[LANDING].[ITEMS]"), "matched exact source.shop.raw.items"}},
		{"a disabled node that is really there", []match.Map{{"PROD", "dev"}}, rule{"", in("[PROD].[MARTS].[OFF]"), "unmatched disabled ?model.shop.off"}},
		{"a pointer behind the map", []match.Map{{"PROD", "dev"}}, rule{"", in("[PROD].[MARTS].[DIM]"), "matched pointer model.shop.dim.v2"}},
		{"case stays strict", []match.Map{{"PROD", "dev"}}, rule{"", in("[PROD].[MARTS].[QUOTED]"), "review case_only model.shop.quoted"}},
		{"quoted in the map", []match.Map{{`"PROD.EU".MARTS`, "dev.marts"}}, rule{"", in("[PROD.EU].[MARTS].[ORDERS]"), "matched mapped " + orders}},
		{"no database to map", []match.Map{{"PROD", "dev"}}, rule{"", in("[MARTS].[ORDERS]"), "matched no_database_unique " + orders}},
	} {
		t.Run(c.name, func(t *testing.T) {
			check(t, newMatcher(t, match.Config{Maps: c.maps}, shop), []rule{c.rule})
		})
	}
	mysql := newMatcher(t, match.Config{Maps: []match.Map{{"shop", "shop_dev"}, {"x.raw", "y.raw_dev"}}},
		project("mysql", res(orders, "`shop_dev`.`orders`"), res("model.shop.r", "`raw_dev`.`r`")))
	check(t, mysql, []rule{
		{"a platform without databases", full("mysql", "[orders]", "shop"), "matched mapped " + orders},
		{"two parts there", full("mysql", "[raw].[r]", "x"), "matched mapped model.shop.r"},
		{"another database there", full("mysql", "[raw].[r]", "z"), "unmatched no_such_relation ?model.shop.r"},
	})
}

func TestPinsAndIgnores(t *testing.T) {
	cfg := match.Config{
		Pins: []match.Pin{
			{Table: "t-1", Node: orders, By: "an engineer", Why: "hand-made view"},
			{Table: "snowflake://ANALYTICS.REPORTING.V_*", Node: orders},
			{Table: "snowflake://analytics.reporting.orders_view", Node: "source.shop.raw.orders"},
			{Table: "snowflake://acme.example.com/ANALYTICS.HOSTED.T", Node: orders},
			{Table: "bigquery://p.d.View", Node: "model.bq.orders"},
			{Table: "t-3", Node: "model.shop.gone"},
			{Table: "t-4", Node: "model.shop.inline"},
		},
		Ignore: []match.Ignore{{Table: "t-1"}, {Table: "t-2"}, {Table: "snowflake://ANALYTICS.SANDBOX.*", Why: "scratch"}, {Table: "excel-direct://*"}},
	}
	m := newMatcher(t, cfg,
		project("snowflake", res(orders, "analytics.marts.orders"), res("source.shop.raw.orders", "raw.shop.orders"), res("model.shop.inline", "", ephemeral)),
		project("bigquery", res("model.bq.orders", "`p`.`d`.`orders`")))
	const pinned = "matched pinned " + orders
	check(t, m, []rule{
		{"id, pin before ignore", match.Table{ID: "t-1", Place: &model.Place{ConnectionType: "snowflake"}}, pinned},
		{"pattern", full("snowflake", "[analytics].[reporting].[v_orders]", ""), pinned},
		{"name without regard to case", full("snowflake", "[REPORTING].[ORDERS_VIEW]", "ANALYTICS"), "matched pinned source.shop.raw.orders"},
		{"SQL text", sql("snowflake", "analytics.reporting.orders_view", ""), "matched pinned source.shop.raw.orders"},
		{"host", match.Table{FullName: "ANALYTICS.HOSTED.T", Place: &model.Place{ConnectionType: "snowflake", Connection: server("ACME.example.com:443")}}, pinned},
		{"other host", match.Table{FullName: "ANALYTICS.HOSTED.T", Place: &model.Place{ConnectionType: "snowflake", Connection: server("b.example.com")}}, "unmatched no_such_relation"},
		{"where case distinguishes tables", full("bigquery", "[p.d].[view]", ""), "unmatched no_such_relation"},
		{"the same spelling", full("bigquery", "[p.d].[View]", ""), "matched pinned model.bq.orders"},
		{"node is gone", match.Table{ID: "t-3", FullName: "ANALYTICS.MARTS.ORDERS", Place: &model.Place{ConnectionType: "snowflake"}}, exact},
		{"ephemeral is a node", match.Table{ID: "t-4", FullName: "A.B.C", Place: &model.Place{ConnectionType: "snowflake"}}, "matched pinned model.shop.inline"},
		{"ignored id", match.Table{ID: "t-2", FullName: "ANALYTICS.MARTS.ORDERS", Place: &model.Place{ConnectionType: "snowflake"}}, "not_applicable ignored_by_user"},
		{"ignored pattern", full("snowflake", "[ANALYTICS].[SANDBOX].[ORDERS]", ""), "not_applicable ignored_by_user"},
		{"ignored files", full("excel-direct", "[Sheet1$]", "Budget"), "not_applicable ignored_by_user"},
	})
	if got := m.StalePins(); len(got) != 1 || got[0].Node != "model.shop.gone" {
		t.Errorf("stale pins %v", got)
	}
	v := explain(t, m, match.Table{ID: "t-3", FullName: "ANALYTICS.MARTS.ORDERS", Place: &model.Place{ConnectionType: "snowflake"}})
	if !strings.Contains(v.Evidence.Note, "model.shop.gone") {
		t.Errorf("note %q does not name the stale pin", v.Evidence.Note)
	}
	// What Canonical prints can be pinned.
	for _, table := range []match.Table{
		full("snowflake", "[A].[B].[c.d]", ""), full("googlebigquery", "[x.Y].[Z]", ""), full("postgres_jdbc", "[s].[t]", "d"), full("", "[t]", ""),
	} {
		again := newMatcher(t, match.Config{Pins: []match.Pin{{Table: m.Canonical(table), Node: orders}}}, project("snowflake", res(orders, "a.b.c")))
		if v := explain(t, again, table); v.Reason != reason.Pinned {
			t.Errorf("%s is not pinned by its canonical name %s", short(v), m.Canonical(table))
		}
	}
}

func TestStrict(t *testing.T) {
	m := newMatcher(t, match.Config{Strict: true}, project("snowflake", res(orders, "analytics.marts.orders")))
	check(t, m, []rule{
		{"medium", full("snowflake", "[MARTS].[ORDERS]", ""), "review no_database_unique " + orders},
		{"high", full("snowflake", "[analytics].[MARTS].[ORDERS]", ""), exactCI},
	})
}

func TestConfigErrors(t *testing.T) {
	for _, c := range []struct {
		cfg  match.Config
		want []string
	}{
		{match.Config{Maps: []match.Map{{"A", "b"}, {"A.B.C", "b"}}}, []string{"maps", "entry 2", "A.B.C", "tableau"}},
		{match.Config{Maps: []match.Map{{"A", ""}}}, []string{"maps", "entry 1", "dbt", "empty"}},
		{match.Config{Maps: []match.Map{{"*.B", "c"}}}, []string{"plain database"}},
		{match.Config{Maps: []match.Map{{"A.*_*", "c.*"}}}, []string{"more than one *"}},
		{match.Config{Maps: []match.Map{{"A.B", "c.x_*"}}}, []string{"dbt", "tableau has none"}},
		{match.Config{Pins: []match.Pin{{Table: "", Node: orders}}}, []string{"pins", "entry 1", "table is empty"}},
		{match.Config{Pins: []match.Pin{{Table: "t", Node: "orders"}}}, []string{"pins", "entry 1", `"orders"`, "unique_id"}},
		{match.Config{Pins: []match.Pin{{Table: "t", Node: "exposure.shop.x"}}}, []string{"unique_id"}},
		{match.Config{Ignore: []match.Ignore{{Table: "snowflake://"}}}, []string{"ignore", "entry 1", "snowflake://DB.SCHEMA.TABLE"}},
		{match.Config{ConnectionAliases: map[string]string{"x": ""}}, []string{"connection_aliases", `"x"`}},
	} {
		_, err := match.New(nil, c.cfg)
		if err == nil {
			t.Errorf("%+v: no error", c.cfg)
			continue
		}
		for _, want := range c.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%q does not say %q", err, want)
			}
		}
	}
}

func TestAliases(t *testing.T) {
	m := newMatcher(t, match.Config{ConnectionAliases: map[string]string{"Acme_JDBC": "snowflake", "crate": "postgres"}},
		project("snowflake", res(orders, "a.marts.orders")), project("redshift", res("model.rs.orders", `"a"."marts"."orders"`)))
	check(t, m, []rule{
		{"alias", full("acme_jdbc", "[A].[MARTS].[ORDERS]", ""), exact},
		{"alias to a neighbour", full("crate", "[a].[marts].[orders]", ""), "review related_connection model.rs.orders"},
		{"no alias", full("acme", "[A].[MARTS].[ORDERS]", ""), "not_applicable other_platform"},
	})
}

// tables makes n tables of a schema that have no like in dbt's own place.
func openTables(n int, database, schema string) []match.Table {
	var out []match.Table
	for i := range n {
		out = append(out, full("snowflake", fmt.Sprintf("[%s].[%s].[T%d]", database, schema, i), ""))
	}
	return out
}

func devProject(n int) *model.Project {
	p := project("snowflake")
	for i := range n {
		p.Resources = append(p.Resources,
			res(fmt.Sprintf("model.shop.t%d", i), fmt.Sprintf("dev.marts.t%d", i)),
			res(fmt.Sprintf("model.shop.u%d", i), fmt.Sprintf("dev.dbt_ana_bi.t%d", i), configured("bi")))
	}
	return p
}

func TestProposals(t *testing.T) {
	shop := devProject(10)
	for _, c := range []struct {
		name   string
		tables []match.Table
		want   []string
	}{
		{"database", openTables(6, "PROD", "MARTS"), []string{"PROD → dev explains 6 tables"}},
		{"prefix", openTables(5, "PROD", "BI"), []string{"PROD.* → dev.dbt_ana_* explains 5 tables"}},
		{"too few", openTables(4, "PROD", "MARTS"), nil},
		{
			"both", slices.Concat(openTables(7, "PROD", "MARTS"), openTables(5, "LIVE", "BI")),
			[]string{"PROD → dev explains 7 tables", "LIVE.* → dev.dbt_ana_* explains 5 tables"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, p := range propose.Maps(explained(newMatcher(t, match.Config{}, shop), c.tables)) {
				got = append(got, p.String())
				taken := newMatcher(t, match.Config{Maps: []match.Map{p.Map}}, shop)
				matched := 0
				for _, v := range explained(taken, c.tables) {
					if v.Reason == reason.Mapped {
						matched++
					}
				}
				if matched != p.Explains {
					t.Errorf("%s, but the map matches %d", p, matched)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	contradicted := project("snowflake")
	for i := range 12 {
		contradicted.Resources = append(contradicted.Resources, res(fmt.Sprintf("model.shop.t%d", i), fmt.Sprintf("dev%d.marts.t%d", i%2, i)))
	}
	if got := propose.Maps(explained(newMatcher(t, match.Config{}, contradicted), openTables(12, "PROD", "MARTS"))); len(got) > 0 {
		t.Errorf("two targets contradict each other, but got %v", got)
	}
	if got := propose.Maps(explained(newMatcher(t, match.Config{}, shop, devProjectIn("ci")), openTables(10, "PROD", "MARTS"))); len(got) > 0 {
		t.Errorf("no table has one candidate, but got %v", got)
	}
}

// TestProposalShare: tables with several candidates weaken a proposal.
func TestProposalShare(t *testing.T) {
	twice := project("snowflake", res("model.a.t0", "ci.marts.t0"))
	for n, want := range map[int]int{9: 0, 10: 1} {
		m := newMatcher(t, match.Config{}, devProject(n), twice)
		if got := propose.Maps(explained(m, openTables(n, "PROD", "MARTS"))); len(got) != want || want == 1 && got[0].Explains != 9 {
			t.Errorf("one of %d tables has two candidates: got %v", n, got)
		}
	}
	redshift := project("redshift")
	var tables []match.Table
	for i := range 6 {
		redshift.Resources = append(redshift.Resources, res(fmt.Sprintf("model.shop.t%d", i), fmt.Sprintf("dev.marts.t%d", i)))
		tables = append(tables, full("postgres", fmt.Sprintf("[prod].[marts].[t%d]", i), ""))
	}
	m := newMatcher(t, match.Config{}, redshift)
	if got := propose.Maps(explained(m, tables)); len(got) > 0 {
		t.Errorf("learnt from a neighbour's connection: %v", got)
	}
	if got := m.OtherEnvironments(tables); len(got) > 0 {
		t.Errorf("a neighbour's database is not another environment: %v", got)
	}
}

// devProjectIn is another project with the tables of devProject.
func devProjectIn(database string) *model.Project {
	p := project("snowflake")
	for i := range 10 {
		p.Resources = append(p.Resources, res(fmt.Sprintf("model.%s.t%d", database, i), fmt.Sprintf("%s.marts.t%d", database, i)))
	}
	return p
}

func explained(m *match.Matcher, tables []match.Table) []match.Explanation {
	var out []match.Explanation
	for _, table := range tables {
		out = append(out, m.Explain(table))
	}
	return out
}

func TestOtherEnvironments(t *testing.T) {
	shop := devProject(2)
	m := newMatcher(t, match.Config{}, shop)
	prod := openTables(3, "PROD", "MARTS")
	got := m.OtherEnvironments(prod)
	if len(got) != 1 || !strings.Contains(got[0].String(), "PROD → dev") {
		t.Errorf("got %v, want one finding that offers PROD → dev", got)
	}
	for name, c := range map[string]struct {
		m      *match.Matcher
		tables []match.Table
	}{
		"one database is right": {m, append(slices.Clone(prod), full("snowflake", "[DEV].[X].[Y]", ""))},
		"nothing reported":      {m, []match.Table{full("snowflake", "[MARTS].[T1]", "")}},
		"another platform":      {m, []match.Table{full("sqlserver", "[PROD].[dbo].[T]", "")}},
		"files":                 {m, []match.Table{full("hyper", "[X].[Extract].[Extract]", "PROD")}},
		"a map explains it":     {newMatcher(t, match.Config{Maps: []match.Map{{"PROD", "dev"}}}, shop), prod},
		"no nodes":              {newMatcher(t, match.Config{}, project("snowflake")), prod},
	} {
		if got := c.m.OtherEnvironments(c.tables); len(got) > 0 {
			t.Errorf("%s: got %v", name, got)
		}
	}
}
