package export

import (
	"slices"
	"strings"
	"testing"

	"darkroom/model/curate"
	"darkroom/sources/disk/disktest"
	"darkroom/sources/project/workspace"
)

// TestMassRemovals: what goes without a decision is asked about when it is much. The six
// entries of the first stage are there.
func TestMassRemovals(t *testing.T) {
	record := func(d curate.Decision) curate.Record { return curate.Record{Decision: d} }
	all := []string{"000", "010", "101", "111", "202", "212"}
	for _, c := range []struct {
		name    string
		change  func(w *workspace.Workspace) curate.Decision // of all; the rest of the book is as it was
		undo    []string                                     // undecided again
		level   string
		prune   bool
		want    string // of the removal; "" when none is to be asked about
		removed int
	}{
		{name: "nothing"},
		{name: "one undecided", undo: all[:1], removed: 1},
		{name: "half undecided", undo: all[:3], removed: 3},
		{name: "more than half undecided", undo: all[:4], removed: 4, want: "4 of 6 entries of shop: their dashboards are now undecided"},
		{name: "all excluded", change: func(*workspace.Workspace) curate.Decision { return curate.Excluded }, removed: 6},
		{name: "another level", level: "level: workbook", removed: 6},
		{
			name: "gone", prune: true, removed: 5, want: "5 of 6 entries of shop: their dashboards are missing from what the BI tool reported",
			change: func(w *workspace.Workspace) curate.Decision {
				w.Graph.Sites[0].Dashboards = w.Graph.Sites[0].Dashboards[:1]
				return curate.Included
			},
		},
		{
			name: "gone and excluded", prune: true, removed: 5,
			change: func(w *workspace.Workspace) curate.Decision {
				w.Graph.Sites[0].Dashboards = w.Graph.Sites[0].Dashboards[:1]
				return curate.Excluded
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			root := t.TempDir()
			disktest.Must(t, Write(t.Context(), stage{number: 1}.plan(t, root)))
			w := stage{1, c.level}.open(t, root)
			decision := curate.Included
			if c.change != nil {
				decision = c.change(w)
			}
			book := map[string]curate.Record{}
			for _, key := range all {
				if !slices.Contains(c.undo, key) {
					book[key] = record(decision)
				}
			}
			if c.name == "gone and excluded" {
				book[all[0]] = record(curate.Included)
			}
			w = stage{1, c.level}.with(t, root, w.Graph.Sites[0])
			p, err := PlanExport(t.Context(), w, curate.New(book), Options{Prune: c.prune})
			disktest.Must(t, err)
			removed := 0
			for i := range p.Files {
				removed += len(p.Files[i].Changes.Removed)
			}
			var said []string
			for _, r := range p.Removals {
				said = append(said, r.String())
			}
			if removed != c.removed || (c.want == "") != (len(said) == 0) || !strings.Contains(strings.Join(said, "\n"), c.want) {
				t.Errorf("%d are removed, want %d: %q", removed, c.removed, said)
			}
		})
	}
}

// TestDecidedElsewhere: the decisions about a project are in its own folder, and the export
// runs with those of another.
func TestDecidedElsewhere(t *testing.T) {
	root, here := t.TempDir(), t.TempDir()
	disktest.Must(t, Write(t.Context(), stage{number: 1}.plan(t, root)))
	disktest.Write(t, root, decisionsFile, "version: 1\ndecisions:\n  \"000\": {decision: include}\n")
	w := stage{number: 1}.open(t, root)
	w.Root = here
	p, err := PlanExport(t.Context(), w, curate.New(nil), Options{})
	disktest.Must(t, err)
	if len(p.Kept) != 1 || len(p.Kept[0].Names) != 6 || !strings.Contains(p.Kept[0].String(), root+" has its own decisions") || p.Drift() {
		t.Errorf("%+v", p.Kept)
	}
}
