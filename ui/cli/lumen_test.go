package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"darkroom/model/exposure/merge"
	"darkroom/sources/project/tools"
	"darkroom/ui/cli/app"
	"darkroom/ui/text"
)

// lumenRun is one command of a darkroom that reads Lumen as well.
func lumenRun(t *testing.T, want int, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	a := &app.App{In: strings.NewReader(""), Out: &out, Err: &errs, Tools: append(tools.All(), lumenReader())}
	if code := runApp(a, args); code != want {
		t.Fatalf("%v ends with %d, want %d\n%s", args, code, want, errs.String())
	}
	return out.String() + errs.String()
}

// lumenProject is a dbt project with a scan file and a saved answer of Tableau, and
// this darkroom.yml.
func lumenProject(t *testing.T, yml string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata", "lumen"))); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{"scan.json": lumenScan, "darkroom.yml": []byte(yml)} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const (
	oneFile   = "export: {file: models/exposures/bi.yml}\n"
	lumenSite = "sites: [{name: lumen.example.com, snapshot: scan.json}]\n"
	bothSites = "sites: [{name: lumen.example.com, snapshot: scan.json}, {name: tower, snapshot: tower.json}]\n"
)

// toolReports are all that the commands say, by command.
func toolReports(t *testing.T, dir string, titles ...string) map[string]string {
	t.Helper()
	// First, so that the others know it: exporting decides.
	out := map[string]string{"export": lumenRun(t, app.ExitOK, "export", "--all", "--stdout", dir)}
	out["tree"] = lumenRun(t, app.ExitOK, dir)
	for _, format := range []string{"table", "json", "markdown"} {
		out["gaps "+format] = lumenRun(t, app.ExitOK, "gaps", "-o", format, dir)
	}
	for _, kind := range []string{"models", "dashboards", "exposures", "gaps", "inbox", "rules"} {
		for _, format := range []string{"table", "json"} {
			out["list "+kind+" "+format] = lumenRun(t, app.ExitOK, "list", kind, "-o", format, dir)
		}
	}
	for _, title := range titles {
		out["explain "+title] = lumenRun(t, app.ExitOK, "explain", title, dir) + lumenRun(t, app.ExitOK, "explain", title, dir, "-o", "json")
	}
	return out
}

// A map rewrites the tables of every tool, whichever tool's key it has.
func TestMapsAreForEveryTool(t *testing.T) {
	const other = `"database": "other"`
	dir := lumenProject(t, bothSites+"maps: [{tableau: other, dbt: shop}]\n")
	scan := strings.Replace(string(lumenScan), `"database": "shop", "schema": "marts"`, other+`, "schema": "marts"`, 1)
	tower, err := os.ReadFile(filepath.Join(dir, "tower.json"))
	if err != nil || !strings.Contains(scan, other) {
		t.Fatal(err, scan)
	}
	for name, text := range map[string]string{"scan.json": scan, "tower.json": strings.ReplaceAll(string(tower), `{"name": "shop"}`, `{"name": "other"}`)} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for title, node := range map[string]string{"Order Overview": "model.shop.fct", "On Dim": "model.shop.dim"} {
		contains(t, title, lumenRun(t, app.ExitOK, "explain", title, dir), "With your map other → shop this is "+node)
	}
}

// A tool with other words and without workbooks is read through the list of tools and
// shown in its own words.
func TestAnotherTool(t *testing.T) {
	dir := lumenProject(t, lumenSite+oneFile)
	lumenRun(t, app.ExitOK, "export", "--all", dir)
	text, err := os.ReadFile(filepath.Join(dir, "models", "exposures", "bi.yml"))
	if err != nil {
		t.Fatal(err)
	}
	out := toolReports(t, dir, "Order Overview", "Unknown Numbers", "Nothing Behind")
	out["the file"] = string(text)
	other := regexp.MustCompile(`(?i).*(tableau|workbook).*`)
	for name, text := range out {
		if line := other.FindString(text); line != "" {
			t.Errorf("%s says %q", name, line)
		}
	}
	for name, want := range map[string][]string{
		"list dashboards table":   {"TITLE SPACE SITE", "Order Overview Sales lumen.example.com"},
		"list exposures table":    {"Lumen"},
		"list exposures json":     {`"integration": "Lumen"`},
		"gaps table":              {"Lumen reports no table behind it."},
		"explain Order Overview":  {"A dashboard in Sales, site lumen.example.com.", "https://lumen.example.com/d/0a1b", `"reported": {`},
		"explain Nothing Behind":  {"Lumen names no data source and no table behind this dashboard"},
		"explain Unknown Numbers": {"Lumen"},
		"list inbox table":        {"SPACE"},
		"tree":                    {"Order Overview"},
		"the file": {
			"# Written by darkroom from Lumen.", "meta.lumen", "lumen:\n", `"lumen:daily"`, `url: "https://lumen.example.com/d/0a1b"`,
			`luid: "0a1b"`, "managed_by: darkroom", `email: "bi@example.com"`, "All orders.", "Lumen: Sales", "ref('fct')",
		},
	} {
		contains(t, name, out[name], want...)
	}

	// What was written is read back correctly: nothing changes at the next export.
	d, err := merge.ReadDisk(t.Context(), []merge.File{{Name: "models/exposures/bi.yml", Text: text}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if name := d.Known().Names["0a1b"]; name != "order_overview" {
		t.Errorf("read back as %q", name)
	}
	contains(t, "check", lumenRun(t, app.ExitOK, "export", "--check", dir), "no drift")
}

// Two tools at once: each keeps its words, and what is about both names both.
func TestTwoTools(t *testing.T) {
	dir := lumenProject(t, bothSites+oneFile)
	out := toolReports(t, dir)
	contains(t, "list dashboards", out["list dashboards table"], "TITLE WORKBOOK CONTAINER SITE", "On Dim Book P tower")
	contains(t, "export", out["export"], "Written by darkroom from Lumen and Tableau.", "tableau:\n", "lumen:\n", "Tableau: P / Book", "Lumen: Sales")
	lumenRun(t, app.ExitOK, "export", "--all", dir)
	contains(t, "list exposures", lumenRun(t, app.ExitOK, "list", "exposures", "-o", "json", dir), `"integration": "Lumen"`, `"integration": "Tableau"`)
}

// A value with two sides is the file's and the tool's, by its name.
func TestConflictNamesTheTool(t *testing.T) {
	dir := lumenProject(t, bothSites+oneFile)
	lumenRun(t, app.ExitOK, "export", "--all", dir)
	edit := func(name string, words ...string) {
		t.Helper()
		file := filepath.Join(dir, filepath.FromSlash(name))
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(strings.NewReplacer(words...).Replace(string(data))), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	edit("models/exposures/bi.yml", `"Order Overview"`, `"Our Orders"`, `"On Dim"`, `"Our Dim"`)
	for _, c := range [][2]string{{`Our Orders`, "Lumen"}, {"Our Dim", "Tableau"}} {
		contains(t, "yours", lumenRun(t, app.ExitOK, "export", "--check", dir), "the file says \""+c[0]+"\", "+c[1]+" \"O")
	}
	edit("scan.json", "Order Overview", "Orders 2")
	edit("tower.json", `"On Dim"`, `"Dim 2"`)
	contains(t, "check", lumenRun(t, app.ExitFindings, "export", "--check", dir), `the file says "Our Orders", Lumen "Orders 2"`, `the file says "Our Dim", Tableau "Dim 2"`)
	contains(t, "export", lumenRun(t, app.ExitOK, "export", dir), `the file says "Our Orders", Lumen "Orders 2"`, `the file says "Our Dim", Tableau "Dim 2"`)
}

// Files of the command line go to the reader that recognizes them; a file that no
// reader knows is refused as before.
func TestToolOfAFile(t *testing.T) {
	dir := lumenProject(t, "")
	scan, tower := filepath.Join(dir, "scan.json"), filepath.Join(dir, "tower.json")
	contains(t, "one", lumenRun(t, app.ExitOK, "list", "dashboards", "--tableau", scan, dir), "TITLE SPACE SITE", "Order Overview")
	contains(t, "both", lumenRun(t, app.ExitOK, "list", "dashboards", "--tableau", tower, "--tableau", scan, dir), "Order Overview", "On Dim")
	none := run(t, app.ExitFailure, "list", "dashboards", "--tableau", scan, dir)
	if len(none) > 0 {
		t.Errorf("without its reader: %s", none)
	}
}

// A dashboard that lies in no workbook has a place in every layout, and is exported by
// itself when others are exported by workbook.
func TestToolWithoutWorkbooksInLayouts(t *testing.T) {
	for name, test := range map[string]struct {
		export string
		files  []string
	}{
		"layout":  {"export: {file: 'models/{site}/{workbook}.yml'}\n", []string{"models/lumen_example_com/sales.yml", "models/tower/book.yml"}},
		"project": {"export: {layout: project}\n", []string{"models/exposures/tableau/lumen_example_com/sales.yml"}},
		"level":   {"export: {file: models/bi.yml, level: workbook}\n", []string{"models/bi.yml"}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := lumenProject(t, bothSites+test.export)
			lumenRun(t, app.ExitOK, "export", "--all", dir)
			var text string
			for _, file := range test.files {
				data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(file)))
				if err != nil {
					t.Error(err)
				}
				text += string(data)
			}
			contains(t, name, text, "name: order_overview", `luid: "0a1b"`)
			if name == "level" {
				contains(t, name, text, "name: book")
				if strings.Contains(text, "name: on_dim") {
					t.Errorf("a dashboard of the workbook is there as well:\n%s", text)
				}
			}
			contains(t, "check", lumenRun(t, app.ExitOK, "export", "--check", dir), "no drift")
		})
	}
}

// A site has the keys of its tool alone.
func TestSiteKeysOfATool(t *testing.T) {
	dir := lumenProject(t, "sites: [{name: l, snapshot: scan.json, download: true}]\n")
	contains(t, "download", lumenRun(t, app.ExitUsage, "list", "dashboards", dir), "site l: sites of Lumen have no download:", "take download out")
	dir = lumenProject(t, "sites: [{name: l, snapshot: scan.json, public_url: 'https://bi.example.com'}]\n")
	contains(t, "public_url", lumenRun(t, app.ExitOK, "explain", "Order Overview", dir), "https://bi.example.com/d/0a1b")
}

// contains looks for texts however they are wrapped.
func contains(t *testing.T, what, report string, wants ...string) {
	t.Helper()
	flat := strings.Join(strings.Fields(strings.ReplaceAll(report, "\\", "")), " ")
	for _, want := range wants {
		if want = strings.Join(strings.Fields(text.Clean(want)), " "); !strings.Contains(flat, want) {
			t.Errorf("%s does not say %q:\n%s", what, want, report)
		}
	}
}
