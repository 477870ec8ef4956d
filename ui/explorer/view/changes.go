package view

import (
	"darkroom/model/change"
	"darkroom/model/lineage"
)

// Changes are what changed since production's artifacts, by node. The zero value is none.
type Changes struct {
	Set *change.Set // nil without --state
	of  map[lineage.ID]*change.Change
}

// NewChanges finds the nodes of a graph that changed. A nil set is none.
func NewChanges(g *lineage.Graph, set *change.Set) Changes {
	c := Changes{Set: set}
	if set == nil {
		return c
	}
	c.of = map[lineage.ID]*change.Change{}
	for i := range set.Changes {
		if id, ok := g.ResourceIn(set.Changes[i].Project, set.Changes[i].ID); ok {
			c.of[id] = &set.Changes[i]
		}
	}
	return c
}

// Of is what changed of a node; nil when nothing did.
func (c *Changes) Of(id lineage.ID) *change.Change { return c.of[id] }
