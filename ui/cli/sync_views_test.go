package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"darkroom/sources/tableau/tableautest"
)

// Each sync that writes a snapshot counts the views beside it, once a day; one that keeps
// the old snapshot counts nothing, and a file that cannot be read stays.
func TestSyncCountsViews(t *testing.T) {
	cloud := listen(t, tableautest.Options{Snapshots: [][]byte{exampleSite(t, "cloud")}})
	dir := syncProject(t, "cloud "+cloud.url+" "+cloudURL)
	file := filepath.Join(dir, ".darkroom", "snapshots", "cloud.views.txt")
	read := func() string {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	runSync(t, 0, dir, "--diff")
	if _, err := os.Stat(file); err == nil {
		t.Error("a sync that writes nothing counts views")
	}
	runSync(t, 0, dir)
	first := read()
	if !strings.HasPrefix(first, "# darkroom: ") || strings.Count(first, "=") < 100 {
		t.Errorf("what is counted:\n%s", first)
	}
	cloud.Set(func(sw *tableautest.Switches) { sw.BackfillRunning = true })
	runSync(t, 1, dir)
	if read() != first {
		t.Error("an answer that was not accepted is counted")
	}
	cloud.Set(func(sw *tableautest.Switches) { sw.BackfillRunning = false })
	damaged := first + "<<<<<<< HEAD\n"
	if err := os.WriteFile(file, []byte(damaged), 0o600); err != nil {
		t.Fatal(err)
	}
	_, errs := runSync(t, 0, dir)
	wantParts(t, errs, "views of this day were not counted", "cloud.views.txt:")
	if read() != damaged {
		t.Error("a file that cannot be read is changed")
	}
}
