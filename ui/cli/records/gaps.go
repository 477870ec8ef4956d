package records

import (
	"cmp"
	"context"
	"time"

	"darkroom/model"
	"darkroom/model/ledger"
	"darkroom/model/lineage"
	"darkroom/model/query"
	"darkroom/sources/project/workspace"
	"darkroom/ui/cli/output"
)

// GapsReport is the JSON of gaps: counts with what they are counted out of, then
// the groups.
type GapsReport struct {
	Dashboards   dashboardCounts  `json:"dashboards"`
	Tables       tableCounts      `json:"tables"`
	SQL          sqlCounts        `json:"custom_sql"`
	Partial      []string         `json:"partial_fetches"`
	Environments []string         `json:"other_environments"`
	Proposals    []proposalEntry  `json:"proposed_maps"`
	Groups       []gapsGroupEntry `json:"groups"`
	Advice       []Advice         `json:"advice"` // on what is linked
}

type dashboardCounts struct {
	Found          int           `json:"found"`
	Linked         int           `json:"linked"`
	PartlyLinked   int           `json:"partly_linked"`
	Unclear        int           `json:"unclear"`
	NotLinked      int           `json:"not_linked"`
	SetAside       int           `json:"not_linked_set_aside"`
	OutOfScope     int           `json:"out_of_scope"`
	PartlyLinkedBy []reasonCount `json:"partly_linked_by_reason"`
}

type tableCounts struct {
	Found         int           `json:"found"`
	Matched       int           `json:"matched"`
	Review        int           `json:"review"`
	Ambiguous     int           `json:"ambiguous"`
	Unmatched     int           `json:"unmatched"`
	NotApplicable int           `json:"not_applicable"`
	Redacted      int           `json:"redacted"`
	ByReason      []reasonCount `json:"by_reason"`
}

type sqlCounts struct {
	Found      int `json:"found"`
	Complete   int `json:"complete"`
	Incomplete int `json:"incomplete"`
}

type reasonCount struct {
	Outcome string `json:"outcome,omitempty"`
	Reason  string `json:"reason"`
	Count   int    `json:"count"`
}

type proposalEntry struct {
	Tableau  string `json:"tableau"`
	Dbt      string `json:"dbt"`
	Platform string `json:"platform"`
	Explains int    `json:"explains_tables"`
}

type gapsGroupEntry struct {
	Reason     string `json:"reason"`
	Title      string `json:"title"`
	Advice     string `json:"advice"`
	Dashboards int    `json:"dashboards"`
	Tables     int    `json:"tables"`
	Rows       []Gap  `json:"rows"`
}

func GapsReportOf(g *lineage.Graph, today time.Time) GapsReport {
	l := ledger.Of(g)
	d, t := l.Dashboards, l.Tables
	r := GapsReport{
		Dashboards: dashboardCounts{d.Found, d.Linked, d.PartlyLinked, d.Unclear, d.NotLinked, d.SetAside, d.OutOfScope, []reasonCount{}},
		Tables:     tableCounts{t.Found, t.Matched, t.Review, t.Ambiguous, t.Unmatched, t.NotApplicable, t.Redacted, []reasonCount{}},
		SQL:        sqlCounts(l.SQL), Partial: orEmpty(l.Partial), Environments: []string{}, Proposals: []proposalEntry{}, Groups: []gapsGroupEntry{},
		Advice: adviceOn(g, today),
	}
	for _, c := range d.PartlyLinkedBy {
		r.Dashboards.PartlyLinkedBy = append(r.Dashboards.PartlyLinkedBy, reasonCount{"", c.Reason.String(), c.Count})
	}
	for _, c := range t.ByReason {
		r.Tables.ByReason = append(r.Tables.ByReason, reasonCount{c.Outcome.String(), c.Reason.String(), c.Count})
	}
	for _, e := range l.Environments {
		r.Environments = append(r.Environments, e.String())
	}
	for _, p := range l.Proposals {
		r.Proposals = append(r.Proposals, proposalEntry{p.Map.BI, p.Map.Dbt, p.Platform, p.Explains})
	}
	for i := range l.Groups {
		group := &l.Groups[i]
		r.Groups = append(r.Groups, gapsGroupEntry{
			group.Reason.String(), group.Title, group.Advice, len(group.Dashboards), group.Tables, rowsOf(g, group),
		})
	}
	return r
}

// Place is where a dashboard is found.
func Place(d *lineage.Dashboard) string { return cmp.Or(d.Place(), d.Site.ID()) }

// Suggested is the suggested fix of a row, if there is one.
func Suggested(g *lineage.Graph, row ledger.GapRow) string {
	if fix, ok := ledger.SuggestedFix(g, row); ok {
		return fix.String()
	}
	return ""
}

// Gap is one row of list gaps.
type Gap struct {
	Reason string `json:"reason"`
	Title  string `json:"reason_title"`
	Head
	Table     string   `json:"table"`
	Because   string   `json:"because"`
	Route     string   `json:"route,omitempty"`
	Suggested string   `json:"suggested,omitempty"`
	Cures     []string `json:"cures"`
}

func rowsOf(g *lineage.Graph, group *ledger.GapGroup) []Gap {
	var out []Gap
	for _, d := range group.Dashboards {
		for _, row := range d.Rows {
			out = append(out, gapOf(g, group, d.Dashboard, row))
		}
	}
	return out
}

func gapOf(g *lineage.Graph, group *ledger.GapGroup, d *lineage.Dashboard, row ledger.GapRow) Gap {
	e := Gap{
		Reason: group.Reason.String(), Title: group.Title, Head: headOf(d), Table: row.Name(), Because: row.Because(g), Route: row.Route(),
		Suggested: Suggested(g, row), Cures: []string{},
	}
	if row.Link != nil {
		for _, c := range ledger.Fixes(g, row.Link) {
			e.Cures = append(e.Cures, c.String())
		}
	}
	return e
}

// gaps are the rows of all groups in one table.
func gaps(ctx context.Context, w *workspace.Workspace, in query.Found, _ When) (output.Listing, error) {
	g := w.Graph
	l := output.Listing{Header: []string{"reason", "dashboard", "workbook", "lineage", "table", "suggested"}}
	var rows []func() Gap
	groups := ledger.Of(g).Groups
	for i := range groups {
		for _, d := range groups[i].Dashboards {
			if ctx.Err() != nil {
				return l, ctx.Err()
			}
			if !in.Has(d.Dashboard.ID) {
				continue
			}
			for _, row := range d.Rows {
				rows = append(rows, func() Gap { return gapOf(g, &groups[i], d.Dashboard, row) })
			}
		}
	}
	l.Fill(len(rows), func(i int) output.Row {
		e := rows[i]()
		return output.Row{Object: &e, Cells: func() []string {
			return []string{e.Reason, model.DisplayName(e.Head.Title), workbookCell(e.Workbook), e.Status, e.Table, e.Suggested}
		}}
	})
	dropWorkbooks(&l, g)
	return l, ctx.Err()
}

func workbookCell(name *string) string {
	if name == nil {
		return ""
	}
	return model.DisplayName(*name)
}
