package relation_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"darkroom/model/relation"
	"darkroom/model/warehouse"
)

// show writes parts, quoted ones followed by '.
func show(parts []relation.Part) string {
	var out []string
	for _, p := range parts {
		text := p.Text
		if p.Quoted {
			text += "'"
		}
		out = append(out, text)
	}
	return strings.Join(out, "|")
}

func TestRead(t *testing.T) {
	for in, want := range map[string]string{
		"":                        "",
		" . ":                     "",
		"[]":                      "",
		"orders":                  "orders",
		"[MARTS].[ORDERS]":        "MARTS'|ORDERS'",
		"db..t":                   "db||t",
		".s.t":                    "|s|t",
		"a.b.":                    "a|b",
		"a . [b] . c":             "a|b'|c",
		"[a.b].[c]]d]":            "a.b'|c]d'",
		`"a""b".c`:                `a"b'|c`,
		"`p-1.d.t`":               "p-1.d.t'",
		"[open.b":                 "[open|b",
		"[a]]":                    "[a]]",
		`5" disk.t`:               `5" disk|t`,
		"[ keep ].[ ]":            " keep '| '",
		"[a]tail.b":               "atail'|b",
		"analytics.marts.\"o.x\"": "analytics|marts|o.x'",
		"cafe\u0301":              "caf\u00e9",
		"[People$]":               "People$'",
		"#tmp":                    "#tmp",
	} {
		if got := show(relation.Read(in)); got != want {
			t.Errorf("Read(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCaption(t *testing.T) {
	for in, want := range map[string]string{
		"ORDERS (DB.MARTS.ORDERS)":   "DB.MARTS.ORDERS",
		"[ORDERS (DB.MARTS.ORDERS)]": "DB.MARTS.ORDERS",
		"Orders (2) (marts.orders)":  "marts.orders",
		"orders (old)":               "",
		"(a.b)":                      "",
		"a.orders (b.c)":             "",
		"[A].[ORDERS (B.C)]":         "",
		"orders (a.orders) ":         "a.orders",
		"ORDERS1 (MARTS.orders)":     "MARTS.orders",
		"ORDERS (DB.MARTS)":          "ORDERS",
		"[ORDERS (DB.MARTS)]":        "ORDERS",
		"orders (a.order_items)":     "orders",
		"Orders, old (db.s.orders)":  "db.s.orders",
		"orders (a.b) x":             "",
	} {
		if got, ok := relation.Caption(in); (ok || want != "") && (got != want || !ok) {
			t.Errorf("Caption(%q) = %q, %v, want %q", in, got, ok, want)
		}
	}
}

func TestBigQueryPath(t *testing.T) {
	for in, want := range map[string]string{
		"orders":                                "orders",
		"sales.orders":                          "sales|orders",
		"[p.d].[t]":                             "p'|d'|t'",
		"[p].[d].[t]":                           "p'|d'|t'",
		"`p.d.t`":                               "p'|d'|t'",
		"[p:d.t]":                               "p'|d'|t'",
		"p:d.t":                                 "p|d|t",
		"[acme.com:p.d].[t]":                    "acme.com:p'|d'|t'",
		"`acme.com:p.d.t`":                      "acme.com:p'|d'|t'",
		"acme.com:p.d.t":                        "acme.com:p|d|t",
		"[acme.com:p:d.t]":                      "acme.com:p'|d'|t'",
		"[acme.com:p].[d].[t]":                  "acme.com:p'|d'|t'",
		"[x].[p].[d].[t]":                       "p'|d'|t'+",
		"p.region-eu.INFORMATION_SCHEMA.TABLES": "region-eu|INFORMATION_SCHEMA|TABLES+",
	} {
		parts, linked := relation.BigQueryPath(nil, relation.Read(in))
		got := show(parts)
		if linked {
			got += "+"
		}
		if got != want {
			t.Errorf("BigQueryPath(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestQuoting(t *testing.T) {
	for _, c := range []struct{ adapter, rendered, database, schema, identifier, want string }{
		{"snowflake", "analytics.marts.orders", "analytics", "marts", "orders", "..."},
		{"snowflake", `analytics."marts"."Orders"`, "analytics", "marts", "Orders", ".qq"},
		{"snowflake", "", "analytics", "marts", "orders", "..."},
		{"postgres", "", "dw", "marts", "orders", "qqq"},
		{"postgres", `dw.marts.orders`, "dw", "marts", "orders", "..."},
		{"postgres", `"dw"."marts"."a.b"`, "dw", "marts", "a.b", "qqq"},
		{"postgres", `dw.marts."a"b"`, "dw", "marts", `a"b`, "..q"}, // dbt does not escape
		{"fabric", `[wh].[dbo].[a]]b]`, "wh", "dbo", "a]b", "qqq"},
		{"spark", "default.people", "", "default", "people", "..."},
		{"databricks", "`default`.`people`", "", "default", "people", "qqq"},
		{"bigquery", "`p.d.t`", "p", "d", "t", "qqq"},
		{"oracle", "SALES.orders", "", "sales", "orders", "..."},
		{"duckdb", "read_parquet('x/*.parquet')", "db", "main", "x", "qqq"},
		{"snowflake", `analytics.other."orders"`, "analytics", "marts", "orders", "..q"},
	} {
		p := warehouse.Of(c.adapter)
		got := ""
		for _, q := range relation.Quoting(&p, c.rendered, c.database, c.schema, c.identifier) {
			got += map[bool]string{true: "q", false: "."}[q]
		}
		if got != c.want {
			t.Errorf("%s %s: got %s, want %s", c.adapter, c.rendered, got, c.want)
		}
	}
}

func TestCleanDatabase(t *testing.T) {
	for _, c := range [][3]string{
		{"snowflake", " Name unavailable ", ""},
		{"bigquery", "EmptyProject", ""},
		{"databricks", "/sql/1.0/warehouses/ab", ""},
		{"databricks", "sql/protocolv1/o/0/x", ""},
		{"databricks", "main", "main"},
		{"snowflake", "a/b", "a/b"},
		{"duckdb", "md:shop?access_mode=read_only", "shop"},
		{"duckdb", "MD:shop", "shop"},
		{"duckdb", "md:", ""},
		{"duckdb", "jdbc:duckdb:/data/shop.duckdb", "shop"},
		{"duckdb", `C:\data\shop.db`, "shop"},
		{"duckdb", ":memory:", "memory"},
		{"motherduck", "shop", "shop"},
	} {
		p := warehouse.Of(c[0])
		if got := p.CleanDatabase(c[1]); got != c[2] {
			t.Errorf("%s: CleanDatabase(%q) = %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

// TestFolds: what two spellings are to each other, in both directions.
func TestFolds(t *testing.T) {
	if got := warehouse.FoldUpper.Apply("straße_ı_é"); got != "STRAßE_I_É" {
		t.Errorf("upper: %s", got)
	}
	if got := warehouse.FoldLower.Apply("ÉCOLE_X"); got != "école_x" {
		t.Errorf("lower: %s", got)
	}
	p := warehouse.Of("snowflake")
	for _, c := range []struct {
		dbt     relation.Part
		tableau relation.Side
		want    relation.Likeness
	}{
		{relation.Part{Text: "é"}, relation.Side{Text: "É"}, relation.Same},
		{relation.Part{Text: "É"}, relation.Side{Text: "é"}, relation.SameCI},
		{relation.Part{Text: "a"}, relation.Side{Text: "A", Quoted: true}, relation.Same},
		{relation.Part{Text: "a"}, relation.Side{Text: "a", Quoted: true}, relation.CaseOnly},
		{relation.Part{Text: "a", Quoted: true}, relation.Side{Text: "A"}, relation.CaseOnly},
		{relation.Part{Text: "ab"}, relation.Side{Text: "A"}, relation.Differs},
		{relation.Part{Text: "a"}, relation.Side{Text: "AB"}, relation.Differs},
	} {
		if got := relation.Compare(&p, relation.Identifier, c.dbt, c.tableau); got != c.want {
			t.Errorf("%+v and %+v: got %d, want %d", c.dbt, c.tableau, got, c.want)
		}
	}
}

func FuzzReadName(f *testing.F) {
	for _, s := range []string{"", "[a].[b]]c]", "db..t", "`p.d.t`", "\"a\"\"b\".c", "[[[[", "]].[", "a\x00.\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		parts := relation.Read(s)
		if !slices.Equal(parts, relation.Read(s)) {
			t.Fatal("two readings of one text")
		}
		if len(parts) > 0 && parts[len(parts)-1].Text == "" {
			t.Fatal("the last part is empty")
		}
		// What was read, written in quotes, reads the same.
		var quoted []string
		for _, p := range parts {
			quoted = append(quoted, "["+strings.ReplaceAll(p.Text, "]", "]]")+"]")
		}
		if again := relation.Read(strings.Join(quoted, ".")); utf8.ValidString(s) && !slices.EqualFunc(parts, again, func(a, b relation.Part) bool { return a.Text == b.Text }) {
			t.Fatalf("%q: %q, again %q", s, show(parts), show(again))
		}
		relation.BigQueryPath(nil, parts)
		relation.Caption(s)
		p := warehouse.Of("duckdb")
		p.CleanDatabase(s)
		relation.Quoting(&p, s, "a", "b", s)
	})
}

// TestHashKey: one letter more or another one is another hash, at every length.
func TestHashKey(t *testing.T) {
	seen := map[uint64]string{}
	text := "fct_orders_of_customers_by_day"
	for n := range len(text) + 1 {
		for _, s := range []string{text[:n], text[:n] + "é", text[:n] + "0", text[:n] + "1", "0" + text[:n], "1" + text[:n]} {
			h := relation.HashKey(1, s)
			if other, known := seen[h]; known && other != s {
				t.Errorf("%q and %q have one hash", s, other)
			}
			seen[h] = s
			if upper := strings.ToUpper(s); relation.HashKey(1, upper) != h {
				t.Errorf("%q and %q have two hashes", s, upper)
			}
			if s != "" && relation.HashKey(2, s) == h {
				t.Errorf("%q: the seed does not count", s)
			}
		}
	}
}

// FuzzFold: the key agrees with strings.EqualFold.
func FuzzFold(f *testing.F) {
	f.Add("K", "\u212a")
	f.Add("ſ", "S")
	f.Add("é", "É")
	f.Fuzz(func(t *testing.T, a, b string) {
		if !utf8.ValidString(a) || !utf8.ValidString(b) {
			return
		}
		equal := string(relation.AppendKey(nil, a)) == string(relation.AppendKey(nil, b))
		if equal != strings.EqualFold(a, b) {
			t.Fatalf("%q and %q: keys equal %v", a, b, equal)
		}
		if hashes := relation.HashKey(7, a) == relation.HashKey(7, b); equal && !hashes {
			t.Fatalf("%q and %q: one key, two hashes", a, b)
		}
	})
}

// TestLongNames would not end in time if a name were read in quadratic time.
func TestLongNames(t *testing.T) {
	const n = 1 << 18
	for _, s := range []string{
		strings.Repeat("[", n), "]" + strings.Repeat("[.", n), strings.Repeat(".", n), "[" + strings.Repeat("]", n) + "x",
		strings.Repeat(" ", n) + "x" + strings.Repeat("[", n) + "]", strings.Repeat("`.", n), strings.Repeat("a (", n) + "b.c)",
	} {
		parts, _ := relation.BigQueryPath(nil, relation.Read(s))
		if len(parts) > n+1 {
			t.Errorf("%d parts", len(parts))
		}
		relation.Caption(s)
	}
}
