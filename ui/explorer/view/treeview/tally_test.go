package treeview

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/model/lineage/lineagetest"
	"darkroom/ui/explorer/view"
	"darkroom/ui/theme"
	"darkroom/ui/tree"
)

// random is a view of folders two deep, with resources in both, over a random graph.
func random(t *testing.T, rng *rand.Rand) *View {
	t.Helper()
	p := &model.Project{Name: "p", Adapter: "postgres"}
	var tables []string
	for i := range 30 {
		name := fmt.Sprint("m", i)
		r := model.Resource{
			ID: name, Kind: model.KindModel, Name: name, Common: &model.Common{Database: "shop", Schema: "marts"}, Extra: &model.ResourceExtra{Identifier: name, RelationName: `"shop"."marts"."` + name + `"`},
		}
		for range rng.IntN(3) {
			r.DependsOn = append(r.DependsOn, fmt.Sprint("m", rng.IntN(30)))
		}
		p.Resources = append(p.Resources, r)
		if rng.IntN(2) == 0 {
			tables = append(tables, name)
		}
	}
	g, err := lineage.Build(t.Context(), []*model.Project{p}, []*model.Site{lineagetest.Tower(tables...)}, lineage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	h := &view.Host{Styles: &theme.Styles{}, Glyphs: view.NewGlyphs(false), Graph: g, Book: curate.New(nil)}
	v := New(h, Spec{Build: func(g *lineage.Graph) *Outline {
		o := &Outline{Graph: g, Leaf: func(*Outline, tree.ID) bool { return false }}
		o.Grow = func(o *Outline, id tree.ID) {
			if n := o.Item(id).Node; n != lineage.None && g.Node(n).Resource != nil && o.dashboardAbove(id) == nil {
				for _, down := range g.Downstream(n) {
					if d := g.Node(down).Dashboard; d != nil {
						o.AddDashboard(id, d)
					}
				}
				o.Add(id, Item{Name: "rest", Lazy: true, Facts: &Facts{Rest: true}})
			}
		}
		for i := range 3 {
			folder := o.Add(tree.None, Item{Name: fmt.Sprint("f", i), Group: true})
			inner := o.Add(folder, Item{Name: "inner", Group: true})
			for id := range lineage.ID(g.Resources()) {
				if int(id)%3 == i {
					o.AddResource([]tree.ID{folder, inner}[rng.IntN(2)], id)
				}
			}
		}
		return o
	}})
	v.Prepare(g, curate.New(nil))()
	for id := range v.outline.items {
		v.outline.Children(tree.ID(id))
	}
	return v
}

// The counts of every row, and what a decision on a range of rows concerns, are those
// of one walk for each row, after every change of the book.
func TestTalliesAgreeWithWalks(t *testing.T) {
	for seed := range uint64(40) {
		rng := rand.New(rand.NewPCG(seed, 9))
		v := random(t, rng)
		all := v.Graph.Dashboards()
		for range 4 {
			for id := range tree.ID(len(v.outline.items)) {
				var want curate.Tally
				for _, d := range v.outline.Dashboards(id) {
					want.Add(v.Book.Effective(d.Key))
				}
				if got := v.tally(id); got != want {
					t.Fatalf("seed %d: %+v for row %q, a walk finds %+v", seed, got, v.outline.items[id].Name, want)
				}
			}
			for _, d := range all {
				if rng.IntN(3) == 0 {
					v.Book.Set([]string{d.Key}, []curate.Decision{curate.Included, curate.Excluded, curate.Undecided}[rng.IntN(3)], curate.Meta{})
				}
			}
		}
		var ids []tree.ID
		var lists [][]*lineage.Dashboard
		for id := range tree.ID(len(v.outline.items)) {
			if rng.IntN(3) > 0 {
				ids, lists = append(ids, id), append(lists, v.outline.Dashboards(id))
			}
		}
		if got, want := view.Keys(v.filter.shown(v.outline, ids)...), view.Keys(lists...); !slices.Equal(got, want) {
			t.Fatalf("seed %d: %v, want %v", seed, got, want)
		}
	}
}

// What is prepared in the background leaves the screen nothing to count: the tallies are
// those of the book that it was given, and another book is followed from there.
func TestTalliesArePreparedWithTheGraph(t *testing.T) {
	v := random(t, rand.New(rand.NewPCG(1, 9)))
	g := v.Graph
	book := curate.New(nil)
	book.Set([]string{g.Dashboards()[0].Key}, curate.Included, curate.Meta{})
	take := v.Prepare(g, book)
	v.Book = book
	take()
	before := g.Visits()
	for id := range v.outline.items {
		v.tally(tree.ID(id))
	}
	if n := g.Visits() - before; n > 0 {
		t.Errorf("%d nodes are visited on the screen's goroutine", n)
	}
	v.Book = curate.New(nil) // as new as the other, and with other decisions
	v.Book.Set([]string{g.Dashboards()[0].Key}, curate.Excluded, curate.Meta{})
	for id := range v.outline.items {
		if got := v.tally(tree.ID(id)); got.Included > 0 {
			t.Fatalf("%+v is counted from the other book", got)
		}
	}
}
