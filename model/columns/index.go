package columns

import (
	"slices"
	"strings"
	"sync"

	"darkroom/model"
	"darkroom/model/lineage"
)

// Column is a column of a relation of the graph.
type Column struct {
	Relation lineage.ID
	Name     string // as dbt has it; otherwise as the BI tool has it
}

// Index answers for one graph. It is safe for concurrent use.
type Index struct {
	g       *lineage.Graph
	sites   map[*model.Site]*siteIndex
	alone   []reader                    // sheets on no dashboard
	reading map[lineage.ID][]int32      // places in alone of those that read a resource, or may
	open    map[lineage.ID][]lineage.ID // dashboards that may read a resource: a decision is needed

	columns []Column                // that are used, each once
	places  map[Column]int32        // of them
	extra   map[lineage.ID][]string // names that only fields have
	of      [][]int32               // by dashboard in the graph's order: places in columns, ascending
	users   [][]lineage.ID          // by place in columns: dashboards, ascending
	byName  map[string][]int32      // places in columns, by a name in lower case

	mu        sync.Mutex
	names     map[lineage.ID]*names
	relations map[lineage.ID]*Relation
}

// Of makes the index of a graph once. Ask for it first where the graph is built, not on the
// screen's goroutine.
func Of(g *lineage.Graph) *Index { return lineage.Derived(g, build) }

// Fetched reports whether some site has columns.
func (x *Index) Fetched() bool {
	return slices.ContainsFunc(x.g.Sites, func(s *model.Site) bool { return s.Columns != nil })
}

func build(g *lineage.Graph) *Index {
	x := &Index{
		g: g, sites: map[*model.Site]*siteIndex{}, reading: map[lineage.ID][]int32{}, open: map[lineage.ID][]lineage.ID{},
		of: make([][]int32, len(g.Dashboards())), byName: map[string][]int32{},
		places: map[Column]int32{}, extra: map[lineage.ID][]string{},
		names: map[lineage.ID]*names{}, relations: map[lineage.ID]*Relation{},
	}
	if !x.Fetched() {
		return x
	}
	for _, s := range g.Sites {
		x.sites[s] = indexOf(s)
	}
	shown := map[*model.Sheet]bool{}
	b := builder{x, map[siteColumn]int32{}}
	for at, d := range g.Dashboards() {
		r := x.sites[d.Site].readerOf(d)
		for _, s := range r.sheets {
			shown[s] = true
		}
		x.of[at] = b.used(&r)
		for _, c := range x.of[at] {
			x.users[c] = append(x.users[c], d.ID)
		}
		for id := range x.candidates(r.links) {
			x.open[id] = append(x.open[id], d.ID)
		}
	}
	for i, c := range x.columns {
		key := strings.ToLower(c.Name)
		x.byName[key] = append(x.byName[key], int32(i))
		if n := x.namesOf(c.Relation); n.rank(c.Name) == len(n.list) {
			x.extra[c.Relation] = append(x.extra[c.Relation], c.Name)
		}
	}
	x.addAlone(shown)
	return x
}

// addAlone adds the sheets that are on no dashboard.
func (x *Index) addAlone(shown map[*model.Sheet]bool) {
	for _, s := range x.g.Sites {
		if s.Columns == nil {
			continue
		}
		for _, r := range x.sites[s].aloneOf(x.g, s, shown) {
			at := int32(len(x.alone))
			x.alone = append(x.alone, r)
			reads := x.candidates(r.links)
			for i := range r.links {
				if id := r.links[i].Resource; id != lineage.None {
					reads[id] = true
				}
			}
			for id := range reads {
				x.reading[id] = append(x.reading[id], at)
			}
		}
	}
}

// candidates are the resources that open links may be.
func (x *Index) candidates(links []lineage.Link) map[lineage.ID]bool {
	out := map[lineage.ID]bool{}
	for i := range links {
		if l := &links[i]; l.Open() {
			for _, n := range l.Verdict.Nodes {
				if id, ok := x.g.ResourceIn(n.Project, n.Resource.ID); ok {
					out[id] = true
				}
			}
		}
	}
	return out
}

// builder numbers the columns that are used.
type builder struct {
	*Index
	known map[siteColumn]int32
}

// siteColumn is a column of a site whose table is linked to a resource.
type siteColumn struct {
	site *model.Site
	at   int32
	is   lineage.ID
}

// used are the columns that the sheets of a reader use, ascending.
func (b *builder) used(r *reader) []int32 {
	var out []int32
	tables := r.tables()
	for _, s := range r.sheets {
		for _, at := range s.Columns.At {
			id, ok := tables[r.site.Columns[at].TableID]
			if !ok || id == lineage.None {
				continue
			}
			key := siteColumn{r.site, at, id}
			place, known := b.known[key]
			if !known {
				place = b.place(b.column(id, r.site.Columns[at].Name))
				b.known[key] = place
			}
			out = append(out, place)
		}
	}
	slices.Sort(out)
	return slices.Clip(slices.Compact(out))
}

func (b *builder) place(c Column) int32 {
	place, known := b.places[c]
	if !known {
		place = int32(len(b.columns))
		b.places[c] = place
		b.columns, b.users = append(b.columns, c), append(b.users, nil)
	}
	return place
}

// column is the column of a resource that a name of a table linked to it is.
func (x *Index) column(id lineage.ID, name string) Column {
	n := x.namesOf(id)
	if i, _ := n.stored(name); i >= 0 {
		name = n.list[i].Name
	}
	return Column{id, name}
}

func (x *Index) namesOf(id lineage.ID) *names {
	x.mu.Lock()
	defer x.mu.Unlock()
	n := x.names[id]
	if n == nil {
		n = namesOf(x.g.Node(id))
		x.names[id] = n
	}
	return n
}
