package health

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"darkroom/model"
	"darkroom/model/growth"
	"darkroom/model/modeltest"
	"darkroom/model/outlook"
)

// tangled is a project of n models and sources with all kinds of results, and cycles.
func tangled(rnd *rand.Rand, n int) *model.Project {
	p := deep(n)
	p.Freshness = map[string]model.Freshness{}
	for i := range p.Resources {
		r := &p.Resources[i]
		if rnd.IntN(3) == 0 {
			r.DependsOn = nil
		}
		for range rnd.IntN(3) {
			r.DependsOn = append(r.DependsOn, p.Resources[rnd.IntN(min(n, i+2))].ID)
		}
		p.Runs[r.ID] = model.Run{Status: []string{"success", "success", "success", "error", "skipped", "odd"}[rnd.IntN(6)], EndedAt: day(rnd.IntN(50)), Seconds: rnd.Float64()}
		switch rnd.IntN(6) {
		case 0:
			delete(p.Runs, r.ID)
		case 1:
			modeltest.Extra(r).Description = "said"
		case 2:
			r.Kind, r.ChecksFreshness = model.KindSource, rnd.IntN(2) == 0
			if rnd.IntN(2) == 0 {
				p.Freshness[r.ID] = model.Freshness{Status: []string{"pass", "warn", "error"}[rnd.IntN(3)], CheckedAt: day(rnd.IntN(50))}
			}
		}
		if rnd.IntN(2) == 0 {
			p.Runs[p.Tests[i].ID] = model.Run{Status: []string{"pass", "fail", "warn", "skipped"}[rnd.IntN(4)], EndedAt: day(rnd.IntN(50)), Seconds: rnd.Float64()}
		}
	}
	return p
}

// The reports of many are those of each alone, in more than one block of them.
func TestReportsOfManyAreThoseOfEach(t *testing.T) {
	for seed := range uint64(20) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		n, many := 5+rnd.IntN(60), 40
		if seed == 0 {
			n, many = 80, 2500
		}
		p := tangled(rnd, n)
		h, err := New(t.Context(), graphOf(t, p), Options{Now: now, Catalog: seed%4 == 3})
		if err != nil {
			t.Fatal(err)
		}
		var entries []*outlook.Entry
		for range many {
			var at []int
			for range rnd.IntN(5) {
				at = append(at, rnd.IntN(n))
			}
			entries = append(entries, over(p, at...))
		}
		reports, err := h.EntryReports(t.Context(), entries)
		if err != nil {
			t.Fatal(err)
		}
		for i, e := range entries {
			if want := h.EntryReport(e); !reflect.DeepEqual(reports[i], want) {
				t.Fatalf("seed %d, %v:\n got %+v\nwant %+v", seed, e.DependsOn, reports[i], want)
			}
		}
	}
}

// Exposures with parents of their own, at all depths of layers: what is upstream of them is
// not walked for each.
func TestReportsGrowWithTheProject(t *testing.T) {
	growth.Check(t, 200, func(n int) growth.Run {
		p := deep(n)
		for i := range p.Resources { // in layers of ten
			p.Resources[i].DependsOn = nil
			for k := 0; k < 4 && i >= 10; k++ {
				p.Resources[i].DependsOn = append(p.Resources[i].DependsOn, fmt.Sprintf("model.deep.m%d", i/10*10-10+(i+3*k)%10))
			}
		}
		g := graphOf(t, p)
		h, err := New(t.Context(), g, Options{Now: now})
		if err != nil {
			t.Fatal(err)
		}
		var entries []*outlook.Entry
		for i := range n {
			entries = append(entries, over(p, i, n-1-i/2))
		}
		before := g.Visits()
		return func() int {
			reports, err := h.EntryReports(t.Context(), entries)
			if last := reports[n-1]; err != nil || last.State != Healthy || last.Known < n/2 {
				t.Fatalf("%v: %+v", err, last)
			}
			return g.Visits() - before
		}
	})
}
