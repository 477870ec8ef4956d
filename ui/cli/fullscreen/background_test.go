//go:build unix

package fullscreen

import (
	"os"
	"strings"
	"testing"
	"time"

	"darkroom/ui/input"
	"darkroom/ui/ptytest"
)

// asking starts this program on a terminal that is asked for its background, and waits for
// the question.
func asking(t *testing.T, limit time.Duration) *ptytest.Screen {
	t.Helper()
	s := ptytest.Start(t, ptytest.Usual, []string{"FULLSCREEN=1", "FULLSCREEN_LIMIT=" + limit.String(), "XDG_STATE_HOME=" + t.TempDir()}, os.Args[0])
	s.WaitFor(input.AskBackground)
	return s
}

// A terminal that answers is heard, and the keys around its answer are keys, however all
// of it is cut.
func TestATerminalThatAnswers(t *testing.T) {
	for _, parts := range [][]string{
		{"j\x1b]11;rgb:ffff/ffff/ffff\x1b\\k"},
		{"j\x1b]11;rgb:ffff/ffff/ffff\ak"},
		{"j\x1b]", "11;rgb:ffff/", "ffff/ffff\x1b", "\\k"},
	} {
		s := asking(t, time.Hour)
		for _, part := range parts {
			s.Send(part)
		}
		s.WaitFor("background rgb:ffff/ffff/ffff")
		s.Send("q")
		if code, out := s.Exit(); code != 0 || saidAtTheEnd(out) != "jkq" {
			t.Errorf("%q: exit code %d\n%q", parts, code, out)
		}
	}
}

// One that is late, never answers, or sends something else changes nothing and takes no
// key away.
func TestATerminalThatDoesNotAnswer(t *testing.T) {
	for name, test := range map[string]struct {
		limit time.Duration
		sends string
	}{
		"late":                       {1, "\x1b]11;rgb:ffff/ffff/ffff\x1b\\"},
		"never":                      {time.Hour, ""},
		"something else":             {time.Hour, "\x1b]10;rgb:ffff/ffff/ffff\x1b\\\x1b[?62;22c"},
		"without an end":             {time.Hour, "\x1b]11;rgb:ffff/ffff\r"},
		"too long":                   {time.Hour, "\x1b]11;" + strings.Repeat("f", 5000) + "\x1b\\"},
		"a string that is no answer": {time.Hour, "\x1bP11;rgb:ffff/ffff/ffff\x1b\\"},
	} {
		t.Run(name, func(t *testing.T) {
			s := asking(t, test.limit)
			s.Send("j" + test.sends)
			s.Send("!")
			s.WaitFor("!")
			s.Send("q")
			code, out := s.Exit()
			if said := strings.ReplaceAll(saidAtTheEnd(out), "enter", ""); code != 0 || said != "j!q" || strings.Contains(out, "background rgb") {
				t.Errorf("exit code %d, keys %q\n%q", code, said, out)
			}
		})
	}
}

// saidAtTheEnd is what the model saw of keys.
func saidAtTheEnd(out string) string {
	_, said, _ := strings.Cut(out, "keys: ")
	said, _, _ = strings.Cut(said, "\r")
	return said
}
