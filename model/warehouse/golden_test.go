package warehouse

import (
	"os"
	"strconv"
	"strings"
	"testing"
)

// golden reads a table of testdata: a heading, then one line per row, its columns
// two or more blanks apart. "-" is nothing.
func golden(t *testing.T, file string, columns int) [][]string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var out [][]string
	for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n")[1:] {
		var row []string
		for _, cell := range strings.Split(line, "  ") {
			if cell = strings.TrimSpace(cell); cell == "-" {
				row = append(row, "")
			} else if cell != "" {
				row = append(row, cell)
			}
		}
		if len(row) == columns-1 { // the last column is empty
			row = append(row, "")
		}
		if len(row) != columns {
			t.Fatalf("%s: %d columns, want %d: %s", file, len(row), columns, line)
		}
		out = append(out, row)
	}
	if len(out) < 40 {
		t.Fatalf("%s: %d rows are too few to prove anything", file, len(out))
	}
	return out
}

// TestConnections: what each connection class is, seen from every adapter.
func TestConnections(t *testing.T) {
	rows := golden(t, "connections.txt", 9)
	var adapters []string
	for _, row := range golden(t, "adapters.txt", 11) {
		if row[0] == lower(row[0]) && row[0] != "" {
			adapters = append(adapters, row[0])
		}
	}
	kinds := map[ClassKind]string{
		ClassWarehouse: "warehouse", ClassGeneric: "generic", ClassFile: "file_or_extract",
		ClassPublished: "published_datasource", ClassVirtual: "published_datasource", ClassFederated: "published_datasource",
	}
	for _, row := range rows {
		c := Connect(row[0], row[1], nil)
		proven := map[Proof][]string{}
		for _, adapter := range adapters {
			w := Of(adapter)
			p := w.Proof(c)
			proven[p] = append(proven[p], adapter)
			if (p == ProofGeneric) != (row[5] == "generic") {
				t.Errorf("%q for %s: %v", row[0], adapter, p)
			}
		}
		if w := Of(""); w.Proof(c) != ProofGeneric {
			t.Errorf("%q for an adapter that is not known: %v", row[0], w.Proof(c))
		}
		for column, got := range map[int]string{
			2: c.Class, 3: OfClass(c.Class).Adapter, 5: kinds[KindOf(c.Class)],
			6: strings.Join(proven[ProofNative], ","), 7: strings.Join(proven[ProofProtocol], ","), 8: strings.Join(proven[ProofRelated], ","),
		} {
			if got != row[column] {
				t.Errorf("%q at %q, column %d: %q, want %q", row[0], row[1], column+1, got, row[column])
			}
		}
		if want := Of(row[4]).Dialect; c.Dialect != want {
			t.Errorf("%q at %q: dialect %d, want %s's %d", row[0], row[1], c.Dialect, row[4], want)
		}
	}
}

// TestAdapters: what each adapter does to names.
func TestAdapters(t *testing.T) {
	for _, row := range golden(t, "adapters.txt", 11) {
		w := Of(row[0])
		yes := map[bool]string{true: "yes", false: "no"}
		var cases, none, cleaned []string
		for _, c := range w.Case {
			cases = append(cases, map[Case]string{CaseSame: "same", CaseSameIfUnquoted: "unquoted", CaseOther: "other"}[c])
		}
		for _, s := range []string{"main", "memory", "HIVE_METASTORE", "default", "spark_catalog", "public"} {
			if w.IsNoDatabase(s) {
				none = append(none, s)
			}
		}
		for _, s := range []string{"EmptyProject", "Name unavailable", "shop", "/sql/1.0/ab", "md:shop?a=b", ":memory:", `C:\data\shop.db`} {
			if got := w.CleanDatabase(s); got != s {
				cleaned = append(cleaned, s+"→"+got)
			}
		}
		for column, got := range map[int]string{
			1: w.Adapter, 2: yes[!w.Assumed], 3: strconv.Itoa(w.Levels),
			4: map[Fold]string{FoldNone: "none", FoldUpper: "upper", FoldLower: "lower"}[w.Fold],
			5: strings.Join(cases, ","), 6: map[Quotes]string{QuotesAll: "yes", QuotesNone: "no"}[w.Quotes], 7: w.DefaultSchema,
			8: yes[w.SchemaIsDatabase], 9: strings.Join(none, ","), 10: strings.Join(cleaned, ", "),
		} {
			if got != row[column] {
				t.Errorf("%q, column %d: %q, want %q", row[0], column+1, got, row[column])
			}
		}
		if !w.IsNoDatabase("") || Family(row[0]) != row[1] {
			t.Errorf("%q: family %q", row[0], Family(row[0]))
		}
	}
}
