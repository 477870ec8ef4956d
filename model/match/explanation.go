package match

import (
	"cmp"
	"slices"
	"strings"

	"darkroom/model/reason"
	"darkroom/model/relation"
	"darkroom/model/warehouse"
)

// Explanation is a verdict with what led to it.
type Explanation struct {
	Verdict
	// Suggestions are at most three, best first, and never more than a hint.
	Suggestions []Node
	Because     string // in one sentence
	Evidence    Evidence
}

// Evidence is what led to a verdict (RULES.md#evidence).
type Evidence struct {
	Table *Table // as Tableau gave it

	Platform     string          // adapter family whose rules were applied; "" when none was
	Proof        warehouse.Proof // what the connection type proves about it
	PlatformNote string          // why the connection is read as another type than it has

	Parts [3]Part // database, schema, table as they were compared
	Map   string  // the map that applied, "PROD → dev"
	// Session is the statement that gave a part of the name, or made it unsure.
	Session string
	// Flags are reasons for caution, even when another reason decided.
	Flags  []reason.Code
	Rivals []Rival
	By     string // who pinned or ignored the table, and why
	Note   string // anything else worth knowing
}

// Rival is another node of that table name, and why it was refused.
type Rival struct {
	Node
	Why string
}

// maxRivals bounds the rivals that are named.
const maxRivals = 4

// explainer finds out more about a table that is judged, and puts it into words.
type explainer struct {
	*attempt
	Explanation
}

func (a *attempt) explain() Explanation {
	table := a.t
	x := explainer{a, Explanation{Verdict: a.v, Evidence: Evidence{Table: &table, Session: a.t.session().By, Flags: slices.Clone(a.flags)}}}
	x.Suggestions = a.suggestions()
	x.decisions()
	e := &x.Evidence
	if len(a.candidates) > 0 {
		c := &a.candidates[0]
		r := c.primary()
		if a.v.Reason != reason.Mapped {
			r = &c.reading
		}
		e.Platform, e.Parts, e.Map = c.Adapter, r.parts, c.mapText
		e.Rivals = a.rivals(c, r)
	}
	e.Proof, e.PlatformNote = a.platformEvidence()
	x.Because = x.because()
	return x.Explanation
}

// decisions says who decided about the table, and which pin has no effect.
func (x *explainer) decisions() {
	by := func(who, why string) {
		x.Evidence.By = who + why
		if who != "" && why != "" {
			x.Evidence.By = who + ": " + why
		}
	}
	if x.pin != none {
		pin := &x.m.cfg.Pins[x.pin]
		if x.m.pinned[x.pin] != nil {
			by(pin.By, pin.Why)
		} else {
			x.Evidence.Note = "the pin to " + pin.Node + " has no effect: no loaded project has that node"
		}
	}
	if x.ignored != none {
		by("", x.m.cfg.Ignore[x.ignored].Why)
	}
}

// suggestions are the hints that go with the verdict.
func (a *attempt) suggestions() []Node {
	switch a.v.Reason {
	case reason.DisabledNode, reason.EphemeralNode:
		return a.hints
	case reason.NoSuchRelation, reason.NameOnly:
		if !warehouse.IsSystemSchema(a.candidates[0].parts[relation.Schema].Text) {
			return a.suggest()
		}
	}
	return nil
}

// platformEvidence says what the connection proves of the platform in the end, and why
// it was taken for another than its type says.
func (a *attempt) platformEvidence() (warehouse.Proof, string) {
	if len(a.candidates) == 0 {
		return a.proof, a.conn.Note
	}
	proof, why := a.candidates[0].proof, ""
	switch {
	case proof != warehouse.ProofRelated && a.undecidedPlatform():
		names := make([]string, len(a.candidates))
		for i := range a.candidates {
			names[i] = a.candidates[i].Adapter
		}
		slices.Sort(names)
		proof, why = warehouse.ProofRelated, "the loaded projects of "+strings.Join(names, " and ")+" are all read through "+a.conn.Class+", and its host does not say which"
	case proof == warehouse.ProofProtocol:
		why = a.candidates[0].Adapter + " speaks the protocol of " + a.conn.Class + ", and no other loaded project is read through it"
	}
	if a.conn.Note != "" && why != "" {
		why = a.conn.Note + "; " + why
	}
	return proof, cmp.Or(why, a.conn.Note)
}

// rivals are other nodes with the table's name, for verdicts that name a node.
func (a *attempt) rivals(c *candidate, r *reading) []Rival {
	if len(a.v.Nodes) == 0 || a.v.Reason == reason.Pinned {
		return nil
	}
	var buf [16]int32
	var out []Rival
	for _, id := range c.posts.Find(buf[:0], c.keyFrom(keyTable, r, relation.Identifier), len(buf)) {
		n := c.nodes[id]
		if len(out) == maxRivals || a.v.mentions(n) {
			continue
		}
		out = append(out, Rival{n, c.refusal(id, r)})
	}
	return out
}

// mentions reports whether the verdict names n already.
func (v *Verdict) mentions(n Node) bool {
	return slices.ContainsFunc(v.Nodes, n.Same) || slices.ContainsFunc(v.Also, n.Same)
}

// refusal says how a node of the same table name differs.
func (c *candidate) refusal(id int32, r *reading) string {
	for level := c.firstLevel(id, r); level < 3; level++ {
		if !r.known(level) {
			continue
		}
		switch part := c.part(id, level); c.compare(level, part, r.parts[level].side()) {
		case relation.Differs:
			return "its " + levelNames[level] + " is " + part.Text
		case relation.CaseOnly:
			return "its " + levelNames[level] + " is spelled " + part.Text
		}
	}
	return "the other node matches better"
}

var levelNames = [3]string{"database", "schema", "table"}

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
