//go:build unix

package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/google/go-cmp/cmp"

	"darkroom/sources/disk/disktest"
	"darkroom/sources/project/config"
	"darkroom/sources/tableau/tableautest"
	"darkroom/ui/cli/app"
	"darkroom/ui/explorer"
)

// binary is the real program.
func binary(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("builds the binary")
	}
	file, err := build()
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// build builds darkroom, once for all tests.
var build = sync.OnceValues(func() (string, error) {
	file := filepath.Join(os.Getenv(testHome), "darkroom")
	if out, err := exec.Command("go", "build", "-o", file, "darkroom").CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return file, nil
})

// onTerminal runs a command on a terminal that answers no question, and returns
// all its output. limit only ends a run that hangs.
func onTerminal(t *testing.T, limit time.Duration, drive func(*os.Process, io.Writer, *bytes.Buffer), args ...string) string {
	t.Helper()
	out, code := codeOnTerminal(t, limit, drive, args...)
	if code != app.ExitOK {
		t.Fatalf("%s ends with %d\n%q", strings.Join(args[1:], " "), code, out)
	}
	return out
}

func codeOnTerminal(t *testing.T, limit time.Duration, drive func(*os.Process, io.Writer, *bytes.Buffer), args ...string) (string, int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Env = append(os.Environ(), "TERM=xterm-256color", "NO_COLOR=", "TMPDIR="+t.TempDir())
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 30, Cols: 100})
	if err != nil {
		t.Skipf("skipped: no pseudo terminal here: %v", err)
	}
	defer tty.Close()
	var out bytes.Buffer
	buf := make([]byte, 1<<16)
	for {
		n, err := tty.Read(buf)
		out.Write(buf[:n])
		if err != nil {
			break
		}
		if drive != nil {
			drive(cmd.Process, tty, &out)
		}
	}
	err = cmd.Wait()
	if ctx.Err() != nil {
		t.Fatalf("%s did not end: %q", strings.Join(args[1:], " "), out.String())
	}
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return out.String(), cmd.ProcessState.ExitCode()
}

// bubbletea alone would ask this terminal for its background and wait five
// seconds, even here (see ui/dark). Three seconds distinguish the two on any
// machine; no byte of a question decides it for sure.
func TestQuietCommandsAskTheTerminalNothing(t *testing.T) {
	bin := binary(t)
	for _, args := range [][]string{{"--version"}, {"version"}, {"--help"}, {"list", "models", "--demo"}, {"export", "--demo", "--all", "--stdout"}} {
		out := onTerminal(t, 3*time.Second, nil, append([]string{bin}, args...)...)
		if strings.Contains(out, "\x1b") {
			t.Errorf("%v: escape codes on a terminal: %q", args, out)
		}
	}
}

// The real program on a real terminal: it opens, ticks, writes and leaves.
func TestExplorerOnATerminal(t *testing.T) {
	bin := binary(t)
	out := play(t, 60*time.Second, []step{
		{demoIsOpen, "2"},
		{"[2 Dashboards]", "/sales overview\r"},
		{"Sales Overview", " "},
		{"included 1 dashboard", "w"},
		{"What writing changes", "w"},
		{"written:", "q"},
	}, bin, "--demo")
	if !strings.Contains(out, "\x1b[?1049l") {
		t.Errorf("the screen was not given back:\n%q", out)
	}
}

// r in the real program on a real terminal: the sync runs, and its changes arrive.
func TestSyncInTheExplorer(t *testing.T) {
	bin := binary(t)
	steps := []step{
		{demoIsOpen, "r"},
		{"new in the Inbox: 6 dashboards", keyOf(t, "view.inbox")},
		{"Revenue by Country and Month", "q"},
	}
	play(t, 60*time.Second, steps, bin, "--demo", "--live")
}

// demoIsOpen is shown as soon as everything is read, for some seconds in the place of
// the counts.
const demoIsOpen = "nothing outside it is written"

// keyOf is the key of an action of the explorer.
func keyOf(t *testing.T, name string) string {
	t.Helper()
	for _, act := range explorer.Actions() {
		if act.Name == name {
			return act.Keys[0]
		}
	}
	t.Fatalf("there is no action %s", name)
	return ""
}

// A signal from outside ends the program, and the terminal is as it was; what runs
// in the background ends, too.
func TestSignalsEndTheExplorer(t *testing.T) {
	bin := binary(t)
	for signal, want := range map[os.Signal]int{syscall.SIGTERM: 143, syscall.SIGINT: 130, syscall.SIGHUP: 129} {
		for _, keys := range []string{"", "r"} {
			sent := false
			out, code := codeOnTerminal(t, 30*time.Second, func(p *os.Process, w io.Writer, out *bytes.Buffer) {
				switch text := out.String(); {
				case sent:
				case keys != "" && strings.Contains(text, demoIsOpen):
					out.Reset()
					io.WriteString(w, keys)
					keys = ""
				case keys == "" && (strings.Contains(text, demoIsOpen) || strings.Contains(text, "syncing")):
					sent = true
					if err := p.Signal(signal); err != nil {
						t.Error(err)
					}
				}
			}, bin, "--demo", "--live")
			if !sent || code != want || !strings.Contains(out, "\x1b[?1049l") {
				t.Errorf("%v: sent %t, exit code %d; or the screen was not given back:\n%q", signal, sent, code, out)
			}
		}
	}
}

// An export that would remove most entries asks on a terminal. Anything but yes changes nothing.
func TestRemovalIsAskedOnATerminal(t *testing.T) {
	bin, dir := binary(t), t.TempDir()
	disktest.Must(t, layOutExample("roastery", dir))
	runOK(t, bin, "export", "--all", dir)
	lost := regexp.MustCompile(`(?m)^  [^ ].*decision: include.*\n`).ReplaceAllString(disktest.Read(t, dir, ".darkroom/decisions.yml"), "")
	disktest.Write(t, dir, ".darkroom/decisions.yml", lost)
	before := writtenFiles(t, dir)
	for _, c := range []struct {
		answer string
		code   int
	}{{"no", app.ExitFindings}, {"", app.ExitFindings}, {"yes", app.ExitOK}} {
		asked := false
		out, code := codeOnTerminal(t, time.Minute, func(_ *os.Process, w io.Writer, out *bytes.Buffer) {
			if !asked && strings.Contains(out.String(), "Type yes to go on: ") {
				asked = true
				io.WriteString(w, c.answer+"\r")
			}
		}, bin, "export", dir)
		same := cmp.Equal(before, writtenFiles(t, dir))
		if !asked || code != c.code || same != (code != app.ExitOK) || !strings.Contains(out, "this would remove ") {
			t.Errorf("%q: asked %t, code %d, nothing written %t: %s", c.answer, asked, code, same, out)
		}
	}
}

// step waits for a text and then types keys.
type step struct{ wait, keys string }

// play goes through the steps in order and gives what came after the last.
func play(t *testing.T, limit time.Duration, steps []step, args ...string) string {
	t.Helper()
	at := 0
	out := onTerminal(t, limit, func(_ *os.Process, w io.Writer, out *bytes.Buffer) {
		if at < len(steps) && strings.Contains(out.String(), steps[at].wait) {
			out.Reset()
			io.WriteString(w, steps[at].keys)
			at++
		}
	}, args...)
	if at != len(steps) {
		t.Errorf("came to step %d of %d:\n%q", at, len(steps), out)
	}
	return out
}

// From the address in the browser to a darkroom.yml with the scope that was
// ticked: the real program on a real terminal.
func TestInitOnATerminal(t *testing.T) {
	s := listen(t, tableautest.Options{Snapshots: [][]byte{exampleSite(t, "cloud")}})
	dir := syncProject(t)
	if err := os.Remove(filepath.Join(dir, config.Name)); err != nil {
		t.Fatal(err)
	}
	out := play(t, 60*time.Second, []step{
		{"from the browser: ", pageOf(s.url, cloudURL) + "\r"},
		{"nothing ticked: all 39 workbooks are in scope", "/commercial\r "},
		{"18 of 39 workbooks in scope", "\x1b"},                            // clears the filter
		{"Only ticked projects are shown", "\x1b[<0;16;30M\x1b[<0;16;30m"}, // a click on the hint of enter
	}, binary(t), "init", dir)
	wantParts(t, out, "\x1b[?1049l", "in scope: 18 of 39 workbooks", "wrote ")
	if data, conf := readConfig(t, dir); len(conf.Scope.Projects) != 1 || conf.Scope.Projects[0] != "Commercial" {
		t.Error(data)
	}
}
