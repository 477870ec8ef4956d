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
	var text []byte
	for id := range lineage.ID(g.Resources()) {
		n := g.Node(id)
		switch n.Resource.Kind {
		case model.KindModel, model.KindSeed, model.KindSnapshot, model.KindSource:
			for _, folders := range in(n) {
				if len(g.Projects) > 1 {
					folders = append([]string{model.ProjectTitle(n.Project, g.Projects)}, folders...)
				}
				text = appendSortKey(text[:0], folders, rank)
				p := byText[string(text)]
				if p == nil {
					p = &place{folders: folders}
					byText[string(text)] = p
				}
				p.resources = append(p.resources, id)
			}
		}
	}
	var places []*place
	for _, text := range slices.Sorted(maps.Keys(byText)) {
		p := byText[text]
		p.resources = byName(g, p.resources)
		places = append(places, p)
	}
	return places
}

// byName orders resources by their names, which it gathers first: there can be very many.
func byName(g *lineage.Graph, ids []lineage.ID) []lineage.ID {
	type named struct {
		name string
		id   lineage.ID
	}
	list := make([]named, len(ids))
	for i, id := range ids {
		list[i] = named{g.Node(id).Resource.Name, id}
	}
	slices.SortFunc(list, func(a, b named) int { return cmp.Or(strings.Compare(a.name, b.name), int(a.id-b.id)) })
	ids = slices.Clip(ids)
	for i := range list {
		ids[i] = list[i].id
	}
	return ids
}
