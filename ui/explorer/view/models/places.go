package models

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"
	"weak"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/ui/explorer/view/treeview"
)

// place is where resources are: its folders, and them by name.
type place struct {
	folders   []string
	resources []lineage.ID
}

// arranged are the places of the resources of some projects. Graphs of the same projects,
// with other sites or matches, have the same.
type arranged struct {
	mu       sync.Mutex // outlines are built in the background
	projects []*model.Project
	places   []*place
	last     weak.Pointer[treeview.Outline] // with its places
}

// outline is that of a graph: the rows of the last one, if it is still on the screen.
func (a *arranged) outline(g *lineage.Graph, in foldersOf, rank func(string) int) *treeview.Outline {
	a.mu.Lock()
	defer a.mu.Unlock()
	var o *treeview.Outline
	if !slices.Equal(a.projects, g.Projects) {
		a.projects, a.places = g.Projects, placesOf(g, in, rank)
	} else if last := a.last.Value(); last != nil {
		o = last.Over(g)
	}
	if o == nil {
		o = outline(g, a.places)
	}
	a.last = weak.Make(o.Counted())
	return o
}

// placesOf are the places of the resources that are shown, in their order. A resource that
// has several tags has several places.
func placesOf(g *lineage.Graph, in foldersOf, rank func(string) int) []*place {
	byText := map[string]*place{}
	for id := range lineage.ID(g.Resources()) {
		n := g.Node(id)
		switch n.Resource.Kind {
		case model.KindModel, model.KindSeed, model.KindSnapshot, model.KindSource:
			for _, folders := range in(n) {
				if len(g.Projects) > 1 {
					folders = append([]string{model.ProjectTitle(n.Project, g.Projects)}, folders...)
				}
				text := sortKey(folders, rank)
				p := byText[text]
				if p == nil {
					p = &place{folders: folders}
					byText[text] = p
				}
				p.resources = append(p.resources, id)
			}
		}
	}
	var places []*place
	for _, text := range slices.Sorted(maps.Keys(byText)) {
		p := byText[text]
		p.resources = slices.Clip(p.resources)
		slices.SortFunc(p.resources, func(a, b lineage.ID) int {
			return cmp.Or(strings.Compare(g.Node(a).Resource.Name, g.Node(b).Resource.Name), int(a-b))
		})
		places = append(places, p)
	}
	return places
}
