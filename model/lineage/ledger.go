package lineage

import (
	"cmp"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/match"
	"darkroom/model/walk"
)

// Ledger says how much of the lineage is known, always with what it is counted
// out of (facts/matching.md §3.9).
type Ledger struct {
	Dashboards DashboardCounts
	Tables     TableCounts
	SQL        SQLCounts
	// Partial are fetches that did not bring everything, one sentence each.
	Partial []string
	// Environments are manifests of another target than Tableau reads; to be
	// said before anything else (§3.6).
	Environments []match.Environment
	// Proposals are maps learnt from the tables; nothing of them is applied.
	Proposals []match.Proposal
	// StalePins lead to nodes that no loaded project has.
	StalePins []match.Pin
	// Groups are the dashboards that are not fully linked, by reason: first what
	// a person can decide, then by number of dashboards.
	Groups []GapGroup
}

// DashboardCounts counts dashboards; Found is the sum of the four states.
type DashboardCounts struct {
	Found, Complete, Incomplete, Undecided, None int
	// SetAside are those of None of which a person ignored every table.
	SetAside int
	// OutOfScope are further dashboards that the scope left out.
	OutOfScope int
	// IncompleteBy tells why, a dashboard counting under each of its reasons.
	IncompleteBy []ReasonCount
}

// Open is the number of dashboards that are not fully linked and not set aside.
func (c DashboardCounts) Open() int { return c.Found - c.Complete - c.SetAside }

// ReasonCount counts what came out with one reason.
type ReasonCount struct {
	Outcome match.Outcome // of tables; not set for dashboards
	Reason  string
	Count   int
}

// TableCounts counts the tables that the dashboards read, each once however many
// dashboards and data sources have it.
type TableCounts struct {
	Found, Matched, Review, Ambiguous, Unmatched, NotApplicable int
	ByReason                                                    []ReasonCount
	Redacted                                                    int // of NotApplicable: names hidden by permissions
}

// SQLCounts counts the custom SQL texts that the dashboards read.
type SQLCounts struct{ Found, Complete, Incomplete int }

// Ledger is the account of this graph.
func (g *Graph) Ledger() *Ledger { return g.ledger }

// takeLedger counts everything once, when the graph is built.
func (g *Graph) takeLedger() *Ledger {
	l := &Ledger{Groups: g.gapGroups()}
	l.Dashboards = g.countDashboards(l.Groups)
	tables, verdicts := g.countTables(&l.Tables)
	l.countSQL(g)
	for _, s := range g.Sites {
		for _, why := range s.Partial {
			l.Partial = append(l.Partial, s.Name+": "+why)
		}
	}
	l.Environments = g.matcher.OtherEnvironments(tables)
	l.Proposals = match.Propose(verdicts)
	l.StalePins = g.matcher.StalePins()
	return l
}

func (g *Graph) countDashboards(groups []GapGroup) DashboardCounts {
	c := DashboardCounts{Found: len(g.dashboards), OutOfScope: g.OutOfScope}
	for _, d := range g.dashboards {
		switch d.Status {
		case StatusComplete:
			c.Complete++
		case StatusIncomplete:
			c.Incomplete++
		case StatusUndecided:
			c.Undecided++
		default:
			c.None++
			if d.setAside() {
				c.SetAside++
			}
		}
	}
	for i := range groups {
		n := 0
		for _, d := range groups[i].Dashboards {
			if d.Dashboard.Status == StatusIncomplete {
				n++
			}
		}
		if n > 0 {
			c.IncompleteBy = append(c.IncompleteBy, ReasonCount{Reason: groups[i].Reason, Count: n})
		}
	}
	slices.SortStableFunc(c.IncompleteBy, byCount)
	return c
}

// setAside reports a dashboard of which a person ignored all tables.
func (d *Dashboard) setAside() bool {
	for i := range d.Links {
		if d.Links[i].Verdict.Reason != match.IgnoredByUser {
			return false
		}
	}
	return len(d.Links) > 0 && len(d.Gaps) == 0
}

// countTables counts tables by what became of them. It returns each once, with
// its verdict, for the questions that concern all of them together.
func (g *Graph) countTables(c *TableCounts) (tables []match.Table, verdicts []match.Verdict) {
	type outcome struct {
		outcome match.Outcome
		reason  match.Reason
	}
	counted := map[readKey]bool{}
	seen := map[string]bool{}
	counts := map[outcome]int{}
	for _, d := range g.dashboards {
		for i := range d.Links {
			l := &d.Links[i]
			if counted[keyOf(&l.Read)] {
				continue
			}
			counted[keyOf(&l.Read)] = true
			key := outcome{l.Verdict.Outcome, l.Verdict.Reason}
			name := g.tableKey(l) + "\x00" + string(key.reason)
			if seen[name] {
				continue
			}
			seen[name] = true
			counts[key]++
			tables, verdicts = append(tables, l.table()), append(verdicts, l.Verdict)
		}
	}
	c.Found = len(tables)
	for key, n := range counts {
		c.add(ReasonCount{key.outcome, string(key.reason), n})
	}
	slices.SortFunc(c.ByReason, byCount)
	return tables, verdicts
}

func (c *TableCounts) add(r ReasonCount) {
	c.ByReason = append(c.ByReason, r)
	switch r.Outcome {
	case match.Matched:
		c.Matched += r.Count
	case match.Review:
		c.Review += r.Count
	case match.Ambiguous:
		c.Ambiguous += r.Count
	case match.Unmatched:
		c.Unmatched += r.Count
	default:
		c.NotApplicable += r.Count
	}
	if r.Reason == string(match.Redacted) {
		c.Redacted += r.Count
	}
}

// tableKey tells tables apart: rows of one table in one warehouse are one.
func (g *Graph) tableKey(l *Link) string {
	if name := g.Canonical(l); name != "" {
		return name
	}
	return l.Read.Table.ID
}

// Canonical is the name under which a table is pinned or ignored, "" where Tableau
// tells no name: ids change when a data source is published again (§3.6).
func (g *Graph) Canonical(l *Link) string {
	name := g.matcher.Canonical(l.table())
	if _, after, ok := strings.Cut(name, "://"); ok && after != "" && !strings.HasSuffix(after, "/") {
		return name
	}
	return ""
}

func byCount(a, b ReasonCount) int {
	return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Outcome, b.Outcome), cmp.Compare(a.Reason, b.Reason))
}

// countSQL counts the custom SQL that some dashboard's way passes, and those of
// them that hide something.
func (l *Ledger) countSQL(g *Graph) {
	texts := map[*model.Site]map[string]*model.Table{}
	for _, site := range g.Sites {
		texts[site] = map[string]*model.Table{}
		for i := range site.Tables {
			if t := &site.Tables[i]; t.Kind == model.CustomSQLTable {
				texts[site][t.ID] = t
			}
		}
	}
	met, bad := map[*model.Table]bool{}, map[*model.Table]bool{}
	for _, d := range g.dashboards {
		of := texts[d.Site]
		if len(of) == 0 {
			continue
		}
		for i := range d.Links {
			noteSQL(met, of, d.Links[i].Read.Routes)
		}
		for i := range d.Gaps {
			noteSQL(met, of, []walk.Route{d.Gaps[i].Route})
			if t := of[d.Gaps[i].ID]; t != nil {
				met[t], bad[t] = true, true
			}
		}
	}
	l.SQL = SQLCounts{Found: len(met), Complete: len(met) - len(bad), Incomplete: len(bad)}
}

func noteSQL(met map[*model.Table]bool, texts map[string]*model.Table, routes []walk.Route) {
	for _, r := range routes {
		for _, s := range r.Steps() {
			if t := texts[s.ID]; s.Kind == walk.StepCustomSQL && t != nil {
				met[t] = true
			}
		}
	}
}
