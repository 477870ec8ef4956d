package lineage_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/model/lineage/lineagetest"
)

// A large site is joined by two goroutines. Each dashboard has the links that it has in a part
// of the site, which one joins, and what is out of scope is counted in both.
func TestALargeSiteIsJoinedAsItsParts(t *testing.T) {
	const n, part = 2500, 500
	rng := rand.New(rand.NewPCG(1, 7))
	projects := []*model.Project{lineagetest.Shop()}
	site := lineagetest.Tower(slices.Repeat([]string{"fct", "rpt", "orders", "nowhere", "stg"}, n/5)...)
	for i := range site.Dashboards {
		d := &site.Dashboards[i]
		d.LUID, d.Name = fmt.Sprint("luid-", i), fmt.Sprint("on ", rng.IntN(n))
		for range rng.IntN(4) {
			d.SheetIDs = append(d.SheetIDs, fmt.Sprint("s", rng.IntN(n)))
		}
	}
	opt := lineage.Options{InScope: func(d *lineage.Dashboard) bool { return len(d.Dashboard.SheetIDs) != 2 }}
	whole := built(t, projects, []*model.Site{site}, opt)
	joined, outOfScope := 0, 0
	for from := 0; from < n; from += part {
		some := *site
		some.Dashboards = site.Dashboards[from : from+part]
		g := built(t, projects, []*model.Site{&some}, opt)
		joined += len(g.Dashboards())
		outOfScope += g.OutOfScope
		for _, want := range g.Dashboards() {
			got, _ := whole.Dashboard(want.Key)
			if got == nil || got.Status != want.Status || !reflect.DeepEqual(got.Gaps, want.Gaps) || !reflect.DeepEqual(got.Links, want.Links) {
				t.Fatalf("%s: %+v, want %+v", want.Key, got, want)
			}
		}
	}
	if len(whole.Dashboards()) != joined || whole.OutOfScope != outOfScope || outOfScope == 0 {
		t.Errorf("%d dashboards, %d out of scope; want %d, %d", len(whole.Dashboards()), whole.OutOfScope, joined, outOfScope)
	}
}
