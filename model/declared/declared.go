// Package declared has the exposures that the manifests of a graph declare: what each
// depends on, and which dashboard it is, where it is one that is loaded.
//
// Not here: what an export writes (model/exposure).
package declared

import (
	"cmp"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/exposure"
	"darkroom/model/lineage"
)

// Exposure is one that dbt knows and that is enabled.
type Exposure struct {
	*model.Exposure
	Project  *model.Project
	Number   int          // its place in Index.All
	ID       string       // as lineage.Graph.SelectorID gives it
	Upstream []lineage.ID // sorted, unique
	// Dashboard is the one that it is for; nil where none is loaded.
	Dashboard *lineage.Dashboard
}

// Title is the label, or the name.
func (x *Exposure) Title() string { return cmp.Or(x.Label, x.Name) }

// Owner is the owner's name, or the first of the addresses.
func (x *Exposure) Owner() string {
	if x.OwnerName == "" && len(x.OwnerEmails) > 0 {
		return x.OwnerEmails[0]
	}
	return x.OwnerName
}

// Index finds exposures.
type Index struct {
	All   []Exposure // by project and name
	below map[lineage.ID][]int
}

// Of is the index of a graph. It is made once; see [lineage.Derived].
func Of(g *lineage.Graph) *Index { return lineage.Derived(g, index) }

// Below are the exposures that depend on a resource directly.
func (x *Index) Below(resource lineage.ID) (found []*Exposure) {
	for _, i := range x.below[resource] {
		found = append(found, &x.All[i])
	}
	return found
}

func index(g *lineage.Graph) *Index {
	x := &Index{below: map[lineage.ID][]int{}}
	dashboards := newFinder(g)
	seen := map[string]bool{}
	for _, p := range g.Projects {
		for i := range p.Exposures {
			e := Exposure{Exposure: &p.Exposures[i], Project: p, ID: g.SelectorID(p, p.Exposures[i].ID)}
			if !e.Enabled || seen[e.ID] {
				continue
			}
			seen[e.ID] = true
			for _, id := range e.DependsOn {
				if up, ok := g.ResourceIn(p, id); ok {
					e.Upstream = append(e.Upstream, up)
				}
			}
			slices.Sort(e.Upstream)
			e.Upstream = slices.Compact(e.Upstream)
			e.Dashboard = dashboards.find(e.Exposure)
			x.All = append(x.All, e)
		}
	}
	slices.SortFunc(x.All, func(a, b Exposure) int { return cmp.Compare(a.ID, b.ID) })
	for i := range x.All {
		e := &x.All[i]
		e.Number = i
		for _, up := range e.Upstream {
			x.below[up] = append(x.below[up], i)
		}
	}
	return x
}

// finder looks for the dashboard of an exposure: by what darkroom wrote in its meta, by
// LUID, by address.
type finder struct {
	g     *lineage.Graph
	byURL map[string]*lineage.Dashboard
}

func newFinder(g *lineage.Graph) finder {
	f := finder{g, map[string]*lineage.Dashboard{}}
	for _, d := range g.Dashboards() {
		if url := exposure.AddressKey(d.URL()); url != "" && f.byURL[url] == nil {
			f.byURL[url] = d
		}
	}
	return f
}

func (f finder) find(x *model.Exposure) *lineage.Dashboard {
	for _, key := range [2]string{x.Dashboard, strings.ToLower(x.LUID)} {
		if d, ok := f.g.Dashboard(key); ok && key != "" {
			return d
		}
	}
	return f.byURL[exposure.AddressKey(x.URL)]
}
