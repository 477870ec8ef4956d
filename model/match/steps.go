package match

import (
	"darkroom/model/relation"
)

// decide goes through the steps of RULES.md#verdicts-in-order; the first that
// applies ends the search. Stronger evidence comes first, people's decisions
// before any inference, and hypotheses about environments only after every
// literal reading failed.
func (a *attempt) decide() {
	for _, step := range [...]func(*attempt) bool{
		(*attempt).byPerson,         // 0
		(*attempt).noTable,          // 1
		(*attempt).otherPlatform,    // 2, 3
		(*attempt).byMap,            // 4
		(*attempt).exact,            // 5
		(*attempt).exactCI,          // 6
		(*attempt).shard,            // 7
		(*attempt).pointer,          // 8
		(*attempt).caseOnly,         // 9
		(*attempt).disabled,         // 10
		(*attempt).databaseDiffers,  // 11
		(*attempt).envSchema,        // 12
		(*attempt).connectionSchema, // 13
		(*attempt).platformSchema,   // 14
		(*attempt).noDatabase,       // 15
		(*attempt).ephemeral,        // 16
	} {
		if step(a) {
			return
		}
	}
	a.nothing() // 17
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

// exact is step 5.
func (a *attempt) exact() bool { return a.equal(relation.Same, Exact) }

// exactCI is step 6.
func (a *attempt) exactCI() bool { return a.equal(relation.SameCI, ExactCI) }

// equal compares the name as it is, without maps: a map for the models of a
// database does not hide the sources that are really there.
func (a *attempt) equal(l relation.Likeness, reason Reason) bool {
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
			if c.compare(relation.Schema, configured, r.parts[relation.Schema].side()) > relation.SameCI {
				continue
			}
			if c.Levels == 2 || c.compare(relation.Database, e.parts[relation.Database], r.parts[relation.Database].side()) <= relation.SameCI {
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
