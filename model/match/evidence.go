package match

import (
	"slices"

	"darkroom/model/relation"
	"darkroom/model/warehouse"
)

// Evidence is what led to a verdict (RULES.md#evidence).
type Evidence struct {
	Table *Table // as Tableau gave it

	Platform     string          // adapter family whose rules were applied; "" when none was
	Proof        warehouse.Proof // what the connection type proves about it
	PlatformNote string          // why the connection was taken for another than its type says

	Parts [3]Part // database, schema, table as they were compared
	Map   string  // the map that applied, "PROD → dev"
	// Flags are reasons for caution, even when another reason decided.
	Flags  []Reason
	Rivals []Rival
	By     string // who pinned or ignored the table, and why
	Note   string // anything else a person should know
}

// Rival is another node of that table name, and why it was refused.
type Rival struct {
	Node
	Why string
}

func (e *Evidence) decidedBy(who, why string) {
	switch {
	case who != "" && why != "":
		e.By = who + ": " + why
	default:
		e.By = who + why
	}
}

// maxRivals bounds the rivals kept per table.
const maxRivals = 4

// finish applies the flags of steps 2 and 3, then writes down how it came.
func (a *attempt) finish() {
	if len(a.candidates) > 0 {
		a.flag()
		c := &a.candidates[0]
		r := c.primary()
		if a.v.Reason != Mapped {
			r = &c.reading
		}
		e := &a.v.Evidence
		e.Platform, e.Parts, e.Map = c.Adapter, r.parts, c.mapText
		e.Rivals = a.rivals(c, r)
	}
	a.v.Evidence.Proof, a.v.Evidence.PlatformNote = a.proof, a.conn.Note
	a.v.Confidence = confidence(a.v.Outcome, a.v.Reason)
	a.v.Because = a.because()
}

// flag turns a match into a question where something about the name or the
// connection casts doubt on it (RULES.md#reasons-for-caution).
func (a *attempt) flag() {
	if a.v.Outcome == NotApplicable || a.v.Reason == Pinned {
		return
	}
	r := &a.candidates[0].reading
	for _, f := range [...]struct {
		set    bool
		reason Reason
	}{
		{a.proof == warehouse.ProofRelated, RelatedConnection},
		{r.linked, LinkedServer},
		{r.caption, CaptionName},
		{a.t.Origin == VirtualConnection, VirtualConnectionName},
	} {
		if f.set {
			a.v.Evidence.Flags = append(a.v.Evidence.Flags, f.reason)
			if a.v.Outcome == Matched {
				a.v.Outcome, a.v.Reason = Review, f.reason
			}
		}
	}
	if a.proof == warehouse.ProofGeneric && a.unproven() {
		a.v.Evidence.Flags = append(a.v.Evidence.Flags, GenericConnection)
		if a.v.Outcome == Matched || a.v.Outcome == Review && a.v.Reason.guessed() {
			a.v.Outcome, a.v.Reason = Review, GenericConnection
		}
	}
}

// unproven: a generic connection is accepted only with all parts equal.
func (a *attempt) unproven() bool {
	switch a.v.Reason {
	case Exact, ExactCI, Mapped, DefaultSchema:
		return false
	}
	return true
}

// guessed reports rules that fill in a part which the name does not have.
func (r Reason) guessed() bool {
	return r == PlatformDefaultSchema || r == NoDatabaseGeneric || r == NoDatabaseUnique
}

// rivals are other nodes with the table's name, for verdicts that name a node.
func (a *attempt) rivals(c *candidate, r *reading) []Rival {
	if len(a.v.Nodes) == 0 || a.v.Reason == Pinned {
		return nil
	}
	var buf [16]int32
	var out []Rival
	for _, id := range c.posts.find(buf[:0], c.key(keyTable, r.parts[relation.Identifier].Text), len(buf)) {
		n := c.entries[id].Node
		if len(out) == maxRivals || a.v.mentions(n) {
			continue
		}
		out = append(out, Rival{n, c.refusal(id, r)})
	}
	return out
}

// mentions reports whether the verdict names n already.
func (v *Verdict) mentions(n Node) bool {
	same := func(m Node) bool { return m.Resource.ID == n.Resource.ID }
	return slices.ContainsFunc(v.Nodes, same) || slices.ContainsFunc(v.Also, same)
}

// refusal says in what a node of the same table name is different.
func (c *candidate) refusal(id int32, r *reading) string {
	e := &c.entries[id]
	for level := 3 - c.Levels; level < 3; level++ {
		if !r.known(level) {
			continue
		}
		switch c.compare(level, e.parts[level], r.parts[level].side()) {
		case relation.Differs:
			return "its " + levelNames[level] + " is " + e.parts[level].Text
		case relation.CaseOnly:
			return "its " + levelNames[level] + " is spelled " + e.parts[level].Text
		}
	}
	return "the other one fits better"
}

var levelNames = [3]string{"database", "schema", "table"}
