package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
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
