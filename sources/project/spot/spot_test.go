package spot

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"darkroom/model"
)

func TestSpots(t *testing.T) {
	root, outside := t.TempDir(), t.TempDir()
	for name, text := range map[string]string{
		"models/fct_orders.sql":               "select 1",
		"models/raw.yml":                      "version: 2\nsources:\n  - name: raw\n    tables:\n      - name: items\n      - name: \"orders\" # the orders\n  - name: orders\n",
		"models/exposures/e.yml":              "exposures:\n- name: a\n  type: dashboard\n# hi\n- name: b\n",
		"models/broken.yml":                   "exposures:\n  - name: a\n   - name: b\n",
		"dbt_packages/utils/models/dates.sql": "select 1",
	} {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(outside, filepath.Join(root, "models", "out")); err != nil {
		t.Fatal(err)
	}
	other := t.TempDir()
	if err := os.WriteFile(filepath.Join(other, "x.sql"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	p := &model.Project{Name: "shop", Root: root}
	projects := []*model.Project{p, {Name: "sibling", Root: other}, {Name: "nowhere"}}
	res := func(kind model.Kind, pkg, name, source, file string) func() (Spot, error) {
		return func() (Spot, error) {
			return OfResource(p, projects, &model.Resource{Kind: kind, Common: &model.Common{Package: pkg, SourceName: source}, Name: name, Path: file})
		}
	}
	exposure := func(file, name string) func() (Spot, error) {
		return func() (Spot, error) { return OfExposure(p, file, name) }
	}
	for name, x := range map[string]struct {
		find func() (Spot, error)
		file string
		line int
		err  string
	}{
		"model":               {find: res(model.KindModel, "shop", "fct_orders", "", "models/fct_orders.sql"), file: "models/fct_orders.sql"},
		"source table":        {find: res(model.KindSource, "shop", "orders", "raw", "models/raw.yml"), file: "models/raw.yml", line: 6},
		"source without it":   {find: res(model.KindSource, "shop", "gone", "raw", "models/raw.yml"), file: "models/raw.yml", line: 3},
		"package":             {find: res(model.KindModel, "utils", "dates", "", "models/dates.sql"), file: "dbt_packages/utils/models/dates.sql"},
		"package not here":    {find: res(model.KindModel, "audit", "x", "", "models/x.sql"), err: "dbt_packages/audit/models/x.sql is not there"},
		"open project":        {find: res(model.KindModel, "sibling", "x", "", "x.sql"), file: filepath.Join(other, "x.sql")},
		"no path":             {find: res(model.KindModel, "shop", "x", "", ""), err: "names no file"},
		"leads out":           {find: res(model.KindModel, "shop", "x", "", "../../etc/passwd"), err: "inside the project"},
		"link leads out":      {find: res(model.KindModel, "shop", "x", "", "models/out/x.sql"), err: "leads out"},
		"a folder":            {find: res(model.KindModel, "shop", "x", "", "models/exposures"), err: "is not a file"},
		"exposure":            {find: exposure("models/exposures/e.yml", "b"), file: "models/exposures/e.yml", line: 5},
		"exposure not in it":  {find: exposure("models/exposures/e.yml", "c"), file: "models/exposures/e.yml"},
		"a file with a fault": {find: exposure("models/broken.yml", "b"), file: "models/broken.yml", line: 3},
		"no file":             {find: exposure("models/none.yml", "b"), err: "is not there"},
	} {
		got, err := x.find()
		want := x.file
		if want != "" && !filepath.IsAbs(want) {
			want = filepath.Join(root, filepath.FromSlash(want))
		}
		if want != "" {
			want, _ = filepath.EvalSymlinks(want)
		}
		if (err == nil) != (x.err == "") || err != nil && !strings.Contains(filepath.ToSlash(err.Error()), x.err) || got != (Spot{want, x.line}) {
			t.Errorf("%s: %v, %v; want %s:%d %s", name, got, err, want, x.line, x.err)
		}
	}
	if _, err := OfExposure(projects[2], "x.yml", "x"); err == nil || !strings.Contains(err.Error(), "the folder of nowhere is not known") {
		t.Error(err)
	}
}
