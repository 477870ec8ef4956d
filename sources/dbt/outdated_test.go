package dbt

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// shopOnDisk is a project with a manifest of noon.
type shopOnDisk struct {
	t    *testing.T
	root string
}

var noon = time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)

func newShop(t *testing.T) shopOnDisk {
	s := shopOnDisk{t, t.TempDir()}
	s.write("dbt_project.yml", "name: shop\n", -1)
	s.write("models/orders.sql", "select 1 as a,\n  2 as b\n", 1)
	s.write("models/off.sql", "{{ config(enabled=false) }} select 1", 1)
	s.write("seeds/codes.csv", "id,v\n1,2\n", 1)
	s.write("seeds/large.csv", "id\n1\n", 1)
	s.write("models/raw.yml", "sources:\n  - name: raw\n    tables: [{name: orders}]\n", 1)
	return s
}

// write writes a file some hours after noon.
func (s shopOnDisk) write(name, text string, hours int) {
	s.t.Helper()
	file := filepath.Join(s.root, filepath.FromSlash(name))
	at := noon.Add(time.Duration(hours) * time.Hour)
	err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644), os.Chtimes(file, at, at))
	if err != nil {
		s.t.Fatal(err)
	}
}

const shopOrders = "select 1 as a, 2 as b" // with single spaces, as dbt 1.12 and v2 hash it

// manifest is what dbt wrote at noon; sum is what it hashed of orders.sql.
func (s shopOnDisk) manifest(sum string) string {
	node := func(id, file, name, sum string) string {
		return fmt.Sprintf(`%q: {"unique_id": %[1]q, "package_name": "shop", "original_file_path": %[2]q, "checksum": {"name": %[3]q, "checksum": %[4]q}}`, id, file, name, sum)
	}
	hash := func(text string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(text))) }
	return `{"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json", "dbt_version": "1.12.6", "project_name": "shop",
		"generated_at": "2026-11-01T12:00:00Z"}, "nodes": {` +
		node("model.shop.orders", "models/orders.sql", "sha256", hash(sum)) + "," +
		node("model.shop.py", "models/py.py", "sha256", hash("def model(a, b): return 1")) + "," +
		node("seed.shop.codes", "seeds/codes.csv", "sha256", hash("id,v\n1,2")) + "," +
		node("seed.shop.large", "seeds/large.csv", "path", "seeds/large.csv") + `},
		"sources": {"source.shop.raw.orders": {"package_name": "shop", "source_name": "raw", "name": "orders", "original_file_path": "models/raw.yml"}},
		"disabled": {"model.shop.off": [` + strings.TrimPrefix(node("model.shop.off", "models/off.sql", "sha256", hash("{{ config(enabled=false) }} select 1")), `"model.shop.off": `) + `]}}`
}

// outdated is what Outdated says of the project with a manifest.
func (s shopOnDisk) outdated(manifest string) string {
	s.t.Helper()
	s.write("target/manifest.json", manifest, 0)
	p, err := LoadProject(s.t.Context(), filepath.Join(s.root, "target", "manifest.json"), Options{})
	if err != nil {
		s.t.Fatal(err)
	}
	err = Outdated(s.t.Context(), p, p.File)
	if err == nil {
		return ""
	}
	if !errors.Is(err, ErrOutdated) {
		s.t.Errorf("%v has another kind", err)
	}
	_, what, _ := strings.Cut(err.Error(), ": older than the project: ")
	what, fix, _ := strings.Cut(what, "; run `dbt parse`")
	if fix == "" {
		s.t.Errorf("%v has no fix", err)
	}
	return what
}

func TestOutdated(t *testing.T) {
	for name, test := range map[string]struct {
		change func(s shopOnDisk)
		want   string
	}{
		"a fresh clone":       {func(shopOnDisk) {}, ""},
		"a new model":         {func(s shopOnDisk) { s.write("models/marts/new.sql", "select 1", -9) }, "models/marts/new.sql is not in it"},
		"a new Python model":  {func(s shopOnDisk) { s.write("models/new.py", "def model(dbt, session): pass", 9) }, "models/new.py is not in it"},
		"a script":            {func(s shopOnDisk) { s.write("models/tool.py", "print(1)", 9) }, ""},
		"an empty file":       {func(s shopOnDisk) { s.write("models/new.sql", "\n", 9) }, ""},
		"a new seed":          {func(s shopOnDisk) { s.write("seeds/new.csv", "a\n1\n", 9) }, "seeds/new.csv is not in it"},
		"a changed model":     {func(s shopOnDisk) { s.write("models/orders.sql", "select 3", 9) }, "models/orders.sql has changed"},
		"changed before noon": {func(s shopOnDisk) { s.write("models/orders.sql", "select 3", -9) }, ""},
		"only spaces":         {func(s shopOnDisk) { s.write("models/orders.sql", "select 1 as a,\r\n\r\n2 as b", 9) }, ""},
		"a changed seed":      {func(s shopOnDisk) { s.write("seeds/codes.csv", "id,v\n1,3\n", 9) }, "seeds/codes.csv has changed"},
		"a seed of Windows":   {func(s shopOnDisk) { s.write("seeds/codes.csv", "id,v\r\n1,2\r\n", 9) }, ""},
		"a seed by its path":  {func(s shopOnDisk) { s.write("seeds/large.csv", "id\n2\n", 9) }, ""},
		"letter case":         {func(s shopOnDisk) { s.write("models/ORDERS.sql", "select 1 as a, 2 as b", 9) }, ""},
		"a new table": {func(s shopOnDisk) {
			s.write("models/raw.yml", "sources:\n  - name: raw\n    tables: [{name: orders}, {name: stock}]\n", 9)
		}, "raw.stock of models/raw.yml is not in it"},
		"an old table": {func(s shopOnDisk) {
			s.write("models/raw.yml", "sources:\n  - name: raw\n    tables: [{name: stock}]\n", -9)
		}, ""},
		"a new file of them": {func(s shopOnDisk) {
			s.write("models/b.yml", "version: 2\nsources:\n- name: b\n  tables:\n  - name: t\n", -9)
		}, "b.t of models/b.yml is not in it"},
		"a package's source": {func(s shopOnDisk) {
			s.write("models/b.yml", "sources: [{name: b, overrides: pkg, tables: [{name: t}]}]", 9)
		}, ""},
		"no table yet": {func(s shopOnDisk) { s.write("models/b.yml", "sources:\n  - name: b\n", 9) }, ""},
		"a name in Jinja": {func(s shopOnDisk) {
			s.write("models/b.yml", "sources:\n  - name: \"{{ var('x') }}\"\n    tables: [{name: t}]\n", 9)
		}, ""},
		"broken YAML": {func(s shopOnDisk) { s.write("models/b.yml", "sources: [{name: b, tables: [{", 9) }, ""},
		"other YAML":  {func(s shopOnDisk) { s.write("models/b.yml", "models: [{name: orders}]\n", 9) }, ""},
		"what dbt ignores": {func(s shopOnDisk) {
			s.write(".dbtignore", "new.*\n", 9)
			s.write("models/new.sql", "select 1", 9)
			s.write("models/b.yml", "sources: [{name: b, tables: [{name: t}]}]", 9)
		}, ""},
		"hidden files, packages, projects inside": {func(s shopOnDisk) {
			for _, name := range []string{".new.sql", ".ipynb_checkpoints/new.sql", "dbt_packages/p/models/new.sql", "other/models/new.sql"} {
				s.write("models/"+name, "select 1", 9)
			}
			s.write("models/other/dbt_project.yml", "name: other\n", 9)
		}, ""},
		"other folders": {func(s shopOnDisk) {
			s.write("dbt_project.yml", "name: shop\nmodel-paths: [models, ../shared]\nseed-paths: [data]\n", 9)
			s.write("data/new.csv", "a\n", 9)
			s.write("macros/m.sql", "{% macro m() %}{% endmacro %}", 9)
		}, "data/new.csv is not in it"},
		"many": {func(s shopOnDisk) {
			for _, name := range []string{"e", "d", "c", "b", "a"} {
				s.write("models/"+name+".sql", "select 1", 9)
			}
			s.write("models/orders.sql", "select 3", 9)
		}, "models/a.sql, models/b.sql, models/c.sql and 2 more are not in it; models/orders.sql has changed"},
		"another project": {func(s shopOnDisk) {
			s.write("dbt_project.yml", "name: store\n", 9)
			s.write("models/new.sql", "select 1", 9)
		}, ""},
		"only target": {func(s shopOnDisk) {
			if err := errors.Join(os.RemoveAll(filepath.Join(s.root, "models")), os.RemoveAll(filepath.Join(s.root, "seeds"))); err != nil {
				s.t.Fatal(err)
			}
		}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			test.change(s)
			if got := s.outdated(s.manifest(shopOrders)); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

// Versions of dbt hash a file in several forms, and on Windows with its line ends.
func TestOutdatedForms(t *testing.T) {
	for _, form := range []string{
		"select 1 as a,\n  2 as b\n", "select 1 as a,\n  2 as b", "select 1 as a,\r\n  2 as b\r\n", "select 1 as a,\r\n  2 as b", shopOrders,
	} {
		s := newShop(t)
		if got := s.outdated(s.manifest(form)); got != "" {
			t.Errorf("with the checksum of %q: %s", form, got)
		}
	}
}

// A manifest that dbt did not write proves nothing.
func TestOutdatedByHand(t *testing.T) {
	s := newShop(t)
	s.write("models/new.sql", "select 1", 9)
	if got := s.outdated(strings.Replace(s.manifest(shopOrders), `"dbt_version": "1.12.6", `, "", 1)); got != "" {
		t.Error(got)
	}
	if got := s.outdated(strings.ReplaceAll(s.manifest(shopOrders), "original_file_path", "x")); got != "" {
		t.Error(got)
	}
}

// The examples are as dbt left them.
func TestOutdatedExamples(t *testing.T) {
	for _, name := range []string{"roastery", "wholesale"} {
		p, err := LoadProject(t.Context(), filepath.Join("..", "..", "examples", name, "target", "manifest.json.gz"), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if c, ok := newComparison(t.Context(), p); !ok || len(c.has().files) < 10 {
			t.Fatal("nothing is compared")
		}
		if err := Outdated(t.Context(), p, p.File); err != nil {
			t.Error(err)
		}
	}
}

// Where no node is a Python model, a file that looks like one proves nothing: dbt reads
// them from 1.3 on, with some adapters.
func TestOutdatedPython(t *testing.T) {
	s := newShop(t)
	s.write("models/new.py", "def model(dbt, session): pass", 9)
	if got := s.outdated(strings.ReplaceAll(s.manifest(shopOrders), "models/py.py", "models/py.sql")); got != "" {
		t.Error(got)
	}
}
