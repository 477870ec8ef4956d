package treeview

import (
	"fmt"
	"testing"

	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/ui/explorer/view"
	"darkroom/ui/theme"
	"darkroom/ui/tree"
)

// Sites come one after another: what fits is opened again with each, alike in all of
// them, until something is opened or closed by hand.
func TestUnfoldFollowsWhatComes(t *testing.T) {
	sites := 0
	h := &view.Host{Styles: &theme.Styles{}, Glyphs: view.NewGlyphs(false), Graph: lineage.Empty(), Book: curate.New(nil)}
	v := New(h, Spec{Unfolds: true, Build: func(g *lineage.Graph) *Outline {
		o := &Outline{Graph: g, Leaf: func(*Outline, tree.ID) bool { return false }}
		for i := range sites {
			site := o.Add(tree.None, Item{Name: fmt.Sprint("site ", i), Key: fmt.Sprint("s", i), Group: true})
			for k := range 5 {
				project := o.Add(site, Item{Name: fmt.Sprint("project ", k), Key: fmt.Sprint("p", k), Group: true})
				o.Add(project, Item{Name: "workbook", Key: "w", Group: true})
			}
		}
		return o
	}})
	v.Resize(80, 20+headingLines)
	come := func(n int) {
		sites = n
		v.Prepare(h.Graph, h.Book)()
		v.Unfold()
	}
	for n, rows := range []int{0, 1 + 5 + 5, 2 + 2*5, 3 + 3*5} {
		v.tree.CloseAll()
		v.unfolded = unfolded{}
		for i := range n + 1 {
			come(i)
		}
		if v.tree.Len() != rows {
			t.Errorf("%d sites: %d rows, want %d", n, v.tree.Len(), rows)
		}
	}
	v.tree.CloseAll()
	v.tree.Seek(v.outline.roots[1])
	v.tree.Open()
	before := v.tree.Len()
	if come(4); v.tree.Len() != before+1 {
		t.Errorf("%d rows after a site came, want the %d from before and it", v.tree.Len(), before)
	}
}
