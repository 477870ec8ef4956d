package explorer

import (
	"strings"

	"darkroom/model/lineage"
	"darkroom/ui/text"
	"darkroom/ui/tree"
)

// itemKind says what a row stands for; it decides columns, colour and what the
// keys do on it.
type itemKind uint8

const (
	itemFolder    itemKind = iota // a folder, package, source, site or Tableau project
	itemWorkbook                  // holds dashboards
	itemResource                  // a dbt resource
	itemDashboard                 // has a checkbox of its own
	itemIndirect                  // "more through downstream models" below a resource
	itemRead                      // a table that a dashboard reads and no resource stands for
	itemGone                      // a dashboard that is no longer there
)

// item is one place in an outline. The same dashboard or resource can stand in
// many places; they share one node and so one checkbox.
type item struct {
	kind   itemKind
	parent tree.ID
	node   lineage.ID // None for folders and reads
	name   string     // clean, for the screen
	note   string     // drawn dim behind the name, where there is room
	lower  string     // name and note in lower case, for filters
	key    string     // tells it from its siblings, for carrying folds over a reload
	detail detailer   // what the details pane shows of a folder, workbook or read

	children []tree.ID
	loaded   bool // children are made; folders are loaded from the start

	below     []*lineage.Dashboard // dashboards that a tick here decides
	belowDone bool
}

// outline is one view's tree over the graph. It implements tree.Source; children
// of resources and dashboards are made when they are first opened, because the
// whole lineage spelled out has no bound.
type outline struct {
	graph *lineage.Graph
	items []item
	roots []tree.ID
	// tables: the rows of dashboards are there from the start, and a filter finds them.
	tables bool
	// grow makes the children of a resource or dashboard item.
	grow func(o *outline, id tree.ID)
	// leaf reports, without making them, that an item has no children.
	leaf func(o *outline, id tree.ID) bool
}

var _ tree.Source = (*outline)(nil)

// Roots implements tree.Source.
func (o *outline) Roots() []tree.ID { return o.roots }

// Parent implements tree.Source.
func (o *outline) Parent(id tree.ID) tree.ID { return o.items[id].parent }

// Children implements tree.Source.
func (o *outline) Children(id tree.ID) []tree.ID {
	if !o.items[id].loaded {
		o.items[id].loaded = true
		o.grow(o, id)
	}
	return o.items[id].children
}

// HasChildren implements tree.Source.
func (o *outline) HasChildren(id tree.ID) bool {
	if o.items[id].loaded {
		return len(o.items[id].children) > 0
	}
	return !o.leaf(o, id)
}

// Structural implements tree.Source: "open all" stops at dashboards and at the
// indirect groups.
func (o *outline) Structural(id tree.ID) bool {
	switch o.items[id].kind {
	case itemFolder, itemWorkbook:
		return true
	case itemResource: // in the Models view; below a dashboard it is lineage
		p := o.items[id].parent
		return p == tree.None || o.items[p].kind == itemFolder
	}
	return false
}

// add appends an item below parent.
func (o *outline) add(parent tree.ID, it item) tree.ID {
	id := tree.ID(len(o.items))
	it.parent = parent
	it.name = text.Clean(it.name)
	it.lower = strings.ToLower(it.name)
	if it.note = text.Clean(it.note); it.note != "" {
		it.lower += " " + strings.ToLower(it.note)
	}
	if it.key == "" {
		it.key = it.name
	}
	o.items = append(o.items, it)
	if parent == tree.None {
		o.roots = append(o.roots, id)
	} else {
		o.items[parent].children = append(o.items[parent].children, id)
	}
	return id
}

// folder finds or makes a folder by its key below parent.
func (o *outline) folder(index map[string]tree.ID, parent tree.ID, name, key string) tree.ID {
	path := o.path(parent) + "\x00" + key
	if id, ok := index[path]; ok {
		return id
	}
	id := o.add(parent, item{kind: itemFolder, node: lineage.None, name: name, key: key, loaded: true})
	index[path] = id
	return id
}

// path is the item's keys from the root.
func (o *outline) path(id tree.ID) string {
	if id == tree.None {
		return ""
	}
	return o.path(o.items[id].parent) + "\x00" + o.items[id].key
}

// twins finds the items of one outline in another by the keys on the way to them,
// making lazy children where it has to. Items are looked up by the ten thousand.
type twins struct {
	from, in *outline
	found    map[tree.ID]tree.ID            // of from; None where there is no twin
	below    map[tree.ID]map[string]tree.ID // children of in, by key; of None the roots
}

func newTwins(from, in *outline) *twins {
	return &twins{from, in, map[tree.ID]tree.ID{}, map[tree.ID]map[string]tree.ID{}}
}

func (t *twins) find(id tree.ID) tree.ID {
	twin, done := t.found[id]
	if done {
		return twin
	}
	twin = tree.None
	parent := t.from.items[id].parent
	if parent == tree.None {
		twin = t.child(tree.None, t.from.items[id].key)
	} else if above := t.find(parent); above != tree.None {
		twin = t.child(above, t.from.items[id].key)
	}
	t.found[id] = twin
	return twin
}

// child is the first child with a key.
func (t *twins) child(parent tree.ID, key string) tree.ID {
	known, done := t.below[parent]
	if !done {
		ids := t.in.roots
		if parent != tree.None {
			ids = t.in.Children(parent)
		}
		known = make(map[string]tree.ID, len(ids))
		for _, id := range ids {
			if _, twice := known[t.in.items[id].key]; !twice {
				known[t.in.items[id].key] = id
			}
		}
		t.below[parent] = known
	}
	if id, ok := known[key]; ok {
		return id
	}
	return tree.None
}

// crumbs are the names from the root to id.
func (o *outline) crumbs(id tree.ID) []string {
	if id == tree.None {
		return nil
	}
	return append(o.crumbs(o.items[id].parent), o.items[id].name)
}

// dashboards lists what lies below an item, each dashboard once, in graph order.
func (o *outline) dashboards(id tree.ID) []*lineage.Dashboard {
	it := &o.items[id]
	if it.belowDone {
		return it.below
	}
	it.belowDone = true
	switch it.kind {
	case itemIndirect:
		it.below = indirectDashboards(o.graph, o.items[it.parent].node)
	case itemResource:
		if !o.underDashboard(id) { // upstream of a dashboard is for reading, not for ticking
			it.below = o.graph.DashboardsBelow(it.node)
		}
	default:
		it.below = o.graph.DashboardsBelow(o.nodes(id, nil)...)
	}
	return it.below
}

func (o *outline) underDashboard(id tree.ID) bool {
	for p := o.items[id].parent; p != tree.None; p = o.items[p].parent {
		if o.items[p].kind == itemDashboard {
			return true
		}
	}
	return false
}

// nodes gathers the resources and dashboards that stand in the folders below id.
func (o *outline) nodes(id tree.ID, into []lineage.ID) []lineage.ID {
	it := &o.items[id]
	if it.node != lineage.None {
		return append(into, it.node)
	}
	for _, child := range it.children {
		into = o.nodes(child, into)
	}
	return into
}
