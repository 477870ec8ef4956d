package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"darkroom/model/exposure/dbtyaml"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/records"
)

// TestAnchorRemoved: the owner of one entry is an anchor that the next one uses. When
// the first dashboard is gone, its entry is asked about, and the answer moves the anchor.
func TestAnchorRemoved(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/reports/anchor-removed")); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "models", "exposures", "tableau.yml")
	run := func(want int, args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		if code := Main(append(args, dir), strings.NewReader(""), &out, &errs); code != want {
			t.Fatalf("%v ends with %d, want %d\n%s%s", args, code, want, out.String(), errs.String())
		}
		return out.String() + errs.String()
	}
	read := func() string {
		t.Helper()
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if _, p := dbtyaml.Read(text); p != nil {
			t.Fatalf("%v\n%s", p, text)
		}
		return string(text)
	}
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	run(app.ExitOK, "export", "--all")
	const owner = "    owner:\n      name: \"Ann\"\n      email: \"ann@example.com\"\n"
	first := read()
	edited := strings.Replace(strings.Replace(first, owner, strings.Replace(owner, "owner:", "owner: &bi", 1), 1), owner, "    owner: *bi\n", 1)
	write(edited)
	later, err := os.ReadFile(filepath.Join(dir, "later.json"))
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "tableau.json"), later, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	if said := run(app.ExitOK, "export", "--prune"); !strings.Contains(said, "its entry was edited") || read() != edited {
		t.Errorf("%s\n%s", said, read())
	}
	run(app.ExitFindings, "export", "--prune", "--check")

	write(edited + "\nx:\n  *bi : 1\n")
	if said := run(app.ExitFailure, "export", "--check"); !strings.Contains(said, "cannot be a key") {
		t.Error(said)
	}
	// A value that can be read otherwise elsewhere does not move.
	odd := strings.Replace(edited, "name: \"Ann\"", "name: \"Ann\"\n      yes: 1", 1)
	write(odd)
	if said := run(app.ExitFindings, "export", "--prune", "--take", "all"); !strings.Contains(said, "&bi") || !strings.Contains(said, "--take could not be done") || read() != odd {
		t.Errorf("%s\n%s", said, read())
	}

	write(edited)
	run(app.ExitOK, "export", "--prune", "--take", "all")
	if text := read(); !strings.Contains(text, "owner: &bi {name: \"Ann\", email: \"ann@example.com\"}\n") || strings.Count(text, "- name:") != 1 {
		t.Error(text)
	}
	run(app.ExitOK, "export", "--check")

	// What dbt cannot read is never reported as fine.
	write(strings.Replace(read(), "&bi {", "*bi # {", 1))
	for _, args := range [][]string{{"export"}, {"export", "--check"}, {"export", "--diff"}} {
		var out, errs bytes.Buffer
		code := Main(append(args, dir), strings.NewReader(""), &out, &errs)
		if code == app.ExitOK || !strings.Contains(errs.String(), "dbt cannot read it: the alias *bi has no anchor before it") {
			t.Errorf("%v ends with %d: %s%s", args, code, out.String(), errs.String())
		}
	}
}

// TestCopyIsYours: a copy of an entry is listed as written by hand, and stays as it is.
func TestCopyIsYours(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/reports/anchor-removed")); err != nil {
		t.Fatal(err)
	}
	run := func(args ...string) []byte {
		t.Helper()
		var out, errs bytes.Buffer
		if code := Main(append(args, dir), strings.NewReader(""), &out, &errs); code != app.ExitOK {
			t.Fatalf("%v ends with %d\n%s%s", args, code, out.String(), errs.String())
		}
		return out.Bytes()
	}
	run("export", "--all")
	file := filepath.Join(dir, "models", "exposures", "tableau.yml")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	head, entries, _ := strings.Cut(string(text), "exposures:\n")
	first, _, _ := strings.Cut(entries, "\n\n")
	copied := head + "exposures:\n" + strings.Replace(first, "name: alpha", "name: a_copy", 1) + "\n\n" + entries
	if err := os.WriteFile(file, []byte(copied), 0o644); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		run("export", "--all")
		run("export", "--check")
		if text, err := os.ReadFile(file); err != nil || string(text) != copied {
			t.Fatalf("%v\n%s", err, text)
		}
	}
	var rows []records.Exposure
	if err := json.Unmarshal(run("list", "exposures", "--output", "json"), &rows); err != nil || len(rows) != 3 {
		t.Fatal(err, rows)
	}
	for _, r := range rows {
		if hand := r.State == "hand-written"; hand != (r.Name == "a_copy") {
			t.Errorf("%s is %s", r.Name, r.State)
		}
	}
}
