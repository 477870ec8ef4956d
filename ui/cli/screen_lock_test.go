//go:build unix

package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// When the other explorer has ended, r asks for its lock again: what was decided there
// is here, and what is decided here is kept.
func TestLockOfTheOtherExplorer(t *testing.T) {
	bin, dir := binary(t), reportProject(t, "split-mouse-inbox")
	later, err := os.ReadFile(filepath.Join(dir, "later.json"))
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "tableau.json"), later, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	first := onScreen(t, bin, dir)
	first.waitFor("undecided of 3")
	second := onScreen(t, bin, dir)
	second.waitFor("another darkroom has this project open")
	second.send("2")
	second.waitFor("[2 Dashboards]")
	second.send("a")
	second.waitFor("cannot be kept")
	first.send("/beta\r")
	first.waitFor("1 hit")
	first.send("a")
	first.waitFor("included 1 dashboard")
	first.quit()
	second.send("r")
	second.waitFor("decisions are kept from now on")
	second.send("/gamma\r")
	second.waitFor("2 hits")
	second.send("a")
	second.waitFor("included 1 dashboard")
	second.quit()
	data, err := os.ReadFile(filepath.Join(dir, ".darkroom", "decisions.yml"))
	if err != nil || strings.Count(string(data), "decision: include") != 2 {
		t.Errorf("%v\n%s", err, data)
	}
}
