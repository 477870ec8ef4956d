package cli

import (
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/cli/explore"
	"darkroom/ui/explorer"
	"darkroom/ui/screentest"
)

// The demo has something in every view, begins each at its top, and says what it is.
func TestDemoHasSomethingInEveryView(t *testing.T) {
	b, clean, err := explore.DemoBackend()
	if err != nil {
		t.Fatal(err)
	}
	defer clean()
	app := explorer.New(b, explorer.Options{After: func(time.Duration, tea.Msg) tea.Cmd { return nil }})
	s := screentest.New(t, app, 120, 36)
	s.Has("nothing outside it is written", "A tour: ?")
	for _, act := range explorer.Actions() {
		name, isView := strings.CutPrefix(act.Name, "view.")
		if !isView || name == "other" || name == "lineage" || len(act.Keys) == 0 { // lineage is of what L was pressed on
			continue
		}
		s.Press(act.Keys[0])
		rows := strings.Split(s.Frame(), "\n")[2:]
		if !strings.HasPrefix(rows[0], "▌") && !strings.HasPrefix(rows[1], "▌") {
			t.Errorf("%s does not begin at its top:\n%s", name, s.Frame())
		}
		for _, empty := range []string{"No exposures", "Nothing has", "No dashboards", "nothing to review"} {
			if strings.Contains(s.Frame(), empty) {
				t.Errorf("%s is empty:\n%s", name, s.Frame())
			}
		}
	}
}
