package cli

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"darkroom/sources/tableau/tableautest"
)

// An account that sees less than the last one does not change the snapshot; with
// --accept-smaller it does, but neither the inbox nor the exposures change.
func TestHiddenNames(t *testing.T) {
	cloud := listen(t, tableautest.Options{Snapshots: [][]byte{exampleSite(t, "cloud")}})
	dir := syncProject(t)
	if err := layOutExample("roastery", dir); err != nil {
		t.Fatal(err)
	}
	yml := fmt.Sprintf("sites:\n  - {name: cloud, server: %q, site: %s}\nexport:\n  owner: {name: Team}\n", cloud.url, cloudURL)
	if err := os.WriteFile(filepath.Join(dir, "darkroom.yml"), []byte(yml), 0o600); err != nil {
		t.Fatal(err)
	}
	trustConfig(t, dir)
	run := func(want int, args ...string) (out, errs string) {
		t.Helper()
		var o, e bytes.Buffer
		if code := Main(args, strings.NewReader(""), &o, &e); code != want {
			t.Fatalf("%v ends with %d, want %d\n%s%s", args, code, want, o.String(), e.String())
		}
		return o.String(), e.String()
	}
	read := func(name string) string {
		t.Helper()
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	runSync(t, 0, dir)
	run(0, "list", "inbox", "--mark-reviewed", dir)
	run(0, "list", "dashboards", dir)
	run(0, "export", "--all", dir)
	yaml, last := read("models/exposures/tableau.yml"), read(".darkroom/last_export.yml")

	cloud.Set(func(sw *tableautest.Switches) {
		sw.Redact = tableautest.RedactTypes("Workbook", "Dashboard", "TableauUser")
	})
	_, errs := runSync(t, 1, dir)
	wantParts(t, errs, "worse than last time: names of dashboards: 0, was 124", "worse than last time: names of workbooks: 0, was 40",
		"124 of 124 dashboards hide their names: the account may not see them; ask for View on the workbooks and their projects", "the old snapshot was kept")
	out, _ := runSync(t, 0, "--accept-smaller", dir)
	wantParts(t, out, "the same dashboards as last time")

	if out, _ := run(0, "list", "inbox", "--output", "csv", dir); strings.Count(out, "\n") != 1 {
		t.Errorf("what is hidden is reported as new:\n%s", out)
	}
	if out, _ := run(0, "export", "--diff", dir); out != "" {
		t.Errorf("export changes what is not reported:\n%.2000s", out)
	}
	run(0, "export", "--check", dir)
	run(0, "export", dir)
	if got := read("models/exposures/tableau.yml"); got != yaml {
		t.Error("the file is another one now")
	}
	if got := read(".darkroom/last_export.yml"); got != last {
		t.Error("the last export is another one now")
	}
	out, _ = run(0, "list", "dashboards", dir)
	wantParts(t, out, "(name hidden)")
	out, _ = run(0, dir)
	wantParts(t, out, "(name hidden)")
	out, _ = run(0, "doctor", dir)
	wantParts(t, out, "40 of 40 workbooks and 50 of 50 dashboards looked at hide their names")

	// What was not exported yet is refused, with what to do.
	for _, file := range []string{"models/exposures/tableau.yml", ".darkroom/last_export.yml"} {
		if err := os.Remove(filepath.Join(dir, filepath.FromSlash(file))); err != nil {
			t.Fatal(err)
		}
	}
	_, errs = run(0, "export", "--diff", dir)
	wantParts(t, errs, "left out: (name hidden) ", "has no name that this account may see; ask for View on its project and workbook, then sync again")

	cloud.Set(func(sw *tableautest.Switches) { sw.Redact = nil })
	out, _ = runSync(t, 0, dir)
	wantParts(t, out, "the same dashboards as last time")
	if out, _ := run(0, "list", "inbox", "--output", "csv", dir); strings.Count(out, "\n") != 1 {
		t.Errorf("what shows again is reported as new:\n%s", out)
	}
	run(0, "export", dir)
	if got := read("models/exposures/tableau.yml"); got != yaml {
		t.Error("the file is another one in the end")
	}
}
