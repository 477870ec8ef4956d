package match

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"darkroom/model/relation"
)

// Proposal is a map that would explain many open tables at once (§3.6, "learnt
// maps are proposals"). It is never applied without a person.
type Proposal struct {
	Map      Map
	Platform string // a map is learnt within one platform only
	Explains int    // tables that would be matched
}

// String is the question to ask.
func (p Proposal) String() string {
	return fmt.Sprintf("%s → %s explains %d tables", p.Map.Tableau, p.Map.Dbt, p.Explains)
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

// Propose learns maps from the verdicts that database_differs and env_schema left
// open, one verdict per table. Where tables contradict each other there is no
// proposal. The order is by explained tables, most first.
func Propose(verdicts []Verdict) []Proposal {
	byMap := map[mapFrom]map[string]*votes{}
	chosen := map[mapFrom]map[string]bool{} // targets of tables with one candidate
	for i := range verdicts {
		v := &verdicts[i]
		single := v.Outcome == Review && len(v.Nodes) == 1
		for _, m := range mapsFor(v) {
			key := mapFrom{v.Evidence.Platform, m.Tableau}
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
		return cmp.Or(cmp.Compare(b.Explains, a.Explains), cmp.Compare(a.Platform, b.Platform), cmp.Compare(a.Map.Tableau, b.Map.Tableau))
	})
	return out
}

// mapsFor gives the maps under which a table would be one of its candidates.
func mapsFor(v *Verdict) []Map {
	if v.Reason != DatabaseDiffers && v.Reason != EnvSchema {
		return nil
	}
	var out []Map
	for _, n := range v.Nodes {
		if m := mapFor(v, n); !slices.Contains(out, m) {
			out = append(out, m)
		}
	}
	return out
}

func mapFor(v *Verdict, n Node) Map {
	e, r := &v.Evidence, n.Resource
	database := quotePart(e.Parts[relation.Database].Text)
	if v.Reason == DatabaseDiffers {
		return Map{Tableau: database, Dbt: quotePart(r.Database)}
	}
	from, to := quotePart(e.Parts[relation.Schema].Text), quotePart(r.Schema)
	// generate_schema_name puts the target in front: one map covers all schemas.
	at := len(r.Schema) - len(r.ConfigSchema)
	if at > 0 && strings.EqualFold(r.Schema[at:], r.ConfigSchema) && !strings.Contains(r.Schema[:at], "*") {
		from, to = "*", quotePart(r.Schema[:at]+"*")
	}
	if database == "" { // a platform without databases
		return Map{Tableau: from, Dbt: to}
	}
	return Map{Tableau: database + "." + from, Dbt: quotePart(r.Database) + "." + to}
}

// quotePart writes a part so that a map reads it back as one part.
func quotePart(s string) string {
	if strings.ContainsAny(s, ".[]\"`") {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}
