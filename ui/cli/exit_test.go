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

// What is printed line by line ends with an error, too, when it cannot be written. A file
// that is open for reading is a full disk that every system has.
func TestOutputThatCannotBeWritten(t *testing.T) {
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	t.Setenv("TMPDIR", t.TempDir()) // a demo that has written something stays
	name := filepath.Join(t.TempDir(), "out")
	if err := os.WriteFile(name, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"--help"},
		{"trust"},
		{"trust", "https://tableau.example.com"},
		{"trust", "--forget", "https://tableau.example.com"},
		{"export", "--demo", "--all"},
		{"export", "--demo", "--all", "--diff"},
		{"export", "--demo", "--all", "--stdout"},
		{"export", "--demo", "--check"},
		{"adopt", "--demo"},
		{"decide", "include", "--demo", "Margin"},
		{"health", "--demo", "--tile", t.TempDir()},
		{"list", "models", "--demo"},
	} {
		out, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		var errs bytes.Buffer
		if code := Main(args, strings.NewReader(""), out, &errs); code != 3 || strings.Count(errs.String(), name) != 1 {
			t.Errorf("%v: %d %s", args, code, errs.String())
		}
		_ = out.Close()
	}
}

// A reader that has seen enough, such as head, is not a failure.
func TestOutputThatNobodyReadsOn(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir()) // a demo that has written something stays
	in, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	_ = in.Close()
	defer out.Close()
	var errs bytes.Buffer
	if code := Main([]string{"export", "--demo", "--all"}, strings.NewReader(""), out, &errs); code != 0 || strings.Contains(errs.String(), "pipe") {
		t.Errorf("%d %s", code, errs.String())
	}
}
