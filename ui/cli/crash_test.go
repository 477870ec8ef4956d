//go:build unix

package cli

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"darkroom/sources/tableau/tableautest"
)

// A crash in the middle of a sync writes the stacks of all goroutines. Neither
// they, nor the pages on disk, nor what other users of the machine see of the
// process show a secret.
func TestCrashShowsNoSecret(t *testing.T) {
	bin := binary(t)
	for _, level := range []string{"single", "all", "system"} {
		t.Run(level, func(t *testing.T) {
			s := listen(t, tableautest.Options{Snapshots: [][]byte{exampleSite(t, "cloud")}})
			never := make(chan struct{})
			defer close(never)
			stall := tableautest.Stall(tableautest.GraphQL, never)
			stall.Skip, stall.Times = 9, -1
			s.Inject(stall)
			dir := syncProject(t, "cloud "+s.url+" "+cloudURL)

			cmd := exec.Command(bin, "sync", "--no-prompt", dir)
			cmd.Env = append(os.Environ(), "GOTRACEBACK="+level)
			seen := ""
			dump := &watch{when: "workbooks 40"}
			dump.then = func() {
				seen = visible(cmd.Process.Pid)
				_ = cmd.Process.Signal(syscall.SIGQUIT) // if it is gone the dump lacks
			}
			var out bytes.Buffer
			cmd.Stdout, cmd.Stderr = &out, dump
			err := cmd.Run()
			if err == nil || !strings.Contains(dump.text.String(), "SIGQUIT") || !strings.Contains(dump.text.String(), "goroutine ") {
				t.Fatalf("no crash report: %v\n%s", err, dump.text.String())
			}
			if !strings.Contains(seen, "sync") {
				t.Errorf("the command line was not looked at: %q", seen)
			}
			pages := everyFile(t, filepath.Join(dir, ".darkroom"))
			if !strings.Contains(pages, `"list":"workbooks"`) {
				t.Error("no pages were kept")
			}
			s.wantNoSecret(t, out.String()+dump.text.String()+pages+seen)
		})
	}
}

// visible is what ps shows of a process to every user.
func visible(pid int) string {
	if text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/cmdline"); err == nil {
		return string(text)
	}
	text, _ := exec.Command("ps", "-o", "command=", "-p", strconv.Itoa(pid)).Output() // without ps there is nothing to see
	return string(text)
}
