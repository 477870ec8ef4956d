//go:build unix

package cli

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"darkroom/ui/text"
)

// tmux counts each code point of an emoji with a skin tone, and darkroom the emoji. No
// line wraps there, and the right pane begins where it does on the other lines.
func TestFrameInTmux(t *testing.T) {
	if _, err := exec.LookPath("tmux"); err != nil {
		t.Skip("skipped: tmux is not here")
	}
	bin, dir := binary(t), reportProject(t, "frame-wraps")
	socket := filepath.Join(t.TempDir(), "tmux")
	tmux := func(args ...string) string {
		t.Helper()
		cmd := exec.Command("tmux", append([]string{"-u", "-S", socket, "-f", os.DevNull}, args...)...)
		cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "TMUX") })
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("tmux %v: %v\n%s", args, err, out)
		}
		return string(out)
	}
	tmux("new-session", "-d", "-x", "100", "-y", "20", fmt.Sprintf("env TERM=screen-256color %s %s; stty -a; sleep 1000", bin, dir))
	defer tmux("kill-server")
	shows := func(part string) []string {
		t.Helper()
		for range 4000 {
			if screen := tmux("capture-pane", "-p"); strings.Contains(screen, part) {
				return strings.Split(strings.TrimSuffix(screen, "\n"), "\n")
			}
			time.Sleep(5 * time.Millisecond)
		}
		t.Fatalf("%q does not come:\n%s", part, tmux("capture-pane", "-p"))
		return nil
	}
	shows("undecided of")
	tmux("send-keys", "2", "=", "G")
	screen := shows("─ ▣ this")
	if len(screen) != 20 || !strings.HasPrefix(screen[0], " darkroom") || !strings.Contains(screen[19], "space tick") {
		t.Errorf("the first or the last line is not where it should be:\n%s", strings.Join(screen, "\n"))
	}
	for _, line := range screen[2:18] {
		left, _, ok := strings.Cut(line, "│")
		at, joined := 0, false
		for _, r := range left { // as tmux counts
			if !joined || r < 0x80 {
				at += text.Width(string(r))
			}
			joined = r == '\u200d'
		}
		if !ok || at != 60 {
			t.Errorf("the right pane begins at %d: %q", at, line)
		}
	}
	tmux("send-keys", "q")
	shows("speed") // of stty: the screen is given back
}
