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
	first.WaitFor("undecided of 3")
	second := onScreen(t, bin, dir)
	second.WaitFor("another darkroom has this project open")
	second.Send("2")
	second.WaitFor("[2 Dashboards]")
	second.Send("a")
	second.WaitFor("cannot be kept")
	first.Send("/beta\r")
	first.WaitFor("1 row")
	first.Send("a")
	first.WaitFor("included 1 dashboard")
	quit(t, first)
	second.Send("r")
	second.WaitFor("decisions are kept from now on")
	second.Send("/gamma\r")
	second.WaitFor("2 rows")
	second.Send("a")
	second.WaitFor("included 1 dashboard")
	quit(t, second)
	data, err := os.ReadFile(filepath.Join(dir, ".darkroom", "decisions.yml"))
	if err != nil || strings.Count(string(data), "decision: include") != 2 {
		t.Errorf("%v\n%s", err, data)
	}
}
