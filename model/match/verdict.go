package match

import (
	"darkroom/model"
	"darkroom/model/reason"
)

// Outcome is what the matcher concludes about one table.
type Outcome uint8

// The outcomes. Only Matched ticks a checkbox.
const (
	Unmatched     Outcome = iota // no relation of the projects
	Matched                      // one node
	Review                       // one node, a person has to confirm it
	Ambiguous                    // several nodes, a person has to choose
	NotApplicable                // no table of a loaded project's warehouse
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

// Verdict is the answer for one table.
type Verdict struct {
	Outcome    Outcome
	Reason     reason.Code
	Confidence reason.Confidence
	// Nodes is the one node when matched or in review, all candidates when
	// ambiguous, else empty.
	Nodes []Node
	// Also are other nodes of the same relation, refused by facts/matching.md §3.2.
	Also []Node
	// Suggestions are at most three, best first, and never more than a hint.
	Suggestions []Node
	Because     string // one sentence for people
	Evidence    Evidence
}

// Checked reports whether the checkbox is set before a person looks (§3.3).
func (v *Verdict) Checked() bool { return v.Outcome == Matched }

// confidence follows from outcome and reason (§3.3, table "reasons").
func confidence(o Outcome, why reason.Code) reason.Confidence {
	switch o {
	case Review:
		return reason.Low
	case Matched:
		return why.Row().Confidence
	}
	return reason.NoConfidence
}
