package walk

import (
	"context"
	"strings"

	"darkroom/model"
	"darkroom/model/reason"
	"darkroom/model/slab"
	"darkroom/model/warehouse"
)

// maxDepth bounds the data sources and flows on one route.
const maxDepth = 64

// Walker answers for the dashboards of one site. It remembers what it has seen
// and is not safe for concurrent use; the site must not change meanwhile.
type Walker struct {
	site    *model.Site
	index   *model.SiteIndex
	aliases warehouse.Aliases

	published   map[string][]*model.Datasource // by lower-case name
	byLUID      map[string]*model.Datasource   // published, by lower-case LUID
	proxied     map[bookKey]bool               // published names that sources of a workbook connect to
	sqlBySource map[string][]*model.Table      // custom SQL by data source id
	sqlBySheet  map[string][]*model.Table

	expansions map[any]*expansion // by *Datasource, *Table or *Flow
	closures   map[any]*closure
	queries    map[*model.Table]*query
	borrowed   map[*model.Table]*model.Table // see connected
	routes     slab.Of[Route]
}

// Option changes how a Walker works.
type Option func(*Walker)

// WithConnectionAliases says which dbt adapter a connection type is
// ("postgres_jdbc": "postgres"), for the dialect of custom SQL.
func WithConnectionAliases(aliases map[string]string) Option {
	return func(w *Walker) { w.aliases = warehouse.NewAliases(aliases) }
}

// New prepares the walk through site.
func New(site *model.Site, options ...Option) *Walker {
	w := &Walker{
		site: site, index: model.NewSiteIndex(site),
		published: map[string][]*model.Datasource{}, byLUID: map[string]*model.Datasource{},
		proxied:     map[bookKey]bool{},
		sqlBySource: map[string][]*model.Table{}, sqlBySheet: map[string][]*model.Table{},
		expansions: map[any]*expansion{}, closures: map[any]*closure{}, queries: map[*model.Table]*query{},
		borrowed: map[*model.Table]*model.Table{},
	}
	for _, o := range options {
		o(w)
	}
	for i := range site.Datasources {
		d := &site.Datasources[i]
		if !d.Published {
			for _, c := range proxies(d) {
				w.proxied[bookKey{d.WorkbookID, strings.ToLower(c.DatasourceName)}] = true
			}
			continue
		}
		w.published[strings.ToLower(d.Name)] = append(w.published[strings.ToLower(d.Name)], d)
		if d.LUID != "" {
			w.byLUID[strings.ToLower(d.LUID)] = d
		}
	}
	for i := range site.Tables {
		t := &site.Tables[i]
		if t.Kind != model.CustomSQLTable {
			continue
		}
		for _, id := range t.DatasourceIDs() {
			w.sqlBySource[id] = append(w.sqlBySource[id], t)
		}
		for _, id := range t.SheetIDs() {
			w.sqlBySheet[id] = append(w.sqlBySheet[id], t)
		}
	}
	return w
}

// Fork is a walker of the same site for another goroutine: it shares what is known of the site,
// and remembers for itself what it has seen.
func (w *Walker) Fork() *Walker {
	f := *w
	f.expansions, f.closures, f.queries, f.borrowed = map[any]*expansion{}, map[any]*closure{}, map[*model.Table]*query{}, map[*model.Table]*model.Table{}
	f.routes = slab.Of[Route]{}
	return &f
}

// Index finds the objects of the site.
func (w *Walker) Index() *model.SiteIndex { return w.index }

// bookKey is a name, in lower case, within a workbook.
type bookKey struct{ workbook, name string }

// leaf is a table that is read, without the way to it.
type leaf struct {
	table *model.Table
	sql   *SQLRef
	step  *Step    // the custom SQL's step with its line, nil for other tables
	ids   []string // ids under which "used" may name it
	// session is the statement that may have given the name another meaning.
	session string
}

// gapCause is a gap without the way to it.
type gapCause struct {
	reason   reason.Code
	text, id string
}

// next is an object to follow, and the steps to it.
type next struct {
	object any // *model.Datasource, *model.Table or *model.Flow
	steps  []Step
}

// expansion is what is directly behind one object. It does not depend on
// the way to it.
type expansion struct {
	leaves []*leaf
	gaps   []gapCause
	next   []next
	seen   []*model.Table // tables that are accounted for without being a leaf
}

// expand finds what is directly behind an object.
func (w *Walker) expand(object any) *expansion {
	if e := w.expansions[object]; e != nil {
		return e
	}
	var e *expansion
	switch o := object.(type) {
	case *model.Datasource:
		e = w.expandDatasource(o)
	case *model.Flow:
		e = w.expandFlow(o)
	case *model.Table:
		e = w.expandTable(o)
	}
	w.expansions[object] = e
	return e
}

// closure is everything behind one object, each with the shortest way to it.
type closure struct {
	leaves  []leafAt
	gaps    []gapAt
	objects map[any]bool // data sources, flows and tables that were met
}

type leafAt struct {
	*leaf
	trail *trail
}

type gapAt struct {
	gapCause
	trail *trail
}

func (c *closure) addLeaves(leaves []*leaf, way *trail) {
	for _, l := range leaves {
		t := way
		if l.step != nil {
			if t != nil && t.step.ID == l.step.ID {
				t = t.prev // the same step, now with its line
			}
			t = t.add(*l.step)
		}
		c.objects[l.table] = true
		c.leaves = append(c.leaves, leafAt{l, t})
	}
}

// closureOf walks breadth first from an object with a visited set, so that
// circles end and routes are short. start is the way to the object itself. What is found
// when ctx ends is not remembered.
func (w *Walker) closureOf(ctx context.Context, object any, start []Step) *closure {
	if c := w.closures[object]; c != nil {
		return c
	}
	type stop struct {
		object any
		trail  *trail
	}
	var first *trail
	for _, s := range start {
		first = first.add(s)
	}
	c := &closure{objects: map[any]bool{object: true}}
	for queue := []stop{{object, first}}; len(queue) > 0; queue = queue[1:] {
		if ctx.Err() != nil {
			return c
		}
		at := queue[0]
		e := w.expand(at.object)
		c.addLeaves(e.leaves, at.trail)
		for _, g := range e.gaps {
			c.gaps = append(c.gaps, gapAt{g, at.trail})
		}
		for _, t := range e.seen {
			c.objects[t] = true
		}
		for _, n := range e.next {
			if c.objects[n.object] {
				continue
			}
			if at.trail != nil && at.trail.depth > maxDepth {
				c.gaps = append(c.gaps, gapAt{gapCause{reason: reason.TooDeep, text: "this chain of sources is too long to follow"}, at.trail})
				break
			}
			c.objects[n.object] = true
			t := at.trail
			for _, s := range n.steps {
				t = t.add(s)
			}
			queue = append(queue, stop{n.object, t})
		}
	}
	w.closures[object] = c
	return c
}
