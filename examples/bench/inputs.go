//go:build unix

package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"

	"darkroom/sources/dbt/dbttest"
	"darkroom/sources/tableau/tableautest/bigsite"
)

// shape is how a project's models depend on each other.
type shape struct {
	name string
	// reads are the models, from and up to, among which those are that model i of n reads.
	reads func(i, n int) (from, to int)
}

// shapes: each model reads four others. In a shallow project all of these are sources of
// their own, in a layered one they come shortly before it, so that a way through the
// project is hundreds of models long.
var shapes = []shape{
	{"shallow", func(i, n int) (int, int) {
		if i < n/100 {
			return 0, 0
		}
		return 0, n / 100
	}},
	{deep, func(i, _ int) (int, int) { return max(0, i-200), i }},
}

const deep = "layered"

const parentsOfModel = 4

// makeProject writes a dbt project and the snapshot of a site: its folder, the name of
// its shape, the number of models and that of dashboards.
func makeProject(args []string, _ io.Writer) error {
	counts, err := numbers(args[2] + "," + args[3])
	if err != nil {
		return err
	}
	models, dashboards := counts[0], counts[1]
	at := slices.IndexFunc(shapes, func(s shape) bool { return s.name == args[1] })
	if err := layOut(args[0], "bench"); err != nil {
		return err
	}
	if err := writeManifest(manifestIn(args[0]), shapes[at], models); err != nil {
		return err
	}
	const dashboardsOfWorkbook = 10
	site := bigsite.Snapshot(max(1, dashboards/dashboardsOfWorkbook), dashboardsOfWorkbook, 1, models)
	return os.WriteFile(filepath.Join(args[0], "site.json"), site, 0o600)
}

// makeManifest writes a dbt project whose manifest has about so many megabytes, with the
// shares of real ones: its folder, the number of megabytes.
func makeManifest(args []string, _ io.Writer) error {
	size, err := numbers(args[1])
	if err != nil {
		return err
	}
	if err := layOut(args[0], "shop"); err != nil {
		return err
	}
	const modelsOfMegabyte = 70
	return os.WriteFile(manifestIn(args[0]), dbttest.Generate(7, size[0]*modelsOfMegabyte), 0o600)
}

// layOut makes the folder of a dbt project.
func layOut(dir, name string) error {
	if err := os.MkdirAll(filepath.Join(dir, "target"), 0o700); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "dbt_project.yml"), []byte("name: "+name+"\nversion: '1'\nprofile: "+name+"\n"), 0o600)
}

// removeWritten leaves of a project what makeProject makes.
func removeWritten(dir string) error {
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		if !slices.Contains([]string{"dbt_project.yml", "target", "site.json"}, e.Name()) {
			err = errors.Join(err, os.RemoveAll(filepath.Join(dir, e.Name())))
		}
	}
	return err
}

func manifestIn(dir string) string { return filepath.Join(dir, "target", "manifest.json") }

// writeManifest writes models with the tables of bigsite.Snapshot.
func writeManifest(path string, s shape, models int) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	rnd := rand.New(rand.NewPCG(1, uint64(models)))
	fmt.Fprint(w, `{"metadata":{"dbt_schema_version":"https://schemas.getdbt.com/dbt/manifest/v12.json","dbt_version":"1.12.0",`+
		`"project_name":"bench","adapter_type":"postgres","generated_at":"2026-01-01T00:00:00Z"},"nodes":{`)
	for i := range models {
		if i > 0 {
			w.WriteString(",")
		}
		folder := fmt.Sprintf("area_%02d/team_%02d", i%20, i%60)
		fmt.Fprintf(w, `"model.bench.table_%d":{"unique_id":"model.bench.table_%[1]d","name":"table_%[1]d","resource_type":"model","package_name":"bench","path":"%[2]s/table_%[1]d.sql",`+
			`"original_file_path":"models/%[2]s/table_%[1]d.sql","database":"warehouse","schema":"marts","alias":"table_%[1]d","relation_name":"\"warehouse\".\"marts\".\"table_%[1]d\"",`+
			`"fqn":["bench","table_%[1]d"],"config":{"materialized":"table","enabled":true},"tags":[],"depends_on":{"macros":[],"nodes":[`, i, folder)
		from, to := s.reads(i, models)
		for k := range min(parentsOfModel, to-from) {
			if k > 0 {
				w.WriteString(",")
			}
			fmt.Fprintf(w, `"model.bench.table_%d"`, from+rnd.IntN(to-from))
		}
		w.WriteString(`]}}`)
	}
	fmt.Fprint(w, `},"sources":{},"exposures":{},"metrics":{},"macros":{},"disabled":{},"parent_map":{},"child_map":{}}`)
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}
