package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tidwall/gjson"
)

// generated gives the outputs by their base names, gunzipped.
func generated(t *testing.T) map[string][]byte {
	t.Helper()
	files, err := generate()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range files {
		out[f.path] = plain(t, f.path, f.data)
	}
	return out
}

func plain(t *testing.T, path string, data []byte) []byte {
	t.Helper()
	if !strings.HasSuffix(path, ".gz") {
		return data
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	if !z.ModTime.IsZero() || z.Name != "" {
		t.Errorf("%s: has a time stamp (%v) or a name (%q)", path, z.ModTime, z.Name)
	}
	out, err := io.ReadAll(z)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return out
}

// The JSON is compared, not its compression, which may differ between Go versions.
func TestCommittedFilesAreCurrent(t *testing.T) {
	files := generated(t)
	if len(files) != 7 {
		t.Errorf("%d files, want 7", len(files))
	}
	for path, want := range files {
		data, err := os.ReadFile(filepath.Join("..", "..", filepath.FromSlash(path)))
		if err != nil {
			t.Errorf("%v; run: go run ./examples/sites", err)
			continue
		}
		if !bytes.Equal(plain(t, path, data), want) {
			t.Errorf("%s is not what the scenario says; run: go run ./examples/sites", path)
		}
		if !gjson.ValidBytes(want) && !strings.HasSuffix(path, ".views.txt") {
			t.Errorf("%s is not JSON", path)
		}
	}
}

func TestRunsAreAlike(t *testing.T) {
	one, err := generate()
	if err != nil {
		t.Fatal(err)
	}
	two, err := generate()
	if err != nil {
		t.Fatal(err)
	}
	for i := range one {
		if !bytes.Equal(one[i].data, two[i].data) {
			t.Errorf("%s differs between two runs", one[i].path)
		}
	}
}

func sites(t *testing.T) []gjson.Result {
	files := generated(t)
	return []gjson.Result{
		gjson.ParseBytes(files["examples/roastery/tableau/cloud.json.gz"]),
		gjson.ParseBytes(files["examples/roastery/tableau/server.json.gz"]),
	}
}

func TestCounts(t *testing.T) {
	all := sites(t)
	for path, least := range map[string]int64{
		"rest.projects.#":                    12,
		"rest.users.#":                       12,
		"metadata.workbooks.#":               30,
		"metadata.dashboards.#":              70,
		"metadata.sheets.#":                  90,
		"metadata.embeddedDatasources.#":     60,
		"metadata.publishedDatasources.#":    12,
		"metadata.databaseTables.#":          80,
		"metadata.customSQLTables.#":         10,
		"metadata.virtualConnections.#":      1,
		"metadata.virtualConnectionTables.#": 2,
		"metadata.flows.#":                   2,
	} {
		var n int64
		for _, s := range all {
			v := s.Get(path)
			if !v.Exists() {
				t.Errorf("%s: a site lacks it", path)
			}
			n += v.Int()
		}
		if n < least {
			t.Errorf("%s: %d, want at least %d", path, n, least)
		}
	}
}

// TestLinks: ids are unique within their type, and every link leads somewhere.
func TestLinks(t *testing.T) {
	for _, s := range sites(t) {
		known := map[string]bool{}
		s.Get("metadata").ForEach(func(list, rows gjson.Result) bool {
			for _, row := range rows.Array() {
				id := row.Get("id").String()
				if id == "" || known[id] {
					t.Errorf("%s: id %q is empty or there twice", list, id)
				}
				known[id] = true
			}
			return true
		})
		var walk func(gjson.Result, string)
		walk = func(v gjson.Result, key string) {
			if key == "database" {
				return // is part of the table
			}
			if v.IsObject() && v.Get("id").Exists() && !known[v.Get("id").String()] {
				t.Errorf("%s leads to %s, which is not there", key, v.Get("id"))
			}
			if !v.IsObject() && !v.IsArray() {
				return
			}
			v.ForEach(func(k, child gjson.Result) bool {
				if k.Type == gjson.String {
					key = k.String()
				}
				walk(child, key)
				return true
			})
		}
		walk(s.Get("metadata"), "metadata")
	}
}

// TestDepth: the projects form a tree of at least four levels on each site.
func TestDepth(t *testing.T) {
	for _, s := range sites(t) {
		parent := map[string]string{}
		for _, p := range s.Get("rest.projects").Array() {
			parent[p.Get("id").String()] = p.Get("parentProjectId").String()
		}
		deepest := 0
		for id := range parent {
			n := 0
			for ; id != "" && n < 10; id = parent[id] {
				n++
			}
			deepest = max(deepest, n)
		}
		if deepest != 4 {
			t.Errorf("%s: projects are %d deep, want 4", s.Get("server"), deepest)
		}
	}
}

// TestCleanlyLinked: about three quarters of the dashboards read one to five
// models of the marts and nothing else, and the popular models have many readers.
func TestCleanlyLinked(t *testing.T) {
	clean, total, readers := 0, 0, map[string]int{}
	for _, s := range sites(t) {
		w := newWalker(s)
		for _, d := range s.Get("metadata.dashboards").Array() {
			total++
			reads := w.reads(d)
			for _, r := range reads {
				readers[r]++
			}
			if len(reads) > 0 && len(reads) <= 5 && !slices.ContainsFunc(reads, notMart) {
				clean++
			}
		}
	}
	if share := 100 * clean / total; share < 68 || share > 80 {
		t.Errorf("%d of %d dashboards (%d %%) are cleanly linked, want about 75 %%", clean, total, share)
	}
	for _, popular := range []string{"roastery [analytics_core].[fct_orders]", "roastery [analytics_core].[fct_pos_sales]"} {
		if readers[popular] < 10 {
			t.Errorf("%s has %d dashboards, want at least 10", popular, readers[popular])
		}
	}
}

// notMart: a read that is not a public model of the marts.
func notMart(read string) bool {
	for _, private := range []string{"legacy_orders", "fct_margin", "rpt_lot_traceability"} {
		if strings.Contains(read, private) {
			return true
		}
	}
	for _, mart := range []string{
		"roastery [analytics_core].", "roastery analytics_core.", "roastery [analytics_finance].", "roastery [analytics_marketing].",
		"roastery [analytics_operations].", "roastery [analytics_bean_counter].",
		"WHOLESALE [MARTS].", "WHOLESALE [FINANCE].", "WHOLESALE WHOLESALE.MARTS.", "WHOLESALE WHOLESALE.FINANCE.",
	} {
		if strings.HasPrefix(read, mart) {
			return false
		}
	}
	return true
}

// walker follows a dashboard's sheets down to tables, as model/walk/RULES.md#the-walk
// says, without the paths that these files do not use.
type walker struct {
	s    gjson.Result
	byID map[string]gjson.Result
}

func newWalker(s gjson.Result) *walker {
	w := &walker{s: s, byID: map[string]gjson.Result{}}
	s.Get("metadata").ForEach(func(_, rows gjson.Result) bool {
		for _, row := range rows.Array() {
			w.byID[row.Get("id").String()] = row
		}
		return true
	})
	return w
}

// reads are what a dashboard reads, as "database fullName", "(hidden)" for a
// redacted table and "(custom SQL)" for a text; sorted, each once.
func (w *walker) reads(d gjson.Result) []string {
	todo := append(w.ids(d, "sheets"), w.ids(d, "upstreamDatasources")...)
	seen := map[string]bool{}
	out := []string{}
	for len(todo) > 0 {
		id := todo[0]
		todo = todo[1:]
		if seen[id] {
			continue
		}
		seen[id] = true
		row := w.byID[id]
		switch {
		case row.Get("query").Exists():
			out = append(out, "(custom SQL)")
		case row.Get("fullName").String() != "":
			out = append(out, row.Get("database.name").String()+" "+row.Get("fullName").String())
		case row.Get("fullName").Exists():
			out = append(out, "(hidden)")
		}
		for _, edge := range []string{
			"parentEmbeddedDatasources", "upstreamDatasources", "upstreamTables", "upstreamFlows", "nextUpstreamFlows", "tables",
		} {
			todo = append(todo, w.ids(row, edge)...)
		}
		for _, f := range row.Get("fields").Array() {
			for _, c := range f.Get("upstreamColumns.#.table.id").Array() {
				todo = append(todo, c.String())
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (w *walker) ids(row gjson.Result, edge string) []string {
	var out []string
	for _, id := range row.Get(edge + ".#.id").Array() {
		out = append(out, id.String())
	}
	return out
}

func titled(t *testing.T, s gjson.Result, title string) gjson.Result {
	t.Helper()
	var found []gjson.Result
	for _, d := range s.Get("metadata.dashboards").Array() {
		if d.Get("name").String() == title {
			found = append(found, d)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d dashboards are titled %q, want one", len(found), title)
	}
	return found[0]
}

func diff(t *testing.T, what string, got, want any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}
