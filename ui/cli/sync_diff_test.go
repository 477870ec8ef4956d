package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"darkroom/model/sitediff"
	"darkroom/sources/tableau/tableautest"
	"darkroom/ui/cli/demo"
	"darkroom/ui/cli/syncprint"
)

// object is an object of a snapshot's JSON.
type object = map[string]any

// someWeeksOn is the example's site after some weeks of ordinary work.
func someWeeksOn(t *testing.T) []byte {
	t.Helper()
	var site object
	if err := json.Unmarshal(plain(exampleSite(t, "cloud")), &site); err != nil {
		t.Fatal(err)
	}
	rest, metadata := site["rest"].(object), site["metadata"].(object)
	find := func(part object, list, name string) object {
		for _, o := range part[list].([]any) {
			if o := o.(object); o["name"] == name {
				return o
			}
		}
		t.Fatalf("no %s in %s", name, list)
		return nil
	}
	remove := func(list, name string) {
		id := find(metadata, list, name)["id"]
		demo.WithoutObject(metadata, id)
		for _, source := range metadata["embeddedDatasources"].([]any) {
			for _, field := range source.(object)["fields"].([]any) {
				if remote, ok := field.(object)["remoteField"].(object); ok && remote["datasource"].(object)["id"] == id {
					field.(object)["remoteField"] = nil
				}
			}
		}
	}
	bi := find(metadata, "publishedDatasources", "Governed Orders")["owner"]
	for _, w := range metadata["workbooks"].([]any) {
		if w := w.(object); w["owner"].(object)["name"] == "Sales Analytics" {
			w["owner"] = bi
		}
	}
	sales := find(metadata, "workbooks", "Sales Overview")
	sales["description"], sales["tags"] = "New.\x1b[31m", []any{object{"name": "bo\rard"}}
	find(rest, "projects", "Marketing")["name"] = "Growth"
	find(rest, "projects", "Wholesale")["owner"] = find(rest, "projects", "Sandbox")["owner"]
	query := find(metadata, "customSQLTables", "Custom SQL Query")
	query["query"] = strings.Replace(query["query"].(string), "dim_customers_v2", "dim_customers_v3", 1)
	stores := find(metadata, "databaseTables", "dim_stores")
	stores["name"], stores["fullName"] = "dim_shops", "[analytics_core].[dim_shops]"
	find(metadata, "publishedDatasources", "Orders")["isCertified"] = false
	find(metadata, "publishedDatasources", "Batches")["hasExtracts"] = true
	find(metadata, "publishedDatasources", "Web Sessions")["extractLastRefreshTime"] = "2026-12-01T00:00:00Z"
	remove("publishedDatasources", "Shipments")
	monday := find(rest, "collections", "Monday Numbers")
	monday["items"] = monday["items"].([]any)[1:]
	remove("dashboards", "Slow Movers")
	hidden := find(metadata, "dashboards", "Order Value Bands")
	hidden["luid"], hidden["path"] = "", ""
	find(metadata, "dashboards", "Weekday Pattern")["name"] = "Weekdays"
	find(metadata, "dashboards", "Product Mix")["luid"] = "ffffffff-0000-4000-8000-000000000000"
	for name, views := range map[string]string{"New and Returning": "9000000", "Revenue by Country": "1"} {
		find(rest, "views", name)["usage"] = object{"totalViewCount": views}
	}
	site["fetched_at"] = "2026-12-01T06:00:00Z"
	text, err := json.Marshal(site)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// diffFiles is sync --diff of two snapshots.
func diffFiles(t *testing.T, old, now []byte) string {
	t.Helper()
	dir := t.TempDir()
	files := []string{filepath.Join(dir, "old.json"), filepath.Join(dir, "new.json")}
	for i, data := range [][]byte{old, now} {
		if err := os.WriteFile(files[i], data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out, _ := runSync(t, 0, append([]string{"--diff"}, files...)...)
	return out
}

// It has to read well without having seen darkroom before.
func TestDiffReadsWell(t *testing.T) {
	t.Setenv("LC_ALL", "C.UTF-8")
	out := diffFiles(t, plain(exampleSite(t, "cloud")), someWeeksOn(t))
	golden.RequireEqual(t, out)
	t.Setenv("LC_ALL", "C")
	wantParts(t, diffFiles(t, plain(exampleSite(t, "cloud")), someWeeksOn(t)), "owner Sales Analytics -> BI Team")
	same := diffFiles(t, plain(exampleSite(t, "cloud")), plain(exampleSite(t, "cloud")))
	if same != "  Roastery since 2026-11-02 06:00:00 UTC: nothing changed that darkroom shows\n" {
		t.Errorf("%q", same)
	}
}

// A comparison with a server reads as one of two files.
func TestDiffOfASite(t *testing.T) {
	t.Setenv("LC_ALL", "C.UTF-8")
	s := listen(t, tableautest.Options{Snapshots: [][]byte{someWeeksOn(t)}, RESTVersion: "3.28"})
	dir := syncProject(t, "cloud "+s.url+" "+cloudURL)
	file := filepath.Join(dir, ".darkroom", "snapshots", "cloud.json.gz")
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	old := plain(exampleSite(t, "cloud"))
	if err := os.WriteFile(file, old, 0o600); err != nil {
		t.Fatal(err)
	}
	out, _ := runSync(t, 0, "--diff", dir)
	wantParts(t, out, "~ 8 workbooks: Basket Analysis", "owner Sales Analytics → BI Team", "no longer certified", "- published data source Shipments")
	if now, err := os.ReadFile(file); err != nil || !bytes.Equal(now, old) {
		t.Error("--diff wrote")
	}
	out, _ = runSync(t, 0, dir)
	wantParts(t, out, " changed")
}

// A site where everything has changed does not fill the terminal.
func TestDiffIsBounded(t *testing.T) {
	d := sitediff.Diff{}
	for i := range 5000 {
		x := sitediff.Dashboard{Name: fmt.Sprint("Name ", i), Place: fmt.Sprint("Place ", i)}
		d.New, d.Gone = append(d.New, x), append(d.Gone, x)
		change := sitediff.Change{Old: x, New: sitediff.Dashboard{Name: "N", Place: "P"}}
		d.Renamed, d.Moved = append(d.Renamed, change), append(d.Moved, change)
		thing := sitediff.Thing{Kind: "dashboard", Name: x.Name, Place: x.Place}
		d.Appeared, d.Vanished = append(d.Appeared, thing), append(d.Vanished, thing)
		d.NewTables, d.GoneTables = append(d.NewTables, x.Name), append(d.GoneTables, x.Name)
		d.Altered = append(d.Altered, sitediff.Altered{Things: []sitediff.Thing{thing, thing}, What: []string{x.Name}})
		d.NewlyIncomplete = append(d.NewlyIncomplete, x.Name)
	}
	d.Altered[0].What = d.NewTables
	var b bytes.Buffer
	syncprint.Changes(&b, "prod", d)
	if n := strings.Count(b.String(), "\n"); n > 600 {
		t.Errorf("%d lines", n)
	}
	wantParts(t, b.String(), "  and 4960 more dashboards\n", "  and 4960 more tables\n", "  and 4960 more dashboards renamed\n", "  and 4960 more moves\n", "    and 4960 more\n")
}
