package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"darkroom/ui/cli/app"
)

// TestNameWithSpaces: a hand-written exposure whose name Fusion refuses is found by its
// address and not written a second time; it can be adopted, and renamed then.
func TestNameWithSpaces(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/reports/fusion-name-space")); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	const name = "Orders by the Week"
	refused := "note: " + name + " is not a name for dbt: Core warns, and v2 (Fusion) refuses a space; darkroom rename '" + name + "' orders_by_the_week\n"
	for _, step := range []struct {
		args  []string
		code  int
		says  string
		names string // of the exposures in the file afterwards
	}{
		{[]string{"export", "--all"}, app.ExitOK, "already declared as " + name + " in models/exposures.yml; run darkroom adopt '" + name + "'", name},
		{[]string{"rename", name, "orders_by_the_week"}, app.ExitFailure, "rename it there, or run darkroom adopt '" + name + "'", name},
		{[]string{"adopt"}, app.ExitOK, refused, name},
		{[]string{"adopt", name}, app.ExitOK, refused, name},
		{[]string{"export", "--check"}, app.ExitOK, refused, name},
		{[]string{"export"}, app.ExitOK, "nothing changed, 1 exposure", name},
		{[]string{"rename", name, "orders_by_the_week"}, app.ExitOK, name + " is now orders_by_the_week", "orders_by_the_week"},
		{[]string{"export", "--check"}, app.ExitOK, "no drift: 2 yours\n", "orders_by_the_week"},
	} {
		var out bytes.Buffer
		if code := Main(step.args, strings.NewReader(""), &out, &out); code != step.code || !strings.Contains(out.String(), step.says) {
			t.Fatalf("%v ends with %d:\n%s", step.args, code, out.String())
		}
		file, err := os.ReadFile("models/exposures.yml")
		if err != nil || strings.Count(string(file), "- name:") != 1 || !strings.Contains(string(file), "- name: "+step.names+"\n") {
			t.Fatalf("after %v: %v\n%s", step.args, err, file)
		}
		if fileExists("models/exposures/tableau.yml") {
			t.Fatalf("%v writes it a second time", step.args)
		}
	}
}

// TestDisabledByHand: an exposure of ours that is disabled in its file stays, and is listed
// once, before and after dbt has parsed it.
func TestDisabledByHand(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/reports/user-disabled-ours")); err != nil {
		t.Fatal(err)
	}
	run := func(args ...string) string {
		t.Helper()
		var out bytes.Buffer
		if code := Main(append(args, dir), strings.NewReader(""), &out, &out); code != app.ExitOK {
			t.Fatalf("%v ends with %d:\n%s", args, code, out.String())
		}
		return out.String()
	}
	edit := func(name, before, after string) {
		t.Helper()
		file := filepath.Join(dir, filepath.FromSlash(name))
		text, err := os.ReadFile(file)
		if err != nil || strings.Count(string(text), before) != 1 {
			t.Fatalf("%v: %q is not there once:\n%s", err, before, text)
		}
		if err := os.WriteFile(file, []byte(strings.Replace(string(text), before, after, 1)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	run("export", "--all")
	edit("models/exposures/tableau.yml", "    config:\n", "    config:\n      enabled: false\n")
	for _, parsed := range []bool{false, true} {
		if parsed {
			edit("target/manifest.json", `"disabled": {}`, `"disabled": {"exposure.shop.overview": [{"unique_id": "exposure.shop.overview", "resource_type": "exposure", "name": "overview",
				"package_name": "shop", "original_file_path": "models/exposures/tableau.yml", "type": "dashboard", "config": {"enabled": false}, "depends_on": {"nodes": []}}]}`)
		}
		if got := run("list", "exposures", "--output", "csv"); strings.Count(got, "\noverview,") != 1 || !strings.Contains(got, ",disabled,") {
			t.Errorf("parsed %v: %s", parsed, got)
		}
		if got := run("export"); !strings.Contains(got, "nothing changed, 1 exposure") {
			t.Errorf("parsed %v: %s", parsed, got)
		}
		if got := run("export", "--check"); got != "no drift\n" {
			t.Errorf("parsed %v: %s", parsed, got)
		}
	}
}

// TestServerWithPath: a path in the address of a server may be the site; it is refused with
// what to write, in darkroom.yml and by init, and never left out without a word.
func TestServerWithPath(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("dbt_project.yml", "name: shop\n")
	for _, c := range []struct{ key, address, fix string }{
		{"server", "https://bi.example.com/POCtableau", "write server: https://bi.example.com, and site: POCtableau if that is the site"},
		{"server", "https://bi.example.com/t/acme/views/A/B", "write server: https://bi.example.com, and site: acme if that is the site"},
		{"server", "https://bi.example.com/views/A/B", "write server: https://bi.example.com\n"},
		{"public_url", "https://bi.example.com/POCtableau", "write public_url: https://bi.example.com, and site: POCtableau if that is the site"},
	} {
		site := "sites:\n  - snapshot: a.json\n    " + c.key + ": " + c.address + "\n"
		write("darkroom.yml", site)
		var out bytes.Buffer
		if code := Main([]string{"sync", dir}, strings.NewReader(""), &out, &out); code != app.ExitUsage || !strings.Contains(out.String(), c.fix) || !strings.Contains(out.String(), "darkroom.yml:3") {
			t.Errorf("%s ends with %d: %s", c.address, code, out.String())
		}
	}
	write("darkroom.yml", "sites: []\n")
	var out bytes.Buffer
	code := Main([]string{"init", "--url", "http://bi.example.com/POCtableau", dir}, strings.NewReader(""), &out, &out)
	if code != app.ExitUsage || !strings.Contains(out.String(), "if the site is POCtableau, write http://bi.example.com/#/site/POCtableau") {
		t.Errorf("init ends with %d: %s", code, out.String())
	}
}
