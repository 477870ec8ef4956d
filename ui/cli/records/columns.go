package records

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/columns"
	"darkroom/model/lineage"
	"darkroom/model/query"
	"darkroom/sources/project/workspace"
	"darkroom/ui/cli/output"
	"darkroom/ui/text"
)

// Column is one column of a resource in JSON.
type Column struct {
	UniqueID string `json:"unique_id"` // of the resource
	Relation string `json:"name"`      // of the resource
	Column   string `json:"column"`
	Type     string `json:"type,omitempty"`
	From     string `json:"from"` // warehouse, yaml, or the BI tool alone
	Use      string `json:"use"`  // used, unused or unknown
	// Dashboards use it; Sheets are those on no dashboard that do.
	Dashboards []ColumnUser `json:"dashboards"`
	Sheets     []ColumnUser `json:"sheets_alone"`
	// Unknown counts dashboards, and sheets on none, that may use it: what is read through
	// custom SQL and the like. Why is why the use is not known.
	Unknown int    `json:"unknown"`
	Why     string `json:"why,omitempty"`
}

// ColumnUser is a dashboard, or a sheet on none.
type ColumnUser struct {
	Key    string   `json:"key,omitempty"` // of the dashboard
	Title  string   `json:"title"`
	Site   string   `json:"site"`
	Sheets []string `json:"sheets"` // those that use the column
}

// columnList lists the columns of the selected relations.
func columnList(ctx context.Context, w *workspace.Workspace, in query.Found, when When) (output.Listing, error) {
	l := output.Listing{Header: []string{"model", "column", "type", "use", "dashboards", "sheets", "titles", "from", "why", "unique id"}, Usual: 7}
	type place struct {
		id lineage.ID
		r  *columns.Relation
		n  int
	}
	var places []place
	x := columns.Of(w.Graph)
	for _, id := range relations(w.Graph, in) {
		if ctx.Err() != nil {
			return l, ctx.Err()
		}
		r := x.Relation(id)
		for n := range r.Columns {
			if !when.Unused || r.Use(&r.Columns[n]) == columns.Unused {
				places = append(places, place{id, r, n})
			}
		}
	}
	l.Fill(len(places), func(i int) output.Row {
		at := places[i]
		return columnRow(columnOf(w.Graph.Node(at.id).Resource, at.r, &at.r.Columns[at.n]))
	})
	return l, ctx.Err()
}

func columnRow(e Column) output.Row {
	return output.Row{Object: e, Cells: func() []string {
		var titles []string
		sheets := 0
		for _, u := range e.Dashboards {
			titles, sheets = append(titles, u.Title), sheets+len(u.Sheets)
		}
		for _, u := range e.Sheets {
			titles, sheets = append(titles, u.Title+" (sheet)"), sheets+len(u.Sheets)
		}
		return []string{e.Relation, e.Column, e.Type, e.Use, output.Number(len(e.Dashboards)), output.Number(sheets), strings.Join(titles, ", "), e.From, e.Why, e.UniqueID}
	}}
}

func relations(g *lineage.Graph, in query.Found) (ids []lineage.ID) {
	for id := range lineage.ID(g.Resources()) {
		if g.Node(id).Resource.HasRelation() && in.Has(id) {
			ids = append(ids, id)
		}
	}
	return ids
}

func columnOf(of *model.Resource, r *columns.Relation, c *columns.Known) Column {
	e := Column{
		UniqueID: of.ID, Relation: of.FullName(), Column: c.Name, Type: c.Type, From: c.Origin.String(), Use: r.Use(c).String(),
		Dashboards: []ColumnUser{}, Sheets: []ColumnUser{}, Unknown: len(r.Unknown), Why: whyUnknown(r, c),
	}
	for _, u := range c.Users {
		if u.Dashboard != nil {
			e.Dashboards = append(e.Dashboards, columnUser(u))
		} else {
			e.Sheets = append(e.Sheets, columnUser(u))
		}
	}
	return e
}

func columnUser(u columns.User) ColumnUser {
	e := ColumnUser{Site: u.Site.ID(), Sheets: []string{}}
	for _, s := range u.Sheets {
		e.Sheets = append(e.Sheets, model.DisplayName(s.Name))
	}
	switch {
	case u.Dashboard != nil:
		e.Key, e.Title = u.Dashboard.Key, u.Dashboard.Title()
	case len(e.Sheets) > 0:
		e.Title = e.Sheets[0]
	}
	return e
}

// whyUnknown is the first reason why a column's use is not known.
func whyUnknown(r *columns.Relation, c *columns.Known) string {
	switch {
	case r.Use(c) != columns.NotKnown:
		return ""
	case r.NotLoaded != "":
		return r.NotLoaded
	case len(r.Unknown) > 0:
		first := r.Unknown[max(0, slices.IndexFunc(r.Unknown, func(u columns.Unknown) bool { return !u.Bounded }))]
		return columnUser(first.User).Title + ": " + first.Why
	case len(r.NotFetched) > 0:
		return r.NotFetched[0].ID() + ": " + columns.NotFetched
	}
	return "a field names it in other letters' case"
}

// mostUnknown is how many readers are named whose columns are not known.
const mostUnknown = 5

// ExplainColumns says which dashboards may use columns without being seen, and, of unused
// columns alone, how many were left out for that.
func ExplainColumns(out io.Writer, g *lineage.Graph, in query.Found, unused bool) {
	say := func(format string, args ...any) { fmt.Fprintln(out, text.Clean(fmt.Sprintf(format, args...))) }
	if why := columns.NotLoaded(g); why != "" {
		say("%s", why)
	}
	for _, s := range g.Sites {
		if s.Columns == nil {
			say("site %s: %s", s.ID(), columns.NotFetched)
		}
	}
	x := columns.Of(g)
	for _, id := range relations(g, in) {
		r, name, open := x.Relation(id), g.Node(id).Resource.FullName(), 0
		for i := range r.Columns {
			if r.Use(&r.Columns[i]) == columns.NotKnown {
				open++
			}
		}
		switch {
		case len(r.Columns) == 0:
			say("%s: no column is known: neither catalog.json nor a YAML file has any, and no field names one", name)
		case unused && open > 0:
			say("%s: %s left out: whether they are used is unknown", name, text.Count(open, "column"))
		}
		for i, u := range r.Unknown {
			if i == mostUnknown {
				say("%s: and %s", name, text.Count(len(r.Unknown)-i, "other"))
				break
			}
			if u.Why != columns.NotFetched {
				say("%s: unknown of %q: %s", name, columnUser(u.User).Title, u.Why)
			}
		}
	}
}
