package match

import (
	"slices"
	"strings"

	"darkroom/model/relation"
	"darkroom/model/warehouse"
)

// attempt is the work on one table.
type attempt struct {
	m           *Matcher
	t           *Table
	v           Verdict
	conn        warehouse.Connection
	parts       []relation.Part // of the name itself
	from        Source
	proof       warehouse.Proof // what conn proves, at best
	candidates  []candidate     // the platforms it may lead to, best proof first
	backing     [1]candidate
	byPlainName bool // the full name led to nothing, the plain name did
}

// candidate is one platform the table may belong to, with the table's name as
// that platform reads it.
type candidate struct {
	*group
	reading
	proof   warehouse.Proof // what the connection proves of it
	mapped  reading         // the name after a map
	mapText string          // the map, "" when none applies
}

// readForPlatforms finds the platforms that the connection proves best (step 2) and
// reads the name for each (steps 3 and 4).
func (a *attempt) readForPlatforms() {
	a.parts, a.from = writtenParts(a.t)
	a.proof = warehouse.ProofOther
	for _, g := range a.m.groups {
		a.proof = min(a.proof, g.Proof(a.conn))
	}
	a.candidates = a.backing[:0]
	if a.proof == warehouse.ProofOther {
		return
	}
	a.readFor(a.proof)
	if a.proof == warehouse.ProofNative {
		a.readFor(warehouse.ProofProtocol)
	}
}

// readFor reads the name for the platforms that the connection proves so much of.
func (a *attempt) readFor(proof warehouse.Proof) {
	for _, g := range a.m.groups {
		if g.Proof(a.conn) == proof {
			c := candidate{group: g, proof: proof, reading: readName(&g.Warehouse, a.t, a.parts, a.from)}
			if len(a.m.maps) > 0 {
				c.mapped, c.mapText, _ = a.m.rewritten(&g.Warehouse, &c.reading)
			}
			a.candidates = append(a.candidates, c)
		}
	}
}

// hit is a node that fits a rule.
type hit struct {
	c  *candidate
	id int32
}

func (h hit) entry() *entry { return &h.c.entries[h.id] }

// complete: every part that the platform needs is there, so that steps 5–12 apply.
func (c *candidate) complete(r *reading) bool {
	return r.known(relation.Schema) && (c.Levels == 2 || r.known(relation.Database))
}

// readings are the name after a map, if one applies, and the original.
func (c *candidate) readings() []*reading {
	if c.mapText != "" {
		return []*reading{&c.mapped, &c.reading}
	}
	return []*reading{&c.reading}
}

// primary is the name that hypotheses about environments start from: a
// database that a map gives is not guessed again.
func (c *candidate) primary() *reading {
	if c.mapText != "" {
		return &c.mapped
	}
	return &c.reading
}

// likeness compares an entry with r from the given level down.
func (c *candidate) likeness(id int32, r *reading, from int) relation.Likeness {
	worst := relation.Same
	for level := max(from, c.firstLevel(id, r)); level < 3; level++ {
		worst = max(worst, c.compare(level, c.entries[id].parts[level], r.parts[level].side()))
	}
	return worst
}

// firstLevel is the first part of an entry that is compared with r's. Where a database
// counts only if it is known, both sides have to know it.
func (c *candidate) firstLevel(id int32, r *reading) int {
	if c.DatabaseWhereKnown && r.known(relation.Database) && c.entries[id].parts[relation.Database].Text != "" {
		return relation.Database
	}
	return 3 - c.Levels
}

// fitting gives the nodes under a key whose parts, from the given level down,
// are at most as unlike as worst.
func (c *candidate) fitting(key uint64, r *reading, from int, best, worst relation.Likeness) []hit {
	var buf [16]int32
	var out []hit
	for _, id := range c.posts.Find(buf[:0], key, scanLimit) {
		if l := c.likeness(id, r, from); best <= l && l <= worst {
			out = append(out, hit{c, id})
		}
	}
	return out
}

// triple gives the nodes that have all parts of r.
func (c *candidate) triple(kind byte, r *reading, best, worst relation.Likeness) []hit {
	return c.fitting(c.readingKey(kind, r), r, relation.Database, best, worst)
}

func (c *candidate) readingKey(kind byte, r *reading) uint64 {
	return c.key(kind, c.keyDatabase(r.parts[relation.Database].Text), r.parts[relation.Schema].Text, r.parts[relation.Identifier].Text)
}

// pair gives the nodes that have schema and table of r, whatever their database.
func (c *candidate) pair(r *reading) []hit {
	key := c.key(keyPair, r.parts[relation.Schema].Text, r.parts[relation.Identifier].Text)
	return c.fitting(key, r, relation.Schema, relation.Same, relation.SameCI)
}

// canonicalNames are the canonical names of the table, the one to print last: for each
// platform it may belong to and for its own connection, with host and without.
func (a *attempt) canonicalNames() []string {
	var out []string
	host := warehouse.Host(a.t.Connection.Server)
	add := func(platform, name string) {
		plain := platform + "://" + name
		if host != "" {
			out = append(out, platform+"://"+host+"/"+name)
		}
		out = append(out, plain)
	}
	for _, class := range [...]string{a.conn.Hosted, a.conn.Class} { // also as if the host proved nothing
		own := warehouse.OfClass(class)
		if class == "" && a.conn.Class != "" || slices.ContainsFunc(a.candidates, func(c candidate) bool { return c.Adapter == own.Adapter }) {
			continue
		}
		r := readName(&own, a.t, a.parts, a.from)
		for _, name := range r.dotted(&own) {
			add(own.Adapter, name)
		}
	}
	for i := len(a.candidates) - 1; i >= 0; i-- {
		c := &a.candidates[i]
		for _, name := range c.dotted(&c.Warehouse) {
			add(c.Adapter, name)
		}
	}
	return out
}

// dotted is the name as far as it is known, "MARTS.ORDERS", with as many parts as the
// platform has levels. Where a database counts if it is known, the name with it is the
// last one: what is said of the shorter name is for every database.
func (r *reading) dotted(p *warehouse.Warehouse) []string {
	var known []string
	for _, part := range r.parts[3-p.Levels:] {
		if part.Text != "" {
			known = append(known, part.Text)
		}
	}
	names := []string{strings.Join(known, ".")}
	if p.DatabaseWhereKnown && r.known(relation.Database) {
		names = append(names, r.parts[relation.Database].Text+"."+names[0])
	}
	return names
}
