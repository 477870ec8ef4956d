package treeview

import (
	"cmp"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/health"
	"darkroom/model/ledger"
	"darkroom/model/lineage"
	"darkroom/model/outlook"
	"darkroom/ui/explorer/view"
	"darkroom/ui/table"
	"darkroom/ui/text"
	"darkroom/ui/theme"
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

// Tally counts the decisions on the dashboards below the row, with a filter on those
// that are shown.
func (r Row) Tally() curate.Tally { return r.View.shownTally(r.ID) }

// columnTitle is the column of the names, which is drawn with its indent, columnViews the
// first of those that parents have, too.
const (
	columnTitle = "title"
	columnViews = "views"
)

// Columns are those that every tree has. The names have no column of their own, and the
// checkbox is before them: their two are for ordering. From is the width of the pane.
// The last column stays longest; of the others the one with the largest From goes
// first, where the names would have fewer cells than leastTitle.
func Columns() []table.Column[Row] {
	return []table.Column[Row]{
		{Name: columnTitle, Heading: "TITLE", Value: func(r Row) string { return r.Name }, Compare: byTitle},
		{Name: "decision", Value: decided, Compare: byDecision},
		{Name: "exposure", Heading: "EXPOSURE", Width: 9, From: 57, Value: exposed, Compare: byExposure, Style: exposedStyle},
		{Name: "lineage", Heading: "LINEAGE", Width: 9, From: 58, Value: lineageWord, Compare: byLineage, Style: warning},
		view.HealthColumn(92, healthOf),
		{Name: "owner", Heading: "OWNER", Width: 14, From: 72, Value: owner, Compare: byOwner},
		{Name: "updated", Heading: "UPDATED", Width: 9, From: 84, Value: updated, Compare: byUpdate, Down: true},
		{Name: "workbook", Heading: "WORKBOOK", Width: 16, From: 102, Value: workbook, Compare: byWorkbook},
		{Name: columnViews, Heading: "VIEWS", Width: 7, Right: true, Value: views, Compare: byViews, Down: true},
	}
}

// Without leaves columns out: of views that say the same otherwise.
func Without(columns []table.Column[Row], names ...string) []table.Column[Row] {
	return slices.DeleteFunc(columns, func(c table.Column[Row]) bool { return slices.Contains(names, c.Name) })
}

func byTitle(a, b Row) int { return strings.Compare(a.lower, b.lower) }

// decided is the state of a row in a word.
func decided(r Row) string {
	if t := r.View.tally(r.ID); t.Total() > 0 {
		return stateWord(t.State())
	}
	return ""
}

func stateWord(s curate.State) string {
	switch s {
	case curate.AllIncluded:
		return "included"
	case curate.Mixed:
		return "mixed"
	case curate.AllExcluded:
		return "excluded"
	}
	return "undecided"
}

func byDecision(a, b Row) int {
	return curate.CompareStates(a.View.tally(a.ID).State(), b.View.tally(b.ID).State())
}

// exposed says what an export does with a dashboard.
func exposed(r Row) string { return does(r).Word() }

func does(r Row) outlook.State {
	if e := r.facts().Entry; e != nil {
		return e.State
	}
	if d := r.Dashboard(); d != nil {
		return r.View.Does(d)
	}
	return outlook.None
}

func exposedStyle(r Row) theme.Style {
	_, style := r.View.PlanSign(does(r))
	return style
}

// byExposure has what needs a look first.
func byExposure(a, b Row) int { return cmp.Compare(does(b).Rank(), does(a).Rank()) }

// lineageWord says how far the tables of a dashboard are known, where that is not all of
// them: "3 of 4".
func lineageWord(r Row) string {
	if d := r.Dashboard(); d != nil {
		return Incomplete(d)
	}
	return ""
}

// Incomplete says how many of a dashboard's tables are linked, "3 of 4", when not all of
// them are.
func Incomplete(d *lineage.Dashboard) string {
	switch linked, all := d.Counts(); {
	case all == 0:
		return "no tables"
	case linked < all:
		return text.Short(linked) + " of " + text.Short(all)
	}
	return ""
}

// byLineage: the smallest known part first.
func byLineage(a, b Row) int { return LessKnown(a.Dashboard(), b.Dashboard()) }

// LessKnown compares the parts of their tables that are linked.
func LessKnown(a, b *lineage.Dashboard) int {
	share := func(d *lineage.Dashboard) float64 {
		linked, all := d.Counts()
		return float64(linked) / float64(max(all, 1))
	}
	return cmp.Compare(share(a), share(b))
}

func warning(r Row) theme.Style { return r.View.Styles.Warn }

// owner is the owner of a dashboard, of its workbook on the workbook's row.
func owner(r Row) string {
	if d := r.Dashboard(); d != nil {
		return d.Owner().Shown()
	}
	return ""
}

func byOwner(a, b Row) int { return compareFolded(owner(a), owner(b)) }

func compareFolded(a, b string) int {
	return cmp.Or(strings.Compare(strings.ToLower(a), strings.ToLower(b)), strings.Compare(a, b))
}

func updated(r Row) string {
	if d := r.Dashboard(); d != nil {
		return text.Ago(d.Updated(), r.View.Meta().At)
	}
	return ""
}

func byUpdate(a, b Row) int { return a.Dashboard().Updated().Compare(b.Dashboard().Updated()) }

func workbook(r Row) string {
	if d := r.Dashboard(); d != nil {
		return d.WorkbookTitle()
	}
	return ""
}

func byWorkbook(a, b Row) int { return compareFolded(workbook(a), workbook(b)) }

// healthOf is the health of the data behind a row.
func healthOf(r Row) (*view.Host, health.State, bool) {
	s, ok := r.View.HealthOf(r.Node)
	return r.View.Host, s, ok
}

// views are those of a dashboard, or of all below the row together.
func views(r Row) string {
	n := viewsOf(r)
	if n == 0 && r.Dashboard() == nil { // nothing is below, or it was not looked at
		return ""
	}
	return text.Short(n)
}

func viewsOf(r Row) int {
	if d := r.Dashboard(); d != nil {
		return d.Dashboard.Views
	}
	if r.unlinked() {
		return 0
	}
	return r.View.outline.Views(r.ID)
}

func byViews(a, b Row) int { return cmp.Compare(viewsOf(a), viewsOf(b)) }

// kind says what a row is that is not a dashboard; of a table without a resource, the
// suggested fix.
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
	if res := r.Resource(); res != nil {
		return resourceWord(res)
	}
	return ""
}

// resourceWord is the materialization of a model, the kind of anything else.
func resourceWord(r *model.Resource) string {
	if r.Kind == model.KindModel && r.Materialized() != "" {
		return text.Clean(r.Materialized())
	}
	return r.Kind.String()
}
