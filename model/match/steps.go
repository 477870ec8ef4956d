package match

import (
	"slices"
	"strings"
	"unicode/utf8"

	"darkroom/model/reason"
	"darkroom/model/relation"
)

// decide goes through the steps of RULES.md#verdicts-in-order; the first that
// applies ends the search. Stronger evidence comes first, decisions
// before any inference, and hypotheses about environments only after every
// literal reading failed.
func (a *attempt) decide() {
	for _, step := range [...]func(*attempt) bool{
		(*attempt).byDecision,       // 0
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
		(*attempt).plainName,        // 15
		(*attempt).ephemeral,        // 16
	} {
		if step(a) {
			return
		}
	}
	a.nothing() // 17
}

// hitsOfReadings collects the hits of a rule about a kind of keys, over all platforms that have
// it and all readings that are complete and whose schema is not the connection's.
func (a *attempt) hitsOfReadings(kind byte, rule func([]hit, *candidate, *reading) []hit) []hit {
	hits := a.hits[:0]
	for i := range a.candidates {
		c := &a.candidates[i]
		if !c.has(kind) {
			continue
		}
		for _, r := range c.readings() {
			if r.schemaFromConnection || !c.complete(r) {
				continue
			}
			before := len(hits)
			if hits = rule(hits, c, r); len(hits) > before {
				break
			}
		}
	}
	return hits
}

// byMap is step 4: equal as in step 5 or 6, after the rewriting.
func (a *attempt) byMap() bool {
	hits := a.hits[:0]
	for i := range a.candidates {
		if c := &a.candidates[i]; c.mapText != "" && c.complete(&c.mapped) {
			hits = c.triple(hits, keyTriple, &c.mapped, relation.Same, relation.SameCI)
		}
	}
	return a.conclude(hits, Matched, reason.Mapped)
}

// exact is step 5.
func (a *attempt) exact() bool { return a.equal(relation.Same, reason.Exact) }

// exactCI is step 6.
func (a *attempt) exactCI() bool { return a.equal(relation.SameCI, reason.ExactCI) }

// equal compares the name as it is, without maps: a map for the models of a
// database does not hide the sources that are really there.
func (a *attempt) equal(l relation.Likeness, why reason.Code) bool {
	hits := a.hits[:0]
	for i := range a.candidates {
		if c := &a.candidates[i]; !c.schemaFromConnection && c.complete(&c.reading) {
			hits = c.triple(hits, keyTriple, &c.reading, l, l)
		}
	}
	return a.conclude(hits, Matched, why)
}

// caseOnly is step 9.
func (a *attempt) caseOnly() bool {
	return a.conclude(a.hitsOfReadings(keyTriple, func(dst []hit, c *candidate, r *reading) []hit {
		return c.triple(dst, keyTriple, r, relation.CaseOnly, relation.CaseOnly)
	}), Review, reason.CaseOnly)
}

// disabled is step 10.
func (a *attempt) disabled() bool {
	return a.concludeUnmatched(a.hitsOfReadings(keyDisabled, func(dst []hit, c *candidate, r *reading) []hit {
		return c.triple(dst, keyDisabled, r, relation.Same, relation.SameCI)
	}), reason.DisabledNode)
}

// databaseDiffers is step 11.
func (a *attempt) databaseDiffers() bool {
	hits := a.hits[:0]
	for i := range a.candidates {
		c := &a.candidates[i]
		r := c.primary()
		if c.Levels < 3 && !c.DatabaseWhereKnown || r.schemaFromConnection || !c.complete(r) {
			continue
		}
		before := len(hits)
		hits = c.pair(hits, r)
		same := func(h hit) bool { return c.likeness(h.id, r, relation.Database) != relation.Differs }
		hits = append(hits[:before], slices.DeleteFunc(hits[before:], same)...)
	}
	return a.conclude(hits, Review, reason.DatabaseDiffers)
}

// envSchema is step 12. Nodes of the table's own database go before others.
func (a *attempt) envSchema() bool {
	var own, others []hit
	for i := range a.candidates {
		c := &a.candidates[i]
		r := c.primary()
		if r.schemaFromConnection || !c.complete(r) {
			continue
		}
		for _, h := range c.fitting(a.hits[:0], keyConfig, relation.Schema, r, relation.Identifier, relation.Same, relation.SameCI) {
			configured := relation.Part{Text: h.node().Resource.ConfigSchema(), Quoted: c.part(h.id, relation.Schema).Quoted}
			if c.compare(relation.Schema, configured, r.parts[relation.Schema].side()) > relation.SameCI {
				continue
			}
			if c.Levels == 2 || c.compare(relation.Database, c.part(h.id, relation.Database), r.parts[relation.Database].side()) <= relation.SameCI {
				own = append(own, h)
			} else {
				others = append(others, h)
			}
		}
	}
	if own == nil {
		own = others
	}
	return a.conclude(own, Review, reason.EnvSchema)
}

// maxShardName bounds the prefixes that are tried; BigQuery allows no longer name.
const maxShardName = 1024

// shard is step 7: a day of a BigQuery source that is declared with a wildcard.
// Any other continuation of the prefix is a question, the longest prefix first.
func (a *attempt) shard() bool {
	if hits := a.hitsOfReadings(keyWildcard, wildcardsOfDates); len(hits) > 0 {
		return a.conclude(hits, Matched, reason.Shard)
	}
	if hits := a.hitsOfReadings(keyWildcard, func(dst []hit, c *candidate, r *reading) []hit {
		table := r.parts[relation.Identifier].Text
		if len(table) <= 8 || !digits(table[len(table)-8:]) {
			return dst
		}
		return c.wildcardsAt(dst, r, len(table)-8)
	}); len(hits) > 0 {
		return a.conclude(hits, Matched, reason.Shard)
	}
	return a.conclude(a.hitsOfReadings(keyWildcard, func(dst []hit, c *candidate, r *reading) []hit {
		before, table := len(dst), r.parts[relation.Identifier].Text
		for n := min(len(table)-1, maxShardName); n > 0 && len(dst) == before; n-- {
			dst = c.wildcardsAt(dst, r, n)
		}
		return dst
	}), Review, reason.ShardPrefix)
}

// wildcardsOfDates appends the wildcard sources for a name that is a wildcard itself: the
// prefix, the beginning of a date, and a star.
func wildcardsOfDates(dst []hit, c *candidate, r *reading) []hit {
	before := len(dst)
	prefix, star := strings.CutSuffix(r.parts[relation.Identifier].Text, "*")
	for n := 1; star && n <= 8 && n < len(prefix) && digits(prefix[len(prefix)-n:]) && len(dst) == before; n++ {
		dst = c.wildcardsAt(dst, r, len(prefix)-n)
	}
	return dst
}

// wildcardsAt appends the wildcard sources whose prefix is the first n bytes of
// the table's name.
func (c *candidate) wildcardsAt(dst []hit, r *reading, n int) []hit {
	table := r.parts[relation.Identifier].Text
	if !utf8.RuneStart(table[n]) {
		return dst
	}
	var buf [8]int32
	schema := r.parts[relation.Schema]
	for _, id := range c.posts.Find(buf[:0], c.key(keyWildcard, c.hash(schema.Text), c.hash(table[:n])), scanLimit) {
		prefix, _ := c.wildcard(id)
		if prefix == table[:n] && c.compare(relation.Schema, c.part(id, relation.Schema), schema.side()) <= relation.SameCI &&
			c.compare(relation.Database, c.part(id, relation.Database), r.parts[relation.Database].side()) <= relation.SameCI {
			dst = append(dst, hit{c, id})
		}
	}
	return dst
}

func digits(s string) bool {
	return strings.Trim(s, "0123456789") == ""
}

// pointer is step 8: the plain name of a versioned model. dbt 1.12 can build a
// view of that name over the latest version, which is not a node of the manifest.
func (a *attempt) pointer() bool {
	if hits := a.hitsOfReadings(keyLatest, func(dst []hit, c *candidate, r *reading) []hit { return c.latest(dst, r, true) }); len(hits) > 0 {
		return a.conclude(hits, Matched, reason.Pointer)
	}
	return a.conclude(a.hitsOfReadings(keyLatest, func(dst []hit, c *candidate, r *reading) []hit { return c.latest(dst, r, false) }), Review, reason.PointerMissing)
}

func (c *candidate) latest(dst []hit, r *reading, declared bool) []hit {
	var buf [8]int32
	for _, id := range c.under(buf[:0], keyLatest, relation.Schema, r) {
		for _, p := range plainNames(c.nodes[id].Resource) {
			if p.declared == declared && c.likePlain(id, p.name, r) {
				dst = append(dst, hit{c, id})
				break
			}
		}
	}
	return dst
}

// likePlain compares r with a node as if its relation had the plain name.
func (c *candidate) likePlain(id int32, plain string, r *reading) bool {
	for level := c.firstLevel(id, r); level < 3; level++ {
		part := c.part(id, level)
		if level == relation.Identifier {
			part.Text = plain
		}
		if c.compare(level, part, r.parts[level].side()) > relation.SameCI {
			return false
		}
	}
	return true
}
