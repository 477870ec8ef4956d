package ledger

import (
	"cmp"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/model/match"
	"darkroom/model/reason"
	"darkroom/model/walk"
)

// GapGroup is every dashboard that is not fully linked for one reason.
type GapGroup struct {
	Reason    reason.Code
	Ambiguous bool   // several nodes fit, by that reason
	Title     string // the reason in a few words
	Advice    string // what can be done about it

	Dashboards []GapDashboard // in graph order
	Tables     int            // rows that are tables, each name once
}

// GapDashboard is a dashboard with its rows of one reason.
type GapDashboard struct {
	Dashboard *lineage.Dashboard
	Rows      []GapRow
}

// GapRow is a table that is not linked, or something on the way that hides
// tables; exactly one of the two is set.
type GapRow struct {
	Link *lineage.Link
	Gap  *walk.Gap
}

// Name is what the row is called: its table, or what hides tables.
func (r GapRow) Name() string {
	if r.Link != nil {
		return r.Link.TableName()
	}
	steps := r.Gap.Route.Steps()
	if len(steps) == 0 {
		return "the dashboard itself"
	}
	return steps[len(steps)-1].String()
}

// Because is the row in a sentence.
func (r GapRow) Because(g *lineage.Graph) string {
	if r.Link != nil {
		return g.Explain(r.Link).Because
	}
	return r.Gap.Text
}

// Route is the way from the dashboard to the row.
func (r GapRow) Route() string {
	if r.Link != nil {
		return r.Link.Route()
	}
	return r.Gap.Route.String()
}

// gapKey is what rows are grouped by.
type gapKey struct {
	reason    reason.Code
	ambiguous bool
}

// gapGroups sorts everything that is not linked by its reason. A dashboard is
// in the group of each of its reasons.
func gapGroups(g *lineage.Graph) []GapGroup {
	at := map[gapKey]int{}
	var groups []GapGroup
	names := map[gapKey]map[string]bool{}
	for _, d := range g.Dashboards() {
		if d.Status == lineage.StatusLinked {
			continue
		}
		keys, rows := gapRows(d)
		for i, key := range keys {
			n, known := at[key]
			if !known {
				n = len(groups)
				at[key], names[key] = n, map[string]bool{}
				groups = append(groups, GapGroup{Reason: key.reason, Ambiguous: key.ambiguous})
			}
			group := &groups[n]
			if last := len(group.Dashboards) - 1; last < 0 || group.Dashboards[last].Dashboard != d {
				group.Dashboards = append(group.Dashboards, GapDashboard{Dashboard: d})
			}
			last := &group.Dashboards[len(group.Dashboards)-1]
			last.Rows = append(last.Rows, rows[i])
			if l := rows[i].Link; l != nil && !names[key][l.TableName()] {
				names[key][l.TableName()] = true
				group.Tables++
			}
		}
	}
	for i := range groups {
		group := &groups[i]
		group.Title, group.Advice = gapKey{group.Reason, group.Ambiguous}.words(group.tools())
	}
	slices.SortStableFunc(groups, func(a, b GapGroup) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(len(b.Dashboards), len(a.Dashboards)), cmp.Compare(a.Title, b.Title))
	})
	return groups
}

// rank is that of the reason, unless several nodes fit or the group begins with
// something on the way.
func (g *GapGroup) rank() reason.Rank {
	switch {
	case g.Dashboards[0].Rows[0].Gap != nil:
		return reason.RankOnTheWay
	case g.Ambiguous:
		return reason.RankDecide
	}
	return g.Reason.Row().Rank
}

// words are the title of a group and what can be done about it in words of the tools
// that its dashboards come from.
func (k gapKey) words(tools []*model.Tool) (title, advice string) {
	if k.ambiguous {
		return reason.SeveralTitle, reason.SeveralAdvice
	}
	row := k.reason.Row()
	title = row.Title
	if len(tools) == 1 {
		return tools[0].Text(title), adviceOf(tools[0], k.reason)
	}
	var each []string
	for _, t := range tools {
		each = append(each, t.Title()+": "+adviceOf(t, k.reason))
	}
	return (*model.Tool)(nil).Text(title), strings.Join(each, " ")
}

// adviceOf is the tool's own advice, otherwise that of the reason.
func adviceOf(t *model.Tool, r reason.Code) string {
	if t != nil && t.Advice[r.String()] != "" {
		return t.Text(t.Advice[r.String()])
	}
	return t.Text(r.Row().Advice)
}

// tools are those of the group's dashboards, each once; nil is an unknown one.
func (g *GapGroup) tools() []*model.Tool {
	var list []*model.Tool
	for _, d := range g.Dashboards {
		if t := d.Dashboard.Site.Tool; !slices.Contains(list, t) {
			list = append(list, t)
		}
	}
	return list
}

// gapRows lists what keeps d from being complete, each row with its group. Tables
// of another platform are not a gap while something else is linked.
func gapRows(d *lineage.Dashboard) (keys []gapKey, rows []GapRow) {
	for i := range d.Links {
		l := &d.Links[i]
		v := l.Verdict
		switch {
		case l.Resource != lineage.None, v.Reason == reason.IgnoredByUser:
			continue
		case !v.Reason.HidesData() && d.Status != lineage.StatusNotLinked:
			continue
		}
		keys = append(keys, gapKey{v.Reason, v.Outcome == match.Ambiguous})
		rows = append(rows, GapRow{Link: l})
	}
	for _, gap := range UnexplainedGaps(d) {
		keys = append(keys, gapKey{reason: gap.Reason})
		rows = append(rows, GapRow{Gap: gap})
	}
	return keys, rows
}

// UnexplainedGaps are the gaps that no table of the dashboard explains by its own
// verdict.
func UnexplainedGaps(d *lineage.Dashboard) []*walk.Gap {
	explained := map[gapID]bool{}
	for i := range d.Links {
		l := &d.Links[i]
		explained[gapID{l.Verdict.Reason, l.Read.Table.ID}] = true
	}
	var out []*walk.Gap
	for i := range d.Gaps {
		if gap := &d.Gaps[i]; !explained[gapID{gap.Reason, gap.ID}] {
			out = append(out, gap)
		}
	}
	return out
}

// gapID identifies what a gap is about.
type gapID struct {
	reason reason.Code
	id     string
}

// IncompleteBecause are the codes of what cannot be known of a dashboard's tables,
// sorted and unique: reasons of links that hide dbt data, and of gaps.
func IncompleteBecause(d *lineage.Dashboard) []string {
	var out []string
	for i := range d.Links {
		if l := &d.Links[i]; l.Resource == lineage.None && l.Verdict.Outcome == match.NotApplicable && l.Verdict.Reason.HidesData() {
			out = append(out, l.Verdict.Reason.String())
		}
	}
	for _, gap := range d.Gaps {
		out = append(out, gap.Reason.String())
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// GapTitle is what a gap means for the list of tables.
func GapTitle(gap *walk.Gap) string { return gap.Reason.Row().Heading }

// GapAdvice is what can be done about a gap whose own text does not say it, otherwise "".
func GapAdvice(gap *walk.Gap) string {
	if row := gap.Reason.Row(); row.AdviceOnPage {
		return adviceOf(gap.Tool, gap.Reason)
	}
	return ""
}
