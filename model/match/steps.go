package match

import (
	"darkroom/model/relation"
)

// decide goes through the steps of facts/matching.md §3.3; the first that
// applies ends the search. Stronger evidence comes first, people's decisions
// before any inference, and hypotheses about environments only after every
// literal reading failed.
func (a *attempt) decide() { //nolint:cyclop // one line per step
	switch {
	case a.byPerson(): // 0
	case a.noTable(): // 1
	case a.otherPlatform(): // 2, 3
	case a.byMap(): // 4
	case a.exact(relation.Same, Exact): // 5
	case a.exact(relation.SameCI, ExactCI): // 6
	case a.shard(): // 7
	case a.pointer(): // 8
	case a.caseOnly(): // 9
	case a.disabled(): // 10
	case a.databaseDiffers(): // 11
	case a.envSchema(): // 12
	case a.connectionSchema(): // 13
	case a.platformSchema(): // 14
	case a.noDatabase(): // 15
	case a.ephemeral(): // 16
	default: // 17
		a.nothing()
	}
}

// each collects the hits of a rule over all platforms and all readings that are
// complete and whose schema is the table's own.
func (a *attempt) each(rule func(*candidate, *reading) []hit) []hit {
	var out []hit
	for i := range a.candidates {
		c := &a.candidates[i]
		for _, r := range c.readings() {
			if !r.lent && c.complete(r) {
				if hits := rule(c, r); len(hits) > 0 {
					out = append(out, hits...)
					break
				}
			}
		}
	}
	return out
}

// byMap is step 4: equal as in step 5 or 6, after the rewriting.
func (a *attempt) byMap() bool {
	var hits []hit
	for i := range a.candidates {
		if c := &a.candidates[i]; c.mapText != "" && c.complete(&c.mapped) {
			hits = append(hits, c.triple(keyTriple, &c.mapped, relation.Same, relation.SameCI)...)
		}
	}
	return a.conclude(hits, Matched, Mapped)
}

// exact is steps 5 and 6, on the name as it is: a map for the models of a
// database does not hide the sources that are really there.
func (a *attempt) exact(l relation.Likeness, reason Reason) bool {
	var hits []hit
	for i := range a.candidates {
		if c := &a.candidates[i]; !c.lent && c.complete(&c.reading) {
			hits = append(hits, c.triple(keyTriple, &c.reading, l, l)...)
		}
	}
	return a.conclude(hits, Matched, reason)
}

// caseOnly is step 9.
func (a *attempt) caseOnly() bool {
	return a.conclude(a.each(func(c *candidate, r *reading) []hit {
		return c.triple(keyTriple, r, relation.CaseOnly, relation.CaseOnly)
	}), Review, CaseOnly)
}

// disabled is step 10.
func (a *attempt) disabled() bool {
	return a.hint(a.each(func(c *candidate, r *reading) []hit {
		return c.triple(keyDisabled, r, relation.Same, relation.SameCI)
	}), DisabledNode)
}

// databaseDiffers is step 11.
func (a *attempt) databaseDiffers() bool {
	var hits []hit
	for i := range a.candidates {
		c := &a.candidates[i]
		r := c.primary()
		if c.Levels < 3 || r.lent || !c.complete(r) {
			continue
		}
		for _, h := range c.pair(r) {
			if c.likeness(h.id, r, relation.Database) == relation.Differs {
				hits = append(hits, h)
			}
		}
	}
	return a.conclude(hits, Review, DatabaseDiffers)
}

// envSchema is step 12. Nodes of the table's own database go before others.
func (a *attempt) envSchema() bool {
	var own, others []hit
	for i := range a.candidates {
		c := &a.candidates[i]
		r := c.primary()
		if r.lent || !c.complete(r) {
			continue
		}
		key := c.key(keyConfig, r.parts[relation.Schema].Text, r.parts[relation.Identifier].Text)
		for _, h := range c.fitting(key, r, relation.Identifier, relation.Same, relation.SameCI) {
			e := h.entry()
			configured := relation.Part{Text: e.Resource.ConfigSchema, Quoted: e.parts[relation.Schema].Quoted}
			if c.Compare(relation.Schema, configured, r.parts[relation.Schema].side()) > relation.SameCI {
				continue
			}
			if c.Levels == 2 || c.Compare(relation.Database, e.parts[relation.Database], r.parts[relation.Database].side()) <= relation.SameCI {
				own = append(own, h)
			} else {
				others = append(others, h)
			}
		}
	}
	if own == nil {
		own = others
	}
	return a.conclude(own, Review, EnvSchema)
}
