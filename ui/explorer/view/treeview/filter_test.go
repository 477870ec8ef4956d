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
				got := applied(t.Context(), v.outline, q, &filter{})
				n := len(v.outline.items)
				w := walked{}
				w.marker = marker{o: v.outline, ctx: t.Context()}
				w.query = q
				if q.Excludes() {
					w.bars = v.outline.barred(q)
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

// What a filter finds among the hits of the text before, it finds among all rows.
func TestNarrowingFindsWhatAFullLookFinds(t *testing.T) {
	narrowed := 0
	for seed := range uint64(40) {
		rng := rand.New(rand.NewPCG(seed, 3))
		v := random(t, rng)
		for range 6 {
			var before filter
			for _, text := range typedTexts(rng) {
				q, _ := query.Parse(text).Bind(query.Known{Graph: v.Graph, Book: v.Book})
				got, want := applied(t.Context(), v.outline, q, &before), applied(t.Context(), v.outline, q, &filter{})
				if got.hits != want.hits || !slices.Equal(got.marks, want.marks) || !slices.Equal(got.open, want.open) || !slices.Equal(got.within, want.within) {
					t.Fatalf("seed %d, %q after %q: %d hits, of all rows %d", seed, text, before.query.Text, got.hits, want.hits)
				}
				if before.query != nil && q.Narrows(before.query) {
					narrowed++
				}
				before = got
			}
		}
	}
	if narrowed < 100 {
		t.Errorf("only %d narrow", narrowed)
	}
}

// typedTexts is a filter as it is typed, letter by letter, with letters taken back.
func typedTexts(rng *rand.Rand) (texts []string) {
	parts := []string{"m", "m1", "M1", "inner", "f0", "name:m1", "-m2", "-name:m1", "not name:m2", "state:und", "owner:sal", "\"m1", "1", "board", "d", "-", "kind:model", "views:>1", "workbook:w", "name:", "project:f"}
	text := ""
	for range 1 + rng.IntN(3) {
		for _, letter := range parts[rng.IntN(len(parts))] + " " {
			text += string(letter)
			texts = append(texts, text)
			if rng.IntN(6) == 0 && len(text) > 1 {
				text = text[:len(text)-1]
				texts = append(texts, text)
			}
		}
	}
	return slices.DeleteFunc(texts, func(s string) bool { return strings.TrimSpace(s) == "" })
}
