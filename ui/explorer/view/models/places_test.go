package models

import (
	"fmt"
	"slices"
	"testing"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/model/lineage/lineagetest"
	"darkroom/ui/explorer/view/treeview"
	"darkroom/ui/tree"
)

// Rows are made once for all graphs of the same projects, such as those that are shown while
// a site is read, and again for other projects. They are those of the graph itself, whatever
// was opened in one before.
func TestRowsAreThoseOfTheProjects(t *testing.T) {
	build := func(p *model.Project, sites ...*model.Site) *lineage.Graph {
		g, err := lineage.Build(t.Context(), []*model.Project{p}, sites, lineage.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return g
	}
	shop, again := lineagetest.Shop(), lineagetest.Shop()
	again.Resources = again.Resources[1:]
	var last arranged
	first := last.outline(build(shop), byFolder, folderRank)
	for _, test := range []struct {
		g     *lineage.Graph
		found bool
	}{
		{build(shop, lineagetest.Tower("fct")), false},
		{build(shop, lineagetest.Tower("fct", "rpt", "orders")), false},
		{build(shop), false},
		{build(again, lineagetest.Tower("rpt")), true},
		{build(shop, lineagetest.Tower("rpt")), true},
	} {
		before := last.places
		got := last.outline(test.g, byFolder, folderRank)
		if found := &last.places[0] != &before[0]; found != test.found {
			t.Errorf("places found %v, want %v", found, test.found)
		}
		want := spelledOut(outline(test.g, placesOf(test.g, byFolder, folderRank)))
		if lines := spelledOut(got); !slices.Equal(lines, want) {
			t.Errorf("%q, want %q", lines, want)
		}
	}
	if lines := spelledOut(first); len(lines) == 0 {
		t.Error("the first outline has no rows any more")
	}
}

// spelledOut opens everything.
func spelledOut(o *treeview.Outline) (lines []string) {
	var walk func(ids []tree.ID, depth int)
	walk = func(ids []tree.ID, depth int) {
		for _, id := range ids {
			lines = append(lines, fmt.Sprint(depth, " ", o.Item(id).Name, " ", o.Item(id).Node, " ", o.Count(id), " ", o.Views(id), " ", o.HasChildren(id)))
			if depth < 6 {
				walk(o.Children(id), depth+1)
			}
		}
	}
	walk(o.Roots(), 0)
	return lines
}
