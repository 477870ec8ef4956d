package match

import (
	"strings"

	"darkroom/model/reason"
	"darkroom/model/relation"
	"darkroom/model/warehouse"
)

// Steps 13 to 17 of RULES.md#verdicts-in-order: parts of the name are missing, or
// nothing fits.

// connectionSchema is step 13.
func (a *attempt) connectionSchema() bool {
	hits := a.hits[:0]
	for i := range a.candidates {
		if c := &a.candidates[i]; c.schemaFromConnection && c.complete(&c.reading) {
			hits = c.triple(hits, keyTriple, &c.reading, relation.Same, relation.SameCI)
		}
	}
	return a.conclude(hits, Matched, reason.DefaultSchema)
}

// platformSchema is step 14.
func (a *attempt) platformSchema() bool {
	hits := a.hits[:0]
	for i := range a.candidates {
		c := &a.candidates[i]
		if c.known(relation.Schema) || c.DefaultSchema == "" {
			continue
		}
		for _, r := range c.readings() {
			guess := r.with(relation.Schema, Part{Text: c.DefaultSchema, From: FromPlatform})
			if !c.complete(&guess) {
				continue
			}
			before := len(hits)
			if hits = c.triple(hits, keyTriple, &guess, relation.Same, relation.SameCI); len(hits) > before {
				c.reading = guess
				break
			}
		}
	}
	return a.conclude(hits, Review, reason.PlatformDefaultSchema)
}

// noDatabase is step 15.
func (a *attempt) noDatabase() bool {
	hits, generic := a.hits[:0], false
	for i := range a.candidates {
		c := &a.candidates[i]
		if c.Levels < 3 || c.known(relation.Database) || !c.known(relation.Schema) {
			continue
		}
		hits = c.pair(hits, &c.reading)
		generic = generic || warehouse.IsDefaultSchema(c.parts[relation.Schema].Text)
	}
	if len(hits) > 0 && len(a.candidates) > 1 {
		hits = a.withOtherPlatforms(hits)
	}
	switch winners, _ := resolve(hits); {
	case len(winners) > 1:
		return a.conclude(hits, Review, reason.NoDatabase)
	case generic:
		return a.conclude(hits, Review, reason.NoDatabaseGeneric)
	case a.m.cfg.Strict:
		return a.conclude(hits, Review, reason.NoDatabaseUnique)
	}
	return a.conclude(hits, Matched, reason.NoDatabaseUnique)
}

// plainName reads the plain name where it has a schema and the full name, which comes
// first, has none and led to nothing. One of the two is wrong, so that this is a
// question (RULES.md#step-15-no-database).
func (a *attempt) plainName() bool {
	if a.from != FromFullName || len(a.parts) != 1 || fieldPart(a.t.Where().Schema) != "" {
		return false
	}
	parts := relation.Read(a.t.RawName)
	if _, caption := relation.Caption(a.t.RawName); caption || len(parts) < 2 {
		return false
	}
	hits := a.hits[:0]
	for i := range a.candidates {
		c := &a.candidates[i]
		var r reading
		r.read(&c.Warehouse, &a.t, parts, FromName)
		before := len(hits)
		if c.complete(&r) {
			hits = c.triple(hits, keyTriple, &r, relation.Same, relation.SameCI)
		} else {
			hits = c.pair(hits, &r)
		}
		if len(hits) > before {
			c.reading, c.mapText = r, ""
		}
	}
	a.byPlainName = len(hits) > 0
	return a.conclude(hits, Review, reason.NoDatabaseGeneric)
}

// ephemeral is step 16.
func (a *attempt) ephemeral() bool {
	hits := a.hits[:0]
	for i := range a.candidates {
		c := &a.candidates[i]
		table := c.parts[relation.Identifier].Text
		var buf [8]int32
		for _, id := range c.under(buf[:0], keyEphemeral, relation.Identifier, &c.reading) {
			if r := c.nodes[id].Resource; strings.EqualFold(r.Name, table) || strings.EqualFold(r.Identifier(), table) {
				hits = append(hits, hit{c, id})
			}
		}
	}
	return a.concludeUnmatched(hits, reason.EphemeralNode)
}

// nothing is step 17.
func (a *attempt) nothing() {
	a.v.Outcome, a.v.Reason = Unmatched, reason.NameOnly
	for i := range a.candidates {
		if a.candidates[i].known(relation.Schema) {
			a.v.Reason = reason.NoSuchRelation
		}
	}
}
