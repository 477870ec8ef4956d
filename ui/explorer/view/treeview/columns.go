package treeview

import (
	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/ledger"
	"darkroom/model/lineage"
	"darkroom/ui/table"
	"darkroom/ui/text"
	"darkroom/ui/tree"
)

// Row is what a column is asked about.
type Row struct {
	View *View
	ID   tree.ID
	*Item
}

// Dashboard is the dashboard that the row is, or nil.
func (r Row) Dashboard() *lineage.Dashboard {
	if r.Node == lineage.None {
		return nil
	}
	return r.View.outline.Graph.Node(r.Node).Dashboard
}

// Resource is the resource that the row is, or nil.
func (r Row) Resource() *model.Resource {
	if r.Node == lineage.None {
		return nil
	}
	return r.View.outline.Graph.Node(r.Node).Resource
}

// Tally counts the decisions on the dashboards below the row.
func (r Row) Tally() curate.Tally { return r.View.tally(r.ID) }

// Columns are those that every tree has: what a row is, and how many dashboards
// are below it or how often it was viewed.
func Columns() []table.Column[Row] {
	return []table.Column[Row]{
		{Heading: "KIND", Width: 13, From: 66, Value: kind},
		{Heading: "DASHBOARDS", Width: 15, From: 46, Right: true, Value: countInWords}, // "1.2k dashboards"
		{Heading: "", Width: 6, Until: 46, Right: true, Value: count},
	}
}

// kind says what a row is; of a dashboard, how far its tables are known; of a
// table without a resource, the suggested fix.
func kind(r Row) string {
	switch f := r.facts(); {
	case f.Link != nil:
		if fix, ok := ledger.SuggestedFix(r.View.Graph, ledger.GapRow{Link: f.Link}); ok {
			return fix.Word() + "?"
		}
		return ""
	case f.Word != "":
		return f.Word
	}
	if d := r.Dashboard(); d != nil {
		return tablesLinked(d)
	}
	if res := r.Resource(); res != nil {
		return resourceWord(res)
	}
	return ""
}

// number is what is counted of a row, and the noun.
func number(r Row) (n int, noun string) {
	if d := r.Dashboard(); d != nil {
		return d.Dashboard.Views, "view"
	}
	if r.unlinked() {
		return 0, ""
	}
	if n := r.facts().Count; n > 0 {
		return n, "dashboard"
	}
	return r.Tally().Total(), "dashboard"
}

func count(r Row) string {
	n, noun := number(r)
	if n == 0 && noun != "view" {
		return ""
	}
	return text.Short(n)
}

func countInWords(r Row) string {
	n, noun := number(r)
	switch {
	case noun == "view" && n < 0: // not known
		return ""
	case noun == "view":
		return text.Short(n) + " views"
	case n == 0:
		return ""
	case n == 1:
		return "1 dashboard"
	}
	return text.Short(n) + " dashboards"
}

// tablesLinked says how far a dashboard's tables are known: "4 tables", "3 of 4".
func tablesLinked(d *lineage.Dashboard) string {
	linked, all := d.Counts()
	switch {
	case all == 0:
		return "no tables"
	case linked == all:
		return text.Count(all, "table")
	}
	return text.Short(linked) + " of " + text.Short(all)
}

// resourceWord is the materialization of a model, the kind of anything else.
func resourceWord(r *model.Resource) string {
	if r.Kind == model.KindModel && r.Materialized != "" {
		return text.Clean(r.Materialized)
	}
	return r.Kind.String()
}
