//go:build unix

package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"darkroom/ui/cli/app"
	"darkroom/ui/ptytest"
)

// A mouse report that arrives in two reads, and replies of the terminal that nothing
// asked for, press no key: M would mark the whole Inbox as reviewed, r would sync.
func TestSplitMouseIsNoKey(t *testing.T) {
	bin, dir := binary(t), reportProject(t, "split-mouse-inbox")
	s := onScreen(t, bin, dir)
	s.WaitFor("undecided of")
	quit(t, s)
	later, err := os.ReadFile(filepath.Join(dir, "later.json"))
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "tableau.json"), later, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	s = onScreen(t, bin, dir)
	s.WaitFor("undecided of 3")
	const report = "\x1b[<64;14;9M"
	for at := range len(report) {
		s.Send(report[:at])
		s.Send(report[at:])
	}
	s.Send("\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\")
	s.Send("\x1b[?62;22c")
	s.Send("/")
	for at := range len(report) {
		if at != 1 { // after ESC alone, which may close the filter
			s.Send(report[:at])
			s.Send(report[at:])
		}
	}
	s.Send("gamma")
	s.WaitFor("1 row")
	s.Send("\r")
	quit(t, s)
	var out, errs bytes.Buffer
	if code := Main([]string{"list", "inbox", dir}, strings.NewReader(""), &out, &errs); code != app.ExitOK {
		t.Fatal(errs.String())
	}
	wantParts(t, out.String(), "Beta", "Gamma")
}

// Keys that decide do nothing on a screen of 20x6, which shows nothing.
func TestNoKeyDecidesOnATooSmallScreen(t *testing.T) {
	dir := reportProject(t, "frame-wraps")
	s := ptytest.Start(t, ptytest.Size{Columns: 20, Lines: 6}, nil, binary(t), dir)
	s.WaitFor("window too small")
	s.Send("2 xaAmMi\x1b[<0;3;3M\r")
	quit(t, s)
	if data, err := os.ReadFile(filepath.Join(dir, ".darkroom", "decisions.yml")); err == nil {
		t.Errorf("decided:\n%s", data)
	}
}

// With a Russian layout j, k and q are where they are.
func TestKeysOfARussianKeyboard(t *testing.T) {
	s := onScreen(t, binary(t), reportProject(t, "frame-wraps"))
	s.WaitFor("undecided of")
	s.Send("2")
	s.WaitFor("[2 Dashboards]")
	s.Send("=")
	s.Send("ооооооо")
	s.WaitFor("[General]") // of the details of a dashboard
	s.Send("лй")
	if code, out := s.Exit(); code != app.ExitOK {
		t.Errorf("exit code %d\n%q", code, out)
	}
}
