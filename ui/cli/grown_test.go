package cli

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"darkroom/ui/cli/records"
)

// grownProject is a project with n models in layers of ten, each with four parents, and
// n/4 dashboards on the last of them. A third of the dashboards read custom SQL, and a
// fifth have an exposure that was written by hand.
func grownProject(t testing.TB, n int) string {
	t.Helper()
	type object map[string]any
	dir, nodes := t.TempDir(), object{}
	var workbooks, dashboards, tables []object
	var hand strings.Builder
	hand.WriteString("exposures:\n")
	for i := range n {
		name := fmt.Sprintf("m%05d", i)
		parents := []string{}
		for k := 0; k < 4 && i >= 10; k++ {
			parents = append(parents, fmt.Sprintf("model.shop.m%05d", i/10*10-10+(i+3*k)%10))
		}
		nodes["model.shop."+name] = object{
			"unique_id": "model.shop." + name, "resource_type": "model", "name": name, "package_name": "shop", "database": "shop", "schema": "marts", "alias": name,
			"relation_name": `"shop"."marts"."` + name + `"`, "original_file_path": "models/marts/" + name + ".sql", "fqn": []string{"shop", "marts", name},
			"depends_on": object{"nodes": parents}, "config": object{"materialized": "table"},
		}
		if i < n-n/4 {
			continue
		}
		book := fmt.Sprint("w", i/5)
		if i%5 == 0 || len(workbooks) == 0 {
			workbooks = append(workbooks, object{"id": book, "luid": fmt.Sprintf("22223333-0000-4000-8000-%012d", i/5), "name": "Book " + book, "projectName": fmt.Sprint("P", i%7), "owner": object{"name": "BI", "email": "bi@example.com"}})
		}
		luid := fmt.Sprintf("%08d-0000-4000-8000-000000000000", i)
		d := object{"id": "d" + name, "luid": luid, "name": "On " + name, "workbook": object{"id": book}, "path": book + "/" + name}
		table := object{"id": "t" + name, "name": name, "schema": "marts", "fullName": "[marts].[" + name + "]", "connectionType": "postgres", "database": object{"name": "shop"}}
		d["upstreamTables"] = []object{table}
		if i%3 == 0 {
			tables = append(tables, object{
				"id": "q" + name, "name": "Custom SQL", "query": "select * from marts." + name + " join marts.m00001 using (id)", "connectionType": "postgres",
				"database": object{"name": "shop"}, "downstreamDashboards": []object{{"id": "d" + name}},
			})
		}
		if i%5 == 1 {
			fmt.Fprintf(&hand, "  - name: by_hand_%s\n    type: dashboard\n    url: https://tower.example.com/#/site/acme/views/%s/%s\n    meta: {tableau: {luid: %s}}\n    owner: {name: BI}\n    depends_on: [ref('%s')]\n", name, book, name, luid, name)
		}
		dashboards = append(dashboards, d)
	}
	write := func(name string, data []byte) {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	encode := func(v any) []byte {
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	write("dbt_project.yml", []byte("name: shop\n"))
	write("darkroom.yml", []byte("sites: [{name: tower, server: https://tower.example.com, site: acme, snapshot: tower.json}]\n"))
	write("models/hand.yml", []byte(hand.String()))
	write("target/manifest.json", encode(object{
		"metadata": object{"dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json", "dbt_version": "1.10.5", "adapter_type": "postgres", "project_name": "shop"},
		"nodes":    nodes, "sources": object{}, "exposures": object{}, "disabled": object{}, "groups": object{}, "parent_map": object{}, "child_map": object{},
	}))
	write("tower.json", encode(object{"data": object{"workbooks": workbooks, "dashboards": dashboards, "customSQLTables": tables}}))
	return dir
}

// TestModelsOfASelector: the dashboards below one model are those that the list of all
// models has, where they are counted otherwise.
func TestModelsOfASelector(t *testing.T) {
	t.Parallel()
	dir := grownProject(t, 60)
	list := func(args ...string) (models []records.Model) {
		out := run(t, 0, append(args, dir)...)
		if err := json.Unmarshal(out, &models); err != nil {
			t.Fatal(err)
		}
		return models
	}
	run(t, 0, "decide", "include", "On m00050", "--dir", dir)
	all := list("list", "models", "--output", "json")
	if len(all) != 60 || all[0].Dashboards == 0 || all[0].Included == 0 {
		t.Fatalf("%d models, of the first %+v", len(all), all[0])
	}
	for _, want := range []records.Model{all[0], all[44], all[50], all[59]} {
		if got := list("list", "models", "--output", "json", "--select", want.Name); len(got) != 1 || !reflect.DeepEqual(got[0], want) {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
}
