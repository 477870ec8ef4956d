// Package advice says what is unwise in how dashboards and exposures read dbt: a model past
// its deprecation date, a source or an ephemeral model that is read directly, a view under
// a popular dashboard, a model that is not public, an exposure without parents. Each kind
// is one row of one table. Nothing of it hides lineage: what is advised is linked.
//
// Not here: why a table is, or is not, linked (model/reason), and the counts of what is
// known (model/ledger).
package advice

import (
	"fmt"
	"slices"
	"time"

	"darkroom/model"
)

// Row is one kind of advice.
type Row struct {
	Code   string // in JSON and lists
	Label  string // in a column of its own
	Title  string // of all that it fits
	Advice string // what can be done

	// says is the sentence about a parent; empty where the advice does not fit. It is
	// nil for advice about exposures.
	says func(q question) string
}

// question is what a row is asked.
type question struct {
	parent  *model.Resource
	popular bool // what reads it
	today   time.Time
}

const (
	deprecated  = "deprecated"
	refusedName = "name"
	noParents   = "no_parents"
)

// rows in the order in which they are listed: what breaks first comes first. It is never
// changed.
var rows = [...]Row{
	{
		Code: deprecated, Label: "Deprecated", Title: "Models past their deprecation date",
		Advice: "dbt warns about every exposure on such a model. Move the dashboards to what replaces it.",
		says: func(q question) string {
			if !q.parent.DeprecatedBy(q.today) {
				return ""
			}
			return q.parent.FullName() + " is past its deprecation date, " + q.parent.Deprecation().Format(time.DateOnly)
		},
	},
	{
		Code: "source", Label: "Source", Title: "Sources that are read directly",
		Advice: "Put a model between the source and the dashboards.",
		says: func(q question) string {
			if q.parent.Kind != model.KindSource {
				return ""
			}
			return q.parent.FullName() + " is a source, read directly without a model in between"
		},
	},
	{
		Code: "ephemeral", Label: "Ephemeral", Title: "Ephemeral models that are read directly",
		Advice: "Materialize them as tables or views, or pin the tables to what is really read.",
		says: func(q question) string {
			if !q.parent.IsEphemeral() {
				return ""
			}
			return q.parent.FullName() + " is ephemeral: the warehouse has no relation for it"
		},
	},
	{
		Code: "view", Label: "View", Title: "Views under popular dashboards",
		Advice: "If the dashboards are slow, materialize it as a table.",
		says: func(q question) string {
			if q.parent.Kind != model.KindModel || q.parent.Materialized() != "view" || !q.popular {
				return ""
			}
			return q.parent.FullName() + " is a view"
		},
	},
	{
		Code: "not_public", Label: "Not public", Title: "Models that are not public",
		Advice: "Set access: public on models that dashboards depend on.",
		says: func(q question) string {
			if q.parent.Kind != model.KindModel || q.parent.Access() == "" || q.parent.Access() == "public" {
				return ""
			}
			return q.parent.FullName() + " is " + q.parent.Access() + ", not public"
		},
	},
	{
		Code: refusedName, Label: "Name", Title: "Exposures whose names dbt refuses",
		Advice: "dbt Core warns about such a name, and v2 (Fusion) refuses a space. darkroom rename gives an exposure that darkroom keeps another name.",
	},
	{
		Code: noParents, Label: "No parents", Title: "Exposures without parents",
		Advice: "Nothing leads to them in dbt's lineage. Give them depends_on, or remove them.",
	},
}

// Finding is a row that fits something.
type Finding struct {
	*Row
	Parent *model.Resource // nil where there is none
	Text   string          // what is the case, without a full stop
}

// On gives what fits one parent of something that is, or is not, popular.
func On(parent *model.Resource, popular bool, today time.Time) []Finding {
	var out []Finding
	for i := range rows {
		r := &rows[i]
		if r.says == nil {
			continue
		}
		if text := r.says(question{parent, popular, today}); text != "" {
			out = append(out, Finding{r, parent, text})
		}
	}
	return out
}

// Exposure gives what fits an exposure itself: no parents, or a name that dbt refuses;
// better is a name that it takes, empty where that is the one it has.
func Exposure(name, better string, parents int) []Finding {
	var out []Finding
	if better != "" {
		out = append(out, Finding{Row: row(refusedName), Text: fmt.Sprintf("%q is not a name for dbt; %s is one", name, better)})
	}
	if parents == 0 {
		out = append(out, Finding{Row: row(noParents), Text: name + " depends on nothing"})
	}
	return out
}

func row(code string) *Row {
	return &rows[slices.IndexFunc(rows[:], func(r Row) bool { return r.Code == code })]
}

// popularViews is how often a dashboard has to be opened to be popular, as far as the BI
// tool counts.
const popularViews = 100

// Popular reports whether a dashboard with so many views is popular. Where they are not
// known (-1) it may be.
func Popular(views int) bool { return views < 0 || views >= popularViews }
