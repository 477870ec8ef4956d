package query

import (
	"strings"
	"testing"
	"time"

	"darkroom/model/lineage/lineagetest"
	"darkroom/model/usage"
)

// viewed is a site whose dashboards have had 0, 3 and 20 views within 30 days, and one
// that was not counted then.
func viewed(t *testing.T) Known {
	site := lineagetest.Tower("fct", "rpt", "nowhere", "dim")
	var h *usage.History
	for i, day := range []time.Time{noon.AddDate(0, 0, -40), noon.AddDate(0, 0, -1)} {
		counts := map[string]int{}
		for at := range site.Dashboards {
			d := &site.Dashboards[at]
			d.LUID, d.Views = d.Name, 100+i*[]int{0, 3, 20, 7}[at]
			counts[d.LUID] = d.Views
		}
		if i == 0 {
			delete(counts, "on dim")
		}
		h = h.With(day, counts)
	}
	site.Usage = h
	return known(t, site)
}

// A window compares the views within it; what is not known meets nothing.
func TestViewsWithin(t *testing.T) {
	k := viewed(t)
	for text, want := range map[string]string{
		"views:30d": "on nowhere, on rpt", "views:30d=0": "on fct", "views:4w>3": "on nowhere", "views:30d>=3": "on nowhere, on rpt", "views:1mo<5": "on fct, on rpt",
		"views:>110": "on nowhere", "-views:30d": "on dim, on fct",
	} {
		b, problem := Parse(text).Bind(k)
		if problem != "" {
			t.Fatal(text, problem)
		}
		var got []string
		for _, d := range k.Graph.Dashboards() {
			if b.Meets(d.ID, false) {
				got = append(got, d.Title())
			}
		}
		if sorted(got) != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	for _, text := range []string{"views:30d>", "views:30d>=2."} {
		if q := Parse(text); q.Problem != "" || q.Unfinished == "" {
			t.Errorf("%s: %q, %q", text, q.Problem, q.Unfinished)
		}
	}
	for _, text := range []string{"views:30x>1", "views:30d>many", "views:>30d", "views:d>1"} {
		if q := Parse(text); q.Problem == "" {
			t.Errorf("%s is read", text)
		}
	}
}

// A window that is longer than the history is unknown, which is said.
func TestViewsUnknown(t *testing.T) {
	k := viewed(t)
	for text, want := range map[string]string{"views:60d": "counted since 2026-10-14, so 60d are unknown", "-views:60d=0": "60d are unknown"} {
		b, problem := Parse(text).Bind(k)
		if !strings.Contains(problem, want) || b.Meets(k.Graph.Dashboards()[0].ID, true) {
			t.Errorf("%s: %q", text, problem)
		}
	}
	if _, problem := Parse("views:1d").Bind(known(t, lineagetest.Tower("fct"))); !strings.Contains(problem, "no views are counted yet") {
		t.Error(problem)
	}
}
