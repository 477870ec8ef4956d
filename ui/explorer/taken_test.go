package explorer

import (
	"testing"

	"darkroom/model/curate"
	"darkroom/ui/screentest"
)

// What the screen waits for when a graph is taken in, or another view is seen, does not depend
// on the number of rows: what does is done in the background before.
func TestTakingAGraphIsTheSameForAnyNumberOfRows(t *testing.T) {
	type cost struct{ allocations, visits float64 }
	costs := map[string]cost{}
	for _, n := range []int{1_000, 8_000} {
		g := grown(t, n, true)
		a := New(&fake{}, options())
		a.loading.active = false
		a.setGraph(a.prepare(g, curate.New(nil), a.views...))
		s := screentest.New(t, a, 120, 36)
		warm(g)
		next := a.prepare(g, a.host.Book.Clone(), a.views...)
		measure := func(name string, do func()) {
			const runs = 3
			do()
			visits := g.Visits()
			now := cost{allocations: testing.AllocsPerRun(runs, do)} // and once before
			now.visits = float64(g.Visits()-visits) / (runs + 1)
			if was, ok := costs[name]; ok && (now.allocations > 1.5*was.allocations+20 || now.visits > 2*was.visits+50) {
				t.Errorf("%s: %+v with %d models, %+v with fewer", name, now, n, was)
			}
			costs[name] = now
		}
		measure("a graph", func() { a.setGraph(next) })
		for i, v := range a.views {
			measure(v.Info().Name, func() {
				a.turnTo(a.views[(i+1)%len(a.views)])
				a.turnTo(v)
				s.Frame()
			})
		}
	}
}
