package treeview

import (
	"slices"
	"strings"
	"sync"

	"darkroom/model/ledger"
	"darkroom/model/lineage"
	"darkroom/model/outlook"
	"darkroom/ui/explorer/details"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
	"darkroom/ui/tree"
)

// Item is one place in an outline. The same dashboard or resource can be in many
// places; they share one node and so one checkbox.
type Item struct {
	Name string
	Note string // drawn dim behind the name, where there is room
	Key  string // differs from its siblings', for carrying folds over a reload; "" is the name
	// Node is the resource or dashboard that the row is. Add sets it to None.
	Node  lineage.ID
	Group bool // holds other rows: "open all" goes into it
	Lazy  bool // children are made when they are first asked for
	Dim   bool
	Shut  bool // stays closed when new groups open
	*Facts

	parent   tree.ID
	lower    string // name and note in lower case, for filters
	children []tree.ID
	loaded   bool // children are made
	kind     nodeKind

	group lineage.ID // of an item that is none and holds others: its group in counts
}

// Facts are what a row is, where that does not follow from its node.
type Facts struct {
	Detail details.Writer // what the details pane shows
	Word   string         // what the row is, for the first column: "workbook"
	Count  int            // dashboards it counts, where they are not those below it
	URL    func() string  // its page
	Link   *lineage.Link  // the table that the row is, without a resource
	Gap    bool           // something on the way to tables, which hides them
	Fixes  []ledger.Fix   // that the row itself offers
	Entry  *outlook.Entry // the exposure that the row is
	File   *view.Place    // the file that the row is
	// Rest: the row is for the dashboards below its parent, a resource, that the rows
	// before it are not. It repeats what is elsewhere, too: filters and prints leave
	// it out.
	Rest bool
}

// text is what filters look at.
func (it *Item) text() string {
	if it.Note == "" {
		return it.Name
	}
	return it.Name + " " + it.Note
}

// facts are never nil.
func (it *Item) facts() *Facts {
	if it.Facts == nil {
		return &Facts{}
	}
	return it.Facts
}

// aside reports a row that repeats what is elsewhere.
func (it *Item) aside() bool { return it.Facts != nil && it.Rest }

// unlinked reports a row that is a table, or a way to tables, without a resource.
func (it *Item) unlinked() bool { return it.Facts != nil && (it.Link != nil || it.Gap) }

// Outline is the tree of a view over the graph. It implements tree.Source; children
// of resources and dashboards are made when they are first opened, because the
// whole lineage spelled out has no bound.
type Outline struct {
	Graph *lineage.Graph
	// Whole: all rows are there from the start, those of dashboards, too; a filter
	// finds them, and what is below a group can be fixed at once.
	Whole bool
	// Grow makes the children of a lazy item.
	Grow func(o *Outline, id tree.ID)
	// Leaf reports, without making them, that a lazy item has no children.
	Leaf func(o *Outline, id tree.ID) bool

	items []Item
	roots []tree.ID
	// parents are those of the items, close together: a filter passes over all of them.
	parents []tree.ID

	// looked is held for reading while a filter looks at the items in the background, and for
	// writing where the screen makes some.
	looked sync.RWMutex
	built  []Item // those that were there before the screen made any
	lent   bool   // the items are those of another outline

	groups lineage.Groups  // of items that hold others
	deep   bool            // there are resources that are not upstream of a dashboard
	totals *lineage.Counts // of all dashboards, and their views
	last   struct {        // what Dashboards found last
		of    tree.ID
		found []*lineage.Dashboard
		done  bool
	}
}

var _ tree.Source = (*Outline)(nil)

func (o *Outline) Roots() []tree.ID          { return o.roots }
func (o *Outline) Parent(id tree.ID) tree.ID { return o.items[id].parent }

func (o *Outline) Children(id tree.ID) []tree.ID {
	if !o.items[id].loaded {
		o.make(id)
	}
	return o.items[id].children
}

// make makes the children of a lazy item.
func (o *Outline) make(id tree.ID) {
	o.looked.Lock()
	defer o.looked.Unlock()
	if o.lent {
		more := len(o.items)/4 + 1 // as many as that come, or about
		o.items, o.parents, o.lent = slices.Grow(o.items, more), slices.Grow(o.parents, more), false
	}
	o.items[id].loaded = true
	o.Grow(o, id)
}

func (o *Outline) HasChildren(id tree.ID) bool {
	if o.items[id].loaded {
		return len(o.items[id].children) > 0
	}
	return !o.Leaf(o, id)
}

// Structural implements tree.Source: "open all" stops at dashboards and at rows
// that repeat others.
func (o *Outline) Structural(id tree.ID) bool {
	it := &o.items[id]
	if it.Group {
		return true
	}
	// A resource in a folder; below a dashboard it is lineage.
	return o.isResource(it) && (it.parent == tree.None || o.items[it.parent].Group)
}

// Item is an item to look at. The pointer is good until an item is added.
func (o *Outline) Item(id tree.ID) *Item { return &o.items[id] }

// nodeKind says what the node of an item is: filters ask for it a hundred thousand times.
type nodeKind uint8

const (
	noNode nodeKind = iota
	resourceNode
	dashboardNode
)

func (o *Outline) kindOf(node lineage.ID) nodeKind {
	switch {
	case node == lineage.None:
		return noNode
	case o.Graph.Node(node).Dashboard != nil:
		return dashboardNode
	case o.Graph.Node(node).Resource != nil:
		return resourceNode
	}
	return noNode
}

func (o *Outline) isResource(it *Item) bool { return it.kind == resourceNode }

func (o *Outline) isDashboard(it *Item) bool { return it.kind == dashboardNode }

// Add appends an item without a node below parent.
func (o *Outline) Add(parent tree.ID, it Item) tree.ID {
	it.Node = lineage.None
	return o.AddNode(parent, it)
}

// AddNode appends an item below parent.
func (o *Outline) AddNode(parent tree.ID, it Item) tree.ID {
	id := tree.ID(len(o.items))
	it.parent, it.loaded, it.group, it.kind = parent, !it.Lazy, lineage.None, o.kindOf(it.Node)
	it.Name = text.Clean(it.Name)
	it.lower = strings.ToLower(it.Name)
	if it.Note = text.Clean(it.Note); it.Note != "" {
		it.lower += " " + strings.ToLower(it.Note)
	}
	if it.Key == "" {
		it.Key = it.Name
	}
	o.items, o.parents = append(o.items, it), append(o.parents, parent)
	if parent == tree.None {
		o.roots = append(o.roots, id)
	} else {
		o.items[parent].children = append(o.items[parent].children, id)
	}
	return id
}

// AddDashboard appends a dashboard by its title.
func (o *Outline) AddDashboard(parent tree.ID, d *lineage.Dashboard) tree.ID {
	return o.AddNode(parent, Item{Node: d.ID, Name: d.Title(), Key: d.Key, Lazy: !o.Whole})
}

// AddResource appends a resource by its name.
func (o *Outline) AddResource(parent tree.ID, id lineage.ID) {
	r := o.Graph.Node(id).Resource
	o.AddNode(parent, Item{Node: id, Name: r.VersionedName(), Key: r.ID, Lazy: true})
}

// Over has the rows that a counted outline was built with over another graph, in which their
// nodes have the same IDs, as the resources of graphs of the same projects have.
func (o *Outline) Over(g *lineage.Graph) *Outline {
	o.looked.RLock()
	items := slices.Clone(o.built)
	o.looked.RUnlock()
	over := &Outline{Graph: g, Whole: o.Whole, Grow: o.Grow, Leaf: o.Leaf, items: items}
	over.parents = make([]tree.ID, len(items))
	for i := range items {
		it := &items[i]
		it.group = lineage.None
		if it.Lazy {
			it.children, it.loaded = nil, false
		}
		if over.parents[i] = it.parent; it.parent == tree.None {
			over.roots = append(over.roots, tree.ID(i))
		}
	}
	return over
}

// Reserve makes room for so many more items, where there are very many.
func (o *Outline) Reserve(n int) { o.items = slices.Grow(o.items, n) }

// Folders finds or makes folders by their path. Make one with NewFolders.
type Folders struct {
	o    *Outline
	byID map[string]tree.ID
}

// NewFolders makes folders in an outline.
func NewFolders(o *Outline) *Folders { return &Folders{o, map[string]tree.ID{}} }

// Under finds or makes a group by its key below parent.
func (f *Folders) Under(parent tree.ID, name, key string) tree.ID {
	path := f.o.path(parent) + "\x00" + key
	if id, ok := f.byID[path]; ok {
		return id
	}
	id := f.o.Add(parent, Item{Group: true, Name: name, Key: key})
	f.byID[path] = id
	return id
}

// path is the item's keys from the root.
func (o *Outline) path(id tree.ID) string {
	if id == tree.None {
		return ""
	}
	return o.path(o.items[id].parent) + "\x00" + o.items[id].Key
}

// atPath is the item with these keys on the way to it, None when there is none.
func (o *Outline) atPath(path string) tree.ID {
	at, below := tree.None, o.roots
	for _, key := range strings.Split(path, "\x00")[1:] {
		next := slices.IndexFunc(below, func(id tree.ID) bool { return o.items[id].Key == key })
		if next < 0 {
			return tree.None
		}
		at = below[next]
		below = o.Children(at)
	}
	return at
}

// crumbs are the names from the root to id.
func (o *Outline) crumbs(id tree.ID) []string {
	depth := 0
	for at := id; at != tree.None; at = o.items[at].parent {
		depth++
	}
	names := make([]string, depth)
	for at := id; at != tree.None; at = o.items[at].parent {
		depth--
		names[depth] = o.items[at].Name
	}
	return names
}
