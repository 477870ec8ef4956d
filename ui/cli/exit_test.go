package cli

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"darkroom/ui/cli/fullscreen"
)

// A folder that is not a dbt project is the caller's mistake; a manifest that is not
// there yet is a file that is missing.
func TestExitCodes(t *testing.T) {
	empty, project := t.TempDir(), t.TempDir()
	t.Setenv("DBT_TARGET_PATH", "")
	if err := os.WriteFile(filepath.Join(project, "dbt_project.yml"), []byte("name: shop\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		args []string
		want int
		say  string
	}{
		{[]string{empty}, 2, "go to your dbt project"},
		{[]string{"list", "models", empty}, 2, "go to your dbt project"},
		{[]string{"export", "--check", empty}, 2, "go to your dbt project"},
		{[]string{"gaps", empty}, 2, "go to your dbt project"},
		{[]string{"sync", empty}, 2, "go to your dbt project"},
		{[]string{"doctor", empty}, 2, "go to your dbt project"},
		{[]string{"list", "models", project}, 3, "run `dbt parse`"},
		{[]string{"export", "--check", project}, 3, "run `dbt parse`"},
		{[]string{"list", "models", "--manifest", filepath.Join(project, "none.json"), project}, 3, "run `dbt parse`"},
	} {
		var out, errs bytes.Buffer
		if code := Main(test.args, strings.NewReader(""), &out, &errs); code != test.want || !strings.Contains(errs.String(), test.say) {
			t.Errorf("%v: %d %s", test.args, code, errs.String())
		}
	}
}

// After a crash it is said where the decisions are, and where to report it if that is known.
func TestAfterACrash(t *testing.T) {
	fault := &fullscreen.Crashed{What: "index out of range", Report: "/state/crash.txt"}
	for _, c := range []struct{ unsaved, want string }{
		{"/shop/.darkroom/journal", "/state/crash.txt\nyour decisions since the last save are in /shop/.darkroom/journal, "},
		{"", "/state/crash.txt\nall decisions are saved"},
	} {
		err := afterCrash(fault, c.unsaved)
		if got, ok := errors.AsType[*fullscreen.Crashed](err); !ok || got != fault || !strings.Contains(err.Error(), c.want) {
			t.Error(err)
		}
	}
	for module, want := range map[string]string{"darkroom": "", "": "", "cmd/x": "", "code.example/tools/darkroom": "https://code.example/tools/darkroom/issues"} {
		if got := issuesOf(module); !strings.HasSuffix(got, want) || want == "" && got != "" {
			t.Errorf("%q: %q", module, got)
		}
	}
}
