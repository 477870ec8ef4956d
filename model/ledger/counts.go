package ledger

import (
	"cmp"
	"slices"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/model/match"
	"darkroom/model/reason"
	"darkroom/model/walk"
)

// DashboardCounts counts dashboards; Found is the sum of the four states.
type DashboardCounts struct {
	Found, Linked, PartlyLinked, Unclear, NotLinked int
	// SetAside are those of NotLinked whose tables are all ignored.
	SetAside int
	// OutOfScope are further dashboards that the scope left out.
	OutOfScope int
	// PartlyLinkedBy says why, a dashboard counting under each of its reasons.
	PartlyLinkedBy []ReasonCount
}

// ReasonCount counts what came out with one reason.
type ReasonCount struct {
	Outcome match.Outcome // of tables; not set for dashboards
	Reason  reason.Code
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

func countDashboards(g *lineage.Graph, groups []GapGroup) DashboardCounts {
	c := DashboardCounts{Found: len(g.Dashboards()), OutOfScope: g.OutOfScope}
	for _, d := range g.Dashboards() {
		switch d.Status {
		case lineage.StatusLinked:
			c.Linked++
		case lineage.StatusPartlyLinked:
			c.PartlyLinked++
		case lineage.StatusUnclear:
			c.Unclear++
		default:
			c.NotLinked++
			if allIgnored(d) {
				c.SetAside++
			}
		}
	}
	for i := range groups {
		n := 0
		for _, d := range groups[i].Dashboards {
			if d.Dashboard.Status == lineage.StatusPartlyLinked {
				n++
			}
		}
		if n > 0 {
			c.PartlyLinkedBy = append(c.PartlyLinkedBy, ReasonCount{Reason: groups[i].Reason, Count: n})
		}
	}
	slices.SortStableFunc(c.PartlyLinkedBy, byCount)
	return c
}

// allIgnored reports a dashboard whose tables were all ignored on purpose.
func allIgnored(d *lineage.Dashboard) bool {
	for i := range d.Links {
		if d.Links[i].Verdict.Reason != reason.IgnoredByUser {
			return false
		}
	}
	return len(d.Links) > 0 && len(d.Gaps) == 0
}

// countTables counts tables by outcome. It returns each once, for what needs all of them
// together, and the explanations of those that a map may link.
func countTables(g *lineage.Graph, c *TableCounts) (tables []match.Table, mappable []match.Explanation) {
	type outcome struct {
		outcome match.Outcome
		reason  reason.Code
	}
	counted := map[lineage.ReadKey]bool{}
	seen := map[string]bool{}
	counts := map[outcome]int{}
	for _, d := range g.Dashboards() {
		for i := range d.Links {
			l := &d.Links[i]
			if counted[lineage.KeyOf(&l.Read)] {
				continue
			}
			counted[lineage.KeyOf(&l.Read)] = true
			key := outcome{l.Verdict.Outcome, l.Verdict.Reason}
			name := tableKey(g, l) + "\x00" + key.reason.String()
			if seen[name] {
				continue
			}
			seen[name] = true
			counts[key]++
			tables = append(tables, l.Table())
			if key.reason.Row().Fix == reason.FixMap {
				mappable = append(mappable, *g.Explain(l))
			}
		}
	}
	c.Found = len(tables)
	for key, n := range counts {
		c.count(ReasonCount{key.outcome, key.reason, n})
	}
	slices.SortFunc(c.ByReason, byCount)
	return tables, mappable
}

func (c *TableCounts) count(r ReasonCount) {
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
	if r.Reason == reason.Redacted {
		c.Redacted += r.Count
	}
}

// tableKey identifies a table: rows of one table in one warehouse are one.
func tableKey(g *lineage.Graph, l *lineage.Link) string {
	if name := g.CanonicalName(l); name != "" {
		return name
	}
	return l.Read.Table.ID
}

func byCount(a, b ReasonCount) int {
	return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Outcome, b.Outcome), cmp.Compare(a.Reason.String(), b.Reason.String()))
}

// countSQL counts the custom SQL that some dashboard's way passes, and those of
// them that hide something.
func countSQL(g *lineage.Graph) SQLCounts {
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
	for _, d := range g.Dashboards() {
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
	return SQLCounts{Found: len(met), Complete: len(met) - len(bad), Incomplete: len(bad)}
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
