package cli

import (
	"context"
	"slices"
	"testing"
	"time"

	"darkroom/model/curate"
	"darkroom/model/ledger"
	"darkroom/model/lineage"
	"darkroom/ui/cli/explore"
	"darkroom/ui/explorer"
	"darkroom/ui/explorer/write"
)

// A fix in the explorer changes what is exported right away, and its undo takes
// that back.
func TestAFixReachesTheExport(t *testing.T) {
	b, clean, err := explore.DemoBackend()
	if err != nil {
		t.Fatal(err)
	}
	defer clean()
	loaded, err := b.Load(context.Background(), func(explorer.Progress) {}, func(*lineage.Graph) {})
	if err != nil {
		t.Fatal(err)
	}
	dashboards := loaded.Graph.Dashboards()
	i := slices.IndexFunc(dashboards, func(d *lineage.Dashboard) bool { return d.Dashboard.Name == "Orders (dev database)" })
	d := dashboards[i]
	fix := ledger.Fixes(loaded.Graph, &d.Links[0])[0]
	if fix.String() != "map roastery_dev → roastery" {
		t.Fatal(fix)
	}
	loaded.Book.Set([]string{d.Key}, curate.Included, curate.Meta{})
	added := func() (n int) {
		plan, err := b.Plan(t.Context(), loaded.Book, write.Answers{})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range plan.Files {
			n += len(f.Added)
		}
		return n
	}
	before := added()
	g, err := b.Fix(t.Context(), fix, "tester", time.Time{}, false)
	if err != nil {
		t.Fatal(err)
	}
	if after, ok := g.Dashboard(d.Key); !ok || after.Status != lineage.StatusLinked {
		t.Errorf("after the map it is %v", after.Status)
	}
	if n := added(); n != before+1 {
		t.Errorf("%d exposures are added, before the fix %d", n, before)
	}
	if _, err = b.Fix(t.Context(), fix, "tester", time.Time{}, true); err != nil {
		t.Fatal(err)
	}
	if n := added(); n != before {
		t.Errorf("after undo %d exposures are added, want %d", n, before)
	}
}
