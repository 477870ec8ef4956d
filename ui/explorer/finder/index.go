// Package finder finds anything by a part of its name: resources, dashboards, workbooks,
// sheets, exposures and columns. It is the overlay behind the key for that, and the search, which runs
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
	Kind string // "model", "dashboard", "workbook", "sheet", "exposure", "column"
	Name string
	// Where it is, and for what else it is found: its relation, its owner and workbook.
	Where string
	// Node is what one goes to: of a column its table, of a sheet its dashboard, of an
	// exposure the dashboard or the first thing that it reads.
	Node lineage.ID
	Of   *model.Project // of an exposure
	// Holds: it is the workbook that the dashboard of Node lies in.
	Holds bool
	Part  bool // it is a column or a sheet

	name, where string // in lower case
}

// index is everything of a graph but columns, which are looked through where they are.
type index struct {
	entries []Entry
	sheets  []sheet
}

// sheet is one that a dashboard shows. There are too many for entries.
type sheet struct {
	name string
	of   lineage.ID
}

// indexOf makes the index of a graph with the first search, which is in the background.
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
		x.parts(g)
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

func (x *index) add(e Entry) { x.entries = append(x.entries, e.searchable()) }

// searchable is an entry with what is looked through.
func (e Entry) searchable() Entry {
	e.name, e.where = strings.ToLower(e.Name), strings.ToLower(e.Where)
	return e
}

func (x *index) resource(id lineage.ID, r *model.Resource) {
	where := cmp.Or(path.Dir(r.Path), r.Package())
	if r.Kind == model.KindSource {
		where = r.SourceName()
	}
	if relation := r.Relation(); relation != "" {
		where += " · " + relation
	}
	x.add(Entry{Kind: r.Kind.String(), Name: r.VersionedName(), Where: where, Node: id})
}

func (x *index) dashboard(d *lineage.Dashboard) {
	where := append(model.DisplayPath(d.ContainerPath), d.WorkbookTitle())
	x.add(Entry{Kind: "dashboard", Name: d.Title(), Where: owned(d, where), Node: d.ID})
}

// owned is a place, and whose it is.
func owned(d *lineage.Dashboard, place []string) string {
	parts := strings.TrimSuffix(strings.Join(place, " / "), " / ")
	if o := d.Owner(); cmp.Or(o.Name, o.Username) != "" {
		parts += " · " + cmp.Or(o.Name, o.Username)
	}
	return parts
}

// parts adds the workbooks that dashboards lie in, and the sheets that they show.
func (x *index) parts(g *lineage.Graph) {
	workbooks, sheets := map[*model.Workbook]bool{}, map[*model.Site]map[string]string{}
	for _, d := range g.Dashboards() {
		if d.Workbook != nil && !workbooks[d.Workbook] && d.Site.Tool.HasWorkbooks() {
			workbooks[d.Workbook] = true
			x.add(Entry{Kind: d.Site.Tool.Noun(model.PartWorkbook).One, Name: d.WorkbookTitle(), Where: owned(d, model.DisplayPath(d.ContainerPath)), Node: d.ID, Holds: true})
		}
		if sheets[d.Site] == nil {
			sheets[d.Site] = make(map[string]string, len(d.Site.Sheets))
			for i := range d.Site.Sheets {
				sheets[d.Site][d.Site.Sheets[i].ID] = d.Site.Sheets[i].Name
			}
		}
		for _, id := range d.Dashboard.SheetIDs {
			if name := sheets[d.Site][id]; name != "" {
				x.sheets = append(x.sheets, sheet{name, d.ID})
			}
		}
	}
}

// entry is a sheet as it is found.
func (s sheet) entry(g *lineage.Graph) Entry {
	d := g.Node(s.of).Dashboard
	return Entry{Kind: d.Site.Tool.Noun(model.PartSheet).One, Part: true, Name: model.DisplayName(s.name), Where: "of " + d.Title(), Node: s.of}.searchable()
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
