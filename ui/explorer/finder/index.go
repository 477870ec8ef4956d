// Package finder finds anything by a part of its name: resources, dashboards, exposures
// and columns. It is the overlay behind the key for that, and the search, which runs
// in the background.
//
// Not here: how the explorer goes to what was chosen.
package finder

import (
	"cmp"
	"path"
	"strings"

	"darkroom/model"
	"darkroom/model/lineage"
)

// Entry is something that can be found.
type Entry struct {
	Kind string // "model", "dashboard", "exposure", "column"
	Name string
	// Where it is, and for what else it is found: its relation, its owner and workbook.
	Where string
	// Node is what one goes to: of a column its table, of an exposure the dashboard or the
	// first thing that it reads.
	Node lineage.ID
	Of   *model.Project // of an exposure

	name, all string // in lower case
}

// index is everything of a graph but columns, which are looked through where they are.
type index struct{ entries []Entry }

// Prepare makes the index. Call it where the graph was built, so that no key waits for it.
func Prepare(g *lineage.Graph) { indexOf(g) }

func indexOf(g *lineage.Graph) *index {
	return lineage.Derived(g, func(g *lineage.Graph) *index {
		x := &index{entries: make([]Entry, 0, g.Len())}
		for id := range lineage.ID(g.Len()) {
			switch n := g.Node(id); {
			case n.Dashboard != nil:
				x.dashboard(n.Dashboard)
			case n.Resource.Kind < model.KindExposure:
				x.resource(id, n.Resource)
			}
		}
		byLUID := make(map[string]lineage.ID, len(g.Dashboards()))
		for _, d := range g.Dashboards() {
			if luid := strings.ToLower(d.Dashboard.LUID); luid != "" {
				byLUID[luid] = d.ID
			}
		}
		for _, p := range g.Projects {
			for i := range p.Exposures {
				x.exposure(g, p, &p.Exposures[i], byLUID)
			}
		}
		return x
	})
}

func (x *index) add(e Entry) {
	e.name = strings.ToLower(e.Name)
	e.all = e.name + "\n" + strings.ToLower(e.Where)
	x.entries = append(x.entries, e)
}

func (x *index) resource(id lineage.ID, r *model.Resource) {
	where := cmp.Or(path.Dir(r.Path), r.Package)
	if r.Kind == model.KindSource {
		where = r.SourceName
	}
	if relation := r.Relation(); relation != "" {
		where += " · " + relation
	}
	x.add(Entry{Kind: r.Kind.String(), Name: r.VersionedName(), Where: where, Node: id})
}

func (x *index) dashboard(d *lineage.Dashboard) {
	where := append(model.DisplayPath(d.ContainerPath), d.WorkbookTitle())
	parts := strings.TrimSuffix(strings.Join(where, " / "), " / ")
	if o := d.Owner(); cmp.Or(o.Name, o.Username) != "" {
		parts += " · " + cmp.Or(o.Name, o.Username)
	}
	x.add(Entry{Kind: "dashboard", Name: d.Title(), Where: parts, Node: d.ID})
}

func (x *index) exposure(g *lineage.Graph, p *model.Project, e *model.Exposure, byLUID map[string]lineage.ID) {
	node, ok := byLUID[strings.ToLower(e.LUID)]
	if !ok {
		node = lineage.None
	}
	for i := 0; node == lineage.None && i < len(e.DependsOn); i++ {
		if id, ok := g.ResourceIn(p, e.DependsOn[i]); ok {
			node = id
		}
	}
	if node == lineage.None {
		return // there is nowhere to go
	}
	where := e.Path
	if e.Label != "" {
		where += " · " + e.Label
	}
	x.add(Entry{Kind: "exposure", Name: e.Name, Where: where, Node: node, Of: p})
}
