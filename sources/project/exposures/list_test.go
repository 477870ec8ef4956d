package exposures

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/outlook"
	"darkroom/sources/disk/disktest"
	"darkroom/sources/project/export"
	"darkroom/sources/project/workspace"
)

// Every linked dashboard that is included is listed with what is declared by hand, in
// one order, and each list of parents is there even when it is empty.
func TestListJoinsPlannedAndDeclared(t *testing.T) {
	root := t.TempDir()
	disktest.Must(t, os.CopyFS(root, os.DirFS(filepath.Join("..", "..", "..", "examples", "roastery"))))
	w, err := workspace.Open(t.Context(), workspace.Request{Dir: root})
	disktest.Must(t, err)
	defer w.Close()
	before, err := List(t.Context(), w, w.Book)
	disktest.Must(t, err)
	disktest.Must(t, w.Keep(t.Context(), export.IncludeLinked(t.Context(), w)))
	for _, d := range w.Graph.Dashboards() {
		if linked, _ := d.Counts(); linked > 0 && w.Book.Effective(d.Key) == curate.Undecided {
			t.Errorf("%s is still undecided", d.Title())
		}
	}
	after, err := List(t.Context(), w, w.Book)
	disktest.Must(t, err)
	auto := func(x *outlook.Entry) bool { return x.Auto }
	if !slices.ContainsFunc(after, auto) || len(after) <= len(before) {
		t.Errorf("%d exposures, then %d", len(before), len(after))
	}
	if slices.IndexFunc(after, func(x *outlook.Entry) bool { return !x.Auto }) < 0 {
		t.Error("those declared by hand are missing")
	}
	for i, x := range after {
		if x.DependsOn == nil || i > 0 && after[i-1].Project == x.Project && after[i-1].Name > x.Name {
			t.Errorf("%+v", x)
		}
	}
}

// What an export makes of each exposure is said, and one that was disabled by hand is
// darkroom's still: it is listed once.
func TestListSaysTheState(t *testing.T) {
	root := t.TempDir()
	disktest.Must(t, os.CopyFS(root, os.DirFS(filepath.Join("..", "..", "..", "ui", "cli", "testdata", "reports", "hidden-then-shown"))))
	open := func() *workspace.Workspace {
		w, err := workspace.Open(t.Context(), workspace.Request{Dir: root})
		disktest.Must(t, err)
		t.Cleanup(func() { w.Close() })
		return w
	}
	state := func(w *workspace.Workspace, want outlook.State) {
		t.Helper()
		list, err := List(t.Context(), w, w.Book)
		disktest.Must(t, err)
		if len(list) != 1 || list[0].State != want || list[0].Site != "tab.example.com/acme" || len(list[0].DependsOn) != 1 || list[0].OwnerEmails[0] != "ann@example.com" {
			t.Errorf("want one that is %s: %+v", want, list)
		}
	}
	w := open()
	disktest.Must(t, w.Keep(t.Context(), export.IncludeLinked(t.Context(), w)))
	state(w, outlook.New)
	plan, err := export.PlanExport(t.Context(), w, w.Book, export.Options{})
	disktest.Must(t, err)
	disktest.Must(t, export.Write(t.Context(), plan))
	disktest.Must(t, w.Close())

	later, err := os.ReadFile(filepath.Join(root, "later.json"))
	disktest.Must(t, err)
	disktest.Must(t, os.WriteFile(filepath.Join(root, "tableau.json"), later, 0o600))
	w = open()
	state(w, outlook.Changed) // it is shown now, and the same
	disktest.Must(t, w.Close())

	file := filepath.Join(root, "models", "exposures", "tableau.yml")
	text, err := os.ReadFile(file)
	disktest.Must(t, err)
	text = bytes.Replace(text, []byte("    config:\n"), []byte("    config:\n      enabled: false\n"), 1)
	disktest.Must(t, os.WriteFile(file, text, 0o600))
	w = open()
	w.Graph.Projects[0].Exposures = []model.Exposure{{Name: "overview", Package: "shop", Path: "models/exposures/tableau.yml"}}
	list, err := List(t.Context(), w, w.Book)
	disktest.Must(t, err)
	if len(list) != 1 || !list[0].Disabled || !list[0].Auto {
		t.Errorf("%+v", list)
	}
}
