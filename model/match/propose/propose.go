// Package propose learns maps of databases and schemas from verdicts that were left
// open. What it finds is a proposal: nothing is applied before it is decided.
package propose

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"darkroom/model/match"
	"darkroom/model/reason"
	"darkroom/model/relation"
)

// Proposal is a map that would explain many open tables at once
// (model/match/RULES.md#proposed-maps). It is never applied without a decision.
type Proposal struct {
	Map      match.Map
	Platform string // a map is learnt within one platform only
	Explains int    // tables that would be matched
}

// String is the question to ask.
func (p Proposal) String() string {
	return fmt.Sprintf("%s → %s explains %d tables", p.Map.BI, p.Map.Dbt, p.Explains)
}

// A proposal needs this many tables, and this share of them with one candidate.
const (
	proposalTables = 5
	proposalShare  = 90 // per cent
)

// votes are the tables that speak for one map.
type votes struct {
	Proposal
	single int // with one candidate
}

// mapFrom is the left side of a map within a platform.
type mapFrom struct{ platform, tableau string }

// Maps learns maps from the verdicts that database_differs and env_schema left
// open, one verdict per table. Where tables contradict each other, nothing is
// proposed. The order is by explained tables, most first.
func Maps(verdicts []match.Explanation) []Proposal {
	byMap := map[mapFrom]map[string]*votes{}
	chosen := map[mapFrom]map[string]bool{} // targets of tables with one candidate
	for i := range verdicts {
		v := &verdicts[i]
		single := v.Outcome == match.Review && len(v.Nodes) == 1
		for _, m := range mapsFor(v) {
			key := mapFrom{v.Evidence.Platform, m.BI}
			if byMap[key] == nil {
				byMap[key], chosen[key] = map[string]*votes{}, map[string]bool{}
			}
			if byMap[key][m.Dbt] == nil {
				byMap[key][m.Dbt] = &votes{Proposal: Proposal{Map: m, Platform: key.platform}}
			}
			vote := byMap[key][m.Dbt]
			vote.Explains++
			if single {
				vote.single++
				chosen[key][m.Dbt] = true
			}
		}
	}
	var out []Proposal
	for key, targets := range byMap {
		for dbt, vote := range targets {
			contradicted := len(chosen[key]) != 1 || !chosen[key][dbt]
			if !contradicted && vote.Explains >= proposalTables && vote.single*100 >= proposalShare*vote.Explains {
				vote.Explains = vote.single
				out = append(out, vote.Proposal)
			}
		}
	}
	slices.SortFunc(out, func(a, b Proposal) int {
		return cmp.Or(cmp.Compare(b.Explains, a.Explains), cmp.Compare(a.Platform, b.Platform), cmp.Compare(a.Map.BI, b.Map.BI))
	})
	return out
}

// mapsFor gives the maps under which a table would be one of its candidates.
func mapsFor(v *match.Explanation) []match.Map {
	if v.Reason.Row().Fix != reason.FixMap || len(v.Evidence.Flags) > 0 {
		return nil
	}
	var out []match.Map
	for _, n := range v.Nodes {
		if m, ok := mapFor(v, n); ok && !slices.Contains(out, m) {
			out = append(out, m)
		}
	}
	return out
}

// mapFor is the map that leads from v's table to n; there is none to a node
// without a database on a platform that has them.
func mapFor(v *match.Explanation, n match.Node) (match.Map, bool) {
	e, r := &v.Evidence, n.Resource
	database, schema := e.Parts[relation.Database].Text, e.Parts[relation.Schema].Text
	switch {
	case database == "": // a platform without databases
		return match.Map{BI: quotePart(schema), Dbt: quotePart(r.Schema())}, r.Schema() != ""
	case r.Database() == "":
		return match.Map{}, false
	case v.Reason == reason.DatabaseDiffers:
		return match.Map{BI: quotePart(database), Dbt: quotePart(r.Database())}, true
	}
	// generate_schema_name prefixes the target: one map covers all schemas.
	from, to := schema, r.Schema()
	at := len(r.Schema()) - len(r.ConfigSchema())
	if at > 0 && strings.EqualFold(r.Schema()[at:], r.ConfigSchema()) && !strings.Contains(r.Schema()[:at], "*") {
		from, to = "*", r.Schema()[:at]+"*"
	}
	return match.Map{
		BI:  quotePart(database) + "." + quotePart(from),
		Dbt: quotePart(r.Database()) + "." + quotePart(to),
	}, true
}

// quotePart writes a part so that a map reads it back as one part.
func quotePart(s string) string {
	if strings.ContainsAny(s, ".[]\"`") {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}
