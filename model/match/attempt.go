package match

import (
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/reason"
	"darkroom/model/relation"
	"darkroom/model/warehouse"
)

// attempt is the work on one table.
type attempt struct {
	m           *Matcher
	t           Table
	v           Verdict
	from        Source
	pin         int    // the entry that names the table, or none
	ignored     int    // the same of the ignores
	hints       []Node // that explain why there is no node
	byPlainName bool   // the full name led to nothing, the plain name did
	buffers
}

// buffers are what the next attempt of the matcher takes over: room for lists, and the
// connection, which many tables share.
type buffers struct {
	connected
	parts      []relation.Part // of the name itself
	candidates []candidate     // the platforms it may lead to, best proof first
	hits       []hit           // for the step at work
	flags      []reason.Code   // reasons for caution
}

// connected is what is known of a connection.
type connected struct {
	known         bool
	class, server string // as written
	conn          warehouse.Connection
	kind          warehouse.ClassKind
	proofs        []warehouse.Proof // what it proves of each group
	proof         warehouse.Proof   // the best of them
}

// connect reads the connection of a table, unless it is that of the table before.
func (k *connected) connect(m *Matcher, p *model.Place) {
	if k.known && k.class == p.ConnectionType && k.server == p.Connection.Server {
		return
	}
	k.known, k.class, k.server, k.conn = true, p.ConnectionType, p.Connection.Server, m.connection(p)
	k.kind, k.proof, k.proofs = warehouse.KindOf(k.conn.Class), warehouse.ProofOther, k.proofs[:0]
	for _, g := range m.groups {
		proof := g.Proof(k.conn)
		k.proof, k.proofs = min(k.proof, proof), append(k.proofs, proof)
	}
}

// none is the entry of a list that none of its entries is.
const none = -1

// candidate is one platform the table may belong to, with the table's name as
// that platform reads it.
type candidate struct {
	*group
	reading
	proof   warehouse.Proof // what the connection proves of it
	mapped  reading         // the name after a map
	mapText string          // the map, "" when none applies
}

// begin reads a table. Nothing is left of the one before but the room in the buffers.
func (a *attempt) begin(m *Matcher, t *Table) {
	m.Prepare()
	a.m, a.t, a.v, a.pin, a.ignored, a.hints, a.byPlainName = m, *t, Verdict{}, none, none, nil, false
	a.connect(m, a.t.Where())
	a.readForPlatforms()
}

// readForPlatforms finds the platforms that the connection proves best (step 2) and
// reads the name for each (steps 3 and 4).
func (a *attempt) readForPlatforms() {
	a.parts, a.from = writtenParts(a.parts[:0], &a.t)
	a.candidates, a.flags = a.candidates[:0], a.flags[:0]
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
	for i, g := range a.m.groups {
		if a.proofs[i] != proof {
			continue
		}
		n := len(a.candidates)
		a.candidates = slices.Grow(a.candidates, 1)[:n+1]
		c := &a.candidates[n]
		*c = candidate{group: g, proof: proof}
		c.read(&g.Warehouse, &a.t, a.parts, a.from)
		if len(a.m.maps) > 0 {
			c.mapped, c.mapText, _ = a.m.rewritten(&g.Warehouse, &c.reading)
		}
	}
}

// hit is a node that fits a rule.
type hit struct {
	c  *candidate
	id int32
}

func (h hit) node() Node { return h.c.nodes[h.id] }

func (h hit) rank() uint8 { return h.c.placeOf(h.id).rank }

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
	for level := max(from, c.firstLevel(id, r)); level < 3 && worst < relation.Differs; level++ {
		worst = max(worst, c.compare(level, c.part(id, level), r.parts[level].side()))
	}
	return worst
}

// firstLevel is the first part of an entry that is compared with r's. Where a database
// counts only if it is known, both sides have to know it.
func (c *candidate) firstLevel(id int32, r *reading) int {
	if c.DatabaseWhereKnown && r.known(relation.Database) && c.part(id, relation.Database).Text != "" {
		return relation.Database
	}
	return 3 - c.Levels
}

// under appends the nodes under the key of a kind that r's parts have from a level down.
func (c *candidate) under(dst []int32, kind byte, level int, r *reading) []int32 {
	if !c.has(kind) {
		return dst
	}
	return c.posts.Find(dst, c.keyFrom(kind, r, level), scanLimit)
}

// fitting appends the nodes under such a key whose parts, from another level down, are at
// least as unlike as best and at most as worst.
func (c *candidate) fitting(dst []hit, kind byte, level int, r *reading, from int, best, worst relation.Likeness) []hit {
	var buf [16]int32
	for _, id := range c.under(buf[:0], kind, level, r) {
		if l := c.likeness(id, r, from); best <= l && l <= worst {
			dst = append(dst, hit{c, id})
		}
	}
	return dst
}

// triple appends the nodes that have all parts of r.
func (c *candidate) triple(dst []hit, kind byte, r *reading, best, worst relation.Likeness) []hit {
	return c.fitting(dst, kind, relation.Database, r, relation.Database, best, worst)
}

// pair appends the nodes that have schema and table of r, whatever their database.
func (c *candidate) pair(dst []hit, r *reading) []hit {
	return c.fitting(dst, keyPair, relation.Schema, r, relation.Schema, relation.Same, relation.SameCI)
}

// keyFrom is the key of r's parts from the given level down.
func (c *candidate) keyFrom(kind byte, r *reading, level int) uint64 {
	if !r.hashed {
		r.hashes, r.hashed = c.hashParts(r.parts[relation.Database].Text, r.parts[relation.Schema].Text, r.parts[relation.Identifier].Text), true
	}
	return c.key(kind, r.hashes[level:]...)
}

// canonicalNames are the canonical names of the table, the one to print last: for each
// platform it may belong to and for its own connection, with host and without.
func (a *attempt) canonicalNames() []string {
	var out []string
	host := warehouse.Host(a.t.Where().Connection.Server)
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
		var r reading
		r.read(&own, &a.t, a.parts, a.from)
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
