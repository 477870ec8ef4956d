package exposures

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"darkroom/model/curate"
	"darkroom/model/exposure/merge"
	"darkroom/model/outlook"
	"darkroom/sources/disk/disktest"
	"darkroom/sources/project/export"
	"darkroom/sources/project/workspace"
)

// projects are the example and the projects of reports, by name.
func projects(t *testing.T) map[string]string {
	t.Helper()
	top := filepath.Join("..", "..", "..")
	found := map[string]string{"roastery": filepath.Join(top, "examples", "roastery"), "wholesale": filepath.Join(top, "examples", "wholesale")}
	reports, err := filepath.Glob(filepath.Join(top, "ui", "cli", "testdata", "reports", "*", "dbt_project.yml"))
	disktest.Must(t, err)
	for _, file := range reports {
		dir := filepath.Dir(file)
		found[filepath.Base(dir)] = dir
	}
	return found
}

func copied(t *testing.T, dir string) *workspace.Workspace {
	t.Helper()
	root := t.TempDir()
	disktest.Must(t, os.CopyFS(root, os.DirFS(dir)))
	w, err := workspace.Open(t.Context(), workspace.Request{Dir: root})
	disktest.Must(t, err)
	t.Cleanup(func() { w.Close() })
	return w
}

// entry is one of darkroom's entries as a file has it.
type entry struct{ file, name, text string }

// onDisk are darkroom's entries in the YAML files below the projects, by root and key.
func onDisk(t *testing.T, w *workspace.Workspace) (entries map[[2]string]entry, lines map[[3]string]int) {
	t.Helper()
	entries, lines = map[[2]string]entry{}, map[[3]string]int{}
	for _, p := range w.Graph.Projects {
		if p.Root == "" {
			continue
		}
		disktest.Must(t, filepath.WalkDir(p.Root, func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.Contains(path, ".darkroom") || filepath.Ext(path) != ".yml" {
				return err
			}
			text, err := os.ReadFile(path)
			rel, _ := filepath.Rel(p.Root, path)
			for _, e := range merge.EntriesIn(text) {
				name := filepath.ToSlash(rel)
				if e.Managed {
					entries[[2]string{p.Root, e.Key}] = entry{name, e.Name, e.Text}
				}
				lines[[3]string{p.Root, name, e.Name}] = e.Line
			}
			return err
		}))
	}
	return entries, lines
}

// promised compares what the outlook says of each dashboard and of each exposure with what
// an export then does.
func promised(t *testing.T, w *workspace.Workspace, l *Lookout) map[outlook.State]int {
	t.Helper()
	o, err := Outlook(t.Context(), w, w.Book)
	disktest.Must(t, err)
	kept, err := l.Outlook(t.Context(), w, w.Book)
	disktest.Must(t, err)
	if !reflect.DeepEqual(o, kept) {
		t.Error("what is kept from the last time changes what is said")
	}
	before, lines := onDisk(t, w)
	if o.Stops == "" {
		plan, err := export.PlanExport(t.Context(), w, w.Book, export.Options{})
		disktest.Must(t, err)
		disktest.Must(t, export.Write(t.Context(), plan))
	} else if plan, err := export.PlanExport(t.Context(), w, w.Book, export.Options{}); err == nil && w.Writable() == nil {
		t.Errorf("%q, but an export has a plan of %d files", o.Stops, len(plan.Files))
	}
	after, _ := onDisk(t, w)
	for _, d := range w.Graph.Dashboards() {
		says := o.Of(d.Key)
		if len(says.Entries) == 0 && says.State != outlook.None && o.Stops == "" {
			t.Errorf("%s is %q without an entry", d.Title(), says.State)
		}
		for _, p := range w.Graph.Projects {
			at := [2]string{p.Root, d.Key}
			was, is := before[at], after[at]
			said := slices.IndexFunc(says.Entries, func(e *outlook.Entry) bool { return e.In == p && e.Auto })
			if said < 0 {
				if is.name != "" && (says.State != outlook.Refused || was != is) {
					t.Errorf("%s is %q, and now has %s in %s", d.Title(), says.State, is.name, is.file)
				}
				continue
			}
			e := says.Entries[said]
			if fits := fits(e.State, was, is); !fits {
				t.Errorf("%s is said to be %q: %+v before, %+v after", d.Title(), e.State, was, is)
			}
			if e.State != outlook.Removed && o.Stops == "" && (e.YAML != is.text || e.Path != is.file || e.Name != is.name) {
				t.Errorf("%s: %s in %s is said to be\n%s\nit is %s in %s\n%s", d.Title(), e.Name, e.Path, e.YAML, is.name, is.file, is.text)
			}
		}
	}
	found := map[outlook.State]int{}
	for _, e := range o.Entries {
		found[e.State]++
		if e.In != nil && e.Line != lines[[3]string{e.In.Root, e.Path, e.Name}] {
			t.Errorf("%s is said to begin in line %d of %s: %d", e.Name, e.Line, e.Path, lines[[3]string{e.In.Root, e.Path, e.Name}])
		}
	}
	return found
}

// fits reports whether an entry went from one text to another as a state says.
func fits(s outlook.State, was, is entry) bool {
	switch s {
	case outlook.New:
		return was.name == "" && is.name != ""
	case outlook.Changed:
		return was.name != "" && is.name != "" && was != is
	case outlook.Removed:
		return was.name != "" && is.name == ""
	}
	return was == is
}

// What is said of each dashboard is what an export does: nothing decided, all linked ones
// included, some of them taken back, renamed, and values edited by hand.
func TestOutlookIsWhatExportDoes(t *testing.T) {
	seen := map[outlook.State]int{}
	lookouts := map[*workspace.Workspace]*Lookout{}
	promised := func(t *testing.T, w *workspace.Workspace) {
		t.Helper()
		if lookouts[w] == nil {
			lookouts[w] = &Lookout{}
		}
		for state, n := range promised(t, w, lookouts[w]) {
			seen[state] += n
		}
	}
	for name, dir := range projects(t) {
		t.Run(name, func(t *testing.T) {
			w := copied(t, dir)
			dice := rand.New(rand.NewPCG(7, 7))
			decide := func(decision curate.Decision, share float64) {
				var keys []string
				for _, d := range w.Graph.Dashboards() {
					if dice.Float64() < share {
						keys = append(keys, d.Key)
					}
				}
				disktest.Must(t, w.Keep(t.Context(), w.Choose(t.Context(), keys, decision, "")))
			}
			promised(t, w)
			disktest.Must(t, w.Keep(t.Context(), export.IncludeLinked(t.Context(), w)))
			promised(t, w)
			promised(t, w)
			edit(t, w, dice)
			promised(t, w)
			for range 2 {
				decide(curate.Excluded, 0.2)
				decide(curate.Included, 0.3)
				decide(curate.Undecided, 0.1)
				edit(t, w, dice)
				for _, d := range w.Graph.Dashboards() {
					if dice.Float64() < 0.1 {
						d.Dashboard.Name += " II"
					}
				}
				promised(t, w)
			}
		})
	}
	for _, state := range outlook.States() {
		if seen[state] == 0 && state != outlook.Gone {
			t.Errorf("nothing was ever %q: %v", state, seen)
		}
	}
}

// edit changes some of the values in the files by hand, takes entries out, and marks some
// with a comment.
func edit(t *testing.T, w *workspace.Workspace, dice *rand.Rand) {
	t.Helper()
	for _, p := range w.Graph.Projects {
		files, err := filepath.Glob(filepath.Join(p.Root, "models", "exposures", "*.yml"))
		disktest.Must(t, err)
		for _, file := range files {
			text, err := os.ReadFile(file)
			disktest.Must(t, err)
			var lines []string
			skip := false
			for l := range strings.Lines(string(text)) {
				switch {
				case strings.HasPrefix(l, "  - name:"):
					skip = dice.Float64() < 0.03
				case strings.HasPrefix(l, "    label:") && dice.Float64() < 0.1:
					l = "    label: edited by hand\n"
				case strings.HasPrefix(l, "    url:") && dice.Float64() < 0.05:
					continue
				case strings.HasPrefix(l, "    type:") && dice.Float64() < 0.05:
					l = "    type: dashboard # seen\n"
				}
				if !skip {
					lines = append(lines, l)
				}
			}
			disktest.Must(t, os.WriteFile(file, []byte(strings.Join(lines, "")), 0o600))
		}
	}
}
