package match

import (
	"cmp"
	"slices"
	"strings"

	"darkroom/model/relation"
)

// maxSuggestions is how many nodes are shown (RULES.md#suggestions).
const maxSuggestions = 3

// Classes of suggestions, best first.
const (
	sameSchemaAndTable = iota // only the database, or case, is different
	sameTable
	sameNodeName
	nearName
)

// suggestion is a node with its place in the order of step 17.
type suggestion struct {
	Node
	class, distance int
}

// suggest collects the nodes that may be meant. None of them is ever taken without a
// decision.
func (a *attempt) suggest() []Node {
	var list []suggestion
	for i := range a.candidates {
		list = append(list, a.candidates[i].suggestions()...)
	}
	slices.SortStableFunc(list, func(x, y suggestion) int {
		return cmp.Or(cmp.Compare(x.class, y.class), cmp.Compare(x.distance, y.distance), cmp.Compare(x.Resource.ID, y.Resource.ID))
	})
	var out []Node
	for _, s := range list {
		if len(out) == maxSuggestions {
			break
		}
		if !slices.ContainsFunc(out, s.Same) {
			out = append(out, s.Node)
		}
	}
	return out
}

func (c *candidate) suggestions() []suggestion {
	var out []suggestion
	var buf [scanLimit]int32
	r := c.primary()
	schema, table := r.parts[relation.Schema].Text, r.parts[relation.Identifier].Text
	add := func(key uint64, class int) {
		for _, id := range c.posts.Find(buf[:0], key, scanLimit) {
			if strings.EqualFold(c.nameOf(id, class), table) {
				out = append(out, suggestion{Node: c.nodes[id], class: class})
			}
		}
	}
	if schema != "" {
		add(c.keyFrom(keyPair, r, relation.Schema), sameSchemaAndTable)
	}
	add(c.keyFrom(keyTable, r, relation.Identifier), sameTable)
	add(c.keyFrom(keyName, r, relation.Identifier), sameNodeName)
	if len(out) >= 2*maxSuggestions { // each node is in it at most twice
		return out
	}
	for _, n := range c.near.Find(schema, table) {
		out = append(out, suggestion{Node: c.nodes[n.ID], class: nearName, distance: n.Distance})
	}
	return out
}

func (g *group) nameOf(id int32, class int) string {
	if class == sameNodeName {
		return g.nodes[id].Resource.Name
	}
	return g.identifier(id)
}
