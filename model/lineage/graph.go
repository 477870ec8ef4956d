// Package lineage is the graph over both worlds: dbt resources on one side,
// Tableau dashboards on the other, and the edges between them. Nodes have
// compact ids, edges are stored as two flat arrays per direction, so a walk over
// 100,000 nodes takes milliseconds (sources/dbt/SPEED.md#the-graph). How a dashboard comes to
// its tables is package walk; which resource a table is, package match; what is
// counted and reported about the graph, package ledger.
package lineage

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"darkroom/model"
	"darkroom/model/match"
)

// ID is a node of the graph: resources first, in file order, then dashboards.
type ID int32

// None is the absence of a node.
const None ID = -1

// Node is a resource or a dashboard; exactly one of the two is set.
type Node struct {
	Resource  *model.Resource
	Project   *model.Project // the first loaded project that has the resource
	Dashboard *Dashboard
}

// spot is where a resource is. A pointer for each of 100,000 is work for the garbage collector.
type spot struct {
	project int32 // among the graph's
	at      int32 // among the project's resources
}

// Graph is immutable after Build and safe for concurrent reading.
type Graph struct {
	Projects []*model.Project
	Sites    []*model.Site
	// OutOfScope counts dashboards that the scope left out.
	OutOfScope int

	missing    []string // see Options.Missing
	spots      []spot   // of the resources, which are the first nodes
	resources  int      // how many they are
	dashboards []*Dashboard
	byID       map[string]ID
	again      map[projectID]ID // nodes of a project whose unique_id another project has
	byKey      map[string]ID
	up, down   adjacency
	scratch    sync.Pool    // of *visit
	visits     atomic.Int64 // see Visits

	matcher  *match.Matcher
	matching match.Config
	schemas  map[string]bool                            // of all resources, in lower case
	derived  sync.Map                                   // of *derivation, by type
	explains sync.Map                                   // of *match.Explanation, by ReadKey
	key      func(*model.Site, *model.Dashboard) string // nil is model.Site.Key
}

// Matching is the configuration this graph was matched with.
func (g *Graph) Matching() match.Config { return g.matching }

// Matcher is the one that decided about the tables.
func (g *Graph) Matcher() *match.Matcher { return g.matcher }

// HasSchema reports whether some resource is in a schema of that name.
func (g *Graph) HasSchema(name string) bool { return g.schemas[strings.ToLower(name)] }

// derivation is a value that is computed once.
type derivation[T any] struct {
	once  sync.Once
	value *T
}

// Derived computes on first use what another package knows about a whole graph, such
// as its ledger, and keeps it as long as the graph, under the type T. Call it first on
// the goroutine that built the graph, not on the screen's.
func Derived[T any](g *Graph, derive func(*Graph) *T) *T {
	d := derivationOf[T](g)
	d.once.Do(func() { d.value = derive(g) })
	return d.value
}

func derivationOf[T any](g *Graph) *derivation[T] {
	slot, _ := g.derived.LoadOrStore((*T)(nil), &derivation[T]{})
	return slot.(*derivation[T])
}

// share has what is derived for one of two graphs be that of the other, too.
func share[T any](g, like *Graph) { g.derived.Store((*T)(nil), derivationOf[T](like)) }

// Len is the number of nodes.
func (g *Graph) Len() int { return g.resources + len(g.dashboards) }

// Resources is the number of resource nodes: ids 0 to Resources()-1.
func (g *Graph) Resources() int { return g.resources }

// Node is the resource or dashboard of an id.
func (g *Graph) Node(id ID) Node {
	if at := int(id) - g.resources; at >= 0 {
		return Node{Dashboard: g.dashboards[at]}
	}
	at := g.spots[id]
	p := g.Projects[at.project]
	return Node{Resource: &p.Resources[at.at], Project: p}
}

// Dashboards are all dashboards in order of site, project path, workbook and
// name. Callers must not change the slice.
func (g *Graph) Dashboards() []*Dashboard { return g.dashboards }

// projectID is a unique_id in one project.
type projectID struct {
	project *model.Project
	id      string
}

// Resource finds a resource by unique_id; of two projects of one name the first has it.
func (g *Graph) Resource(uniqueID string) (ID, bool) {
	id, ok := g.byID[uniqueID]
	return id, ok
}

// ResourceIn finds what a loaded project has under a unique_id.
func (g *Graph) ResourceIn(p *model.Project, uniqueID string) (ID, bool) {
	if id, ok := g.again[projectID{p, uniqueID}]; ok {
		return id, true
	}
	return g.Resource(uniqueID)
}

// Dashboard finds a dashboard by its decision key (model.Site.Key).
func (g *Graph) Dashboard(key string) (*Dashboard, bool) {
	id, ok := g.byKey[key]
	if !ok {
		return nil, false
	}
	return g.Node(id).Dashboard, true
}

// About gives the title and site of a dashboard by its key, for the records of
// decisions; both are empty when it is not loaded.
func (g *Graph) About(key string) (title, site string) {
	if d, ok := g.Dashboard(key); ok {
		return d.Dashboard.Name, d.Site.ID()
	}
	return "", ""
}

// Upstream lists the direct parents of a node, sorted.
func (g *Graph) Upstream(id ID) []ID { return g.up.neighbours(id) }

// Downstream lists the direct children of a node, sorted.
func (g *Graph) Downstream(id ID) []ID { return g.down.neighbours(id) }

// Ancestors lists everything upstream of the nodes within hops steps (-1: any
// number), without the nodes themselves, in graph order.
func (g *Graph) Ancestors(hops int, from ...ID) []ID { return g.reach(g.up, from, hops) }

// Descendants is Ancestors the other way.
func (g *Graph) Descendants(hops int, from ...ID) []ID { return g.reach(g.down, from, hops) }

// reach walks breadth first, so that hops mean steps; cycles end by themselves.
func (g *Graph) reach(edges adjacency, from []ID, hops int) []ID {
	v := g.visit()
	defer g.scratch.Put(v)
	found := v.stack[:0]
	add := func(ids []ID) {
		for _, id := range ids {
			if v.seen[id] != v.now {
				v.seen[id] = v.now
				found = append(found, id)
			}
		}
	}
	add(from)
	themselves := len(found)
	for start, step := 0, 0; start < len(found) && step != hops; step++ {
		end := len(found)
		for at := start; at < end; at++ {
			add(edges.neighbours(found[at]))
		}
		start = end
	}
	v.stack = found
	g.visits.Add(int64(len(found)))
	reached := slices.Clone(found[themselves:])
	slices.Sort(reached)
	return reached
}
