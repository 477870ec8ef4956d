package match_test

import (
	"slices"
	"testing"

	"darkroom/model"
	"darkroom/model/match"
	"darkroom/model/modeltest"
	"darkroom/model/reason"
)

func version(v, latest string) func(*model.Resource) {
	return func(r *model.Resource) {
		x := modeltest.Versions(r)
		x.This, x.Latest = v, latest
		r.Name = r.Identifier()[:len(r.Identifier())-len("_v")-len(v)]
	}
}

func pointer(alias string) func(*model.Resource) {
	return func(r *model.Resource) { r.LatestPointer, modeltest.Versions(r).PointerAlias = true, alias }
}

func external(r *model.Resource)   { r.External = true }
func ephemeral(r *model.Resource)  { modeltest.Common(r).Materialized = "ephemeral" }
func fileSource(r *model.Resource) { r.ExternalLocation = true }
func named(name string) func(*model.Resource) {
	return func(r *model.Resource) { r.Name = name }
}

func configured(schema string) func(*model.Resource) {
	return func(r *model.Resource) { modeltest.Common(r).ConfigSchema = schema }
}

// TestOneRelationSeveralNodes has RULES.md#one-relation-several-nodes.
func TestOneRelationSeveralNodes(t *testing.T) {
	const relation = "analytics.marts.orders"
	table := full("snowflake", "[ANALYTICS].[MARTS].[ORDERS]", "")
	for _, c := range []struct {
		name     string
		projects []*model.Project
		want     string
		also     []string
	}{
		{
			"builder before stub and sources",
			[]*model.Project{project("snowflake",
				res("source.shop.a.orders", relation), res("model.core.orders", relation, external), res(orders, relation))},
			exact,
			[]string{"model.core.orders", "source.shop.a.orders"},
		},
		{
			"stub before source",
			[]*model.Project{project("snowflake", res("source.shop.a.orders", relation), res("model.core.orders", relation, external))},
			"matched exact model.core.orders",
			[]string{"source.shop.a.orders"},
		},
		{
			"root source before package source",
			[]*model.Project{project("snowflake", res("source.pkg.a.orders", relation), res("source.shop.a.orders", relation))},
			"matched exact source.shop.a.orders",
			[]string{"source.pkg.a.orders"},
		},
		{
			"two builders",
			[]*model.Project{project("snowflake", res("seed.shop.orders", relation), res(orders, relation))},
			"ambiguous exact model.shop.orders,seed.shop.orders", nil,
		},
		{
			"stub and builder of one id",
			[]*model.Project{project("snowflake", res("model.core.orders", relation, external)), project("snowflake", res("model.core.orders", relation))},
			"matched exact model.core.orders", nil,
		},
		{
			"same package source in two projects",
			[]*model.Project{project("snowflake", res("source.pkg.a.orders", relation)), project("snowflake", res("source.pkg.a.orders", relation))},
			"matched exact source.pkg.a.orders", nil,
		},
		{
			"another platform does not count",
			[]*model.Project{project("postgres", res("model.pg.orders", relation)), project("snowflake", res(orders, relation))},
			exact, nil,
		},
		{
			"not across platforms",
			[]*model.Project{project("sqlserver", res("source.ms.a.orders", relation)), project("postgres", res(orders, relation))},
			"ambiguous exact model.shop.orders,source.ms.a.orders", nil,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			table := table
			if c.projects[0].Adapter == "sqlserver" {
				table = full("odbc", relation, "")
			}
			v := explain(t, newMatcher(t, match.Config{}, c.projects...), table)
			if got := short(v); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			if !slices.Equal(ids(v.Also), append([]string{}, c.also...)) {
				t.Errorf("also %v, want %v", ids(v.Also), c.also)
			}
		})
	}
}

// TestSameRelation: names that differ and yet are one relation have one owner.
func TestSameRelation(t *testing.T) {
	check(t, newMatcher(t, match.Config{}, project("redshift", res(orders, `"dw"."mart"."orders"`), res("source.shop.a.orders", `"dw"."Mart"."Orders"`))), []rule{
		{"case means nothing", full("redshift", "[mart].[ORDERS]", "dw"), exactCI},
	})
	check(t, newMatcher(t, match.Config{}, project("databricks", res(orders, "`marts`.`orders`"), res("source.shop.a.orders", "`hive_metastore`.`marts`.`orders`"))), []rule{
		{"no database", full("databricks", "[marts].[orders]", ""), "matched no_database_unique " + orders},
	})
	check(t, newMatcher(t, match.Config{Maps: []match.Map{{"A", "b"}}}, project("snowflake", model.Resource{
		ID: orders, Kind: model.KindModel, Name: "orders", Common: &model.Common{Database: "b"}, Extra: &model.ResourceExtra{Identifier: "orders"},
	})), []rule{
		{"two missing schemas are not equal", full("snowflake", "[ORDERS]", "A"), "unmatched name_only ?" + orders},
	})
}

// TestTwoTargets: two manifests of one project are one node each
// (RULES.md#one-node-in-several-manifests).
func TestTwoTargets(t *testing.T) {
	dev := project("snowflake", res(orders, "dev.marts.orders"))
	prod := project("snowflake", res(orders, "prod.marts.orders"))
	m := newMatcher(t, match.Config{}, dev, prod)
	check(t, m, []rule{
		{"no database", full("snowflake", "[MARTS].[ORDERS]", ""), "matched no_database_unique " + orders},
		{"a third database", full("snowflake", "[MARTS].[ORDERS]", "TEST"), "review database_differs " + orders},
	})
	v := explain(t, m, full("snowflake", "[MARTS].[ORDERS]", "PROD"))
	if v.Reason != reason.Exact || v.Nodes[0].Project != prod {
		t.Errorf("%s of %v, want the project whose database is equal", short(v), v.Nodes)
	}
}

// TestGenericConnections: the platform is unknown, so two of them may fit.
func TestGenericConnections(t *testing.T) {
	m := newMatcher(t, match.Config{}, project("snowflake", res(orders, "dw.marts.orders")), project("postgres", res("model.pg.orders", `"dw"."marts"."orders"`)))
	check(t, m, []rule{
		{"exact in one only", full("odbc", "[dw].[marts].[orders]", ""), "ambiguous exact model.pg.orders,model.shop.orders"},
		{"folded in the other", full("jdbc", "[DW].[MARTS].[ORDERS]", ""), "ambiguous exact model.pg.orders,model.shop.orders"},
		{"no database", full("", "[marts].[orders]", ""), "ambiguous no_database model.pg.orders,model.shop.orders"},
		{"no database in one", full("", "[MARTS].[ORDERS]", ""), "ambiguous no_database model.pg.orders,model.shop.orders"},
	})
	shop := newMatcher(t, match.Config{}, project("snowflake", res(orders, "dw.public.orders")))
	check(t, shop, []rule{
		{"every database has that schema", full("genericodbc", "[PUBLIC].[ORDERS]", ""), "review generic_connection " + orders},
		{"two unknowns", full("genericodbc", "[ORDERS]", "DW"), "review generic_connection " + orders},
	})
}

func TestVersions(t *testing.T) {
	m := newMatcher(t, match.Config{}, project("snowflake",
		res("model.shop.dim.v1", "a.m.dim_v1", version("1", "2"), pointer("")),
		res("model.shop.dim.v2", "a.m.dim_v2", version("2", "2"), pointer("")),
		res("model.shop.fct.v3", "a.m.fct_v3", version("3", "3"), pointer("fct_now")),
		res("model.shop.raw.v2024q1", "a.m.raw_v2024q1", version("2024q1", "2024q1")),
	))
	check(t, m, []rule{
		{"a version itself", full("snowflake", "[A].[M].[DIM_V1]", ""), "matched exact model.shop.dim.v1"},
		{"pointer", full("snowflake", "[A].[M].[DIM]", ""), "matched pointer model.shop.dim.v2"},
		{"pointer with an alias", full("snowflake", "[A].[M].[FCT_NOW]", ""), "matched pointer model.shop.fct.v3"},
		{"plain name beside an alias", full("snowflake", "[A].[M].[FCT]", ""), "review pointer_undeclared model.shop.fct.v3"},
		{"no pointer", full("snowflake", "[A].[M].[RAW]", ""), "review pointer_undeclared model.shop.raw.v2024q1"},
		{"other schema", full("snowflake", "[A].[X].[RAW]", ""), "unmatched no_such_relation ?model.shop.raw.v2024q1"},
	})
}

func TestShards(t *testing.T) {
	m := newMatcher(t, match.Config{}, project("bigquery",
		res("source.shop.ga4.events", "`p`.`ga4`.`events_*`", named("events")),
		res("source.shop.ga4.intraday", "`p`.`ga4`.`events_intraday_*`", named("intraday")),
		res("model.shop.log", "`p`.`ga4`.`log_*`", named("log")),
	))
	check(t, m, []rule{
		{"the more specific prefix", full("bigquery", "[p.ga4].[events_intraday_20260131]", ""), "matched shard source.shop.ga4.intraday"},
		{"longest prefix", full("bigquery", "[p.ga4].[events_intraday_late]", ""), "review shard_prefix source.shop.ga4.intraday"},
		{"month", full("bigquery", "[p.ga4].[events_202601]", ""), "review shard_prefix source.shop.ga4.events"},
		{"narrower wildcard", full("bigquery", "[p.ga4].[events_2026*]", ""), "matched shard source.shop.ga4.events"},
		{"other dataset", full("bigquery", "[p.ga3].[events_20260131]", ""), "unmatched no_such_relation"},
		{"other case", full("bigquery", "[p.ga4].[Events_20260131]", ""), "unmatched no_such_relation"},
		{"a model is not a source", full("bigquery", "[p.ga4].[log_20260131]", ""), "unmatched no_such_relation"},
		{"nothing after the prefix", full("bigquery", "[p.ga4].[events_]", ""), "unmatched no_such_relation ?source.shop.ga4.events"},
	})
}

func TestNodesWithoutRelation(t *testing.T) {
	p := project("duckdb",
		res("model.shop.stg_orders", "shop.staging.stg_orders", ephemeral),
		res("source.shop.files.orders", "shop.main.orders", fileSource),
		model.Resource{ID: "test.shop.t", Name: "audited", Common: &model.Common{Schema: "main", Database: "shop"}, Extra: &model.ResourceExtra{Identifier: "audited"}},
	)
	p.Disabled = []model.Resource{res("source.shop.old.orders_old", "shop.main.orders_old")}
	check(t, newMatcher(t, match.Config{}, p), []rule{
		{"ephemeral anywhere", full("duckdb_jdbc", "[raw].[STG_ORDERS]", "shop"), "unmatched ephemeral ?model.shop.stg_orders"},
		{"file source", full("duckdb_jdbc", "[main].[orders]", "shop"), "unmatched no_such_relation"},
		{"test", full("duckdb_jdbc", "[main].[audited]", "shop"), "unmatched no_such_relation"},
		{"disabled", full("duckdb_jdbc", "[main].[Orders_Old]", "shop"), "unmatched disabled ?source.shop.old.orders_old"},
	})
}

// TestClickHouseSources: the schema may be in database
// (model/warehouse/WAREHOUSES.md#special-cases).
func TestClickHouseSources(t *testing.T) {
	p := project("clickhouse", model.Resource{
		ID: "source.shop.crm.orders", Kind: model.KindSource, Name: "orders", Common: &model.Common{SourceName: "crm", Package: "shop", Database: "raw", Schema: "crm"},
		Extra: &model.ResourceExtra{Identifier: "orders", RelationName: "`raw`.`orders`"},
	})
	check(t, newMatcher(t, match.Config{}, p), []rule{
		{"schema", full("clickhouse_jdbc", "[raw].[orders]", ""), "matched exact source.shop.crm.orders"},
		{"source name", full("clickhouse_jdbc", "[crm].[orders]", ""), "unmatched no_such_relation ?source.shop.crm.orders"},
	})
}

func TestEnvironmentSchema(t *testing.T) {
	m := newMatcher(t, match.Config{}, project("snowflake",
		res(orders, "dev.dbt_ana_marts.orders", configured("marts")),
		res("model.shop.items", "dev.dbt_ana_marts.items", configured("marts")),
		res("model.shop.items2", "other.dbt_ana_marts.items", configured("marts")),
	))
	check(t, m, []rule{
		{"database differs too", full("snowflake", "[PROD].[MARTS].[ORDERS]", ""), "review env_schema " + orders},
		{"own database first", full("snowflake", "[DEV].[MARTS].[ITEMS]", ""), "review env_schema model.shop.items"},
		{"several", full("snowflake", "[PROD].[MARTS].[ITEMS]", ""), "ambiguous env_schema model.shop.items,model.shop.items2"},
	})
}

// TestSuggestions has the order of step 17.
func TestSuggestions(t *testing.T) {
	m := newMatcher(t, match.Config{}, project("snowflake",
		res("model.shop.b", "x.marts.customers"),
		res("model.shop.a", "x.other.customers"),
		res("model.shop.customers", "x.marts.dim"),
		res("model.shop.c", "x.finance.custmers"),
		res("model.shop.d", "x.finance.cusomers"),
		res("model.shop.e", "x.sales.customres"),
		res("model.shop.f", "x.hr.custoXXrs"),
		res("model.shop.g", "x.short.abcd"),
	))
	check(t, m, []rule{
		{"table of the same schema, then others, then the name", full("snowflake", "[MARTS].[CUSTOMERS]", ""), "matched no_database_unique model.shop.b"},
		{"same schema first", full("snowflake", "[Y].[OTHER].[CUSTOMERS]", ""), "review database_differs model.shop.a"},
		{"names before slips", full("snowflake", "[X].[HR].[CUSTOMERS]", ""), "unmatched no_such_relation ?model.shop.a,model.shop.b,model.shop.customers"},
		{"slips by distance, then id", full("snowflake", "[X].[SALES].[CUSTOMER]", ""), "unmatched no_such_relation ?model.shop.a,model.shop.b,model.shop.e"},
		{"two slips in the schema", full("snowflake", "[X].[FINANCE].[CUSTMER]", ""), "unmatched no_such_relation ?model.shop.c,model.shop.d"},
		{"transposition", full("snowflake", "[X].[MARTS].[CUSTOMRES]", ""), "unmatched no_such_relation ?model.shop.e,model.shop.a,model.shop.b"},
		{"two slips elsewhere", full("snowflake", "[X].[MARTS].[CUSTOXXRS]", ""), "unmatched no_such_relation ?model.shop.f,model.shop.b"},
		{"distance before id", full("snowflake", "[X].[FINANCE].[CUSMERS]", ""), "unmatched no_such_relation ?model.shop.c,model.shop.d"},
		{"the nearer one first", full("snowflake", "[X].[FINANCE].[CUSOMRS]", ""), "unmatched no_such_relation ?model.shop.d,model.shop.c"},
		{"four letters", full("snowflake", "[X].[SHORT].[ABCE]", ""), "unmatched no_such_relation"},
	})
}
