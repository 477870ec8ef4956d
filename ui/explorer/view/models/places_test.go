package models

import (
	"slices"
	"testing"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/model/lineage/lineagetest"
)

// Places are found once for all graphs of the same projects, such as those that are shown
// while a site is read, and again for other projects.
func TestPlacesAreThoseOfTheProjects(t *testing.T) {
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
	names := func(g *lineage.Graph) (names []string) {
		for _, p := range last.of(g, byFolder, folderRank) {
			for _, id := range p.resources {
				names = append(names, g.Node(id).Resource.Name)
			}
		}
		return names
	}
	first := names(build(shop))
	places := last.places
	if got := names(build(shop, lineagetest.Tower("fct"))); !slices.Equal(got, first) || &last.places[0] != &places[0] {
		t.Errorf("%v, want the same places with %v", got, first)
	}
	if got := names(build(again)); len(got) != len(first)-1 {
		t.Errorf("%v of other projects, before %v", got, first)
	}
}
