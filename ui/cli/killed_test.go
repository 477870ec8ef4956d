//go:build unix

package cli

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"darkroom/sources/disk/disktest"
	"darkroom/sources/project/intent"
	"darkroom/ui/cli/records"
)

// killsEnv is how often the tests of this file kill; without it, a few times.
const killsEnv = "DARKROOM_TEST_KILLS"

func kills(t *testing.T) int {
	t.Helper()
	text := os.Getenv(killsEnv)
	if text == "" {
		return 3
	}
	n, err := strconv.Atoi(text)
	disktest.Must(t, err)
	return n
}

// killLayouts are taken in turn: each export moves every entry into other files.
func killLayouts() []string {
	return []string{"layout: file", "layout: workbook", `file: "models/bi/{project}_team.yml"`, "layout: site"}
}

func setLayout(t *testing.T, dir, layout string) {
	t.Helper()
	disktest.Write(t, dir, "darkroom.yml", "sites:\n  - {name: roastery-cloud, snapshot: tableau/cloud.json.gz}\n"+
		"  - {name: roastery-server, snapshot: tableau/server.json.gz}\nexport:\n  owner: {name: BI, email: bi@example.com}\n  "+layout+"\n")
}

// runOK runs darkroom to its end and gives what it printed.
func runOK(t *testing.T, bin string, args ...string) string {
	t.Helper()
	cmd := exec.Command(bin, args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %v\n%s%s", args, err, out.String(), errs.String())
	}
	return out.String()
}

// writtenFiles are the files that exports write, and whatever a kill left among them.
func writtenFiles(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := disktest.Files(t, dir)
	maps.DeleteFunc(out, func(name, _ string) bool {
		return !strings.HasPrefix(name, "models/") && (!strings.HasPrefix(name, ".darkroom/") || name == ".darkroom/lock")
	})
	return out
}

// TestKilledExports kills the real program while it exports into another layout: half of
// the times as soon as it has begun to write, otherwise at any time. The next run heals: the
// files are those of an export that was not killed, and one more changes no byte.
func TestKilledExports(t *testing.T) {
	bin, dir := binary(t), t.TempDir()
	disktest.Must(t, layOutExample("roastery", dir))
	layouts := killLayouts()
	setLayout(t, dir, layouts[0])
	runOK(t, bin, "export", "--all", dir)
	want := map[string]map[string]string{}
	for _, layout := range slices.Concat(layouts[1:], layouts[:1]) {
		setLayout(t, dir, layout)
		runOK(t, bin, "export", dir)
		want[layout] = writtenFiles(t, dir)
	}
	n, between := kills(t), 0
	for i := range n {
		layout := layouts[(i+1)%len(layouts)]
		setLayout(t, dir, layout)
		if killExport(t, bin, dir, i%2 == 0) {
			between++
		}
		runOK(t, bin, "export", dir)
		for _, again := range []bool{false, true} {
			if diff := cmp.Diff(want[layout], writtenFiles(t, dir)); diff != "" {
				t.Fatalf("kill %d, %s, again %t: %s", i, layout, again, diff)
			}
			runOK(t, bin, "export", dir)
		}
		if out := runOK(t, bin, "export", "--check", dir); out != "no drift\n" && !strings.Contains(out, "\nno drift") {
			t.Fatalf("kill %d, %s: %s", i, layout, out)
		}
	}
	if between == 0 {
		t.Error("no kill was between two files")
	}
	t.Logf("%d kills, %d of them between two files", n, between)
}

// killExport starts an export, kills it, and reports that it was between two files. Otherwise
// it had not begun to write, or was done.
func killExport(t *testing.T, bin, dir string, onceItWrites bool) bool {
	t.Helper()
	cmd := exec.Command(bin, "export", dir)
	disktest.Must(t, cmd.Start())
	ended := make(chan struct{})
	go func() {
		cmd.Wait() // killed
		close(ended)
	}()
	record := filepath.Join(dir, filepath.FromSlash(intent.Name))
	wait := time.After(time.Duration(rand.IntN(250_000)) * time.Microsecond)
	for looking := true; looking; {
		select {
		case <-ended:
			looking = false
		case <-wait:
			looking = onceItWrites
			wait = nil
		default:
			if _, err := os.Stat(record); err == nil && onceItWrites {
				looking = false
			}
		}
	}
	_ = cmd.Process.Kill() // it may have ended
	<-ended
	_, err := os.Stat(record)
	return err == nil
}

// TestKilledAfterATick kills the explorer right after a decision: when its frame was drawn
// the decision is there, otherwise it is there or not, and every earlier one is. Every third
// time the explorer is killed while it writes the exposures instead.
func TestKilledAfterATick(t *testing.T) {
	bin, dir := binary(t), t.TempDir()
	disktest.Must(t, layOutExample("roastery", dir))
	setLayout(t, dir, "layout: workbook")
	before := includedIn(t, bin, dir)
	n := kills(t)
	for i := range n {
		drawn := killTicking(t, bin, dir, i%40, i%3, len(before))
		now := includedIn(t, bin, dir)
		if drawn >= 0 && len(now) != drawn {
			t.Fatalf("kill %d: the frame said that %d are included, now %d are", i, drawn, len(now))
		}
		less, more := 0, 0
		for key := range now {
			if !before[key] {
				more++
			}
		}
		for key := range before {
			if !now[key] {
				less++
			}
		}
		if less > 0 && more > 0 { // one key includes or clears
			t.Fatalf("kill %d: %d are included and %d not any more", i, more, less)
		}
		before = now
	}
	runOK(t, bin, "export", "--accept-removal", dir)
	files := writtenFiles(t, dir)
	runOK(t, bin, "export", dir)
	if diff := cmp.Diff(files, writtenFiles(t, dir)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(before, includedIn(t, bin, dir)); diff != "" {
		t.Error(diff)
	}
	for name := range files {
		if regexp.MustCompile(`\d{12}$|journal\.(export|bad)$`).MatchString(name) {
			t.Errorf("%s is left", name)
		}
	}
	t.Logf("%d kills, %d included and %d files at the end", n, len(before), len(files))
}

// killTicking opens the explorer, ticks a row and kills: when the frame shows it (0), at
// once (1), or after that while the exposures are written (2). It gives how many dashboards
// are included by that frame, -1 when it did not wait for it.
func killTicking(t *testing.T, bin, dir string, row, when, before int) (drawn int) {
	t.Helper()
	counts := regexp.MustCompile(`\D(\d+) included`) // not the end of a number that was cut
	ready := []func(text string) bool{
		func(text string) bool { return strings.Contains(text, "undecided of") },
		func(text string) bool { return strings.Contains(text, "[2 Dashboards]") },
		func(text string) bool {
			for _, m := range counts.FindAllStringSubmatch(text, -1) {
				if n, err := strconv.Atoi(m[1]); err == nil && n != before {
					drawn = n
					return true
				}
			}
			return false
		},
		func(text string) bool { return strings.Contains(text, "What writing changes") },
	}
	keys := []string{"2", "=" + strings.Repeat("j", row) + " \r", "w", "wR"}
	steps, at := []int{3, 2, 4}[when], 0
	drawn = -1
	out, code := codeOnTerminal(t, time.Minute, func(p *os.Process, w io.Writer, out *bytes.Buffer) {
		if at < steps && ready[at](out.String()) {
			out.Reset()
			if when != 0 || at < 2 {
				io.WriteString(w, keys[at])
			}
			at++
		}
		if at == steps {
			_ = p.Kill() // it may have ended
		}
	}, bin, dir)
	if code != -1 || at < steps {
		t.Fatalf("row %d: ended with %d at step %d: %q", row, code, at, out)
	}
	return drawn
}

// includedIn are the keys of the included dashboards.
func includedIn(t *testing.T, bin, dir string) map[string]bool {
	t.Helper()
	var rows []records.Dashboard
	disktest.Must(t, json.Unmarshal([]byte(runOK(t, bin, "list", "dashboards", "--output", "json", dir)), &rows))
	out := map[string]bool{}
	for _, r := range rows {
		if r.Decision == "include" {
			out[r.Key] = true
		}
	}
	return out
}
