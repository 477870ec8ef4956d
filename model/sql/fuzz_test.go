package sql

import (
	"strconv"
	"strings"
	"testing"

	"darkroom/model/sql/habits"
	"darkroom/model/warehouse"
)

var allDialects = []string{
	"postgres", "redshift", "snowflake", "bigquery", "databricks", "sqlserver", "fabric", "mysql", "oracle", "trino",
	"duckdb", "clickhouse", "teradata", "vertica", "db2", "",
}

// FuzzRead checks what holds for any text: no panic, places inside the text,
// one flag per part, no relation twice, and gaps exactly when incomplete.
func FuzzRead(f *testing.F) {
	for i, sql := range []string{
		"with a as (select * from b.c) select * from a, <Parameters.X> join `d.e.f` on x >>= 1",
		"delete o, p from [d].[b] o; merge into t using (values (1),(2)) s on 1=1; {call p(?)}",
		"select q'[a]' /* /* */ from $$x$$ @s/x (a) lateral view outer f(x) as a, b -- c",
		"create temp table #x as (select extract(a from b), c::d from e..f at(x => 1)) union by name from g",
		"with recursive a(b) using key (c) as (d) cycle",
		"select * from t, t.a, (select * from t.b) where x in (select 1 from a.b.c.d@l)",
		"identifier('a.b') identifier($x) table('a') rows from (",
		"use schema a.b; set search_path to \"$user\", a, b; select * from c; select set_config('search_path', 'a,b', false)",
		"if x then use a else use b; execute immediate 'use schema ' || x; execute immediate $$ use c $$; alter session set current_schema = d",
		"set @@dataset_id = 'x'; database y; switch z; open schema q; close schema; create schema if not exists w; rollback; use identifier(",
		"semantic_view(a.b metrics c) dictGet('a.b', x) table(f(1)) final table (insert into a table b) U&\"\\0041\" copy a to 'x' (merge into a using b)",
		"from '''x''' r\"\"\" [p:d.t@1] {{ x }} {% y %} ${z} <[Parameters].[a]]b]>",
	} {
		f.Add(sql, "set a = 1; create temp table b as select 1", uint8(i))
	}
	f.Fuzz(func(t *testing.T, sql, initial string, pick uint8) {
		dialect := allDialects[int(pick)%len(allDialects)]
		got := Read(sql, Options{Dialect: warehouse.DialectOf(dialect), InitialSQL: initial})
		d := habits.Of(warehouse.DialectOf(dialect))
		for _, refs := range [][]Ref{got.Reads, got.Writes, got.Functions} {
			seen := map[string]bool{}
			for _, r := range refs {
				text := sql
				if r.Initial {
					text = initial
				}
				if len(r.Parts) == 0 || len(r.Parts) != len(r.Quoted) || r.Offset < 0 || r.Offset > len(text) ||
					r.Line != 1+strings.Count(text[:r.Offset], "\n") {
					t.Fatalf("%s: bad reference %+v in %q", dialect, r, text)
				}
				n := make(name, len(r.Parts))
				for i, p := range r.Parts {
					n[i] = part{p, r.Quoted[i]}
				}
				if key := joinKey(n, d.Names); seen[key] {
					t.Fatalf("%s: %v twice in %q", dialect, r.Parts, text)
				} else {
					seen[key] = true
				}
			}
		}
		for _, r := range got.Reads {
			if s := r.Session; s != nil && (s.By == "" || s.Filled < 0 || s.Filled >= len(r.Parts)) {
				t.Fatalf("%s: bad session %+v of %v in %q", dialect, s, r.Parts, sql)
			}
		}
		if len(got.Unknown) > 0 && got.Complete {
			t.Fatalf("%s: complete with unknown names %v", dialect, got.Unknown)
		}
		if got.Complete != (len(got.Gaps) == 0) || got.Parameters < 0 {
			t.Fatalf("%s: complete %v with gaps %v", dialect, got.Complete, got.Gaps)
		}
	})
}

// TestHostileSizes reads long texts of what could make a reader quadratic or
// deep. It asserts nothing about time: a quadratic reader would run into the
// test's time limit.
func TestHostileSizes(t *testing.T) {
	const n = 1 << 17
	for _, unit := range []string{
		"(", "((select * from a", "'", "/* ", "/* /* */ ", "[", "${", "{{", "{%", "<Parameters.", "<[Parameters].[", "@a\"",
		"a.", "a,", "from a.b, ", "select * from a join ", "with a as (", "with a as (select * from a), ", "$a", "$a$", "union select ",
		"case when ", "q'[", "`", "\"", "delete a, ", "update a set b = (", "from (select 1) a, ", "from t t, t.a where (select * ",
		"from t a join (select * from a.b ", "\xe2\x80\x8b", "#", "--", ")", ";", "select * into #a from #a ",
		"use schema a; select * from b; ", "set search_path to a, ", "if x use y ", "execute immediate 'use x'; ", "set local search_path to a; ", "from a b.",
	} {
		sql := "select * from x, " + strings.Repeat(unit, n/len(unit))
		for _, dialect := range []string{"bigquery", "sqlserver", "postgres", "snowflake", ""} {
			if got := Read(sql, Options{Dialect: warehouse.DialectOf(dialect)}); len(got.Gaps) > maxGaps {
				t.Errorf("%q in %s: %d gaps", unit, dialect, len(got.Gaps))
			}
		}
	}
}

// bigSQL is a text of about size bytes that looks like what people write.
func bigSQL(size int) string {
	var b strings.Builder
	b.WriteString("with base as (select 1 as x from core.seed)")
	for i := 0; b.Len() < size; i++ {
		n := strconv.Itoa(i)
		b.WriteString(",\nstep_" + n + " as (\n  select o.order_id, o.amount * 1.19 as gross, 'text ''quoted''' as note, -- a remark\n" +
			"         extract(year from o.created_at) as y, row_number() over (partition by o.customer_id order by o.created_at) as rn\n" +
			"  from analytics.marts.orders_" + n + " o\n  left join \"Marts\".customers c on c.id = o.customer_id and c.kind in (select kind from base)\n" +
			"  where o.amount >>= <Parameters.Minimum> and o.created_at << current_date /* block */\n)")
	}
	b.WriteString("\nselect * from step_0")
	return b.String()
}

func BenchmarkRead(b *testing.B) {
	for _, size := range []int{10 << 10, 100 << 10, 1 << 20, 10 << 20} {
		sql := bigSQL(size)
		for _, dialect := range []string{"snowflake", "bigquery"} {
			b.Run(dialect+"/"+strconv.Itoa(size>>10)+"KB", func(b *testing.B) {
				b.SetBytes(int64(len(sql)))
				b.ReportAllocs()
				for b.Loop() {
					Read(sql, Options{Dialect: warehouse.DialectOf(dialect)})
				}
			})
		}
	}
}
