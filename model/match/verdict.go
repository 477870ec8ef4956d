package match

import (
	"cmp"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/reason"
	"darkroom/model/relation"
	"darkroom/model/warehouse"
)

// Outcome is what the matcher concludes about one table.
type Outcome uint8

// The outcomes. Only Matched ticks a checkbox.
const (
	Unmatched     Outcome = iota // no relation of the projects
	Matched                      // one node
	Review                       // one node, which needs confirmation
	Ambiguous                    // several nodes, one of which must be chosen
	NotApplicable                // not a table of a loaded project's warehouse
)

// String is the word of the case files, "not_applicable".
func (o Outcome) String() string {
	names := [...]string{"unmatched", "matched", "review", "ambiguous", "not_applicable"}
	if int(o) < len(names) {
		return names[o]
	}
	return "unknown"
}

// Node is a resource with the project it was found in. Several manifests may
// have the same resource; this is the one that fitted.
type Node struct {
	Project  *model.Project
	Resource *model.Resource
}

// Same reports whether two nodes are one (RULES.md#one-node-in-several-manifests).
func (n Node) Same(m Node) bool { return model.SameNode(n.Project, n.Resource, m.Project, m.Resource) }

// Verdict is the answer for one table.
type Verdict struct {
	Outcome    Outcome
	Reason     reason.Code
	Confidence reason.Confidence
	// Nodes is the one node when matched or in review, all candidates when
	// ambiguous, otherwise empty.
	Nodes []Node
	// Also are other nodes of the same relation, refused by RULES.md#one-relation-several-nodes.
	Also []Node
	// Suggestions are at most three, best first, and never more than a hint.
	Suggestions []Node
	Because     string // in one sentence
	Evidence    Evidence
}

// Checked reports whether the checkbox is set without a decision (RULES.md#confidence).
func (v *Verdict) Checked() bool { return v.Outcome == Matched }

// confidence follows from outcome and reason (RULES.md#confidence).
func confidence(o Outcome, why reason.Code) reason.Confidence {
	switch o {
	case Review:
		return reason.Low
	case Matched:
		return why.Row().Confidence
	}
	return reason.NoConfidence
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

// finish applies the flags of steps 2 and 3, then records the evidence.
func (a *attempt) finish() {
	if len(a.candidates) > 0 {
		a.addCautions()
		c := &a.candidates[0]
		r := c.primary()
		if a.v.Reason != reason.Mapped {
			r = &c.reading
		}
		e := &a.v.Evidence
		e.Platform, e.Parts, e.Map = c.Adapter, r.parts, c.mapText
		e.Rivals = a.rivals(c, r)
	}
	a.v.Evidence.Session = a.t.Session.By
	a.v.Evidence.Proof, a.v.Evidence.PlatformNote = a.platformEvidence()
	a.v.Confidence = confidence(a.v.Outcome, a.v.Reason)
	a.v.Because = a.because()
}

// addCautions turns a match into a question where the name or the connection gives a reason to
// doubt it (RULES.md#reasons-for-caution).
func (a *attempt) addCautions() {
	if a.v.Outcome == NotApplicable || a.v.Reason == reason.Pinned {
		return
	}
	r := &a.candidates[0].reading
	for _, f := range [...]struct {
		set bool
		why reason.Code
	}{
		{a.undecidedPlatform(), reason.RelatedConnection},
		{r.linked, reason.LinkedServer},
		{r.caption, reason.CaptionName},
		{a.t.Origin == VirtualConnection, reason.VirtualConnectionName},
		{a.sessionUnclear(), reason.SessionUnclear},
	} {
		if f.set {
			a.v.Evidence.Flags = append(a.v.Evidence.Flags, f.why)
			if a.v.Outcome == Matched {
				a.v.Outcome, a.v.Reason = Review, f.why
			}
		}
	}
	a.nameSession()
	if a.proof == warehouse.ProofGeneric && a.unproven() {
		a.v.Evidence.Flags = append(a.v.Evidence.Flags, reason.GenericConnection)
		if a.v.Outcome == Matched || a.v.Outcome == Review && isGuess(a.v.Reason) {
			a.v.Outcome, a.v.Reason = Review, reason.GenericConnection
		}
	}
}

// undecidedPlatform: the connection is only related to the platform. Or several loaded
// platforms are read through it, its host does not decide, and the table's is not the
// one whose own connection it is (RULES.md#several-platforms).
func (a *attempt) undecidedPlatform() bool {
	return a.proof == warehouse.ProofRelated || len(a.candidates) > 1 && a.proof <= warehouse.ProofProtocol && a.candidates[0].Adapter != warehouse.OfClass(a.conn.Class).Adapter
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

// unproven: a generic connection is accepted only with all parts equal.
func (a *attempt) unproven() bool {
	switch a.v.Reason {
	case reason.Exact, reason.ExactCI, reason.Mapped, reason.DefaultSchema, reason.SessionName:
		return false
	}
	return true
}

// isGuess reports rules that fill in a part which the name does not have.
func isGuess(r reason.Code) bool {
	return r == reason.PlatformDefaultSchema || r == reason.NoDatabaseGeneric || r == reason.NoDatabaseUnique
}

// rivals are other nodes with the table's name, for verdicts that name a node.
func (a *attempt) rivals(c *candidate, r *reading) []Rival {
	if len(a.v.Nodes) == 0 || a.v.Reason == reason.Pinned {
		return nil
	}
	var buf [16]int32
	var out []Rival
	for _, id := range c.posts.Find(buf[:0], c.key(keyTable, r.parts[relation.Identifier].Text), len(buf)) {
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
	return slices.ContainsFunc(v.Nodes, n.Same) || slices.ContainsFunc(v.Also, n.Same)
}

// refusal says how a node of the same table name differs.
func (c *candidate) refusal(id int32, r *reading) string {
	e := &c.entries[id]
	for level := c.firstLevel(id, r); level < 3; level++ {
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
	return "the other node matches better"
}

var levelNames = [3]string{"database", "schema", "table"}
