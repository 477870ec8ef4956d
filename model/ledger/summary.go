package ledger

import (
	"fmt"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/model/match"
	"darkroom/model/reason"
	"darkroom/model/walk"
)

// Summary says how many of a dashboard's tables are known.
func Summary(d *lineage.Dashboard) string {
	if !isCutOff(d) {
		return summaryOfLinks(d)
	}
	why := d.Site.Tool.Text(" {Tool}'s answer was cut off, so tables may be missing.")
	if linked, all := d.Counts(); linked == all && all > 0 {
		return "It reads " + model.Count(all, "table") + " that dbt knows." + why
	}
	return summaryOfLinks(d) + why
}

func summaryOfLinks(d *lineage.Dashboard) string {
	linked, all := d.Counts()
	tables := model.Count(all, "table")
	open := 0
	for i := range d.Links {
		if d.Links[i].Open() {
			open++
		}
	}
	switch {
	case all == 0:
		return "No table behind it is known."
	case d.Status == lineage.StatusLinked && linked == all:
		return "It reads " + tables + "; dbt knows " + model.Agreeing(all, "it", "all of them") + ". Nothing is missing."
	case d.Status == lineage.StatusLinked:
		return fmt.Sprintf("It reads %s; dbt knows %d of them, and the rest does not belong to dbt.", tables, linked)
	case d.Status == lineage.StatusUnclear:
		return fmt.Sprintf("It reads %s; dbt knows %d of them, and %d need your decision.", tables, linked, open)
	case d.Status == lineage.StatusNotLinked && all == 1:
		return "It reads 1 table; dbt does not know it."
	case d.Status == lineage.StatusNotLinked:
		return "It reads " + tables + "; dbt knows none of them."
	case linked == all:
		return fmt.Sprintf("It reads %s that dbt knows, and something else that cannot be seen.", tables)
	}
	return fmt.Sprintf("It reads %s; dbt knows %d of them. The rest is unknown.", tables, linked)
}

// TableIs says what the table of a link is, as the end of a sentence that begins with
// its name.
func TableIs(l *lineage.Link) string {
	v := l.Verdict
	node := ""
	if len(v.Nodes) > 0 {
		node = nodeName(v.Nodes[0])
	}
	switch v.Outcome {
	case match.Matched:
		sure := map[reason.Confidence]string{
			reason.Certain: "That is certain.", reason.High: "That is nearly certain.", reason.Medium: "That is likely, not certain.",
		}[v.Confidence]
		if v.Reason == reason.Pinned {
			sure = "It is pinned."
		}
		return "is " + node + ". " + sure
	case match.Review:
		return "may be " + node + ". This needs your confirmation."
	case match.Ambiguous:
		return fmt.Sprintf("may be one of %d dbt nodes. Choose one.", len(v.Nodes))
	case match.Unmatched:
		return "is not a model or source of the loaded dbt projects."
	}
	return v.Reason.Row().TableIs
}

// nodeName is a node in a sentence: "the model fct_orders of the project shop".
func nodeName(n match.Node) string {
	r := n.Resource
	name := r.Name
	switch {
	case r.Version() != "":
		name += " version " + r.Version()
	case r.Kind == model.KindSource:
		name = r.SourceName() + "." + name
	}
	return "the " + r.Kind.String() + " " + name + " of the project " + r.Package()
}

// isCutOff reports that Tableau's answers about something on d's way were cut off.
func isCutOff(d *lineage.Dashboard) bool {
	return slices.ContainsFunc(d.Gaps, func(g walk.Gap) bool { return g.Reason == reason.CutOff })
}

// WorkbookIncomplete says that Tableau's answer about the workbook was cut off, ""
// when it is complete. Tables do not depend on it; the owner and the project do.
func WorkbookIncomplete(d *lineage.Dashboard) string {
	if d.Workbook == nil || d.Workbook.Incomplete == "" {
		return ""
	}
	return d.Site.Tool.Text("The {workbook}'s owner, {container} or tags may be missing. ") + sentence(d.Workbook.Incomplete)
}

// SheetsElsewhere says which sheets of the dashboard's workbook are in no dashboard: one
// may be shown in a tooltip, which the tool does not report
// (model/walk/RULES.md#p14-hidden-and-tooltip-sheets). "" when there are none, or when the
// site was read from files, which say it.
func SheetsElsewhere(d *lineage.Dashboard) string {
	if d.Workbook == nil || d.Dashboard.LUID == "" && !d.Dashboard.Hidden {
		return ""
	}
	shown := map[string]bool{}
	for i := range d.Site.Dashboards {
		for _, id := range d.Site.Dashboards[i].SheetIDs {
			shown[id] = true
		}
	}
	var names []string
	for i := range d.Site.Sheets {
		if s := &d.Site.Sheets[i]; s.WorkbookID == d.Workbook.ID && s.LUID == "" && !shown[s.ID] {
			names = append(names, model.DisplayName(s.Name))
		}
	}
	const most = 3
	switch n := len(names); {
	case n == 0:
		return ""
	case n > most:
		names = append(names[:most], fmt.Sprintf("%d more", n-most))
	}
	return d.Site.Tool.Text("Not counted is what these sheets of its {workbook} read, which are in no dashboard and may be shown in tooltips: ") +
		strings.Join(names, ", ") + "."
}
