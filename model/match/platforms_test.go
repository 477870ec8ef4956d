package match_test

import (
	"testing"

	"darkroom/model"
	"darkroom/model/match"
)

const (
	orders  = "model.shop.orders"
	exact   = "matched exact " + orders
	exactCI = "matched exact_ci " + orders
	casing  = "review case_only " + orders
)

// TestPlatforms has what each warehouse does differently
// (model/warehouse/WAREHOUSES.md#levels-case-and-quoting), where the case file has
// nothing.
func TestPlatforms(t *testing.T) {
	for _, p := range []struct {
		adapter, relation string
		rules             []rule
	}{
		{"snowflake", "analytics.public.orders", []rule{
			{"lower-case catalogue", full("snowflake", "analytics.public.orders", ""), exactCI},
			{"stored case", full("snowflake", "[ANALYTICS].[PUBLIC].[ORDERS]", ""), exact},
			{"default schema in SQL", sql("snowflake", "analytics..orders", ""), "review platform_default_schema " + orders},
			{"default schema is not the connection's", match.Table{Origin: match.CustomSQL, FullName: "analytics..orders", Place: &model.Place{ConnectionType: "snowflake", Connection: model.ConnectionInfo{Schema: "MARTS"}}}, "review platform_default_schema " + orders},
			{"quoted SQL in stored case", sql("snowflake", `"ANALYTICS"."PUBLIC"."ORDERS"`, ""), exact},
			{"an unquoted part beside a quoted one", sql("snowflake", `analytics."PUBLIC".orders`, ""), exact},
			{"plug-in suffix", full("Snowflake_ODBC", "ANALYTICS.PUBLIC.ORDERS", ""), exact},
			{"five parts", full("snowflake", "a.b.ANALYTICS.PUBLIC.ORDERS", ""), "review linked_server " + orders},
			{"stage", sql("snowflake", "@landing", ""), "not_applicable temp_object"},
		}},
		{"bigquery", "`acme-data`.`sales`.`orders`", []rule{
			{"legacy colon", full("bigquery", "[acme-data:sales.orders]", ""), exact},
			{"bare", full("bigquery", "acme-data.sales.orders", ""), exact},
			{"project and path", sql("bigquery", "`acme-data`.`sales.orders`", ""), exact},
			{"dataset in one bracket", full("bigquery", "[sales.orders]", "acme-data"), exact},
			{"dataset field with the project", match.Table{FullName: "[orders]", Place: &model.Place{ConnectionType: "bigquery", Schema: "acme-data.sales"}}, exact},
			{"project in capitals", full("bigquery", "[Acme-Data.sales].[orders]", ""), exactCI},
			{"SQL does not fold", sql("bigquery", "`acme-data.sales.Orders`", ""), casing},
			{"empty project", full("bigquery", "[EmptyProject.sales].[orders]", "acme-data"), exact},
			{"placeholders everywhere", full("bigquery", "[EmptyProject.sales].[orders]", "Name Unavailable"), "matched no_database_unique " + orders},
			{"project before catalogue", match.Table{FullName: "[sales].[orders]", Place: &model.Place{ConnectionType: "bigquery", Connection: model.ConnectionInfo{Project: "acme-data", DBName: "acme-billing"}}}, exact},
			{"catalogue alone", match.Table{FullName: "[sales].[orders]", Place: &model.Place{ConnectionType: "bigquery", Connection: model.ConnectionInfo{DBName: "acme-data"}}}, exact},
			{"four parts", full("bigquery", "[x].[acme-data].[sales].[orders]", ""), "review linked_server " + orders},
			{"case is not looked past without a project", full("bigquery", "[Sales].[orders]", ""), "unmatched no_such_relation ?" + orders},
		}},
		{"bigquery", "`acme:data`.`sales`.`orders`", []rule{
			{"colon in a bracket of its own", full("bigquery", "[acme:data].[sales].[orders]", ""), exact},
		}},
		{"redshift", `"dw"."mart"."orders"`, []rule{
			{"name is the full name", match.Table{RawName: "mart.orders", FullName: "mart.orders", Place: &model.Place{ConnectionType: "redshift", Schema: "mart", Database: "dw"}}, exact},
			{"quoted SQL", sql("redshift", `"Mart"."Orders"`, "dw"), exactCI},
			{"unquoted SQL folds", sql("redshift", `MART.ORDERS`, "DW"), exactCI},
			{"serverless host with a port", match.Table{FullName: "[mart].[orders]", Place: &model.Place{ConnectionType: "postgres", Database: "dw", Connection: server("wg.123.eu-west-1.redshift-serverless.amazonaws.com:5439")}}, exact},
			{"another partition", match.Table{FullName: "[mart].[orders]", Place: &model.Place{ConnectionType: "postgres", Database: "dw", Connection: server("x.cn-north-1.redshift.amazonaws.com.cn")}}, exact},
			{"host that only looks like it", match.Table{FullName: "[mart].[orders]", Place: &model.Place{ConnectionType: "postgres", Database: "dw", Connection: server("redshift.amazonaws.com.example.org")}}, "review related_connection " + orders},
		}},
		{"postgres", `"dw"."marts"."Orders"`, []rule{
			{"quoted by dbt", full("postgres", "[marts].[orders]", "dw"), casing},
			{"unquoted SQL", sql("postgres", "marts.Orders", "dw"), casing},
			{"quoted SQL", sql("postgres", `marts."Orders"`, "dw"), exact},
			{"redshift host", match.Table{FullName: "[marts].[Orders]", Place: &model.Place{ConnectionType: "postgres", Database: "dw", Connection: server("x.redshift.amazonaws.com")}}, "not_applicable other_platform"},
		}},
		{"postgres", `dw.public.orders`, []rule{
			{"dbt does not quote", full("postgres", "[Public].[ORDERS]", "dw"), exactCI},
			{"empty schema", full("postgres", "orders", "dw"), "review platform_default_schema " + orders},
			{"caption as database", full("postgres", "orders", "production database"), "unmatched name_only ?" + orders},
		}},
		{"databricks", "`main`.`marts`.`orders`", []rule{
			{"capitals", full("databricks", "[Main].[Marts].[Orders]", ""), exactCI},
			{"path and catalogue", match.Table{FullName: "[marts].[orders]", Place: &model.Place{ConnectionType: "databricks", Database: "/sql/1.0/warehouses/01", Connection: model.ConnectionInfo{DBName: "main"}}}, exact},
			{"spark connector", full("spark", "[main].[marts].[orders]", ""), "review related_connection " + orders},
		}},
		{"databricks", "`marts`.`orders`", []rule{
			{"hive metastore is none", full("databricks", "[HIVE_METASTORE].[marts].[orders]", ""), exact},
			{"missing is not none", full("databricks", "[marts].[orders]", ""), "matched no_database_unique " + orders},
			{"other catalogue", full("databricks", "[main].[marts].[orders]", ""), "review database_differs " + orders},
		}},
		{"databricks", "`default`.`orders`", []rule{
			{"nothing but a table", full("databricks", "[orders]", ""), "unmatched name_only ?" + orders},
		}},
		{"spark", "marts.orders", []rule{
			{"two levels", full("hadoophive", "[marts].[orders]", "hive"), exact},
			{"spark_catalog", full("spark", "[spark_catalog].[Marts].[orders]", ""), exactCI},
			{"connection schema", match.Table{FullName: "[orders]", Place: &model.Place{ConnectionType: "spark", Connection: model.ConnectionInfo{Schema: "marts"}}}, "matched default_schema " + orders},
		}},
		{"sqlserver", `"Sales"."dbo"."orders"`, []rule{
			{"azure", full("azure_sqldb", "[dbo].[Orders]", "sales"), exactCI},
			{"synapse connector", full("azure_sql_dw", "[dbo].[orders]", "Sales"), "review related_connection " + orders},
			{"table variable", sql("sqlserver", "@t", "Sales"), "not_applicable temp_object"},
			{"temporary table elsewhere", sql("sqlserver", "tempdb..#t", "Sales"), "not_applicable temp_object"},
			{"no schema", full("sqlserver", "[orders]", "Sales"), "review platform_default_schema " + orders},
			{"fabric host", match.Table{FullName: "[dbo].[orders]", Place: &model.Place{ConnectionType: "azure_sqldb", Database: "Sales", Connection: server("x.datawarehouse.fabric.microsoft.com")}}, "not_applicable other_platform"},
		}},
		{"fabric", `[wh].[dbo].[orders]`, []rule{
			{"azure", full("azure_sqldb", "[dbo].[orders]", "wh"), exact},
			{"unquoted SQL keeps its case", sql("azure_sqldb", "dbo.Orders", "wh"), casing},
		}},
		{"starburst", `"lake"."mart"."orders"`, []rule{
			{"capitals", full("starburst", "[LAKE].[mart].[ORDERS]", ""), exactCI},
			{"other catalogue", full("presto", "[lake2].[mart].[orders]", ""), "review database_differs " + orders},
			{"no catalogue", full("trino", "[mart].[orders]", ""), "matched no_database_unique " + orders},
		}},
		{"athena", `"awsdatacatalog"."mart"."orders"`, []rule{
			{"catalogue", full("athena", "[mart].[orders]", "AwsDataCatalog"), exactCI},
			{"missing catalogue", full("athena", "[mart].[orders]", ""), "matched no_database_unique " + orders},
		}},
		{"mysql", "`shop`.`orders`", []rule{
			{"database is the schema", full("aurora", "[orders]", "shop"), exact},
			{"connection's database", match.Table{FullName: "[orders]", Place: &model.Place{ConnectionType: "mysql", Connection: model.ConnectionInfo{DBName: "shop"}}}, exact},
			{"three parts", full("mysql_odbc", "[def].[shop].[orders]", ""), exact},
			{"memsql", full("memsql", "[shop].[orders]", ""), "review related_connection " + orders},
		}},
		{"teradata", `"analytics"."orders"`, []rule{
			{"database is the schema", full("teradata", "[ORDERS]", "ANALYTICS"), exactCI},
			{"olap", full("tbio", "[analytics].[orders]", ""), "review related_connection " + orders},
		}},
		{"oracle", "sales.orders", []rule{
			{"service is ignored", full("oracle", "[SALES].[ORDERS]", "ORCL"), exact},
			{"owner of the connection", match.Table{FullName: "[ORDERS]", Place: &model.Place{ConnectionType: "oracle", Connection: model.ConnectionInfo{Schema: "SALES"}}}, "matched default_schema " + orders},
			{"service is not a schema", full("oracle", "[ORDERS]", "SALES"), "unmatched name_only ?" + orders},
			{"database link", sql("oracle", "sales.orders@erp", ""), "unmatched no_such_relation"},
			{"SaaS named oracle", full("webdata-direct:oracle-eloqua", "[sales].[orders]", ""), "not_applicable file_or_extract"},
		}},
		{"clickhouse", "`mart`.`orders`", []rule{
			{"third part", full("clickhouse_odbc", "[default].[mart].[orders]", ""), exact},
			{"database is the schema", full("clickhouse_jdbc", "[orders]", "mart"), exact},
		}},
		{"duckdb", `"shop"."marts"."orders"`, []rule{
			{"file", full("duckdb_jdbc", "[marts].[orders]", "/data/shop.duckdb"), exact},
			{"windows file", full("duckdb_jdbc", "[marts].[orders]", `C:\data\shop.db`), exact},
			{"md in the full name", full("duckdb_jdbc", "[md:shop].[marts].[orders]", ""), exact},
			{"postgres without the host", full("postgres", "[marts].[orders]", "shop"), "review related_connection " + orders},
			{"md without a name", full("duckdb_jdbc", "[marts].[orders]", "md:"), "matched no_database_unique " + orders},
		}},
		{"duckdb", `"main"."orders"`, []rule{
			{"memory is none", full("duckdb_jdbc", "[main].[orders]", ":memory:"), exact},
			{"connection schema is not needed", full("duckdb_jdbc", "[orders]", "memory"), "review platform_default_schema " + orders},
		}},
		{"exasol", `"mart"."orders"`, []rule{
			{"own connector", full("exasolution", "[mart].[orders]", "EXA"), exact},
			{"capitals are a question", full("exasolution", "[MART].[orders]", ""), casing},
		}},
		{"", `"dw"."marts"."orders"`, []rule{
			{"adapter unknown", full("vertica", "[dw].[marts].[orders]", ""), exact},
			{"adapter and database unknown", full("vertica", "[marts].[orders]", ""), "review generic_connection " + orders},
		}},
	} {
		t.Run(p.adapter+" "+p.relation, func(t *testing.T) {
			check(t, newMatcher(t, match.Config{}, project(p.adapter, res(orders, p.relation))), p.rules)
		})
	}
}

func server(host string) model.ConnectionInfo { return model.ConnectionInfo{Server: host} }

// TestNames has the readings of model/relation/RULES.md#reading-a-name that need
// more than a platform.
func TestNames(t *testing.T) {
	m := newMatcher(t, match.Config{}, project("snowflake",
		res(orders, "analytics.marts.orders"),
		model.Resource{ID: "model.shop.odd", Kind: model.KindModel, Name: "odd", Common: &model.Common{Package: "shop", Database: "analytics", Schema: "marts"}, Extra: &model.ResourceExtra{Identifier: "a]b.c", RelationName: `analytics.marts."a]b.c"`}},
		model.Resource{ID: "model.shop.nfc", Kind: model.KindModel, Name: "nfc", Common: &model.Common{Package: "shop", Database: "analytics", Schema: "marts"}, Extra: &model.ResourceExtra{Identifier: "caf\u00e9", RelationName: `analytics.marts."café"`}},
	))
	named := func(name, schema string) match.Table {
		return match.Table{RawName: name, Place: &model.Place{ConnectionType: "snowflake", Schema: schema, Database: "ANALYTICS"}}
	}
	check(t, m, []rule{
		{"doubled bracket", full("snowflake", "[MARTS].[a]]b.c]", "ANALYTICS"), "matched exact model.shop.odd"},
		{"doubled quote is one", full("snowflake", `"MARTS"."OR""DERS"`, "ANALYTICS"), "unmatched no_such_relation ?" + orders},
		{"decomposed letters", full("snowflake", "[MARTS].[cafe\u0301]", "ANALYTICS"), "matched exact model.shop.nfc"},
		{"name with its schema", named("MARTS.ORDERS", "MARTS"), exact},
		{"name with a bracketed schema", named("[MARTS].[ORDERS]", "[MARTS]"), exact},
		{"name without a schema field", named("MARTS.ORDERS", ""), exact},
		{"name with a dot is one part", named("a]b.c", "MARTS"), "matched exact model.shop.odd"},
		{"plain name and schema", named("ORDERS", "MARTS"), exact},
		{"caption beside a schema field", named("ORDERS (ANALYTICS.MARTS.ORDERS)", "X"), "review caption_name " + orders},
		{"caption of a second copy", named("ORDERS1 (MARTS.ORDERS)", ""), "review caption_name " + orders},
		{"caption as full name", full("snowflake", "[ORDERS (ANALYTICS.MARTS.ORDERS)]", ""), "review caption_name " + orders},
		{"no caption beside a schema", match.Table{FullName: "[ORDERS (ANALYTICS.MARTS.ORDERS)]", Place: &model.Place{ConnectionType: "snowflake", Schema: "MARTS", Database: "ANALYTICS"}}, "unmatched no_such_relation"},
		{"parentheses are not a caption", named("ORDERS (old)", "MARTS"), "unmatched no_such_relation"},
		{"full name is not a caption", full("snowflake", "[MARTS].[ORDERS (ANALYTICS.MARTS.ORDERS)]", "ANALYTICS"), "unmatched no_such_relation"},
		{"only brackets", named("[]", ""), "not_applicable redacted"},
		{"names withheld", match.Table{ID: "x", Hidden: true, RawName: "ORDERS", Place: &model.Place{ConnectionType: "snowflake", Schema: "MARTS"}}, "not_applicable redacted"},
		{"extract copy behind nothing", full("", "[Extract].[ORDERS]", ""), "not_applicable file_or_extract"},
		{"extract copy behind a warehouse", full("snowflake", "[Extract].[Extract]", "ANALYTICS"), "not_applicable file_or_extract"},
		{"a schema called EXTRACT", full("snowflake", "[EXTRACT].[ORDERS]", "ANALYTICS"), "unmatched no_such_relation ?" + orders},
		{"federated", full("federated", "[MARTS].[ORDERS]", "ANALYTICS"), "not_applicable published_datasource"},
		{"virtual connection proxy", full("publishedConnection", "[MARTS].[ORDERS]", "ANALYTICS"), "not_applicable published_datasource"},
		{"cloud file", full("cloudfile:onedrive-excel-direct", "[ORDERS]", ""), "not_applicable file_or_extract"},
		{"virtual connection without database", match.Table{Origin: match.VirtualConnection, RawName: "MARTS.ORDERS"}, "review virtual_connection_name " + orders},
		{"schema of the connection, database missing", match.Table{FullName: "[ORDERS]", Place: &model.Place{ConnectionType: "snowflake", Connection: model.ConnectionInfo{Schema: "MARTS"}}}, "matched no_database_unique " + orders},
		{"schema of the connection does not fit", match.Table{FullName: "[ORDERS]", Place: &model.Place{ConnectionType: "snowflake", Database: "ANALYTICS", Connection: model.ConnectionInfo{Schema: "RAW"}}}, "unmatched no_such_relation ?" + orders},
		{"parts from a SQL reader", match.FromSQL([]string{"marts", "ORDERS"}, []bool{false, true}, &model.Table{Place: &model.Place{ConnectionType: "snowflake", Database: "ANALYTICS"}}), exact},
		{"one part from a SQL reader", match.FromSQL([]string{"orders"}, nil, &model.Table{Place: &model.Place{ConnectionType: "snowflake", Database: "ANALYTICS", Connection: model.ConnectionInfo{Schema: "MARTS"}}}), "matched default_schema " + orders},
	})
	check(t, newMatcher(t, match.Config{}), []rule{{"no project", full("snowflake", "[A].[B].[C]", ""), "not_applicable other_platform"}})
}
