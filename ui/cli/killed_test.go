//go:build unix

package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
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
// time it is killed while it writes the exposures instead.
func TestKilledAfterATick(t *testing.T) {
	bin, dir := binary(t), t.TempDir()
	disktest.Must(t, layOutExample("roastery", dir))
	setLayout(t, dir, "layout: workbook")
	decided, titles := map[string]bool{}, tickable(t, bin, dir)
	n := kills(t)
	for i := range n {
		title := titles[i%len(titles)]
		sure := killTicking(t, bin, dir, title, i%3)
		now := includedIn(t, bin, dir)
		if sure || now[title] != decided[title] {
			decided[title] = !decided[title]
		}
		for _, other := range titles {
			if now[other] != decided[other] {
				t.Fatalf("kill %d at %q: %q is included: %t, want %t", i, title, other, now[other], decided[other])
			}
		}
	}
	runOK(t, bin, "export", "--accept-removal", dir)
	before := writtenFiles(t, dir)
	runOK(t, bin, "export", dir)
	if diff := cmp.Diff(before, writtenFiles(t, dir)); diff != "" {
		t.Error(diff)
	}
	for name := range before {
		if regexp.MustCompile(`\d{12}$|journal\.(export|bad)$`).MatchString(name) {
			t.Errorf("%s is left", name)
		}
	}
	included := 0
	for _, yes := range decided {
		if yes {
			included++
		}
	}
	t.Logf("%d kills over %d dashboards, %d are included", n, len(titles), included)
}

// killTicking opens the explorer, ticks a dashboard and kills: when the frame says so (0,
// the decision is sure), at once (1), or after that while the exposures are written (2).
func killTicking(t *testing.T, bin, dir, title string, when int) (sure bool) {
	t.Helper()
	steps := []step{{"undecided of", "2"}, {"[2 Dashboards]", "/" + strings.ToLower(title) + "\r"}, {title, " "}}
	const said = "d 1 dashboard" // included, or cleared
	switch when {
	case 0:
		steps = append(steps, step{said, ""})
	case 2:
		steps = append(steps, step{said, "w"}, step{"What writing changes", "wR"})
	}
	at := 0
	out, code := codeOnTerminal(t, time.Minute, func(p *os.Process, w io.Writer, out *bytes.Buffer) {
		if at < len(steps) && strings.Contains(out.String(), steps[at].wait) {
			out.Reset()
			io.WriteString(w, steps[at].keys)
			at++
		}
		if at == len(steps) {
			_ = p.Kill() // it may have ended
		}
	}, bin, dir)
	if code != -1 || at < len(steps) {
		t.Fatalf("%q: ended with %d at step %d: %q", title, code, at, out)
	}
	return when != 1
}

// tickable are the titles of dashboards that a filter finds alone.
func tickable(t *testing.T, bin, dir string) []string {
	t.Helper()
	var out []string
	rows := dashboardRows(t, bin, dir)
	for _, r := range rows {
		alone := !slices.ContainsFunc(rows, func(o records.Dashboard) bool {
			return o.Key != r.Key && strings.Contains(fmt.Sprint(o), r.Title)
		})
		if alone && r.Status == "linked" && r.Decision == "undecided" && regexp.MustCompile(`^[A-Z][a-z]+( [A-Z][a-z]+)+$`).MatchString(r.Title) {
			out = append(out, r.Title)
		}
	}
	if len(out) < 3 {
		t.Fatalf("only %q", out)
	}
	return out
}

func dashboardRows(t *testing.T, bin, dir string) []records.Dashboard {
	t.Helper()
	var rows []records.Dashboard
	disktest.Must(t, json.Unmarshal([]byte(runOK(t, bin, "list", "dashboards", "--output", "json", dir)), &rows))
	return rows
}

func includedIn(t *testing.T, bin, dir string) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	for _, r := range dashboardRows(t, bin, dir) {
		if r.Decision == "include" {
			out[r.Title] = true
		}
	}
	return out
}
