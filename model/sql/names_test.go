package sql

import (
	"strings"
	"testing"

	"darkroom/model/warehouse"
)

// showSession adds to show what the session has to do with each name: "?" for one
// that is unsure, and the schemas that a search path has behind its first.
func showSession(refs []Ref) string {
	var out []string
	for i, text := range strings.Fields(show(refs)) {
		if s := refs[i].Session; s != nil {
			for _, p := range s.Others {
				text += "|" + p.Text
			}
			if s.Unsure {
				text += "?"
			}
		}
		out = append(out, text)
	}
	return strings.Join(out, " ")
}

// sessionCase is a text after an initial SQL. Gaps empty means complete.
type sessionCase struct{ dialect, initial, sql, reads, gaps string }

func runSessions(t *testing.T, cases []sessionCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.dialect, func(t *testing.T) {
			got := Read(c.sql, Options{Dialect: warehouse.DialectOf(c.dialect), InitialSQL: c.initial})
			if s := showSession(got.Reads); s != c.reads {
				t.Errorf("%s / %s\n got %s\nwant %s", c.initial, c.sql, s, c.reads)
			}
			if s := gapKinds(got.Gaps); s != c.gaps {
				t.Errorf("%s / %s\n gaps %v, want %q", c.initial, c.sql, got.Gaps, c.gaps)
			}
		})
	}
}

// TestUse: USE and its like, warehouse by warehouse.
func TestUse(t *testing.T) {
	runSessions(t, []sessionCase{
		{dialect: "snowflake", initial: "USE SCHEMA MARTS;", sql: "select * from orders join s.t join d.s.t", reads: "MARTS.orders s.t d.s.t"},
		{dialect: "snowflake", initial: "use database raw", sql: "select * from orders join s.t", reads: "raw.PUBLIC.orders raw.s.t"},
		{dialect: "snowflake", initial: "use raw; use schema \"Ma\"", sql: "select * from orders join s.t", reads: `raw."Ma".orders raw.s.t`},
		{dialect: "snowflake", initial: "use raw.marts", sql: "select * from orders", reads: "raw.marts.orders"},
		{dialect: "snowflake", initial: "use schema raw.marts; use role r; use warehouse w; use secondary roles all; alter session set query_tag = 'x'; set schema = 'y'", sql: "select * from orders", reads: "raw.marts.orders"},
		{dialect: "snowflake", initial: "use role r", sql: "select * from orders", reads: "orders"},
		{dialect: "snowflake", initial: "use schema identifier('raw.marts')", sql: "select * from orders", reads: "raw.marts.orders"},
		{dialect: "snowflake", initial: "use schema identifier($x)", sql: "select * from orders join s.t join d.s.t", reads: "d.s.t", gaps: "session session"},
		{dialect: "snowflake", initial: "use schema <Parameters.S>", sql: "select * from orders", gaps: "session"},
		{dialect: "snowflake", sql: "select * from orders; use schema a; select * from orders; use schema b; select * from orders", reads: "orders a.orders b.orders"},
		{dialect: "snowflake", initial: "execute immediate 'use schema ' || x", sql: "select * from orders join d.s.t", reads: "d.s.t", gaps: "dynamic_name session"},
		{dialect: "snowflake", initial: "execute immediate 'use schema marts'", sql: "select * from orders", reads: "marts.orders", gaps: "dynamic_name"},
		{dialect: "snowflake", initial: "execute immediate $$ use schema marts $$", sql: "select * from orders", reads: "marts.orders", gaps: "dynamic_name"},
		{dialect: "snowflake", initial: "execute immediate 'select 1'", sql: "select * from orders", reads: "orders", gaps: "dynamic_name"},
		{dialect: "snowflake", initial: "call p()", sql: "select * from orders", reads: "orders?", gaps: "procedure"},
		{dialect: "snowflake", initial: "begin if (x) then use schema a; end if; end", sql: "select * from orders join d.s.t", reads: "d.s.t", gaps: "session"},
		{dialect: "snowflake", initial: "create or replace schema marts; create table t as select 1 from x", sql: "select * from orders", reads: "marts.x marts.orders"},
		{dialect: "snowflake", initial: "create schema if not exists marts", sql: "select * from orders", gaps: "session"},
		{dialect: "snowflake", initial: "alter session set search_path = '$current, $public, db.marts'", sql: "select * from orders", gaps: "session"},
		{dialect: "snowflake", initial: "alter session set timezone = 'UTC' search_path = 'a, b'", sql: "select * from orders", reads: "a.orders|b"},
		{dialect: "snowflake", initial: "create temp table x as select 1 from a.b; use schema s", sql: "select * from x", reads: "a.b s.x"},
		{dialect: "snowflake", initial: "use schema s; create temp table x as select 1 from a.b", sql: "select * from x join s.x", reads: "a.b"},
		{dialect: "databricks", initial: "USE CATALOG main; USE marts", sql: "select * from orders join s.t", reads: "main.marts.orders main.s.t"},
		{dialect: "databricks", initial: "use catalog main", sql: "select * from orders", reads: "main.default.orders"},
		{dialect: "databricks", initial: "use main.marts; set spark.sql.ansi.enabled = true", sql: "select * from orders", reads: "main.marts.orders"},
		{dialect: "databricks", initial: "set catalog main; use database marts", sql: "select * from orders", reads: "main.marts.orders"},
		{dialect: "databricks", initial: "set spark.sql.defaultCatalog = main", sql: "select * from orders join s.t", gaps: "session session"},
		{dialect: "databricks", initial: "use schema identifier(:s)", sql: "select * from orders", gaps: "session"},
		{dialect: "hive", initial: "use marts", sql: "select * from orders", reads: "marts.orders"},
		{dialect: "sqlserver", initial: "USE [Warehouse]", sql: "select * from dbo.orders, orders, x..t, [a].b.c", reads: `"Warehouse".dbo.orders "Warehouse"..orders x..t "a".b.c`},
		{dialect: "sqlserver", sql: "set nocount on use Warehouse select * from dbo.orders", reads: "Warehouse.dbo.orders"},
		{dialect: "sqlserver", sql: "select 1 from dbo.a\nGO\nuse Warehouse\ngo\nselect * from dbo.orders option (use hint('x'))", reads: "dbo.a Warehouse.dbo.orders"},
		{dialect: "sqlserver", initial: "if db_id('x') is not null use x else use y", sql: "select * from dbo.orders", gaps: "session"},
		{dialect: "sqlserver", initial: "if object_id('#t') is not null drop table #t; use x; drop table if exists #u", sql: "select * from dbo.orders", reads: "x.dbo.orders"},
		{dialect: "sqlserver", initial: "exec('use x')", sql: "select * from dbo.orders", reads: "dbo.orders", gaps: "procedure"},
		{dialect: "sqlserver", initial: "execute as user = 'x'", sql: "select * from orders join dbo.t", reads: "orders? dbo.t"},
		{dialect: "sqlserver", initial: "use <Parameters.X>", sql: "select * from dbo.orders join a.dbo.b", reads: "a.dbo.b", gaps: "session"},
		{dialect: "mysql", initial: "use archive", sql: "select * from orders use index (a), s.t", reads: "archive.orders s.t"},
		{dialect: "starrocks", initial: "set catalog hive; use hive.marts", sql: "select * from orders join s.t", reads: "hive.marts.orders hive.s.t"},
		{dialect: "doris", initial: "switch hive", sql: "select * from s.t join orders", reads: "hive.s.t", gaps: "session"},
		{dialect: "clickhouse", initial: "USE marts", sql: "select * from orders where x in ids", reads: "marts.orders marts.ids"},
		{dialect: "trino", initial: "use hive.marts; set session x = 'y'; set session authorization u", sql: "select * from orders join s.t", reads: "hive.marts.orders hive.s.t"},
		{dialect: "trino", initial: "use marts", sql: "select * from orders", reads: "marts.orders"},
		{dialect: "duckdb", initial: "use x", sql: "select * from orders", gaps: "session"},
		{dialect: "duckdb", initial: "use x.y", sql: "select * from orders", reads: "x.y.orders"},
		{dialect: "duckdb", initial: "set schema = 'marts'", sql: "from orders", reads: "marts.orders"},
		{dialect: "duckdb", initial: "set search_path = 'a,b'", sql: "from orders", reads: "a.orders|b"},
		{dialect: "teradata", initial: "database marts; set query_band = 'x=y;' for session", sql: "sel * from orders", reads: "marts.orders"},
		{dialect: "teradata", initial: "set session database marts", sql: "sel * from orders", reads: "marts.orders"},
		{dialect: "redshift", initial: "use other", sql: "select * from orders join s.t", reads: "other..orders other.s.t"},
		{dialect: "exasol", initial: "open schema marts", sql: "select * from orders", reads: "marts.orders"},
		{dialect: "bigquery", sql: "set @@dataset_id = 'marts'; set x = 1; select * from orders join `p.d.t`", reads: `marts.orders "p"."d"."t"`},
		{dialect: "bigquery", sql: "set @@dataset_id = x; select * from orders join d.t", gaps: "session session"},
		{dialect: "bigquery", sql: "set @@dataset_project_id = 'p'; select * from d.orders", reads: "p.d.orders"},
		{dialect: "", initial: "use x", sql: "select * from orders join s.t join d.s.t", reads: "d.s.t", gaps: "session session"},
	})
}

// TestSet: SET, ALTER SESSION and their like.
func TestSet(t *testing.T) {
	runSessions(t, []sessionCase{
		{dialect: "postgres", initial: "SET search_path TO marts, public;", sql: "select * from orders join s.t", reads: "marts.orders|public s.t"},
		{dialect: "postgres", initial: "set session search_path = 'marts'", sql: "select * from orders", reads: "marts.orders"},
		{dialect: "postgres", initial: `set search_path to "$user", marts`, sql: "select * from orders", reads: "marts.orders?"},
		{dialect: "postgres", initial: `set search_path to "$user"`, sql: "select * from orders", gaps: "session"},
		{dialect: "postgres", initial: `set search_path to "Marts", pg_catalog`, sql: "select * from orders", reads: `"Marts".orders`},
		{dialect: "postgres", initial: "set local search_path to marts", sql: "select * from orders", reads: "marts.orders?"},
		{dialect: "postgres", sql: "begin; set local search_path to marts; select * from a; commit; select * from b", reads: "marts.a? b"},
		{dialect: "postgres", sql: "begin; set local search_path to a; set search_path to marts; commit; select * from b", gaps: "session"},
		{dialect: "postgres", initial: "alter role tableau set search_path to marts; alter table x add y int", sql: "select * from orders", reads: "orders?"},
		{dialect: "sqlserver", initial: "alter user x with default_schema = marts", sql: "select * from orders join dbo.t", reads: "orders? dbo.t"},
		{dialect: "postgres", sql: "begin; set search_path to marts; rollback; select * from b", gaps: "session"},
		{dialect: "postgres", initial: "set schema 'marts'", sql: "select * from orders", reads: "marts.orders"},
		{dialect: "postgres", initial: "set search_path to marts; reset search_path", sql: "select * from orders", reads: "orders"},
		{dialect: "postgres", initial: "set search_path to marts; set search_path to default", sql: "select * from orders", reads: "orders"},
		{dialect: "postgres", initial: "set search_path to marts; discard all", sql: "select * from orders", reads: "orders"},
		{dialect: "postgres", initial: "set search_path = ''", sql: "select * from orders", gaps: "session"},
		{dialect: "postgres", initial: "select set_config('search_path', 'marts,public', false)", sql: "select * from orders", reads: "marts.orders|public"},
		{dialect: "postgres", initial: "select set_config('search_path', 'marts,' || current_setting('search_path'), false)", sql: "select * from orders", gaps: "session"},
		{dialect: "postgres", initial: "select set_config('timezone', 'UTC', false)", sql: "select * from orders", reads: "orders"},
		{dialect: "postgres", initial: "set role reporting", sql: "select * from orders join s.t", reads: "orders? s.t"},
		{dialect: "postgres", initial: "set session authorization x", sql: "select * from orders", reads: "orders?"},
		{dialect: "postgres", initial: "set search_path to marts; set role reporting", sql: "select * from orders", reads: "marts.orders"},
		{dialect: "postgres", initial: "set statement_timeout = 0; set time zone 'UTC'; set session characteristics as transaction read only", sql: "select * from orders", reads: "orders"},
		{dialect: "postgres", initial: "do $$ begin set search_path to x; end $$", sql: "select * from orders", reads: "orders?", gaps: "procedure"},
		{dialect: "redshift", initial: "set search_path to '$user', marts; set query_group to 'x'", sql: "select * from orders", reads: "marts.orders?"},
		{dialect: "vertica", initial: "set search_path = marts, public", sql: "select * from orders", reads: "marts.orders|public"},
		{dialect: "oracle", initial: "ALTER SESSION SET CURRENT_SCHEMA = SALES", sql: "select * from orders, s.t, x@link, dual", reads: "SALES.orders s.t x@link"},
		{dialect: "oracle", initial: "alter session set nls_date_format = 'YYYY'", sql: "select * from orders", reads: "orders"},
		{dialect: "oracle", initial: "alter session set container = pdb2", sql: "select * from orders, s.t", gaps: "session session"},
		{dialect: "oracle", initial: "begin execute immediate 'alter session set current_schema = sales'; end;", sql: "select * from orders", reads: "sales.orders", gaps: "dynamic_name"},
		{dialect: "oracle", initial: "begin pkg.login; end;", sql: "select * from orders", reads: "orders?", gaps: "procedure"},
		{dialect: "db2", initial: "SET CURRENT SCHEMA = SALES", sql: "select * from orders", reads: "SALES.orders"},
		{dialect: "db2", initial: "set schema 'SALES'; set current path = x", sql: "select * from orders", reads: "SALES.orders"},
		{dialect: "db2", initial: "set current schema = user", sql: "select * from orders", gaps: "session"},
		{dialect: "saphana", initial: "set schema sales", sql: "select * from orders", reads: "sales.orders"},
		{dialect: "netezza", initial: "set catalog other", sql: "select * from s.t", reads: "other.s.t"},
		{dialect: "materialize", initial: "set database = other", sql: "select * from s.t join orders", reads: "other.s.t other..orders"},
	})
}

// TestSessionSays: the result names the statement that filled a name in.
func TestSessionSays(t *testing.T) {
	got := Read("use  schema\n b; select * from t", Options{Dialect: warehouse.DialectSnowflake, InitialSQL: "select 1;\nuse database a;"})
	if s := got.Reads[0].Session; s.Filled != 2 || s.By != "use database a in the initial SQL, line 2 and use schema b in line 1" {
		t.Errorf("got %+v", s)
	}
	if got.Schema != "use schema b in line 1" || got.Database != "use database a in the initial SQL, line 2" {
		t.Errorf("schema by %q, database by %q", got.Schema, got.Database)
	}
	got = Read("use schema identifier($x); select * from t", Options{Dialect: warehouse.DialectSnowflake})
	if show(got.Unknown) != "t" || len(got.Gaps) != 1 || !strings.Contains(got.Gaps[0].String(), "t, after use schema identifier($x) in line 1") {
		t.Errorf("unknown %v, gaps %v", got.Unknown, got.Gaps)
	}
}
