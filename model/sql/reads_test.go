package sql

import (
	"strings"
	"testing"

	"darkroom/model/warehouse"
)

// show writes references the way the tables below expect them: quoted parts in
// double quotes, relations in order of appearance.
func show(refs []Ref) string {
	names := make([]string, 0, len(refs))
	for _, r := range refs {
		parts := make([]string, len(r.Parts))
		for i, p := range r.Parts {
			if parts[i] = p; r.Quoted[i] {
				parts[i] = `"` + p + `"`
			}
		}
		names = append(names, strings.Join(parts, "."))
	}
	return strings.Join(names, " ")
}

func gapKinds(gaps []Gap) string {
	kinds := make([]string, 0, len(gaps))
	for _, g := range gaps {
		kinds = append(kinds, string(g.Kind))
	}
	return strings.Join(kinds, " ")
}

// readCase is one text. Gaps empty means complete.
type readCase struct{ dialect, sql, reads, writes, gaps string }

func runReads(t *testing.T, cases []readCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.dialect, func(t *testing.T) {
			got := Read(c.sql, Options{Dialect: warehouse.DialectOf(c.dialect)})
			if s := show(got.Reads); s != c.reads {
				t.Errorf("%s\n got %s\nwant %s", c.sql, s, c.reads)
			}
			if s := show(got.Writes); s != c.writes {
				t.Errorf("%s\nwrites %s, want %q", c.sql, s, c.writes)
			}
			if s := gapKinds(got.Gaps); s != c.gaps {
				t.Errorf("%s\n gaps %v, want %q", c.sql, got.Gaps, c.gaps)
			}
			if got.Complete != (c.gaps == "") {
				t.Errorf("%s\ncomplete %v", c.sql, got.Complete)
			}
		})
	}
}

func TestLexical(t *testing.T) {
	runReads(t, []readCase{
		{dialect: "postgres", sql: "select 1 /* a /* from x */ from y */ from m.t", reads: "m.t"},
		{dialect: "mysql", sql: "select * from /*! m.a, */ m.t where 2*3 /*!50100 and x in (select y from m.b) */", reads: "m.a m.t m.b"},
		{dialect: "mysql", sql: "select /*!40001 SQL_NO_CACHE */ * /*!*/ from/*!50000 m.t*//* from m.x */", reads: "m.t"},
		{dialect: "mysql", sql: "select * from m.t /*!80013 join m.a */", reads: "m.t", gaps: "syntax"},
		{dialect: "mysql", sql: "select * from m.t /*!100100 join m.a */ /*M! join m.b */", reads: "m.t", gaps: "syntax syntax"},
		{dialect: "mysql", sql: "select * from m.t /*+ BKA(a) */ /* ! join m.x */ /*! join m.a", reads: "m.t", gaps: "syntax"},
		{dialect: "postgres", sql: "select * from m.t /*! join m.a */", reads: "m.t"},
		{dialect: "postgres", sql: "select 1 /* a /* b */ from m.t", reads: "m.t"}, // falls back to the first close
		{dialect: "snowflake", sql: "select 1 /* a /* b */ from m.t -- */", reads: "m.t"},
		{dialect: "sqlserver", sql: "select 1 /* /* */ from x */ from m.t", reads: "m.t"},
		{dialect: "databricks", sql: `select "from a.b", 'it\'s from a.c' from m.t`, reads: "m.t"},
		{dialect: "databricks", sql: `select r'\' from m.t`, reads: "m.t"},
		{dialect: "bigquery", sql: `select r'\'', "from x.y", b"""a"from x.z""" from m.t`, reads: "m.t"},
		{dialect: "bigquery", sql: "select '''it's from x.y''' from m.t", reads: "m.t"},
		{dialect: "bigquery", sql: "select '' from m.t", reads: "m.t"},
		{dialect: "snowflake", sql: "select $$ it's from x.y $$, 'a\\'b from x' // from x.z\nfrom m.t", reads: "m.t"},
		{dialect: "snowflake", sql: "select 'a''b from x' from m.t", reads: "m.t"},
		{dialect: "trino", sql: `select '\' from m.t`, reads: "m.t"},
		{dialect: "oracle", sql: "select q'[it's from x.y]', nq'{a'b}', Q'!x'y!' from m.t", reads: "m.t"},
		{dialect: "oracle", sql: "select v$x.a from v$session v$x", reads: "v$session"},
		{dialect: "postgres", sql: "select a$b from m.t where x = $1 and y = $f$ from x $f$", reads: "m.t"},
		{dialect: "postgres", sql: `select U&'\0041 from x', E'\' from y' from m.t`, reads: "m.t"},
		{dialect: "postgres", sql: `select * from "a""b"."c"`, reads: `"a"b"."c"`},
		{dialect: "sqlserver", sql: "select * from [a]]b].[c d]", reads: `"a]b"."c d"`},
		{dialect: "mysql", sql: "select 1--1 from `a``b`.c # from d", reads: "\"a`b\".c"},
		{dialect: "mysql", sql: "select * from a.2020_orders join `a`.`b.c`", reads: `a.2020_orders "a"."b.c"`},
		{dialect: "clickhouse", sql: "select 1 # from x\nfrom m.t", reads: "m.t"},
		{dialect: "clickhouse", sql: "select $h$ from x $h$ from m.t", reads: "m.t"},
		{dialect: "redshift", sql: `select 'it\'s from x' from m.t`, reads: "m.t"},
		{dialect: "", sql: `select a[1] from [dbo].[t] join "m"."t" on true join ` + "`a`.`b`", reads: `"dbo"."t" "m"."t" "a"."b"`},
		{dialect: "snowflake", sql: "select a:from::string, b.join from\u00a0m.t", reads: "m.t"},
		{dialect: "postgres", sql: "select .5, 1., 1.5e3 from m . t", reads: "m.t"},
		{dialect: "snowflake", sql: "select 'open from m.t", gaps: "syntax"},
		{dialect: "postgres", sql: "select * from (select * from m.t", reads: "m.t", gaps: "syntax"},
		{dialect: "postgres", sql: "select * from", gaps: "syntax"},
		{dialect: "postgres", sql: "select * from m.t) x", reads: "m.t", gaps: "syntax"},
		{dialect: "postgres", sql: "select * from m.t /* open", reads: "m.t", gaps: "syntax"},
	})
}

func TestScopes(t *testing.T) {
	runReads(t, []readCase{
		{dialect: "postgres", sql: "with a as (select * from m.t), b as (select * from a) select * from b, a, c", reads: "m.t c"},
		{dialect: "postgres", sql: "with a as not materialized (select 1 from m.t) select * from a", reads: "m.t"},
		{dialect: "databricks", sql: "with a (select * from m.t) select * from a", reads: "m.t"},
		{dialect: "postgres", sql: "with recursive a as (select * from b), b as (select 1 from m.t) select * from a", reads: "m.t"},
		{dialect: "mysql", sql: "with recursive a as (select * from b), b as (select 1 from m.t) select * from a", reads: "b m.t"},
		{dialect: "sqlserver", sql: "with t as (select 1 a from hr.e union all select 1 from hr.e e join t on 1=1) select * from t option (maxrecursion 0)", reads: "hr.e"},
		{dialect: "snowflake", sql: "with t(a) as ((select 1 from e) union all (select a from t)) select * from t", reads: "e"},
		{dialect: "oracle", sql: "with t as (select * from t) select * from t", reads: "t"},
		{dialect: "snowflake", sql: `with "x" as (select 1 from m.t) select * from x`, reads: "m.t x"},
		{dialect: "snowflake", sql: `with x as (select 1 from m.t) select * from "X"`, reads: "m.t"},
		{dialect: "trino", sql: `with X as (select 1 from m.t) select * from "x"`, reads: "m.t"},
		{dialect: "bigquery", sql: "with X as (select 1 from m.t) select * from x", reads: "m.t"},
		{dialect: "postgres", sql: "with a as (with b as (select 1 from m.t) select * from b) select * from a, b", reads: "m.t b"},
		{dialect: "postgres", sql: "with a as (select 1 from m.t) select 1 from a union select 1 from a union all (select 1 from a)", reads: "m.t"},
		{dialect: "postgres", sql: "with a as (select 1 from m.t) select * from s.a", reads: "m.t s.a"},
		{dialect: "postgres", sql: "with a as (select 1 from m.t); select * from a", reads: "m.t a"},
		{dialect: "postgres", sql: "with recursive g as (select 1 from n union all select 1 from g, e) cycle id set c using path select * from g", reads: "n e"},
		{dialect: "duckdb", sql: "with recursive g(a) using key (a) as (select 1 from n union select a from g) from g", reads: "n"},
		{dialect: "clickhouse", sql: "with (select max(d) from m.x) as m1, 5 as n, c as (select 1 from m.y) select m1 from c, m.t", reads: "m.x m.y m.t"},
		{dialect: "sqlserver", sql: "with xmlnamespaces ('u' as n), c as (select 1 a from m.t) select * from c", reads: "m.t"},
		{dialect: "teradata", sql: "with recursive r (a) as (select a from d.t union all select a from r) sel * from r", reads: "d.t"},
		{dialect: "postgres", sql: "with d as (delete from m.old returning *), i as (insert into m.log select * from d returning 1) select * from i", writes: "m.old m.log"},
		{dialect: "postgres", sql: "insert into m.w with c as (select 1 from m.t) select * from c", reads: "m.t", writes: "m.w"},
	})
}

func TestFromItems(t *testing.T) {
	runReads(t, []readCase{
		{dialect: "postgres", sql: "select * from only m.a, only (m.b), rows from (f(1), g(2)) as z, generate_series(1,2) g, lateral (select 1 from m.c) c", reads: "m.a m.b m.c"},
		{dialect: "postgres", sql: "select * from m.a left join lateral jsonb_each(a.x) e on true, m.b tablesample system (10)", reads: "m.a m.b"},
		{dialect: "postgres", sql: "select 1 from m.a join m.b using (id), m.c where x for update of a, b", reads: "m.a m.b m.c"},
		{dialect: "postgres", sql: "table m.a", reads: "m.a"},
		{dialect: "postgres", sql: "with x as (table m.a) table x", reads: "m.a"},
		{dialect: "postgres", sql: "select start, first from start join mart.order o on true join offset x on true", reads: "start mart.order offset"},
		{dialect: "postgres", sql: "select count(*) filter (where a is distinct from b), extract(epoch from (select max(d) from m.a)) from m.b", reads: "m.a m.b"},
		{dialect: "postgres", sql: "select trim(from x), overlay(a placing b from 1), position('a' in b) from m.a", reads: "m.a"},
		{dialect: "postgres", sql: "select array(select 1 from m.a), case when exists (select 1 from m.b) then 1 end from m.c order by (select 1 from m.d)", reads: "m.a m.b m.c m.d"},
		{dialect: "postgres", sql: "select * from ((m.a a join m.b b on true) join (select 1 from m.c) c on true), ((select 1 from m.d) union (select 1 from m.e)) z", reads: "m.a m.b m.c m.d m.e"},
		{dialect: "oracle", sql: "select * from sales.orders partition (p1) o, table(pkg.f(o.x)) t, sys.dual, xmltable('/a' passing o.x) x, sales.c@remote c where o.a = c.b(+)", reads: "sales.orders sales.c@remote"},
		{dialect: "oracle", sql: "select level from dual connect by level < 5", reads: ""},
		{dialect: "oracle", sql: "select * from h.e as of timestamp sysdate - 1 start with x is null connect by prior a = b", reads: "h.e"},
		{dialect: "sqlserver", sql: "select * from dbo.a (nolock) join [dbo].b with (nolock, index(ix)) on 1=1 cross apply dbo.f(a.x) f outer apply (select top 1 * from dbo.c) c cross apply openjson(a.j)", reads: `dbo.a "dbo".b dbo.c`},
		{dialect: "sqlserver", sql: "select * from dbo.a as a (index = 1), d..t, @tv v, (values (1, 2), (3, 4)) x(a, b)", reads: "dbo.a d..t"},
		{dialect: "sqlserver", sql: "select * from dbo.a for system_time from '2020-01-01' to '2021-01-01' x join dbo.b for system_time as of @d on 1=1 for xml path('x'), root('y')", reads: "dbo.a dbo.b"},
		{dialect: "sqlserver", sql: "select * from openquery(srv, 'select * from x')", gaps: "dynamic_name"},
		{dialect: "sqlserver", sql: "select * from openrowset(bulk 'x.parquet', format = 'parquet') r join dbo.a on 1=1", reads: "dbo.a"},
		{dialect: "sqlserver", sql: "select * from (select x, y from dbo.a) s pivot (sum(x) for y in ([1], [2])) p join dbo.b on 1=1", reads: "dbo.a dbo.b"},
		{dialect: "snowflake", sql: "select * from m.a, lateral flatten(input => a.x) f, table(flatten(a.y)) g, table(generator(rowcount => 9)), m.b", reads: "m.a m.b"},
		{dialect: "snowflake", sql: "select * from values (1, 'a'), (2, 'b') v, m.a, (values (1), (2)) w", reads: "m.a"},
		{dialect: "snowflake", sql: `select * from @~/x, @%t, @"d"."s"."g"/p (pattern => '.*') s, '@stage/x', m.a`, reads: "m.a"},
		{dialect: "snowflake", sql: `select * from table('m."A"') join identifier('"D".s.t') on true`, reads: `m."A" "D".s.t`},
		{dialect: "snowflake", sql: "select * from identifier($t) join m.a", reads: "m.a", gaps: "dynamic_name"},
		{dialect: "snowflake", sql: "select * from \"M\".\"A_<Parameters.Y>\", identifier('m.<Parameters.T>')", gaps: "dynamic_name dynamic_name"},
		{dialect: "snowflake", sql: "select * from table($t)", gaps: "dynamic_name"},
		{dialect: "snowflake", sql: "select * from table(result_scan(last_query_id()))", gaps: "dynamic_name"},
		{dialect: "snowflake", sql: "select * from m.a match_recognize (partition by x measures y pattern (a b)) x, m.b changes (information => default) at (offset => -60), m.c minus select 1 from m.d", reads: "m.a m.b m.c m.d"},
		{dialect: "snowflake", sql: "select * exclude (a), iff(x, 1, 2) from m.a qualify row_number() over (partition by x order by y) = 1", reads: "m.a"},
		{dialect: "bigquery", sql: "select * except (a, b) from m.a, unnest(a.x) as y with offset as offset, m.b", reads: "m.a m.b"},
		{dialect: "bigquery", sql: "select * from m.orders o, o.items i, i.subs, orders.x join o.z on true", reads: "m.orders orders.x"},
		{dialect: "bigquery", sql: "select (select count(*) from o.items), array(select 1 from o.a.b) from m.orders o", reads: "m.orders"},
		{dialect: "bigquery", sql: "select * from m.sales join (select * from sales.orders) on true", reads: "m.sales sales.orders"},
		{dialect: "bigquery", sql: "with c as (select * from sales.x) select * from m.sales, c", reads: "sales.x m.sales"},
		{dialect: "bigquery", sql: "select 1 from m.sales union all select 1 from sales.x", reads: "m.sales sales.x"},
		{dialect: "bigquery", sql: "select * from sales.x, m.sales", reads: "sales.x m.sales"},
		{dialect: "bigquery", sql: "select * from `acme.com:data.sales.orders`, acme-123.d.t, `p-1.d.INFORMATION_SCHEMA.TABLES`", reads: `"acme.com:data"."sales"."orders" acme-123.d.t "p-1"."d"."INFORMATION_SCHEMA"."TABLES"`},
		{dialect: "bigquery", sql: "select a-b, x-1 from m.a-- c\nwhere a-b > 1", reads: "m.a"},
		{dialect: "bigquery", sql: "select * from [p:d.a], [d.b$2020], flatten([p:d.c], x), (select 1 from [acme.com:p:d.e])", reads: `"p"."d"."a" "d"."b" "p"."d"."c" "acme.com:p"."d"."e"`},
		{dialect: "bigquery", sql: "select * from table_date_range([p:d.t_], x, y)", gaps: "dynamic_name"},
		{dialect: "bigquery", sql: "select * from ml.predict(model m.k, table m.a), m.f(table m.b, 1)", reads: "m.a m.b"},
		{dialect: "bigquery", sql: "from m.a |> where x > 1 |> join m.b using (id) |> extend 1 as a, 2 as b |> aggregate sum(x) group by y |> union all (select 1 from m.c)", reads: "m.a m.b m.c"},
		{dialect: "bigquery", sql: "select nth_value(x, 2) from first over (order by y) from m.a for system_time as of timestamp '2020-01-01'", reads: "m.a"},
		{dialect: "redshift", sql: "select * from m.c c, c.orders o, o.lines l left join c.z on true, m.d", reads: "m.c m.d"},
		{dialect: "redshift", sql: "select * from m.c c, unpivot c.obj as v at k, m.d", reads: "m.c m.d"},
		{dialect: "databricks", sql: "select * from m.a lateral view explode(x) t as y, z where 1=1 union select 1 from m.b", reads: "m.a m.b"},
		{dialect: "databricks", sql: "select * from values (1, 'a'), (2, 'b') as t(a, b), m.a version as of 3, m.b timestamp as of '2020', m.c@v1, stream m.d, stream(m.e), range(5), read_files('/x')", reads: "m.a m.b m.c m.d m.e"},
		{dialect: "databricks", sql: "from m.a select x", reads: "m.a"},
		{dialect: "databricks", sql: "select * from ${c}.s.t join {{ x }} on true", gaps: "dynamic_name dynamic_name"},
		{dialect: "spark", sql: "select transform(a) using 'cat' as b from m.a distribute by x, y sort by z, w", reads: "m.a"},
		{dialect: "mysql", sql: "select * from (a, b) join c use index (i) straight_join d natural join e where x limit 1, 2", reads: "a b c d e"},
		{dialect: "mysql", sql: "insert into w select a from r on duplicate key update a = values(a), b = 2", reads: "r", writes: "w"},
		{dialect: "trino", sql: "select * from table(f(input => table(m.a), c => descriptor(x))), lateral (select 1 from m.b), unnest(x, y) as u (p, q)", reads: "m.a m.b"},
		{dialect: "athena", sql: `select * from "awsdatacatalog"."s"."t$partitions", s.t tablesample bernoulli (5)`, reads: `"awsdatacatalog"."s"."t$partitions" s.t`},
		{dialect: "duckdb", sql: "from 'x.parquet' join m.a using (id) select *", reads: "m.a"},
		{dialect: "duckdb", sql: "select * from (from m.a) x where y in (from m.b) union by name from m.c", reads: "m.a m.b m.c"},
		{dialect: "duckdb", sql: "pivot m.a on x using sum(y) group by z", reads: "m.a"},
		{dialect: "duckdb", sql: "select * from query_table('m.a')", gaps: "dynamic_name"},
		{dialect: "clickhouse", sql: "select * from m.a left array join x, y global any left join m.b using id, d where x in m.ids settings a = 1, b = 2", reads: "m.a m.b m.ids"},
		{dialect: "clickhouse", sql: "select 1 from m.a where x in (m.ids) and y global not in (`m`.`b`) and z in (m.c, m.d) and z in (c)", reads: "m.a m.ids \"m\".\"b\""},
		{dialect: "clickhouse", sql: "select x in t.b, x in (m.ids) from m.a t where x in (t.c) and exists (select 1 from m.d where x in t.e)", reads: "m.ids m.a m.d"},
		{dialect: "postgres", sql: "select 1 from m.a where x in (m.ids)", reads: "m.a"},
		{dialect: "clickhouse", sql: "select * from {tbl:Identifier} join numbers(10) n on 1 = 1, view(select 1 from m.a)", reads: "m.a", gaps: "dynamic_name"},
		{dialect: "teradata", sql: "locking row for access sel a from d.t sample 0.1, 0.2", reads: "d.t"},
		{dialect: "clickhouse", sql: "select position(a in b) from table limit 1 by a, b", reads: "table"},
		{dialect: "sqlserver", sql: "select * from a inner merge join b on 1=1 left hash join c on 1=1", reads: "a b c"},
		{dialect: "bigquery", sql: "select * from d.events_* where x * 2 > 1", reads: "d.events_*"},
		{dialect: "trino", sql: "select * from {oj m.a left outer join m.b on a.x = b.x}", reads: "m.a m.b"},
		{dialect: "postgres", sql: "select * from m.<<x", reads: "m"},
		{dialect: "postgres", sql: "select * from Orders o join orders p on true join \"Orders\" q on true", reads: `Orders "Orders"`},
		{dialect: "bigquery", sql: "select * from d.Orders join d.orders on true", reads: "d.Orders d.orders"},
	})
}

// FROM, BY and commas that belong to another clause bring no table.
func TestNoClause(t *testing.T) {
	runReads(t, []readCase{
		{dialect: "clickhouse", sql: "select a order by a with fill from 1 to 5 step 1, b", reads: ""},
		{dialect: "clickhouse", sql: "select * from m.a order by a with fill from 1 to 5 interpolate (b as b + 1), c union all select * from m.b", reads: "m.a m.b"},
		{dialect: "duckdb", sql: "from m.a where x select y order by z; from m.b group by all", reads: "m.a m.b"},
		{dialect: "teradata", sql: "select a where b = 1 from d.t", reads: "d.t"},
		{dialect: "oracle", sql: "select * from s.t partition for (1) p, s.u subpartition for (2), s.v for update", reads: "s.t s.u s.v"},
		{dialect: "mysql", sql: "select * from a use index for order by (x), b force index for group by (y), c ignore key for join (z) where d", reads: "a b c"},
		{dialect: "postgres", sql: "select substring(a from 1 for 2), overlay(a placing b from 1 for 2), trim(both 'x' from y), a is not distinct from b from s.t", reads: "s.t"},
		{dialect: "snowflake", sql: "select * from t match_recognize (partition by a order by b measures first(x.y) as z after match skip to next row pattern (a b+) define b as b.x > 1), u", reads: "t u"},
		{dialect: "snowflake", sql: "create or replace table a clone b copy grants; create view v copy grants as select * from c; create table d like e", reads: "b c", writes: "a v d"},
		{dialect: "mysql", sql: "delete from a using a join b using (x) where 1", reads: "b", writes: "a"},
		{dialect: "postgres", sql: "delete from m.w using (m.a join m.b using (id)) where true", reads: "m.a m.b", writes: "m.w"},
		{dialect: "sqlserver", sql: "select * from (delete from dbo.a output deleted.* where x = 1) d, dbo.b", reads: "dbo.b", writes: "dbo.a"},
		{dialect: "db2", sql: "select * from final table (insert into s.a (b) select c from s.d) x, old table (delete from s.e), s.g", reads: "s.d s.g", writes: "s.a s.e"},
		{dialect: "exasol", sql: "select * from (import from jdbc at c statement 'select 1') x, s.t", reads: "s.t", gaps: "dynamic_name"},
		{dialect: "redshift", sql: "unload ('select * from s.x') to 's3://y'; copy s.z from 's3://a'", writes: "s.z", gaps: "dynamic_name"},
		{dialect: "duckdb", sql: "copy s.v (a, b) to 'y'; copy t from 'u'", reads: "s.v", writes: "t"},
		{dialect: "", sql: "select * from weird s.t, s.u", reads: "s.t s.u", gaps: "syntax"},
		{dialect: "postgres", sql: "select * from s.v w x y, s.z", reads: "s.v s.z"},
		{dialect: "postgres", sql: "insert into a (b) table c", reads: "c", writes: "a"},
	})
}

// Names in other quotes than the warehouse's usual ones.
func TestQuotes(t *testing.T) {
	runReads(t, []readCase{
		{dialect: "mysql", sql: `select * from "s".t, s."u" x straight_join "v" on 1=1 where a = "lit from x" and b in ("c","d")`, reads: "s.t s.u v"},
		{dialect: "mysql", sql: `delete "a" from "s"."a" a join b using(id); insert into "s"."w" select * from "r"`, reads: "b r", writes: "s.a s.w"},
		{dialect: "databricks", sql: `select "from x" from "s"."t"`, reads: "s.t"},
		{dialect: "bigquery", sql: `select "from x" from d.t`, reads: "d.t"},
		{dialect: "postgres", sql: `select U&'\0041 from x' from U&"d\0061t\+000061"."T" join u&"x" on true`, reads: `"data"."T" "x"`},
		{dialect: "bigquery", sql: "select x-1 from table-a123 join data-set.t-1 t on limit-1=y-2", reads: "table-a123 data-set.t-1"},
		{dialect: "bigquery", sql: "from m.a |> where x |> join m.b using (id)", reads: "m.a m.b"},
	})
}

func TestStatements(t *testing.T) {
	runReads(t, []readCase{
		{dialect: "sqlserver", sql: "select * into #a from dbo.x\nselect * into #b from #a join dbo.y on 1=1\nselect * from #b", reads: "dbo.x dbo.y"},
		{dialect: "sqlserver", sql: "select * from #nowhere", gaps: "temp_table"},
		{dialect: "sqlserver", sql: "if object_id('tempdb..#t') is not null drop table #t\ncreate table #t (a int, b date)\ninsert into #t select a, b from dbo.x\nGO\nselect * from tempdb..#t", reads: "dbo.x"},
		{dialect: "sqlserver", sql: "update o set v = r.v from dbo.orders o join dbo.rules r on r.id = o.id", reads: "dbo.rules", writes: "dbo.orders"},
		{dialect: "sqlserver", sql: "delete o from dbo.orders as o where exists (select 1 from dbo.dead d)", reads: "dbo.dead", writes: "dbo.orders"},
		{dialect: "sqlserver", sql: "delete top (5) from dbo.a from dbo.a join dbo.b on 1=1", reads: "dbo.b", writes: "dbo.a"},
		{dialect: "sqlserver", sql: "insert into #t exec dbo.p 1; exec sp_executesql @sql", gaps: "procedure procedure"},
		{dialect: "sqlserver", sql: "dbo.usp_orders 1, 'x'", gaps: "procedure"},
		{dialect: "sqlserver", sql: "{call dbo.p(?)}", gaps: "procedure"},
		{dialect: "sqlserver", sql: "{? = call dbo.p(?)}", gaps: "procedure"},
		{dialect: "sqlserver", sql: "merge dbo.t with (holdlock) as t using dbo.s as s on s.id = t.id when matched then update set v = 1 when not matched by source then delete output inserted.id into dbo.log;", reads: "dbo.s", writes: "dbo.t dbo.log"},
		{dialect: "sqlserver", sql: "with d as (select * from dbo.a) delete from d", reads: "dbo.a"},
		{dialect: "postgres", sql: "create temp table x as select * from m.a; select * from x join m.b on true; drop table x", reads: "m.a m.b"},
		{dialect: "postgres", sql: "create temporary table if not exists a as select * from a; select * from a", reads: "a"},
		{dialect: "postgres", sql: "create table m.w as (select * from m.a); select * from m.w", reads: "m.a m.w", writes: "m.w"},
		{dialect: "postgres", sql: "delete from m.w using m.a a, m.b where true returning x, y", reads: "m.a m.b", writes: "m.w"},
		{dialect: "postgres", sql: "update m.w w set a = b from m.a, m.b where true", reads: "m.a m.b", writes: "m.w"},
		{dialect: "postgres", sql: "insert into m.w (a, b) select a, b from m.a on conflict (a) do update set b = excluded.b", reads: "m.a", writes: "m.w"},
		{dialect: "postgres", sql: "do $$ begin perform f(); end $$", gaps: "procedure"},
		{dialect: "postgres", sql: "select a into temp x from m.a; select * from x; grant select on m.q to r; revoke select on m.q from r", reads: "m.a"},
		{dialect: "redshift", sql: "create table #x as select * from m.a; select * from #x", reads: "m.a"},
		{dialect: "snowflake", sql: "create or replace transient table m.w clone m.a; call p(); execute immediate 'select 1'", reads: "m.a", writes: "m.w", gaps: "procedure dynamic_name"},
		{dialect: "snowflake", sql: "insert all into m.w1 into m.w2 select * from m.a", reads: "m.a", writes: "m.w1 m.w2"},
		{dialect: "snowflake", sql: "create temp table s.x as select 1 from m.a; select * from s.x join x", reads: "m.a x"},
		{dialect: "snowflake", sql: "copy into m.w from @stage/x", writes: "m.w"},
		{dialect: "snowflake", sql: "copy into @stage from m.a", reads: "m.a"},
		{dialect: "mysql", sql: "delete o, i from orders o join items i on true join dead d on true", reads: "dead", writes: "orders items"},
		{dialect: "mysql", sql: "update a join b on a.x = b.x set a.y = b.y", reads: "b", writes: "a"},
		{dialect: "mysql", sql: "replace into w select replace(x, 'a', 'b') from r", reads: "r", writes: "w"},
		{dialect: "oracle", sql: "begin pkg.load(1); insert into s.w select * from s.a; end;", reads: "s.a", writes: "s.w", gaps: "procedure"},
		{dialect: "oracle", sql: "alter session set current_schema = sales", reads: ""},
		{dialect: "databricks", sql: "create or replace temporary view v as select * from m.a; cache table c as select * from v; select * from v, c", reads: "m.a"},
		{dialect: "databricks", sql: "insert overwrite table m.w partition (d = 1) select * from m.a", reads: "m.a", writes: "m.w"},
		{dialect: "teradata", sql: "create volatile table vt as (select * from d.a) with data on commit preserve rows; sel * from vt", reads: "d.a"},
		{dialect: "teradata", sql: "create table d.w as d.a with data", reads: "d.a", writes: "d.w"},
		{dialect: "teradata", sql: "replace view d.v (a) as locking row for access sel a from d.t", reads: "d.t", writes: "d.v"},
		{dialect: "mysql", sql: "insert low_priority ignore into w select 1 from r", reads: "r", writes: "w"},
		{dialect: "sqlite", sql: "insert or abort into w select 1 from r", reads: "r", writes: "w"},
		{dialect: "hive", sql: "insert overwrite local directory 'x' select 1 from r", reads: "r"},
		{dialect: "clickhouse", sql: "insert into function s3('x') select 1 from r", reads: "r"},
		{dialect: "bigquery", sql: "create temp table x as select 1 from m.a; create temp function f(a int64) as ((select max(b) from m.b)); select * from x", reads: "m.a m.b"},
		{dialect: "trino", sql: "truncate table m.w", writes: "m.w"},
		{dialect: "sqlserver", sql: "", reads: ""},
	})
}

func TestParametersAndPlaces(t *testing.T) {
	sql := "select <Parameters.A>, '<[Parameters].[B]>'\nfrom marts.a_<Parameters.Year> join m.b on a <<>> b\njoin\n  M.C on a >>= <[Parameters].[x]]y]>"
	got := Read(sql, Options{Dialect: warehouse.DialectOf("postgres")})
	if got.Parameters != 4 || show(got.Reads) != "m.b M.C" || gapKinds(got.Gaps) != "dynamic_name" {
		t.Fatalf("got %+v", got)
	}
	for i, want := range []struct {
		text string
		line int
	}{{"m.b", 2}, {"M.C", 4}} {
		r := got.Reads[i]
		if !strings.HasPrefix(sql[r.Offset:], want.text) || r.Line != want.line {
			t.Errorf("%v at offset %d line %d, want %q in line %d", r.Parts, r.Offset, r.Line, want.text, want.line)
		}
	}
	if g := got.Gaps[0]; g.Line != 2 || !strings.HasPrefix(sql[g.Offset:], "marts.a_<") || g.String() == "" {
		t.Errorf("gap %+v", g)
	}
}

func TestInitialSQL(t *testing.T) {
	got := Read("select * from #recent r join dbo.c on 1=1", Options{
		Dialect:    warehouse.DialectOf("sqlserver"),
		InitialSQL: "select * into #recent\nfrom dbo.orders where d >> getdate() - 7",
	})
	if show(got.Reads) != "dbo.orders dbo.c" || !got.Complete || len(got.Writes) != 0 {
		t.Fatalf("got %+v", got)
	}
	if r := got.Reads[0]; !r.Initial || r.Line != 2 || got.Reads[1].Initial {
		t.Errorf("places %+v", got.Reads)
	}
}

func TestSuspicious(t *testing.T) {
	for _, c := range []struct {
		sql  string
		kind Kind
		want bool
	}{
		{"select 1", CustomSQL, true},
		{"", CustomSQL, true},
		{"set x = 1", InitialSQL, false},
		{"exec p", CustomSQL, false},
		{"select * from t", CustomSQL, false},
	} {
		if got := Read(c.sql, Options{Dialect: warehouse.DialectOf("sqlserver"), Kind: c.kind}); got.Suspicious != c.want {
			t.Errorf("%q: suspicious %v", c.sql, got.Suspicious)
		}
	}
}

// TestTableFunctions: what a function in FROM reads.
func TestTableFunctions(t *testing.T) {
	for _, c := range []struct{ dialect, sql, reads, functions, gaps string }{
		{"snowflake", "select * from table(db.s.f(1)) f, table(flatten(input => f.x)) g, table(information_schema.query_history()) h", "", "db.s.f", ""},
		{"snowflake", "select * from table(my_udtf(t.x)), lateral my_f(t.y), table('db.s.t'), table(db.s.u), table(res)", "db.s.t db.s.u", "my_udtf my_f", "dynamic_name"},
		{"snowflake", "select * from semantic_view(identifier($x) metrics m), semantic_view(v metrics m)", "v", "", "dynamic_name"},
		{"bigquery", "select * from ml.predict(model d.m, table d.t), vector_search(table d.b, 'e', (select * from d.q)), d.tvf((select 1 from d.z))", "d.t d.b d.q d.z", "d.tvf", ""},
		{"bigquery", "select * from external_query('c', 'select 1'), graph_table(d.g match (a) return a)", "", "", "dynamic_name dynamic_name"},
		{"postgres", "select * from crosstab('select 1') as x(a int), my_func(1), s.g(2), generate_series(1, 2), pg_catalog.pg_ls_dir('x')", "", "my_func s.g", "dynamic_name"},
		{"sqlserver", "select * from changetable(changes dbo.t, 0) c, containstable(dbo.d, *, 'x') k, openjson(@j), string_split('a', ','), dbo.tvf(1) f", "dbo.t dbo.d", "dbo.tvf", ""},
		{"sqlserver", "select * from predict(model = @m, data = dbo.t as d) with (x float) p", "dbo.t", "", ""},
		{"oracle", "select * from table(pkg.f(1)) t, table(cast(multiset(select 1 from a.b) as ty)), containers(s.t)", "a.b s.t", "pkg.f", ""},
		{"databricks", "select * from table_changes('db.t', 1), read_files('x'), range(3), my_f(1), ai_forecast(table(m.o), x => 1)", "db.t m.o", "my_f", ""},
		{"clickhouse", "select dictGetOrDefault('d', 'n', k, 'x'), dictHas(marts.dd, k), joinGet('marts.j', 'v', k) from dictionary('marts.dim')", "d marts.dd marts.j marts.dim", "", ""},
		{"clickhouse", "select dictGet(x || 'y', 'n', k) from view(select 1 from m.a) join merge('m', 'o') on 1 join mysql('h', 'd', 't') on 1", "m.a", "", "dynamic_name dynamic_name dynamic_name"},
		{"teradata", "select * from td_unpivot(on db.t as i using a('b')) d, npath(on db.c partition by a order by b on (select * from db.e) dimension)", "db.t db.c db.e", "", ""},
		{"trino", "select * from table(cat.system.query(query => 'select 1')), table(exclude_columns(input => table(s.t), columns => descriptor(a)))", "s.t", "cat.system.query", ""},
	} {
		got := Read(c.sql, Options{Dialect: warehouse.DialectOf(c.dialect)})
		if show(got.Reads) != c.reads || show(got.Functions) != c.functions || gapKinds(got.Gaps) != c.gaps {
			t.Errorf("%s: %s\n  reads %q, functions %q, gaps %v", c.dialect, c.sql, show(got.Reads), show(got.Functions), got.Gaps)
		}
	}
}

func TestFunctions(t *testing.T) {
	got := Read("select * from dbo.a cross apply dbo.fn_items(a.id) i", Options{Dialect: warehouse.DialectOf("sqlserver")})
	if show(got.Functions) != "dbo.fn_items" || show(got.Reads) != "dbo.a" || !got.Complete {
		t.Fatalf("got %+v", got)
	}
}
