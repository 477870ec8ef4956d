package match

import (
	"strings"

	"darkroom/model/relation"
)

// decide goes through the steps of facts/matching.md §3.3; the first that
// applies ends the search. Stronger evidence comes first, people's decisions
// before any inference, and hypotheses about environments only after every
// literal reading failed.
func (a *attempt) decide() {
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

// byPerson is step 0.
func (a *attempt) byPerson() bool {
	var names []string
	if a.m.pins.names || a.m.ignore.names {
		names = a.names()
	}
	exactCase := len(a.candidates) > 0 && a.candidates[0].Case[relation.Identifier] == relation.CaseOther
	if i, ok := a.m.pins.find(a.t.ID, names, exactCase); ok {
		if n := a.m.pinned[i]; n != nil {
			a.v.Outcome, a.v.Reason, a.v.Nodes = Matched, Pinned, []Node{*n}
			a.v.Evidence.decidedBy(a.m.cfg.Pins[i].By, a.m.cfg.Pins[i].Why)
			return true
		}
		a.v.Evidence.Note = "a pin leads to " + a.m.cfg.Pins[i].Node + ", which no loaded project has"
	}
	if i, ok := a.m.ignore.find(a.t.ID, names, exactCase); ok {
		a.v.Outcome, a.v.Reason = NotApplicable, IgnoredByUser
		a.v.Evidence.decidedBy("", a.m.cfg.Ignore[i].Why)
		return true
	}
	return false
}

// noTable is step 1.
func (a *attempt) noTable() bool {
	reason, ok := a.noTableReason()
	if ok {
		a.v.Outcome, a.v.Reason = NotApplicable, reason
	}
	return ok
}

func (a *attempt) noTableReason() (Reason, bool) {
	if a.t.Procedure {
		return StoredProcedure, true
	}
	if a.t.Hidden || len(a.parts) == 0 {
		return Redacted, true
	}
	if reason, ok := notAWarehouse(a.conn.typ); ok {
		return reason, true
	}
	table := a.parts[len(a.parts)-1].Text
	if isGeneric(a.conn.typ) && len(a.parts) == 1 && table == "sqlproxy" {
		return PublishedSource, true
	}
	if a.extractTwin() {
		return FileOrExtract, true
	}
	if strings.HasPrefix(table, "#") || strings.HasPrefix(table, "@") {
		return TempObject, true
	}
	return "", false
}

// extractTwin knows the copies that extracts make, "[Extract].[Extract]" and
// "[Extract].[orders (marts.orders)_A1B2]". A warehouse may have a schema of
// that name, so behind its own connector only those two forms count.
func (a *attempt) extractTwin() bool {
	parts := a.parts
	if len(parts) < 2 || parts[len(parts)-2].Text != "Extract" {
		return false
	}
	table := parts[len(parts)-1].Text
	end := strings.LastIndex(table, ")_")
	return isGeneric(a.conn.typ) || table == "Extract" || end > 0 && strings.Contains(table[:end], " (")
}

// otherPlatform is step 2; the names were read when the attempt began.
func (a *attempt) otherPlatform() bool {
	if len(a.candidates) == 0 {
		a.v.Outcome, a.v.Reason = NotApplicable, OtherPlatform
		return true
	}
	return false
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

// connectionSchema is step 13.
func (a *attempt) connectionSchema() bool {
	var hits []hit
	for i := range a.candidates {
		if c := &a.candidates[i]; c.lent && c.complete(&c.reading) {
			hits = append(hits, c.triple(keyTriple, &c.reading, relation.Same, relation.SameCI)...)
		}
	}
	return a.conclude(hits, Matched, DefaultSchema)
}

// platformSchema is step 14.
func (a *attempt) platformSchema() bool {
	var hits []hit
	for i := range a.candidates {
		c := &a.candidates[i]
		if c.known(relation.Schema) || c.DefaultSchema == "" {
			continue
		}
		for _, r := range c.readings() {
			guess := *r
			guess.parts[relation.Schema] = Part{Text: c.DefaultSchema, From: FromPlatform}
			if found := c.triple(keyTriple, &guess, relation.Same, relation.SameCI); c.complete(&guess) && len(found) > 0 {
				c.reading = guess
				hits = append(hits, found...)
				break
			}
		}
	}
	return a.conclude(hits, Review, PlatformDefaultSchema)
}

// noDatabase is step 15.
func (a *attempt) noDatabase() bool {
	var hits []hit
	generic := false
	for i := range a.candidates {
		c := &a.candidates[i]
		if c.Levels < 3 || c.known(relation.Database) || !c.known(relation.Schema) {
			continue
		}
		hits = append(hits, c.pair(&c.reading)...)
		generic = generic || relation.GenericSchema(c.parts[relation.Schema].Text)
	}
	switch winners, _ := resolve(hits); {
	case len(winners) > 1:
		return a.conclude(hits, Review, NoDatabase)
	case generic:
		return a.conclude(hits, Review, NoDatabaseGeneric)
	case a.m.cfg.Strict:
		return a.conclude(hits, Review, NoDatabaseUnique)
	}
	return a.conclude(hits, Matched, NoDatabaseUnique)
}

// ephemeral is step 16.
func (a *attempt) ephemeral() bool {
	var hits []hit
	for i := range a.candidates {
		c := &a.candidates[i]
		table := c.parts[relation.Identifier].Text
		var buf [8]int32
		for _, id := range c.posts.find(buf[:0], c.key(keyEphemeral, table), scanLimit) {
			if r := c.entries[id].Resource; strings.EqualFold(r.Name, table) || strings.EqualFold(r.Identifier, table) {
				hits = append(hits, hit{c, id})
			}
		}
	}
	return a.hint(hits, EphemeralNode)
}

// nothing is step 17.
func (a *attempt) nothing() {
	a.v.Outcome, a.v.Reason = Unmatched, NameOnly
	for i := range a.candidates {
		if a.candidates[i].known(relation.Schema) {
			a.v.Reason = NoSuchRelation
		}
	}
	a.v.Suggestions = a.suggest()
}
