package query

import (
	"testing"
	"time"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/model/lineage/lineagetest"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// Each comparison of numbers and of days lets through what it says; what could still
// become one is unfinished, and all else is wrong.
func TestComparisons(t *testing.T) {
	ago := func(days int) time.Time { return noon.AddDate(0, 0, -days) }
	for _, c := range []struct {
		text    string
		views   int
		updated time.Time
		want    bool
	}{
		{"views:>1k", 1001, noon, true},
		{"views:>1k", 1000, noon, false},
		{"views:>=1k", 1000, noon, true},
		{"views:<1k", 999, noon, true},
		{"views:<1k", 1000, noon, false},
		{"views:<1k", -1, noon, false},
		{"views:2.5m", 2_500_000, noon, true},
		{"views:2.5M", 2_500_000, noon, true},
		{"views:100..1k", 100, noon, true},
		{"views:100..1k", 1000, noon, true},
		{"views:100..1k", 99, noon, false},
		{"views:100..1k", 1001, noon, false},
		{"views:..7", 0, noon, true},
		{"views:..7", -1, noon, false},
		{"views:7..", 7, noon, true},
		{"views:7", 7, noon, true},
		{"views:=7", 8, noon, false},
		{"-views:>1k", 7, noon, true},
		{"-views:>1k", 7000, noon, false},
		{"not views:>1k", 7000, noon, false},
		{"updated:<90d", 0, ago(89), true},
		{"updated:<90d", 0, ago(91), false},
		{"updated:<90d", 0, time.Time{}, false},
		{"updated:90d", 0, ago(89), true},
		{"updated:>90d", 0, ago(91), true},
		{"updated:>90d", 0, ago(89), false},
		{"updated:>90d", 0, time.Time{}, false},
		{"updated:<4w", 0, ago(27), true},
		{"updated:<4w", 0, ago(29), false},
		{"updated:<6mo", 0, ago(170), true},
		{"updated:<6MO", 0, ago(190), false},
		{"updated:<2y", 0, ago(700), true},
		{"updated:30d..90d", 0, ago(60), true},
		{"updated:30d..90d", 0, ago(20), false},
		{"updated:30d..90d", 0, ago(100), false},
		{"updated:2026-11-23", 0, noon, true},
		{"updated:2026-11-22", 0, noon, false},
		{"updated:2026-11", 0, noon, true},
		{"updated:2026", 0, noon, true},
		{"updated:>2026-11-23", 0, noon, false},
		{"updated:>=2026-11-23", 0, noon, true},
		{"updated:<2026-11-23", 0, noon, false},
		{"updated:<=2026-11-23", 0, noon, true},
		{"updated:2026-01..2026-11", 0, noon, true},
		{"updated:2026-01..2026-10", 0, noon, false},
		{"updated:2026-11..", 0, noon, true},
		{"updated:..2026-10", 0, noon, false},
	} {
		site := lineagetest.Tower("fct")
		site.Dashboards[0].Views, site.Dashboards[0].UpdatedAt = c.views, c.updated
		for i := range site.Workbooks {
			site.Workbooks[i].UpdatedAt = time.Time{}
		}
		k := known(t, site)
		q := Parse(c.text)
		b, _ := q.Bind(k)
		if got := b.Meets(k.Graph.Dashboards()[0].ID, false); got != c.want || q.Kept().Problem != "" {
			t.Errorf("%q of %d views, %v: %v %s", c.text, c.views, c.updated, got, q.Kept().Problem)
		}
	}
}

func known(t *testing.T, site *model.Site) Known {
	t.Helper()
	g, err := lineage.Build(t.Context(), []*model.Project{lineagetest.Shop()}, []*model.Site{site}, lineage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return Known{Graph: g, Book: curate.New(nil), Nodes: g.Selectable(lineagetest.Nodes(lineagetest.Shop())), Now: noon}
}

// What is still being typed asks for nothing and is no mistake until it is kept.
func TestUnfinished(t *testing.T) {
	for _, text := range []string{
		"owner:", "-owner:", "not owner:", "views:", "views:>", "views:>=", "views:100.", "views:1k.", "views:2.", "views:..", "views:1..2.",
		"updated:", "updated:<", "updated:<9", "updated:<90", "updated:<6m", "updated:2026-", "updated:2026-0", "updated:2026-01-", "updated:30d.", "updated:30d..", "updated:30d..9", "updated:2026-01..2026-",
		"config.materialized:",
	} {
		q := Parse(text)
		if q.Problem != "" || q.Unfinished == "" && text != "views:.." && text != "updated:30d.." || q.HasTerms() && q.Unfinished != "" {
			t.Errorf("%q: problem %q, unfinished %q", text, q.Problem, q.Unfinished)
		}
	}
	for _, text := range []string{
		"views:many", "views:>-1", "views:> 1k", "views:><1", "views:1k..x", "views:>1..2", "views:1kk", "views:1,000", "updated:soon", "updated:=90d", "updated:90", "updated:<90m", "updated:2026-13", "updated:2026-02-30", "updated:>1d..2d", "updated:30d..2026",
		"ownr:x", "state:maybe", "hidden:perhaps", "+owner:x", "-bogus:x", "not bogus:x",
	} {
		if q := Parse(text).Kept(); q.Problem == "" || q.Empty() {
			t.Errorf("%q is read without a problem", text)
		}
	}
}
