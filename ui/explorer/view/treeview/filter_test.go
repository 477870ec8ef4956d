package treeview

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"darkroom/model/query"
	"darkroom/ui/tree"
)

// walked is the filter by one walk from the roots, as its rules say it: what applied is
// compared with.
type walked struct{ marker }

func (w *walked) visit(id tree.ID, above uint64) bool {
	if w.bars != nil && w.bars(id) {
		return false
	}
	it, before := &w.o.items[id], w.hits
	own := w.found(it)
	hit := w.isHit(it, own, above)
	if w.o.Whole || !w.o.isDashboard(it) {
		for _, child := range it.children {
			if !w.o.items[child].aside() && w.visit(child, above|own) {
				w.open[id] = true
			}
		}
	}
	switch {
	case hit:
		w.marks[id] = markHit
		w.hits++
		if !w.open[id] {
			w.inside(id)
		}
	case w.open[id]:
		w.marks[id] = markPath
	}
	w.within[id] = int32(w.hits - before)
	return hit || w.open[id]
}

func (w *walked) inside(id tree.ID) {
	for _, child := range w.o.items[id].children {
		if w.bars == nil || !w.bars(child) {
			w.marks[child] = markInside
			w.inside(child)
		}
	}
}

// Passes over arrays make of each item what a walk makes of it.
func TestFiltersAgreeWithWalks(t *testing.T) {
	texts := []string{"m", "m1", "1", "f0 m1", "inner m2", "f1 inner", "rest", "M1", "zz", "m1 1", "d 1", "-m1", "f0 -m2", "name:m1", "state:undecided", "state:undecided m2", "not name:m1 f2", "dash", "t1", "m 2 f"}
	for seed := range uint64(25) {
		rng := rand.New(rand.NewPCG(seed, 7))
		v := random(t, rng)
		for _, text := range append(texts, fmt.Sprint("m", rng.IntN(30)), fmt.Sprint(rng.IntN(30), " inner")) {
			for _, similar := range []bool{false, true} {
				q, _ := query.Parse(text).Bind(query.Known{Graph: v.Graph, Book: v.Book})
				if similar {
					if q = q.Similar(func(name, word string) bool { return strings.ContainsAny(name, word) }); q == nil {
						continue
					}
				}
				got := applied(v.outline, q)
				n := len(v.outline.items)
				w := walked{}
				w.marker = marker{o: v.outline}
				w.query = q
				if q.Excludes() {
					w.bars = w.isBarred
				}
				w.marks, w.open, w.within = make([]mark, n), make([]bool, n), make([]int32, n)
				for _, id := range v.outline.roots {
					w.visit(id, 0)
				}
				if got.hits != w.hits || !slices.Equal(got.marks, w.marks) || !slices.Equal(got.open, w.open) || !slices.Equal(got.within, w.within) {
					t.Fatalf("seed %d, %q, similar %t: %d hits, a walk finds %d\n%v\n%v", seed, text, similar, got.hits, w.hits, got.marks, w.marks)
				}
			}
		}
	}
}
