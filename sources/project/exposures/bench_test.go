package exposures

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"darkroom/model/curate"
	"darkroom/sources/disk/disktest"
	"darkroom/sources/project/export"
	"darkroom/sources/project/workspace"
)

// grown is a project with n dashboards on n/10 models, of which every n-th of share is
// included and exported.
func grown(t testing.TB, n, share int) *workspace.Workspace {
	t.Helper()
	type object map[string]any
	dir, nodes := t.TempDir(), object{}
	var workbooks, dashboards []object
	for i := range max(n/10, 1) {
		name := fmt.Sprintf("m%05d", i)
		nodes["model.shop."+name] = object{
			"unique_id": "model.shop." + name, "resource_type": "model", "name": name, "package_name": "shop", "database": "shop", "schema": "marts", "alias": name,
			"relation_name": `"shop"."marts"."` + name + `"`, "original_file_path": "models/" + name + ".sql", "fqn": []string{"shop", name}, "config": object{"materialized": "table"},
		}
	}
	for i := range n {
		book := fmt.Sprint("w", i/5)
		if i%5 == 0 {
			workbooks = append(workbooks, object{"id": book, "luid": fmt.Sprintf("22223333-0000-4000-8000-%012d", i/5), "name": "Book " + book, "projectName": fmt.Sprint("P", i%7), "owner": object{"name": "BI", "email": "bi@example.com"}})
		}
		table := fmt.Sprintf("m%05d", i/10)
		dashboards = append(dashboards, object{
			"id": fmt.Sprint("d", i), "luid": fmt.Sprintf("%08d-0000-4000-8000-000000000000", i), "name": fmt.Sprint("Board ", i), "workbook": object{"id": book}, "path": fmt.Sprint(book, "/d", i),
			"upstreamTables": []object{{"id": "t" + table, "name": table, "schema": "marts", "fullName": "[marts].[" + table + "]", "connectionType": "postgres", "database": object{"name": "shop"}}},
		})
	}
	write := func(name string, v any) {
		text, err := json.Marshal(v)
		disktest.Must(t, err)
		disktest.Must(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755))
		disktest.Must(t, os.WriteFile(filepath.Join(dir, name), text, 0o600))
	}
	write("target/manifest.json", object{
		"metadata": object{"dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json", "dbt_version": "1.11.2", "project_name": "shop", "adapter_type": "postgres"},
		"nodes":    nodes, "sources": object{}, "exposures": object{}, "disabled": object{},
	})
	write("tableau.json", object{"data": object{"workbooks": workbooks, "dashboards": dashboards}})
	disktest.Must(t, os.WriteFile(filepath.Join(dir, "dbt_project.yml"), []byte("name: shop\nversion: '1.0'\nmodel-paths: [models]\n"), 0o600))
	disktest.Must(t, os.WriteFile(filepath.Join(dir, "darkroom.yml"), []byte("sites:\n  - server: https://tab.example.com\n    site: acme\n    snapshot: tableau.json\n"), 0o600))
	w, err := workspace.Open(t.Context(), workspace.Request{Dir: dir})
	disktest.Must(t, err)
	t.Cleanup(func() { w.Close() })
	var keys []string
	for i, d := range w.Graph.Dashboards() {
		if i%share == 0 {
			keys = append(keys, d.Key)
		}
	}
	if len(keys) == 0 {
		t.Fatal("no dashboard is loaded")
	}
	disktest.Must(t, w.Decide(t.Context(), keys, curate.Included, ""))
	plan, err := export.PlanExport(t.Context(), w, w.Book, export.Options{})
	disktest.Must(t, err)
	disktest.Must(t, export.Write(t.Context(), plan))
	return w
}

// BenchmarkOutlook is one outlook after each decision.
func BenchmarkOutlook(b *testing.B) {
	for _, at := range []struct{ dashboards, share int }{{1000, 1}, {1000, 5}, {20000, 1}, {20000, 10}} {
		b.Run(fmt.Sprintf("%d/%d", at.dashboards, at.share), func(b *testing.B) {
			w := grown(b, at.dashboards, at.share)
			var l Lookout
			all := w.Graph.Dashboards()
			_, err := l.Outlook(b.Context(), w, w.Book)
			disktest.Must(b, err)
			for i := 0; b.Loop(); i++ {
				w.Book.Toggle([]string{all[i%len(all)].Key}, curate.Meta{})
				_, err := l.Outlook(b.Context(), w, w.Book)
				disktest.Must(b, err)
			}
		})
	}
}

// BenchmarkPlan is an export with its diff after each decision, all else being written.
func BenchmarkPlan(b *testing.B) {
	for _, n := range []int{200, 2000, 20000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			w := grown(b, n, 1)
			all := w.Graph.Dashboards()
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				w.Book.Toggle([]string{all[i%len(all)].Key}, curate.Meta{})
				plan, err := export.PlanExport(b.Context(), w, w.Book, export.Options{})
				disktest.Must(b, err)
				var diff strings.Builder
				disktest.Must(b, plan.Files[0].WriteDiff(b.Context(), &diff))
				if diff.Len() == 0 {
					b.Fatal("nothing is to be written")
				}
			}
		})
	}
}
