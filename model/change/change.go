// Package change says what differs between two states of a project, resource by
// resource, in dbt's own words where it has some, and which of it production knows, so
// that its lineage can say what depends on it (model/impact).
//
// Not here: reading manifests and asking git (sources/project/changes), how it is
// printed (ui/affected).
package change

import (
	"cmp"
	"slices"

	"darkroom/model"
	"darkroom/model/lineage"
)

// The words of Change.What besides those of selector.Universe.Differences and those that
// git gives.
const (
	New       = "new"
	Deleted   = "deleted"
	Disabled  = "disabled"
	Renamed   = "renamed"   // To has what has the same body now, or From what had it
	Versioned = "versioned" // To has the versions that are there now
)

// Change is one resource that changed.
type Change struct {
	ID   string // unique_id; of a renamed one the earlier
	Type string // dbt's resource_type
	Name string // as people call it: "fct_orders", "raw.orders", "fct_orders.v2"
	Path string // original_file_path; of what is gone the earlier
	What []string
	To   []string // names of what is there in its place
	From string   // the name of what a new one had before
	// Macros are the changed ones that it uses.
	Macros  []string
	Columns []Column
	// Modified is whether dbt's state:modified selects it. Only of compared states.
	Modified bool
	// Project is whose it is, as the graph has it.
	Project *model.Project
}

// Is reports a word of What.
func (c *Change) Is(what string) bool { return slices.Contains(c.What, what) }

// Column is a column that is gone, or has another type.
type Column struct {
	Name    string
	Was, Is string // types; empty when unknown. Is is empty of a removed one
	Removed bool
	By      Knowledge
}

// Knowledge is where a column is known from.
type Knowledge string

// What is known of columns: the warehouse had them, a contract promises them, or they are
// described, which a column need not be.
const (
	ByCatalog     Knowledge = "catalog"
	ByContract    Knowledge = "contract"
	ByDescription Knowledge = "description"
)

// Set is an answer to what changed.
type Set struct {
	By      string // how it was found out: "state", "base" or "select"
	What    string // the folder, the reference, the selectors
	Changes []Change
	// Limits are sentences about what this cannot see.
	Limits []string
	// Outdated: the manifest is older than the project, so that it may lack the change.
	Outdated bool
}

// Nodes are the changed resources that a graph has.
func (s *Set) Nodes(g *lineage.Graph) (nodes []lineage.ID) {
	for i := range s.Changes {
		if id, ok := g.ResourceIn(s.Changes[i].Project, s.Changes[i].ID); ok {
			nodes = append(nodes, id)
		}
	}
	return nodes
}

// sort puts resources that lineage passes through before tests, and is by id.
func (s *Set) sort() {
	slices.SortFunc(s.Changes, func(a, b Change) int { return cmp.Or(cmp.Compare(isTest(&a), isTest(&b)), cmp.Compare(a.ID, b.ID)) })
}

func isTest(c *Change) int {
	if c.Type == "test" || c.Type == "unit_test" {
		return 1
	}
	return 0
}

// Of says whose the changes are.
func (s *Set) Of(p *model.Project) {
	for i := range s.Changes {
		s.Changes[i].Project = p
	}
}

// Join adds the changes of another project.
func (s *Set) Join(other *Set) {
	s.Changes, s.Limits = append(s.Changes, other.Changes...), append(s.Limits, other.Limits...)
	s.sort()
}

// Tests is how many of the changes are of tests, which are the last.
func (s *Set) Tests() int {
	n := 0
	for i := range s.Changes {
		n += isTest(&s.Changes[i])
	}
	return n
}
