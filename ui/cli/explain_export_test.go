package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"darkroom/ui/cli/app"
)

// explain says what an export does with a dashboard and why, as text and as JSON.
func TestExplainSaysWhatAnExportDoes(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("..", "..", "examples", "roastery"))); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	atHome(t, dir, "export", "--all")
	for _, x := range []struct{ title, text, json string }{
		{"Weekly Numbers", "Export: written: weekly_numbers in models/exposures/tableau.yml:", `"state": "written"`},
		{"Monthly Revenue", "Export: refused: already finance_board_monthly_revenue in models/exposures.yml:", `"state": "refused"`},
		{"Where Did This Lot Go?", "Export: refused: depends on the private model", `"why": "depends on the private model`},
	} {
		// Paragraphs are wrapped.
		if text := strings.Join(strings.Fields(string(run(t, app.ExitOK, "explain", x.title))), " "); !strings.Contains(text, x.text) {
			t.Errorf("%s:\n%s", x.title, text)
		}
		if out := string(run(t, app.ExitOK, "explain", x.title, "--output", "json")); !strings.Contains(out, x.json) {
			t.Errorf("%s: no %s in\n%.600s", x.title, x.json, out)
		}
	}
}
