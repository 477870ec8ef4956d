package match

import (
	"slices"

	"darkroom/model"
	"darkroom/model/reason"
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

// Verdict is the answer for one table. The lists may be shared and are not to be changed.
type Verdict struct {
	Outcome    Outcome
	Reason     reason.Code
	Confidence reason.Confidence
	// Nodes is the one node when matched or in review, all candidates when
	// ambiguous, otherwise empty.
	Nodes []Node
	// Also are other nodes of the same relation, refused by RULES.md#one-relation-several-nodes.
	Also []Node
}

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

// judge comes to the verdict.
func (a *attempt) judge() {
	a.decide()
	a.searchPath()
	if len(a.candidates) > 0 {
		a.addCautions()
	}
	a.v.Confidence = confidence(a.v.Outcome, a.v.Reason)
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
			a.flags = append(a.flags, f.why)
			if a.v.Outcome == Matched {
				a.v.Outcome, a.v.Reason = Review, f.why
			}
		}
	}
	a.nameSession()
	if a.proof == warehouse.ProofGeneric && a.unproven() {
		a.flags = append(a.flags, reason.GenericConnection)
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

// searchPath looks for a table without schema in the other schemas of its search
// path. The first schema that has it wins, but dbt knows not every table of a
// schema: what only a later one has is a question
// (RULES.md#names-that-a-session-fills).
func (a *attempt) searchPath() {
	s := a.t.session()
	if len(s.Others) == 0 || a.v.Outcome == Matched && !s.Unsure || a.v.Outcome == NotApplicable || a.v.Reason == reason.Pinned {
		return
	}
	found := slices.Clone(a.v.Nodes)
	for _, schema := range s.Others {
		other := a.t
		other.Session = &Session{By: s.By, Filled: s.Filled, Unsure: s.Unsure}
		other.Parts, other.Quoted = slices.Clone(a.t.Parts), slices.Clone(a.t.Quoted)
		at := len(other.Parts) - 2
		if at < 0 || len(other.Quoted) != len(other.Parts) {
			return
		}
		other.Parts[at], other.Quoted[at] = schema.Text, schema.Quoted
		v := a.m.Match(other)
		for _, n := range v.Nodes {
			if !slices.ContainsFunc(found, n.Same) {
				found = append(found, n)
			}
		}
		if v.Outcome == Matched {
			break // what comes behind it is hidden by it
		}
	}
	if len(found) == len(a.v.Nodes) {
		return
	}
	a.v.Nodes, a.v.Reason = found, reason.SessionUnclear
	if a.v.Outcome = Review; len(found) > 1 {
		a.v.Outcome = Ambiguous
	}
}

// sessionUnclear reports a name that the session need not have changed, or to which
// it gives a catalog on a platform that has none: the schema may be outside of it.
func (a *attempt) sessionUnclear() bool {
	s := a.t.session()
	return s.Unsure || s.Filled > 0 && len(a.t.Parts) > 2 && a.candidates[0].Levels == 2
}

// nameSession gives a match with all parts equal the reason that says which
// statement gave some of them.
func (a *attempt) nameSession() {
	if a.v.Outcome == Matched && a.t.session().Filled > 0 && (a.v.Reason == reason.Exact || a.v.Reason == reason.ExactCI) {
		a.v.Reason = reason.SessionName
	}
}
