package refresh

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"darkroom/model/lineage"
)

func TestOrder(t *testing.T) {
	order := func(changes ...change) (names []string) {
		w := newWorld()
		for _, change := range changes {
			change(w)
		}
		var all []*Verdict
		for _, v := range w.judge(t) {
			all = append(all, v)
		}
		for _, v := range Ordered(all, now) {
			names = append(names, v.Extract.LUID)
		}
		return names
	}
	views := func(dashboard, n int) change { return func(w *world) { w.site.Dashboards[dashboard].Views = n } }
	for _, c := range []struct {
		name    string
		changes []change
		want    []string
	}{
		{"by views: Orders has those of Sales and Live", nil, []string{"l-orders", "l-dims", "l-sales"}},
		{"the most viewed first", []change{views(1, 500)}, []string{"l-dims", "l-orders", "l-sales"}},
		{"unknown views count as none", []change{views(1, -1)}, []string{"l-orders", "l-sales", "l-dims"}},
		{"a source comes before the workbook that makes it weigh", []change{views(0, 1000)}, []string{"l-orders", "l-sales", "l-dims"}},
		{"what was never refreshed is stalest", []change{refreshed("l-dims", time.Time{})}, []string{"l-dims", "l-orders", "l-sales"}},
	} {
		if got := order(c.changes...); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestQuota(t *testing.T) {
	ago := func(minutes ...int) (list []time.Time) {
		for _, m := range minutes {
			list = append(list, now.Add(-time.Duration(m)*time.Minute))
		}
		return list
	}
	for _, c := range []struct {
		quota   Quota
		started []time.Time
		room    int
		next    int // minutes from now
	}{
		{2, nil, 2, 60},
		{2, ago(10), 1, 60},
		{2, ago(10, 20), 0, 40},
		{2, ago(50, 10, 5), 0, 50}, // started without us as well: the second oldest has to go
		{2, ago(61, 60, 10), 1, 60},
		{0, ago(1, 2, 3), 1 << 30, 0},
	} {
		room, next := c.quota.Room(c.started, now)
		if want := now.Add(time.Duration(c.next) * time.Minute); room != c.room || c.quota > 0 && !next.Equal(want) {
			t.Errorf("%d after %v: %d, next %s, want %d, next %s", c.quota, c.started, room, next, c.room, want)
		}
	}
}

// What is behind the dashboards that are chosen is looked at, and what they are on counts
// with all of its dashboards.
func TestExtracts(t *testing.T) {
	w := newWorld()
	w.judge(t)
	g, err := lineage.Build(t.Context(), projectsOf(w), sitesOf(w), lineage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	only := func(name string) Choice {
		return Choice{Selected: func(d *lineage.Dashboard) bool { return d.Dashboard.Name == name }}
	}
	list, err := Extracts(t.Context(), g, only("Sales"), w.window)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, x := range list {
		got = append(got, x.LUID)
		if x.LUID == "l-orders" && (len(x.Dashboards) != 2 || x.Views != 40) {
			t.Errorf("%d dashboards with %d views on it", len(x.Dashboards), x.Views)
		}
	}
	slices.Sort(got)
	if !slices.Equal(got, []string{"l-orders", "l-sales"}) {
		t.Errorf("behind Sales: %v", got)
	}

	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Extracts(ended, g, Choice{}, w.window); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if _, err := Judge(ended, g, list, func(*Extract) *Seen { return &Seen{} }, w.opt); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
