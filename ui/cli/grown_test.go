package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"darkroom/sources/disk/disktest"
)

// shape is what a project has more of when it grows.
type shape struct {
	name string
	size int // the number of models that it is tested with
	// parents are the models, by number, that a model reads.
	parents func(i int) []int
	// folder is that of a model's file.
	folder func(i, n int) string
	// apart: each workbook has a site, a project below the one before, an owner and a tag
	// of its own. Otherwise there is one site.
	apart bool
	// alike: all dashboards are in one workbook and have one title.
	alike bool
}

// layered: each model reads four of the ten before.
func layered(i int) (parents []int) {
	for k := 0; k < 4 && i >= 10; k++ {
		parents = append(parents, i/10*10-10+(i+3*k)%10)
	}
	return parents
}

// shapes are the ways in which the projects of the tests grow.
func shapes() []shape {
	return []shape{
		{name: "layered", size: 120, parents: layered, folder: func(int, int) string { return "marts" }},
		{name: "apart", size: 100, apart: true, parents: func(i int) (parents []int) {
			for k := 0; k < 4 && i >= 10; k++ {
				parents = append(parents, (i+3*k)%10)
			}
			return parents
		}, folder: func(i, n int) string {
			if i == n-1 {
				return strings.Repeat("deep/", n/8) + "last"
			}
			return fmt.Sprint("area", i/4)
		}},
		{name: "alike", size: 100, alike: true, parents: func(i int) []int {
			if i == 0 {
				return nil
			}
			return []int{i - 1}
		}, folder: func(int, int) string { return "marts" }},
	}
}

// grown gathers the files of a project.
type grown struct {
	shape
	n                         int
	nodes, sources, exposures object
	runs, freshness           []object
	hand                      map[string]*strings.Builder // by file
	site                      *grownSite
	sites                     []*grownSite
}

// grownSite is a BI site with its lists.
type grownSite struct {
	name                                                        string
	workbooks, dashboards, sheets, tables, datasources, queries []object
	views, projects                                             []object
}

// grownProject is a layered project with n models and n/4 dashboards on the last of them.
// A third of the dashboards read custom SQL, and a fifth have an exposure that was written
// by hand.
func grownProject(t testing.TB, n int) string {
	t.Helper()
	dir := t.TempDir()
	shapes()[0].project(t, dir, n)
	return dir
}

// project writes a project of this shape.
func (s shape) project(t testing.TB, dir string, n int) {
	t.Helper()
	g := &grown{shape: s, n: n, nodes: object{}, sources: object{}, exposures: object{}, hand: map[string]*strings.Builder{}}
	for i := range n {
		g.model(i)
		if i >= n-n/4 {
			g.dashboard(i)
		}
	}
	g.write(t, dir)
}

func modelName(i int) string { return fmt.Sprintf("m%05d", i) }

func modelID(i int) string { return "model.shop." + modelName(i) }

func dashboardLUID(i int) string { return fmt.Sprintf("%08d-0000-4000-8000-000000000000", i) }

// exposure is the name that an export gives the exposure of a dashboard.
func (s shape) exposure(i int) string {
	if s.alike {
		return "overview_" + dashboardLUID(i)[:8]
	}
	return "on_" + modelName(i)
}

// model adds a model with a test, and a source for every tenth.
func (g *grown) model(i int) {
	name, folder := modelName(i), g.folder(i, g.n)
	parents := []string{}
	for _, p := range g.parents(i) {
		parents = append(parents, modelID(p))
	}
	if i%10 == 0 {
		source := "raw_" + name
		id := "source.shop.raw." + source
		parents = append(parents, id)
		g.sources[id] = object{
			"unique_id": id, "resource_type": "source", "name": source, "source_name": "raw", "package_name": "shop", "database": "shop", "schema": "raw", "identifier": source,
			"relation_name": `"shop"."raw"."` + source + `"`, "original_file_path": "models/raw.yml", "fqn": []string{"shop", "raw", source}, "loaded_at_field": "at",
		}
		g.freshness = append(g.freshness, object{"unique_id": id, "status": "pass", "max_loaded_at": "2026-11-20T06:00:00Z", "snapshotted_at": "2026-11-20T07:00:00Z"})
	}
	g.nodes[modelID(i)] = object{
		"unique_id": modelID(i), "resource_type": "model", "name": name, "package_name": "shop", "database": "shop", "schema": "marts", "alias": name,
		"relation_name": `"shop"."marts"."` + name + `"`, "original_file_path": "models/" + folder + "/" + name + ".sql", "fqn": append(append([]string{"shop"}, strings.Split(folder, "/")...), name),
		"depends_on": object{"nodes": parents}, "config": object{"materialized": "table"}, "tags": []string{fmt.Sprint("tag", i/4)},
		"columns": object{"id": object{"name": "id"}, "at": object{"name": "at"}},
	}
	test := "test.shop.not_null_" + name
	g.nodes[test] = object{
		"unique_id": test, "resource_type": "test", "name": "not_null_" + name, "package_name": "shop", "original_file_path": "models/tests.yml", "fqn": []string{"shop", "not_null_" + name},
		"depends_on": object{"nodes": []string{modelID(i)}}, "attached_node": modelID(i), "config": object{"severity": "ERROR"},
	}
	for _, id := range []string{modelID(i), test} {
		g.runs = append(g.runs, object{"unique_id": id, "status": "success", "execution_time": 1, "timing": []object{{"name": "execute", "started_at": "2026-11-20T06:00:00Z", "completed_at": "2026-11-20T06:00:01Z"}}})
	}
}

// dashboard adds one that reads a model, and its sheet, data source and table.
func (g *grown) dashboard(i int) {
	const perBook = 5
	book := fmt.Sprint("w", i/perBook)
	if g.alike {
		book = "w0"
	}
	if g.site == nil || !g.alike && i%perBook == 0 {
		g.workbook(book, i/perBook)
	}
	s, name, title := g.site, modelName(i), "On "+modelName(i)
	luid := dashboardLUID(i)
	if g.alike {
		title = "Overview"
	}
	s.tables = append(s.tables, object{"id": "t" + name, "name": name, "schema": "marts", "fullName": "[marts].[" + name + "]", "connectionType": "postgres", "database": object{"id": "shop", "name": "shop"}})
	if i%3 == 0 {
		s.queries = append(s.queries, object{
			"id": "q" + name, "name": "Custom SQL", "query": "select * from marts." + name + " join marts.m00001 using (id)", "connectionType": "postgres",
			"database": object{"id": "shop", "name": "shop"}, "downstreamDashboards": []object{{"id": "d" + name}},
		})
	}
	s.datasources = append(s.datasources, object{"id": "e" + name, "luid": "e" + luid[1:], "name": "Data " + name, "projectName": "P", "hasExtracts": true, "extractLastRefreshTime": "2026-11-01T06:00:00Z", "upstreamTables": []object{{"id": "t" + name}}})
	s.sheets = append(s.sheets, object{"id": "s" + name, "name": "Sheet", "workbook": object{"id": book}, "upstreamDatasources": []object{{"id": "e" + name}}, "containedInDashboards": []object{{"id": "d" + name}}})
	s.dashboards = append(s.dashboards, object{
		"id": "d" + name, "luid": luid, "name": title, "path": book + "/" + name, "workbook": object{"id": book}, "sheets": []object{{"id": "s" + name}},
		"upstreamTables": []object{{"id": "t" + name}}, "tags": []object{{"name": fmt.Sprint("tag", i/perBook)}},
	})
	s.views = append(s.views, object{"id": luid, "name": title, "contentUrl": book + "/sheets/" + name, "usage": object{"totalViewCount": fmt.Sprint(i)}})
	if i%5 == 1 {
		g.byHand(name, luid, book)
	}
}

// byHand adds an exposure that was written by hand.
func (g *grown) byHand(model, luid, book string) {
	file := fmt.Sprintf("models/hand_%s.yml", g.site.name)
	if g.hand[file] == nil {
		g.hand[file] = &strings.Builder{}
		g.hand[file].WriteString("exposures:\n")
	}
	name, url := "by_hand_"+model, fmt.Sprintf("https://tower.example.com/#/site/%s/views/%s/%s", g.site.name, book, model)
	fmt.Fprintf(g.hand[file], "  - name: %s\n    type: dashboard\n    url: %s\n    meta: {tableau: {luid: %s}}\n    owner: {name: BI}\n    depends_on: [ref('%s')]\n", name, url, luid, model)
	g.exposures["exposure.shop."+name] = object{
		"unique_id": "exposure.shop." + name, "resource_type": "exposure", "name": name, "package_name": "shop", "original_file_path": file, "fqn": []string{"shop", name},
		"type": "dashboard", "url": url, "owner": object{"name": "BI"}, "meta": object{"tableau": object{"luid": luid}}, "depends_on": object{"nodes": []string{"model.shop." + model}},
	}
}

// workbook adds one, with a site and a project of its own where the shape says so.
func (g *grown) workbook(id string, number int) {
	if g.site == nil || g.apart {
		g.site = &grownSite{name: "tower"}
		if len(g.sites) > 0 {
			g.site.name = fmt.Sprint("tower", len(g.sites))
		}
		g.sites = append(g.sites, g.site)
	}
	s, owner, project := g.site, "BI", fmt.Sprint("P", number%7)
	if g.apart {
		owner, project = fmt.Sprint("Owner ", number), fmt.Sprint("P", number)
		for k := range 3 { // below each other
			s.projects = append(s.projects, object{"id": fmt.Sprintf("p%d-%d", number, k), "name": fmt.Sprint("Level ", k), "parentProjectId": fmt.Sprintf("p%d-%d", number, k-1)})
		}
	}
	s.workbooks = append(s.workbooks, object{
		"id": id, "luid": fmt.Sprintf("22223333-0000-4000-8000-%012d", number), "name": "Book " + id, "projectName": project,
		"owner": object{"luid": fmt.Sprintf("33334444-0000-4000-8000-%012d", number), "username": fmt.Sprint("bi", number), "name": owner, "email": fmt.Sprintf("bi%d@example.com", number)},
	})
}

// write writes all files.
func (g *grown) write(t testing.TB, dir string) {
	t.Helper()
	write := func(name string, data []byte) {
		file := filepath.Join(dir, name)
		disktest.Must(t, os.MkdirAll(filepath.Dir(file), 0o755))
		disktest.Must(t, os.WriteFile(file, data, 0o600))
	}
	encode := func(v any) []byte {
		data, err := json.Marshal(v)
		disktest.Must(t, err)
		return data
	}
	about := func(what string) object {
		return object{"dbt_schema_version": "https://schemas.getdbt.com/dbt/" + what + ".json", "dbt_version": "1.10.5", "adapter_type": "postgres", "project_name": "shop", "generated_at": "2026-11-20T07:00:00Z"}
	}
	write("dbt_project.yml", []byte("name: shop\n"))
	for file, text := range g.hand {
		write(file, []byte(text.String()))
	}
	manifest := encode(object{
		"metadata": about("manifest/v12"),
		"nodes":    g.nodes, "sources": g.sources, "exposures": g.exposures, "disabled": object{}, "groups": object{}, "parent_map": object{}, "child_map": object{},
	})
	write("target/manifest.json", manifest)
	write("before/manifest.json", bytes.ReplaceAll(manifest, []byte(`"table"`), []byte(`"view"`)))
	write("target/run_results.json", encode(object{"metadata": about("run-results/v6"), "args": object{"which": "build"}, "results": g.runs}))
	write("target/sources.json", encode(object{"metadata": about("sources/v3"), "results": g.freshness}))
	config := "sites:\n"
	for _, s := range g.sites {
		config += fmt.Sprintf("  - {name: %s, server: https://tower.example.com, site: %[1]s, snapshot: %[1]s.json}\n", s.name)
		write(s.name+".json", encode(object{
			"format": "darkroom-tableau-snapshot/1", "fetched_at": "2026-11-20T07:00:00Z", "server": "https://tower.example.com", "site": object{"contentUrl": s.name, "name": s.name},
			"metadata": object{
				"workbooks": s.workbooks, "dashboards": s.dashboards, "sheets": s.sheets, "publishedDatasources": s.datasources, "databaseTables": s.tables, "customSQLTables": s.queries,
			},
			"rest": object{"projects": s.projects, "views": s.views},
		}))
	}
	write("darkroom.yml", []byte(config))
}
