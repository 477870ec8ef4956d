package cli

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"darkroom/sources/disk/disktest"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/records"
)

// changeCase is a change of the project in testdata/impact and the dashboards that depend on
// it. Base are those that --base finds, where they differ: it sees files, not what dbt makes
// of them. examples/impact.sh asks real dbt about each.
type changeCase struct {
	Name       string       `json:"name"`
	Edits      []changeEdit `json:"edits"`
	Dashboards []string     `json:"dashboards"`
	Base       *[]string    `json:"base"`
}

// changeEdit replaces old with new, writes a text, moves the file, or removes it.
type changeEdit struct {
	File string  `json:"file"`
	Old  string  `json:"old"`
	New  string  `json:"new"`
	Text *string `json:"text"`
	To   string  `json:"to"`
	Gone bool    `json:"gone"`
}

func (e changeEdit) apply(t *testing.T, dir string) {
	t.Helper()
	file, to := filepath.Join(dir, e.File), filepath.Join(dir, e.To)
	switch {
	case e.Gone:
		disktest.Must(t, os.Remove(file))
	case e.To != "":
		disktest.Must(t, os.MkdirAll(filepath.Dir(to), 0o755))
		disktest.Must(t, os.Rename(file, to))
	case e.Text != nil:
		disktest.Must(t, os.MkdirAll(filepath.Dir(file), 0o755))
		disktest.Must(t, os.WriteFile(file, []byte(*e.Text), 0o600))
	default:
		text, err := os.ReadFile(file)
		disktest.Must(t, err)
		n := 1
		if e.Old == "\n" {
			n = -1
		}
		if !strings.Contains(string(text), e.Old) {
			t.Fatalf("%s has no %q", e.File, e.Old)
		}
		disktest.Must(t, os.WriteFile(file, []byte(strings.Replace(string(text), e.Old, e.New, n)), 0o600))
	}
}

// changeRecord is what real dbt made of the changes: production's manifest, and for each case
// how that of the change differs and what dbt ls -s state:modified+ lists.
type changeRecord struct {
	Production map[string]any `json:"production"`
	Cases      []struct {
		Name  string         `json:"name"`
		IDs   []string       `json:"ids"`
		Patch map[string]any `json:"patch"`
	} `json:"cases"`
}

func readChanges(t *testing.T) (cases []changeCase, rec changeRecord) {
	t.Helper()
	text, err := os.ReadFile("testdata/impact/cases.json")
	disktest.Must(t, err)
	disktest.Must(t, json.Unmarshal(text, &cases))
	// Where real dbt was just asked, it is that answer.
	f, err := os.Open(cmp.Or(os.Getenv("DARKROOM_DBT_IMPACT"), "testdata/impact/recorded.json.gz"))
	disktest.Must(t, err)
	defer f.Close()
	z, err := gzip.NewReader(f)
	disktest.Must(t, err)
	text, err = io.ReadAll(z)
	disktest.Must(t, err)
	disktest.Must(t, json.Unmarshal(text, &rec))
	if len(cases) < 25 || len(cases) != len(rec.Cases) {
		t.Fatalf("%d changes, %d recorded: run examples/impact.sh with RECORD", len(cases), len(rec.Cases))
	}
	return cases, rec
}

// merged is a document with a JSON merge patch.
func merged(doc, patch any) any {
	p, isMap := patch.(map[string]any)
	if !isMap {
		return patch
	}
	d, _ := doc.(map[string]any)
	out := map[string]any{}
	for key, value := range d {
		out[key] = value
	}
	for key, value := range p {
		if value == nil {
			delete(out, key)
		} else {
			out[key] = merged(out[key], value)
		}
	}
	return out
}

// tillSite has one dashboard on each table.
func tillSite(t *testing.T, file string) {
	t.Helper()
	tables := [][3]string{
		{"Orders", "marts", "fct_orders"},
		{"Revenue", "marts", "rpt_revenue"},
		{"Returns", "marts", "fct_returns"},
		{"Customers 1", "marts", "dim_customers_v1"},
		{"Customers 2", "marts", "dim_customers_v2"},
		{"Old", "marts", "old_report"},
		{"History", "history", "orders_history"},
		{"Countries", "marts", "countries"},
		{"Raw", "raw", "orders"},
		{"Promised", "marts", "promised"},
		{"Calendar", "marts", "lib_dates"},
		{"Staging", "marts", "stg_orders"},
	}
	type object = map[string]any
	var dashboards, sheets, sources []object
	for i, x := range tables {
		sheet, source := fmt.Sprint("sheet-", i), fmt.Sprint("source-", i)
		dashboards = append(dashboards, object{"id": fmt.Sprint("dashboard-", i), "luid": fmt.Sprintf("00000000-0000-0000-0000-%012d", i), "name": x[0], "path": "Till/" + x[2], "sheets": []object{{"id": sheet, "name": sheet}}})
		sheets = append(sheets, object{"id": sheet, "name": sheet, "parentEmbeddedDatasources": []object{{"id": source}}})
		sources = append(sources, object{"id": source, "name": x[0], "parentPublishedDatasources": []object{}, "upstreamTables": []object{{
			"id": "table-" + x[2], "name": x[2], "schema": x[1], "fullName": "[" + x[1] + "].[" + x[2] + "]", "connectionType": "postgres",
			"database": object{"name": "shop", "connectionType": "postgres"},
		}}})
	}
	writeJSON(t, file, object{"data": object{"workbooks": []object{{
		"id": "workbook", "luid": "10000000-0000-0000-0000-000000000000", "name": "Till", "projectName": "Sales", "owner": object{"name": "Ann", "email": "ann@example.com"},
		"dashboards": dashboards, "sheets": sheets, "embeddedDatasources": sources,
	}}}})
}

func writeJSON(t *testing.T, file string, value any) {
	t.Helper()
	text, err := json.Marshal(value)
	disktest.Must(t, err)
	disktest.Must(t, os.MkdirAll(filepath.Dir(file), 0o755))
	disktest.Must(t, os.WriteFile(file, text, 0o600))
}

// gitIn runs git in a folder, with no configuration but its own.
func gitIn(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false", "-c", "core.autocrlf=false"}, args...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_SYSTEM="+os.DevNull)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return string(out)
}

// tillRepo is a repository with the project in its folder dbt, production's artifacts and
// the site beside it.
func tillRepo(t *testing.T, production any) (top, project string) {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("there is no git")
	}
	top = t.TempDir()
	project = filepath.Join(top, "repo", "dbt")
	disktest.Must(t, os.CopyFS(project, os.DirFS("testdata/impact/project")))
	disktest.Must(t, os.WriteFile(filepath.Join(project, ".gitignore"), []byte("target/\n.darkroom/\n"), 0o600))
	writeJSON(t, filepath.Join(top, "production", "manifest.json"), production)
	tillSite(t, filepath.Join(top, "tableau.json"))
	gitIn(t, project, "init", "-q", "-b", "main", "..")
	gitIn(t, project, "add", "-A")
	gitIn(t, project, "commit", "-q", "-m", "the project")
	return top, project
}

// impactOf runs darkroom impact.
func impactOf(t *testing.T, top, project string, args ...string) *records.Impact {
	t.Helper()
	var out, errs bytes.Buffer
	args = append([]string{"impact", "--output", "json", "--tableau", filepath.Join(top, "tableau.json")}, append(args, project)...)
	if code := Main(args, strings.NewReader(""), &out, &errs); code != app.ExitOK {
		t.Fatalf("%v ends with %d\n%s", args, code, errs.String())
	}
	var r records.Impact
	disktest.Must(t, json.Unmarshal(out.Bytes(), &r))
	return &r
}

func titles(r *records.Impact) []string {
	found := []string{}
	for _, d := range r.Dashboards {
		found = append(found, d.Title)
	}
	slices.Sort(found)
	return found
}

// Each kind of change has its dashboards: compared with production's artifacts, and by the
// files that differ in git, committed or not.
func TestImpactOfChanges(t *testing.T) {
	cases, rec := readChanges(t)
	top, project := tillRepo(t, rec.Production)
	for i, c := range cases {
		for _, e := range c.Edits {
			e.apply(t, project)
		}
		if i%2 == 0 && len(c.Edits) > 0 {
			gitIn(t, project, "checkout", "-q", "-b", fmt.Sprint("change-", i))
			gitIn(t, project, "add", "-A")
			gitIn(t, project, "commit", "-q", "-m", c.Name)
		}
		writeJSON(t, filepath.Join(project, "target", "manifest.json"), merged(rec.Production, rec.Cases[i].Patch))
		r := impactOf(t, top, project, "--state", filepath.Join(top, "production"))
		if got := titles(r); !slices.Equal(got, c.Dashboards) {
			t.Errorf("%s, --state: %q, want %q; changed: %+v", c.Name, got, c.Dashboards, r.Changes)
		}
		if rec.Cases[i].Name != c.Name {
			t.Fatalf("recorded %q for %q", rec.Cases[i].Name, c.Name)
		}
		agree(t, c, r, rec.Cases[i].IDs)
		if i == 0 { // the selector means the present manifest, the dashboards are production's
			r = impactOf(t, top, project, "--state", filepath.Join(top, "production"), "--select", "state:modified.body")
			if got := titles(r); !slices.Equal(got, c.Dashboards) {
				t.Errorf("%s, --select: %q, want %q", c.Name, got, c.Dashboards)
			}
		}
		want := c.Dashboards
		if c.Base != nil {
			want = *c.Base
		}
		r = impactOf(t, top, project, "--base", "main", "--manifest", filepath.Join(top, "production", "manifest.json"))
		if got := titles(r); !slices.Equal(got, want) {
			t.Errorf("%s, --base: %q, want %q; changed: %+v", c.Name, got, want, r.Changes)
		}
		gitIn(t, project, "checkout", "-q", "-f", "main")
		gitIn(t, project, "clean", "-q", "-f", "-d", "-x")
	}
}

// What a way of finding out cannot see is said: a seed of which dbt knows the path alone, a
// deleted model that the one manifest at hand does not have, another dbt, no dashboards.
func TestImpactSaysWhatItCannotSee(t *testing.T) {
	_, rec := readChanges(t)
	path := map[string]any{"nodes": map[string]any{"seed.shop.countries": map[string]any{"checksum": map[string]any{"name": "path", "checksum": "seeds/countries.csv"}}}}
	production := merged(rec.Production, path)
	top, project := tillRepo(t, production)
	manifest := filepath.Join(project, "target", "manifest.json")
	says := func(want string, args ...string) {
		t.Helper()
		r := impactOf(t, top, project, args...)
		if all := strings.Join(r.Detection.CannotSee, "\n"); !strings.Contains(all, want) {
			t.Errorf("%v: no %q in\n%s", args, want, all)
		}
	}
	state := filepath.Join(top, "production")
	writeJSON(t, manifest, merged(production, map[string]any{"metadata": map[string]any{"dbt_version": "1.13.0"}}))
	says("compared by their path and not by their rows: countries.", "--state", state)
	says("The manifests are of dbt 1.12.6 and 1.13.0", "--state", state)
	says("macros that dbt calls by itself", "--state", state)
	says("There is one manifest only", "--select", "fct_orders")
	changeEdit{File: "models/marts/old_report.sql", Gone: true}.apply(t, project)
	changeEdit{File: "models/marts/brand_new.sql", Text: new("select 1 as id\n")}.apply(t, project)
	says("The project has changed since its manifest was written", "--state", state)
	// What the manifest lacks may be the change.
	writeJSON(t, manifest, production)
	page := run(t, app.ExitOK, "impact", "--state", state, "--tableau", filepath.Join(top, "tableau.json"), project)
	if !strings.Contains(string(page), "Not known: the project has changed since its manifest was written; run dbt parse.") {
		t.Errorf("%s", page)
	}
	run(t, app.ExitFailure, "impact", "--state", state, "--fail-on", "any", "--tableau", filepath.Join(top, "tableau.json"), project)
	writeJSON(t, manifest, merged(production, map[string]any{"nodes": map[string]any{"model.shop.old_report": nil}}))
	says("Deleted, and not in the manifest at hand, so that what depended on it is not known: models/marts/old_report.sql.", "--base", "main")
	says("Not in the manifest at hand, because they are new or dbt does not read them: models/marts/brand_new.sql.", "--base", "main")
	if got := titles(impactOf(t, top, project, "--base", "main", "--state", state)); !slices.Equal(got, []string{"Old"}) {
		t.Errorf("%q", got)
	}
	gitIn(t, project, "checkout", "-q", "--orphan", "other")
	gitIn(t, project, "commit", "-q", "-m", "no history")
	says("Git knows no commit that main and HEAD share", "--base", "main")
	// That nothing is affected is no answer where there is nothing to look at.
	run(t, app.ExitFailure, "impact", "--state", state, "--fail-on", "any", project)
	if page = run(t, app.ExitFailure, "impact", "--state", state, project); !strings.Contains(string(page), "Not known: no metadata of a BI tool is loaded.") {
		t.Errorf("%s", page)
	}
	run(t, app.ExitUsage, "impact", "--state", state, "--exclude", "fct_orders", project)
	run(t, app.ExitUsage, "impact", "--base", "--all", project)
}

// agree compares with what dbt lists: the same resources, and those on which only what is
// gone was above besides.
func agree(t *testing.T, c changeCase, r *records.Impact, ids []string) {
	t.Helper()
	const compared = " model seed snapshot source function exposure "
	is := func(id string) bool {
		kind, _, _ := strings.Cut(id, ".")
		return strings.Contains(compared, " "+kind+" ")
	}
	ours, gone := map[string]bool{}, false
	for _, x := range r.Changes {
		ours[x.ID] = x.Modified && is(x.ID)
		gone = gone || slices.Contains([]string{"deleted", "disabled", "renamed", "versioned"}, x.What[0]) && is(x.ID)
	}
	for _, id := range r.Downstream {
		ours[id] = true
	}
	for _, x := range r.Exposures {
		ours[x.ID] = true
	}
	for _, id := range ids {
		if is(id) && !ours[id] {
			t.Errorf("%s: dbt lists %s", c.Name, id)
		}
	}
	for id, listed := range ours {
		if listed && !gone && !slices.Contains(ids, id) {
			t.Errorf("%s: dbt does not list %s", c.Name, id)
		}
	}
}
