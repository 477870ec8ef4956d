package cli

import (
	"bytes"
	"strings"
	"testing"
	"unicode"

	"darkroom/ui/explorer"
)

// Every action can be typed in the reading mode: what it opens is text, esc closes it, and
// no escape code comes.
func TestPlainDoesEveryAction(t *testing.T) {
	var lines []string
	for _, act := range explorer.Actions() {
		if act.Name == "quit" || act.Name == "sync" { // the end, and questions about servers
			continue
		}
		lines = append(lines, act.Name, "esc", "esc", "where")
	}
	for _, place := range []string{"", "view dashboards\nfilter weekly\nlast\n", "view gaps\nlast\n"} {
		var out, errs bytes.Buffer
		if code := Main([]string{"--demo", "--plain"}, strings.NewReader(place+strings.Join(lines, "\n")), &out, &errs); code != exitOK {
			t.Errorf("exit code %d: %s", code, errs.String())
		}
		if at := strings.IndexFunc(out.String(), func(r rune) bool { return unicode.IsControl(r) && r != '\n' }); at >= 0 {
			t.Errorf("a control character: %q", out.String()[max(0, at-40):at+10])
		}
		if strings.Contains(out.String(), "There is no action "+lines[0]) || !strings.Contains(out.String(), "View: Gaps") {
			t.Error(out.String())
		}
	}
}
