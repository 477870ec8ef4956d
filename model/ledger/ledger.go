// Package ledger says what is known of a graph's lineage and what is missing: the
// counts, the dashboards that are not fully linked grouped by reason, the evidence
// for each table in sentences, and the decisions that would fix a gap, with what
// each would change. It decides nothing and changes nothing; which table is which
// resource is package match, why something is not linked is worded in package
// reason, and the graph itself is package lineage.
package ledger

import (
	"darkroom/model/lineage"
	"darkroom/model/match"
	"darkroom/model/match/propose"
)

// Ledger says how much of the lineage is known, always with the total (model/match/RULES.md#ledger).
type Ledger struct {
	Dashboards DashboardCounts
	Tables     TableCounts
	SQL        SQLCounts
	// Partial are incomplete fetches, one sentence each.
	Partial []string
	// Environments are manifests of another target than Tableau reads; to be
	// shown before anything else (model/match/RULES.md#another-environment).
	Environments []match.Environment
	// Proposals are maps learnt from the tables; none of them is applied.
	Proposals []propose.Proposal
	// StalePins lead to nodes that no loaded project has.
	StalePins []match.Pin
	// Groups are the dashboards that are not fully linked, by reason: first what
	// a decision settles, then by number of dashboards.
	Groups []GapGroup
}

// Of is the ledger of a graph. It is counted on first use and kept with the
// graph; the explorer does so while it prepares a graph, off the screen's goroutine.
func Of(g *lineage.Graph) *Ledger { return lineage.Derived(g, count) }

// count makes the ledger.
func count(g *lineage.Graph) *Ledger {
	l := &Ledger{Groups: gapGroups(g)}
	l.Dashboards = countDashboards(g, l.Groups)
	tables, mappable := countTables(g, &l.Tables)
	l.SQL = countSQL(g)
	for _, s := range g.Sites {
		for _, why := range s.Partial {
			l.Partial = append(l.Partial, s.Name+": "+why)
		}
	}
	l.Environments = g.Matcher().OtherEnvironments(tables)
	l.Proposals = propose.Maps(mappable)
	l.StalePins = g.Matcher().StalePins()
	return l
}
