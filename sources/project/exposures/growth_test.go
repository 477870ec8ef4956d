package exposures

import (
	"testing"

	"darkroom/model/curate"
	"darkroom/model/growth"
	"darkroom/sources/disk/disktest"
	"darkroom/sources/project/export"
)

// The work of an outlook grows with the number of dashboards: of the first, of one after a
// decision, and of one after a decision about all.
func TestOutlookGrowsWithTheDashboards(t *testing.T) {
	for _, test := range []struct {
		name    string
		share   int // of the dashboards that is included and exported
		decided func(keys []string) []string
	}{
		{"first", 1, nil},
		{"after a decision", 1, func(keys []string) []string { return keys[:1] }},
		{"after all are excluded", 1, func(keys []string) []string { return keys }},
		{"after all others are included", 10, func(keys []string) []string { return keys }},
	} {
		t.Run(test.name, func(t *testing.T) {
			growth.Check(t, 100, func(n int) growth.Run {
				w := grown(t, n, test.share)
				var l Lookout
				if test.decided != nil {
					_, err := l.Outlook(t.Context(), w, w.Book)
					disktest.Must(t, err)
					var keys []string
					for _, d := range w.Graph.Dashboards() {
						keys = append(keys, d.Key)
					}
					w.Book.Toggle(test.decided(keys), curate.Meta{})
				}
				return func() int {
					_, err := l.Outlook(t.Context(), w, w.Book)
					disktest.Must(t, err)
					return 0
				}
			})
		})
	}
}

// An export makes few things for each dashboard: a copy of an entry in lines, texts or lists
// of its own is found here.
func TestAnExportAllocatesLittleForADashboard(t *testing.T) {
	const most = 28
	for name, test := range map[string]struct {
		written bool // all were exported; otherwise all but one are new
		opt     export.Options
	}{
		"new":                {false, export.Options{All: true}},
		"written":            {true, export.Options{}},
		"written, shown":     {true, export.Options{Show: true}},
		"written, looked at": {true, export.Options{Look: true}},
	} {
		allocations := func(n int) float64 {
			share := n
			if test.written {
				share = 1
			}
			w := grown(t, n, share)
			return testing.AllocsPerRun(2, func() {
				_, err := export.PlanExport(t.Context(), w, w.Book, test.opt)
				disktest.Must(t, err)
			})
		}
		const n = 100
		if each := (allocations(3*n) - allocations(n)) / (2 * n); each > most {
			t.Errorf("%s: %.1f allocations for a dashboard, want %d at most", name, each, most)
		}
	}
}
