//go:build unix

package main

import (
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"testing"

	"darkroom/sources/project/workspace"
)

// footprint is what an open project keeps in memory, in bytes.
type footprint struct{ model, dashboard float64 }

// footprintOf opens projects of several sizes: what larger ones keep more is by each model, with
// the table of the site that it is and its four edges, and by each dashboard, with its sheet
// and three links.
func footprintOf(t testing.TB, models, dashboards int) footprint {
	t.Helper()
	small, wide, tall := opened(t, models, dashboards), opened(t, 2*models, dashboards), opened(t, models, 2*dashboards)
	return footprint{model: float64(wide-small) / float64(models), dashboard: float64(tall-small) / float64(dashboards)}
}

// opened is how many bytes an open project has.
func opened(t testing.TB, models, dashboards int) int64 {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "project")
	if err := makeProject([]string{dir, "layered", fmt.Sprint(models), fmt.Sprint(dashboards)}, io.Discard); err != nil {
		t.Fatal(err)
	}
	before := live()
	w, err := workspace.Open(t.Context(), workspace.Request{Dir: dir, Metadata: []string{filepath.Join(dir, "site.json")}, ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	after := live()
	if len(w.Graph.Dashboards()) != dashboards || w.Graph.Resources() != models {
		t.Fatalf("%d dashboards, %d models", len(w.Graph.Dashboards()), w.Graph.Resources())
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return after - before
}

// live is the size of what is in use. What pools hold goes with the second collection.
func live() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// An open project keeps no more for each model and dashboard than it needs: a copy of a
// text, a verdict or a list for each of them is found here.
func TestMemoryOfAModelAndOfADashboard(t *testing.T) {
	const mostOfModel, mostOfDashboard = 1_100, 3_200
	k := footprintOf(t, 2_000, 2_000)
	t.Logf("%.0f bytes for a model, %.0f for a dashboard", k.model, k.dashboard)
	if k.model > mostOfModel || k.dashboard > mostOfDashboard {
		t.Errorf("%.0f bytes for a model and %.0f for a dashboard, want %d and %d at most", k.model, k.dashboard, mostOfModel, mostOfDashboard)
	}
}

func BenchmarkMemory(b *testing.B) {
	for b.Loop() {
		k := footprintOf(b, 20_000, 10_000)
		b.ReportMetric(k.model, "B/model")
		b.ReportMetric(k.dashboard, "B/dashboard")
	}
}
