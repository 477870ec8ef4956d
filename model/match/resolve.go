package match

import (
	"cmp"
	"slices"
	"strings"

	"darkroom/model/reason"
	"darkroom/model/relation"
	"darkroom/model/warehouse"
)

// resolve applies RULES.md#one-relation-several-nodes to the nodes that fit a
// rule: of each relation the node that owns it wins, the others are also. A node
// that two manifests have is one node (RULES.md#one-node-in-several-manifests).
func resolve(hits []hit) (winners, also []Node) {
	if len(hits) == 0 {
		return nil, nil
	}
	if len(hits) == 1 {
		return hits[0].c.one(hits[0].id), nil
	}
	var owners, others []hit
	for rest := hits; len(rest) > 0; {
		var same, different []hit
		best := ^uint8(0)
		for _, h := range rest {
			if sameRelation(rest[0], h) {
				same = append(same, h)
				best = min(best, h.rank())
			} else {
				different = append(different, h)
			}
		}
		for _, h := range same {
			if h.rank() == best {
				owners = append(owners, h)
			} else {
				others = append(others, h)
			}
		}
		rest = different
	}
	winners = nodes(owners, nil)
	return winners, nodes(others, winners)
}

// nodes gives each node once, without those that are taken, ordered by id.
func nodes(hits []hit, taken []Node) []Node {
	var out []Node
	for _, h := range hits {
		if n := h.node(); !slices.ContainsFunc(taken, n.Same) && !slices.ContainsFunc(out, n.Same) {
			out = append(out, n)
		}
	}
	slices.SortStableFunc(out, func(a, b Node) int { return cmp.Compare(a.Resource.ID, b.Resource.ID) })
	return out
}

// sameRelation reports whether two nodes are one table of the warehouse.
func sameRelation(a, b hit) bool {
	if a.c.group != b.c.group {
		return false
	}
	g := a.c.group
	for level := range 3 {
		x, y := g.part(a.id, level), g.part(b.id, level)
		switch {
		case level == relation.Database && g.SameDatabase(x.Text, y.Text):
		case g.Case[level] == warehouse.CaseSame && strings.EqualFold(x.Text, y.Text):
		case relation.SideOf(&g.Warehouse, x).Text != relation.SideOf(&g.Warehouse, y).Text:
			return false
		}
	}
	return true
}

// conclude ends the search if a rule found anything. Several nodes are a
// question whatever the rule.
func (a *attempt) conclude(hits []hit, outcome Outcome, why reason.Code) bool {
	if len(hits) == 0 {
		return false
	}
	if outcome == Matched && len(a.candidates) > 1 {
		hits = a.withOtherPlatforms(hits)
	}
	winners, also := resolve(hits)
	if len(winners) > 1 {
		outcome = Ambiguous
	}
	a.v.Outcome, a.v.Reason, a.v.Nodes, a.v.Also = outcome, why, winners, also
	a.putFirst(hits[0].c)
	a.hits = hits[:0]
	return true
}

// withOtherPlatforms adds the nodes of the other platforms that the table may as well
// be: letter case and missing parts do not decide between platforms
// (RULES.md#several-platforms).
func (a *attempt) withOtherPlatforms(hits []hit) []hit {
	worst := relation.SameCI
	if a.proof == warehouse.ProofGeneric {
		worst = relation.CaseOnly
	}
	found := hits
	for i := range a.candidates {
		c := &a.candidates[i]
		r := c.primary()
		if !r.known(relation.Schema) || slices.ContainsFunc(found, func(h hit) bool { return h.c == c }) {
			continue
		}
		from := relation.Schema
		if r.known(relation.Database) {
			from = relation.Database
		}
		hits = c.fitting(hits, keyPair, relation.Schema, r, from, relation.Same, worst)
	}
	return hits
}

// concludeUnmatched ends the search with a node that explains why there is none.
func (a *attempt) concludeUnmatched(hits []hit, why reason.Code) bool {
	if len(hits) == 0 {
		return false
	}
	a.v.Outcome, a.v.Reason = Unmatched, why
	a.hints = nodes(hits, nil)
	a.hints = a.hints[:min(len(a.hints), maxSuggestions)]
	a.putFirst(hits[0].c)
	return true
}

// putFirst makes c the platform that the evidence speaks of.
func (a *attempt) putFirst(c *candidate) {
	for i := range a.candidates[1:] {
		if &a.candidates[i+1] == c {
			a.candidates[0], a.candidates[i+1] = a.candidates[i+1], a.candidates[0]
		}
	}
}
