package dbt

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"darkroom/sources/dbt/dbttest"
	"darkroom/sources/disk"
)

// lay writes files, given by their path below a new folder, and returns the folder.
func lay(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

const smallManifest = `{"nodes": {"model.s.a": {"package_name": "s"}}}`

func TestLoadProject(t *testing.T) {
	root := lay(t, map[string]string{
		"dbt_project.yml":            "name: told_by_yaml\n",
		"target/manifest.json":       string(dbttest.Gzipped([]byte(smallManifest))), // the name says nothing
		"target/catalog.json.gz":     string(dbttest.Gzipped([]byte(dbttest.Catalog))),
		"target/run_results.json":    strings.ReplaceAll(dbttest.RunResults, "WHICH", "build"),
		"target/run_results.json.gz": "older",
		"target/sources.json":        dbttest.Sources[:100],
	})
	old := time.Now().Add(-time.Hour)
	if err := os.Chtimes(filepath.Join(root, "target/run_results.json.gz"), old, old); err != nil {
		t.Fatal(err)
	}
	var warnings []error
	path := filepath.Join(root, "target", "manifest.json")
	p, err := LoadProject(context.Background(), path, Options{Warn: func(err error) { warnings = append(warnings, err) }})
	if err != nil {
		t.Fatal(err)
	}
	dbttest.Same(t, []string{path, root, "told_by_yaml", "build"}, []string{p.File, p.Root, p.Name, p.RunCommand})
	if len(p.Catalog) != 4 || len(p.Runs) != 3 || p.RunAt.IsZero() || p.Freshness != nil {
		t.Errorf("catalog %d, runs %d at %v, freshness %v", len(p.Catalog), len(p.Runs), p.RunAt, p.Freshness)
	}
	if len(warnings) != 1 || !strings.Contains(warnings[0].Error(), "sources.json: results[0]") {
		t.Errorf("warnings %v", warnings)
	}
	if _, err := LoadProject(context.Background(), path, Options{}); err != nil {
		t.Errorf("without hooks: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	_, err = LoadProject(ctx, path, Options{Progress: func(int64, int64) { cancel() }})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled on the way: got %v", err)
	}
}

func TestLoadProjectAlone(t *testing.T) {
	root := lay(t, map[string]string{"m.json": smallManifest})
	p, err := LoadProject(context.Background(), filepath.Join(root, "m.json"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	dbttest.Same(t, []string{"", "s"}, []string{p.Root, p.Name})
	if p.Catalog != nil || p.Runs != nil || p.Freshness != nil {
		t.Error("artifacts out of nowhere")
	}
}

func TestLoadProjectErrors(t *testing.T) {
	root := lay(t, map[string]string{"target/manifest.json": "{"})
	tests := []struct{ path, want string }{
		{"target/nothing.json", "nothing.json: cannot be opened: no such file or directory; run `dbt parse` to write it, or name another manifest"},
		{"target", "target: want a manifest, got a folder; name "},
		{"target/manifest.json", "manifest.json: want the rest of the JSON, got the end of the file at byte 1"},
	}
	for _, tt := range tests {
		p, err := LoadProject(context.Background(), filepath.Join(root, tt.path), Options{})
		if p != nil || err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v", tt.path, err)
		}
	}
}

func TestFindProject(t *testing.T) {
	t.Setenv("DBT_TARGET_PATH", "")
	t.Setenv("SHOP_OUT", "from_env")
	const manifest = "target/manifest.json"
	tests := []struct {
		name   string
		yaml   string
		files  []string
		dir    string
		target string
		models string
		path   string
	}{
		{"plain", "name: shop\n", []string{manifest}, "", "target", "models", manifest},
		{"from below", "name: shop\n", []string{manifest, "models/a/x.sql"}, "models/a", "target", "models", manifest},
		{"gzip", "name: shop\n", []string{manifest + ".gz"}, "", "target", "models", manifest + ".gz"},
		{"target", "name: shop\ntarget-path: out/dbt\nmodel-paths: [\"m1\", 'm2']\n", []string{"out/dbt/manifest.json"}, "", "out/dbt", "m1 m2", "out/dbt/manifest.json"},
		{"old key", "name: 'shop'\nsource-paths: ['src']\n", []string{manifest}, "", "target", "src", manifest},
		{"jinja with default", "name: shop\ntarget-path: \"{{ env_var('SHOP_NONE', 'dflt') }}\"\n", []string{"dflt/manifest.json"}, "", "dflt", "models", "dflt/manifest.json"},
		{"jinja", "name: shop\ntarget-path: \"x/{{ env_var('SHOP_OUT') }}\"\n", []string{"x/from_env/manifest.json"}, "", "x/from_env", "models", "x/from_env/manifest.json"},
		{"jinja that is not known", "name: shop\ntarget-path: \"{{ var('x') }}\"\nvars: {a: \"{% if %}\"}\n", []string{manifest}, "", "target", "models", manifest},
		{"everything around", "\ufeff# a comment\r\n---\r\n\r\n'name': \"shop\" # why\r\nvars:\r\n  name: no\r\n  x: [{a: 'unclosed\r\n\"model-paths\":\r\n- m1\r\n- m2\r\n", []string{manifest}, "", "target", "m1 m2", manifest},
		{"alias", "name: shop\nmodel-paths: &m [m1]\ntarget-path: *m\n", []string{manifest}, "", "target", "m1", manifest},
		{"odd types", "name: [shop]\ntarget-path: null\nmodel-paths: models/x\nname: shop\n", []string{manifest}, "", "target", "models/x", manifest},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			files := map[string]string{"dbt_project.yml": tt.yaml}
			for _, name := range tt.files {
				files[name] = smallManifest
			}
			root := lay(t, files)
			got, err := FindProject(filepath.Join(root, tt.dir))
			if err != nil {
				t.Fatal(err)
			}
			var models []string
			for _, f := range got.Folders {
				if f.Setting == "model-paths" {
					models = append(models, f.Path)
				}
			}
			dbttest.Same(t, strings.Fields(tt.models), models)
			got.Folders = nil
			want := Layout{
				Root: root, Name: "shop", TargetDir: filepath.Join(root, tt.target),
				ManifestPath: filepath.Join(root, tt.path),
			}
			dbttest.Same(t, want, got)
		})
	}
}

func TestFindProjectNewest(t *testing.T) {
	t.Setenv("DBT_TARGET_PATH", "elsewhere")
	root := lay(t, map[string]string{"dbt_project.yml": "name: s", "elsewhere/manifest.json": "{}", "elsewhere/manifest.json.gz": "{}"})
	for _, younger := range []string{"manifest.json", "manifest.json.gz"} {
		for i, name := range []string{"manifest.json", "manifest.json.gz"} {
			at := time.Unix(1700000000+int64(i), 0)
			if name == younger {
				at = at.Add(time.Hour)
			}
			if err := os.Chtimes(filepath.Join(root, "elsewhere", name), at, at); err != nil {
				t.Fatal(err)
			}
		}
		got, err := FindProject(root)
		if err != nil {
			t.Fatal(err)
		}
		dbttest.Same(t, filepath.Join(root, "elsewhere", younger), got.ManifestPath)
	}
}

func TestFindProjectErrors(t *testing.T) {
	t.Setenv("DBT_TARGET_PATH", "")
	root := lay(t, map[string]string{"shop/dbt_project.yml": "name: shop\n", "broken/dbt_project.yml": "name: [\n", "empty/x": "", "bomb/dbt_project.yml": "name: " + strings.Repeat("[", 1<<20)})
	l, err := FindProject(filepath.Join(root, "shop"))
	if err == nil || !strings.Contains(err.Error(), filepath.Join("shop", "target")+": want manifest.json, got none; run `dbt parse` in ") {
		t.Errorf("no manifest: got %v", err)
	}
	dbttest.Same(t, "shop", l.Name)
	var none *disk.Error
	if _, err = FindProject(filepath.Join(root, "empty")); !errors.Is(err, ErrNoProject) || !errors.As(err, &none) || none.File != filepath.Join(root, "empty") || !strings.Contains(err.Error(), "want a dbt_project.yml here or in a parent folder") {
		t.Errorf("no project: got %v", err)
	}
	if _, err = FindProject(filepath.Join(root, "broken")); err == nil || !strings.Contains(err.Error(), "dbt_project.yml: not valid YAML") {
		t.Errorf("broken: got %v", err)
	}
	if _, err = FindProject(filepath.Join(root, "bomb")); err == nil || !strings.Contains(err.Error(), "name is longer than 4096 bytes") {
		t.Errorf("bomb: got %v", err)
	}
}
