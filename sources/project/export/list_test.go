package export

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"darkroom/model/curate"
	"darkroom/sources/disk/disktest"
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
	before, err := List(w)
	disktest.Must(t, err)
	disktest.Must(t, IncludeLinked(t.Context(), w))
	for _, d := range w.Graph.Dashboards() {
		if linked, _ := d.Counts(); linked > 0 && w.Book.Effective(d.Key) == curate.Undecided {
			t.Errorf("%s is still undecided", d.Title())
		}
	}
	after, err := List(w)
	disktest.Must(t, err)
	auto := func(x Listed) bool { return x.Auto }
	if !slices.ContainsFunc(after, auto) || len(after) <= len(before) {
		t.Errorf("%d exposures, then %d", len(before), len(after))
	}
	if slices.IndexFunc(after, func(x Listed) bool { return !x.Auto }) < 0 {
		t.Error("those declared by hand are missing")
	}
	for i, x := range after {
		if x.DependsOn == nil || i > 0 && after[i-1].Project == x.Project && after[i-1].Name > x.Name {
			t.Errorf("%+v", x)
		}
	}
}
