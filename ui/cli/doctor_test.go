package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"darkroom/sources/tableau/doctor"
	"darkroom/sources/tableau/tableautest"
	"darkroom/sources/tableau/tableautest/bigsite"
)

func runDoctor(t *testing.T, want int, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	if code := Main(append([]string{"doctor"}, args...), strings.NewReader(""), &out, &errs); code != want {
		t.Fatalf("doctor %v ends with %d, want %d\n%s%s", args, code, want, out.String(), errs.String())
	}
	return out.String()
}

func TestDoctor(t *testing.T) {
	s := listen(t, tableautest.Options{Snapshots: [][]byte{exampleSite(t, "cloud")}})
	dir := syncProject(t, "cloud "+s.url+" "+cloudURL)
	out := runDoctor(t, 0, dir, "cloud")
	wantParts(t, out, "ok    server       "+s.url+" answers\n", "ok    metadata     on: 40 workbooks", "in use, by 1 virtual connection",
		"warn  snapshot     none yet", "→ run darkroom sync")
	if strings.Contains(out, "\x1b") {
		t.Error("escape codes in what is piped")
	}
	runSync(t, 0, dir)
	wantParts(t, runDoctor(t, 0, dir), "ok    snapshot     124 dashboards, less than an hour old, complete")

	t.Setenv("TABLEAU_TOKEN_SECRET", "wrong-but-secret")
	out = runDoctor(t, 1, dir, "--output", "json", "cloud")
	wantParts(t, out, `"status": "fail"`, `"check": "sign-in"`, `"cure": "check the token`)
	if strings.Contains(out, "wrong-but-secret") {
		t.Error("the secret is shown")
	}
	var lines []doctor.Line
	if err := json.Unmarshal([]byte(out), &lines); err != nil || len(lines) < 5 || lines[0].Site != "cloud" {
		t.Errorf("%v, %+v", err, lines)
	}
}

// A file of exposures that dbt cannot read is in the way, whoever wrote it.
func TestDoctorReadsExposures(t *testing.T) {
	dir := syncProject(t)
	file := filepath.Join(dir, "models", "mine.yml")
	err := os.MkdirAll(filepath.Dir(file), 0o755)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "dbt_project.yml"), []byte("name: shop\n"), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"exposures:\n  - name: a\n    owner: *nowhere\n":  "fail  exposures    models/mine.yml:3: dbt cannot read it: the alias *nowhere has no anchor before it\n",
		"exposures:\n  - name: a\n    label:\tx\n":        "fail  exposures    models/mine.yml:3: dbt cannot read it: a tab",
		"exposures:\n  - name: a\n    label: \"x\\ty\"\n": "ok    exposures    dbt can read the file that has them\n",
	} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		code := 0
		if strings.HasPrefix(want, "fail") {
			code = 1
		}
		wantParts(t, runDoctor(t, code, dir), want)
	}
}

// Without a server there is less to report, and that is reported.
func TestDoctorWithoutServer(t *testing.T) {
	dir := syncProject(t)
	file := filepath.Join(dir, "saved.json")
	if err := os.WriteFile(file, bigsite.Snapshot(2, 1, 1, 2), 0o600); err != nil {
		t.Fatal(err)
	}
	wantParts(t, runDoctor(t, 0, dir), "warn  configuration  darkroom.yml names no Tableau site", "→ run darkroom init")
	wantParts(t, runDoctor(t, 0, dir, "--output", "json"), `"check": "configuration"`)
	wantParts(t, runDoctor(t, 0, "--tableau", file), "ok    server       none", "snapshot     2 dashboards")
	wantParts(t, runDoctor(t, 0, "--demo"), "roastery-cloud\n", "ok    server       none", "ok    snapshot     124 dashboards, of 2026-")
}
