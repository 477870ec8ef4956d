package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"darkroom/sources/tableau/tableautest"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/records"
)

// refreshProject is the example with its cloud site on a server, at an hour after its last
// run.
func refreshProject(t *testing.T, opt tableautest.Options) (root string, s *listener) {
	t.Helper()
	opt.Snapshots, opt.Now = [][]byte{exampleSite(t, "cloud")}, refreshTime
	s = listen(t, opt)
	root = t.TempDir()
	if err := layOutExample("roastery", root); err != nil {
		t.Fatal(err)
	}
	yml := "sites:\n  - {name: cloud, server: " + s.url + ", site: roastery, snapshot: tableau/cloud.json.gz, public_url: \"https://10ax.roastery-cloud.example\"}\n"
	if err := os.WriteFile(filepath.Join(root, "darkroom.yml"), []byte(yml), 0o644); err != nil {
		t.Fatal(err)
	}
	syncProject(t) // the environment's secrets
	trustConfig(t, root)
	t.Setenv("DBT_ACTIVE_EXPOSURES", "")
	t.Setenv("DBT_ACTIVE_EXPOSURES_BUILD_AFTER", "")
	return root, s
}

func refreshTime() time.Time { return time.Date(2026, 11, 23, 20, 0, 0, 0, time.UTC) }

func runRefresh(t *testing.T, want int, args ...string) (out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	a := &app.App{In: strings.NewReader(""), Out: &o, Err: &e, Now: refreshTime}
	if code := execute(t.Context(), a, append([]string{"refresh"}, args...)); code != want {
		t.Fatalf("refresh %v ends with %d, want %d\n%s%s", args, code, want, o.String(), e.String())
	}
	return o.String(), e.String()
}

// A dry run says what is due and why, starts nothing, and writes nothing.
func TestRefreshDryRun(t *testing.T) {
	root, s := refreshProject(t, tableautest.Options{})
	before := filesIn(t, root)
	out, _ := runRefresh(t, 0, root, "--dry-run")
	wantParts(t, out, "20 due, 3 not due, 25 skipped, 2 off; nothing was started", "due       data source Orders in Sales",
		"fct_orders was built on 2026-11-23 18:41 UTC", "13 dashboards, 188381 views", "24 without an extract")
	if first, second := strings.Index(out, "data source Orders in Sales"), strings.Index(out, "workbook Basket Analysis"); first > second {
		t.Error("not by staleness and views:\n" + out)
	}
	if len(s.Refreshed()) > 0 || filesIn(t, root) != before {
		t.Error("something was started or written")
	}
	out, _ = runRefresh(t, 0, root, "--dry-run", "--output", "markdown", "--select", "fct_sessions+")
	wantParts(t, out, "| what | extract | why |", "| due | data source Web Sessions in Web Shop |")

	out, _ = runRefresh(t, 0, root, "--dry-run", "--output", "json")
	var report records.Refresh
	if err := json.Unmarshal([]byte(out), &report); err != nil || report.Counts["due"] != 20 || report.Extracts[0].Plan != "due" || report.Extracts[0].Built == "" {
		t.Errorf("%v: %+v", err, report.Counts)
	}
}

// What is due is started once, however often the command runs.
func TestRefreshOnce(t *testing.T) {
	root, s := refreshProject(t, tableautest.Options{})
	out, errs := runRefresh(t, 0, root, "--select", "fct_sessions+")
	wantParts(t, out, "started   data source Web Sessions in Web Shop", "job ")
	wantParts(t, errs, "Web Sessions: started, job")
	n := len(s.Refreshed())
	out, _ = runRefresh(t, 0, root, "--select", "fct_sessions+", "--output", "markdown")
	wantParts(t, out, "started | data source Web Sessions")
	if n == 0 || len(s.Refreshed()) != n {
		t.Errorf("%d refreshes, then %d", n, len(s.Refreshed()))
	}
	if files := everyFile(t, filepath.Join(root, ".darkroom", "refreshes")); !strings.Contains(files, `"name": "Web Sessions"`) {
		t.Error(files)
	}
	if ignored, err := os.ReadFile(filepath.Join(root, ".darkroom", "refreshes", ".gitignore")); err != nil || !strings.HasSuffix(string(ignored), "\n*\n") {
		t.Errorf("%v: %q", err, ignored)
	}
}

// The exit code says how it went.
func TestRefreshEndings(t *testing.T) {
	root, s := refreshProject(t, tableautest.Options{Switches: tableautest.Switches{RefreshLimit: 1}})
	choose := []string{root, "--select", "fct_sessions+", "--select", "fct_orders+"}
	run := func(want int, more ...string) string {
		t.Helper()
		out, errs := runRefresh(t, want, append(choose[:len(choose):len(choose)], more...)...)
		return out + errs
	}
	t.Setenv("DBT_ACTIVE_EXPOSURES", "0")
	wantParts(t, run(0), "off", "DBT_ACTIVE_EXPOSURES switches refreshes off")
	if len(s.Refreshed()) > 0 {
		t.Error("switched off, and something was started")
	}
	t.Setenv("DBT_ACTIVE_EXPOSURES", "maybe")
	wantParts(t, run(2), "use 1 for on and 0 for off")
	t.Setenv("DBT_ACTIVE_EXPOSURES", "1")
	t.Setenv("DBT_ACTIVE_EXPOSURES_BUILD_AFTER", "1 day")
	wantParts(t, run(2), "DBT_ACTIVE_EXPOSURES_BUILD_AFTER takes a number of minutes")
	t.Setenv("DBT_ACTIVE_EXPOSURES_BUILD_AFTER", "0")
	wantParts(t, run(2, "--fail-on", "all"), "use failed, blocked, left or none")
	wantParts(t, run(2, "--wait", "-1s"), "--wait takes a length of time")
	wantParts(t, run(2, "--output", "xml"), "use text, json or markdown")
	wantParts(t, run(2, "premises"), `no site is called "premises"`)

	wantParts(t, run(1, "--fail-on", "left"), "there is room again on 2026-11-23 20:29 UTC")
	s.Set(func(sw *tableautest.Switches) { sw.RefreshLimit = 0 })
	s.Inject(tableautest.Fault{On: tableautest.Refresh, Code: "403004", Times: -1})
	wantParts(t, run(1), "error", "the account must own it, or lead its project")
	s.Heal()
	s.Inject(tableautest.Fault{On: tableautest.SignIn, Code: "401001", Times: -1})
	wantParts(t, run(3), "cloud: cannot sign in")
	t.Setenv("TABLEAU_TOKEN_SECRET", "")
	wantParts(t, run(2), "cloud: ", "TABLEAU_TOKEN_SECRET")
}

// A site without a snapshot is said: nothing is known of its extracts.
func TestRefreshWithoutSnapshot(t *testing.T) {
	root, _ := refreshProject(t, tableautest.Options{})
	if err := os.Remove(filepath.Join(root, "tableau", "cloud.json.gz")); err != nil {
		t.Fatal(err)
	}
	out, _ := runRefresh(t, 2, root)
	wantParts(t, out, "cloud: it has no snapshot (tableau/cloud.json.gz)", "is not known")
}

// Sites without a server are named; where no other is there, that is the end of it.
func TestRefreshWithoutServer(t *testing.T) {
	root, _ := refreshProject(t, tableautest.Options{})
	conf := filepath.Join(root, "darkroom.yml")
	both := string(readFile(t, conf)) + "  - {name: premises, snapshot: tableau/server.json.gz}\n"
	put(t, conf, []byte(both))
	out, _ := runRefresh(t, 0, root, "--dry-run")
	wantParts(t, out, "premises: darkroom.yml names no server for it", "20 due")
	out, _ = runRefresh(t, 2, root, "--dry-run", "premises")
	wantParts(t, out, "premises: darkroom.yml names no server for it")
	put(t, conf, []byte("sites: []\n"))
	_, errs := runRefresh(t, 2, root)
	wantParts(t, errs, "there is no site to refresh")
}

// What failed in dbt blocks, by its name; --fail-on blocked is an exit code.
func TestRefreshBlocked(t *testing.T) {
	root, s := refreshProject(t, tableautest.Options{})
	later := filepath.Join(t.TempDir(), "run_results.json")
	text := `{"metadata":{"dbt_schema_version":"https://schemas.getdbt.com/dbt/run-results/v6.json","generated_at":"2026-11-23T19:00:00Z"},"args":{"which":"run"},
		"results":[{"unique_id":"model.roastery.fct_sessions","status":"error","timing":[{"name":"execute","completed_at":"2026-11-23T19:00:00Z"}]}]}`
	if err := os.WriteFile(later, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	out, _ := runRefresh(t, 1, root, "--results", later, "--select", "fct_sessions+", "--fail-on", "blocked,failed")
	wantParts(t, out, "blocked   data source Web Sessions", "fct_sessions failed")
	for _, r := range s.Refreshed() {
		if r.LUID == "web-sessions" {
			t.Error("it was started")
		}
	}
}
