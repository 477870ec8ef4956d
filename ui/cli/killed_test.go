//go:build unix

package cli

import (
	"bytes"
	"encoding/json"
	"io"
	"io/fs"
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
		return 4
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
	out := map[string]string{}
	disktest.Must(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if name := filepath.ToSlash(rel); strings.HasPrefix(name, "models/") || strings.HasPrefix(name, ".darkroom/") && name != ".darkroom/lock" {
			out[name] = disktest.Read(t, dir, rel)
		}
		return err
	}))
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
	before := decisionsIn(t, bin, dir)
	n := kills(t)
	for i := range n {
		said := killTicking(t, bin, dir, i%40, i%3)
		now := decisionsIn(t, bin, dir)
		var changed []string
		for key := range now {
			if now[key] != before[key] {
				changed = append(changed, key)
			}
		}
		if said > 0 && len(changed) != said || len(now) != len(before) {
			t.Fatalf("kill %d: the frame says %d, %q changed", i, said, changed)
		}
		before = now
	}
	runOK(t, bin, "export", "--accept-removal", dir)
	files := writtenFiles(t, dir)
	runOK(t, bin, "export", dir)
	if diff := cmp.Diff(files, writtenFiles(t, dir)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(before, decisionsIn(t, bin, dir)); diff != "" {
		t.Error(diff)
	}
	for name := range files {
		if regexp.MustCompile(`\d{12}$|journal\.(export|bad)$`).MatchString(name) {
			t.Errorf("%s is left", name)
		}
	}
	t.Logf("%d kills, %d files at the end", n, len(files))
}

// killTicking opens the explorer, ticks a row and kills: when the frame says so (0), at once
// (1), or after that while the exposures are written (2). It gives the number of dashboards
// that the frame says were decided, 0 when none was drawn.
func killTicking(t *testing.T, bin, dir string, row, when int) (said int) {
	t.Helper()
	decided := regexp.MustCompile(`(?:included|cleared) (\d+) dashboards?`)
	wait := []*regexp.Regexp{regexp.MustCompile("undecided of"), regexp.MustCompile(`\[2 Dashboards\]`), decided, regexp.MustCompile("What writing changes")}
	keys := []string{"2", "=" + strings.Repeat("j", row) + " ", "w", "wR"}
	steps := []int{3, 2, 4}[when]
	at := 0
	out, code := codeOnTerminal(t, time.Minute, func(p *os.Process, w io.Writer, out *bytes.Buffer) {
		if at < steps {
			found := wait[at].FindSubmatch(out.Bytes())
			if found == nil {
				return
			}
			if at == 2 {
				said, _ = strconv.Atoi(string(found[1])) // digits
			}
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
	return said
}

// decisionsIn are the decisions by the keys of all dashboards.
func decisionsIn(t *testing.T, bin, dir string) map[string]string {
	t.Helper()
	var rows []records.Dashboard
	disktest.Must(t, json.Unmarshal([]byte(runOK(t, bin, "list", "dashboards", "--output", "json", dir)), &rows))
	out := map[string]string{}
	for _, r := range rows {
		out[r.Key] = r.Decision
	}
	return out
}
