package cli

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"darkroom/sources/tableau/tableautest"
	"darkroom/ui/cli/app"
)

// What a limit of the server cut off is shown on the dashboards that it concerns,
// wherever they are shown, and none of them passes for complete.
func TestSyncCutOff(t *testing.T) {
	s := listen(t, tableautest.Options{
		Snapshots: [][]byte{exampleSite(t, "cloud")}, Switches: tableautest.Switches{NodeLimit: 3},
	})
	dir := exampleProject(t, s.url)
	runSync(t, app.ExitFindings, dir)
	for name, args := range map[string][]string{
		"one_of_two_tables": {"explain", "Weeks Covered", dir},
		"no_sheet":          {"explain", "Board Deck", dir},
	} {
		t.Run(name, func(t *testing.T) {
			golden.RequireEqual(t, []byte(strings.ReplaceAll(string(run(t, app.ExitOK, args...)), s.url, "https://tableau.example")))
		})
	}
	gaps := string(run(t, app.ExitFindings, "gaps", dir, "--fail-on", "partly_linked"))
	wantParts(t, gaps, "Cut off in Tableau's answers: 121 dashboards", "Run darkroom sync again", "metadata.query.limits.count", "cut off in the BI tool's answers")
	wantParts(
		t, string(run(t, app.ExitOK, "explain", "Weeks Covered", dir, "--output", "json")),
		`"reason": "cut_off"`, `"cure": "Tableau stopped in the middle`, `"status": "partly_linked"`,
	)
	wantParts(t, string(run(t, app.ExitOK, "list", "gaps", dir, "--output", "csv")), "cut_off,Weeks Covered,")
}
