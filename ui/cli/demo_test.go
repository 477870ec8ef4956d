//go:build unix

package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"darkroom/ui/ptytest"
)

// The demo leaves nothing behind: when it ends, when nothing reads its output any more,
// and when it is killed. What was exported stays, and is named.
func TestDemoLeavesNothing(t *testing.T) {
	bin := binary(t)
	t.Run("end", func(t *testing.T) {
		temp := t.TempDir()
		runIn(t, temp, bin, "list", "models", "--demo")
		wantEmpty(t, temp)
	})
	t.Run("pipe", func(t *testing.T) {
		temp := t.TempDir()
		runIn(t, temp, "/bin/sh", "-c", `"$1" list models --demo --output json | head -c 1`, "sh", bin)
		wantEmpty(t, temp)
	})
	for _, signal := range []os.Signal{syscall.SIGKILL, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT} {
		t.Run(signal.String(), func(t *testing.T) {
			temp := t.TempDir()
			s := ptytest.Start(t, ptytest.Usual, []string{"TMPDIR=" + temp}, bin, "--demo")
			s.WaitFor(demoIsOpen)
			if len(foldersIn(t, temp)) == 0 {
				t.Fatal("the demo is somewhere else")
			}
			s.Signal(signal)
			s.Exit()
			wantEmpty(t, temp)
		})
	}
	t.Run("exported", func(t *testing.T) {
		temp := t.TempDir()
		out := runIn(t, temp, bin, "export", "--demo", "--all")
		if left := foldersIn(t, temp); len(left) != 1 || !strings.Contains(out, left[0]) {
			t.Errorf("%v:\n%s", left, out)
		}
	})
}

func runIn(t *testing.T, temp string, args ...string) string {
	t.Helper()
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Env = append(os.Environ(), "TMPDIR="+temp)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return string(out)
}

func foldersIn(t *testing.T, temp string) []string {
	t.Helper()
	left, err := filepath.Glob(filepath.Join(temp, "*"))
	if err != nil {
		t.Fatal(err)
	}
	return left
}

// wantEmpty waits for what removes the folder of a process that was killed.
func wantEmpty(t *testing.T, temp string) {
	t.Helper()
	for range 6000 {
		if len(foldersIn(t, temp)) == 0 {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Errorf("left: %v", foldersIn(t, temp))
}
