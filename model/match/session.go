package match

import (
	"slices"

	"darkroom/model/reason"
)

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
