package ledger

import (
	"fmt"
	"slices"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/model/match"
	"darkroom/model/walk"
)

// Summary says how far a dashboard's tables are known.
func Summary(d *lineage.Dashboard) string {
	if !isCutOff(d) {
		return summaryOfLinks(d)
	}
	const why = " Tableau's answer was cut off, so tables may be missing."
	if linked, all := d.Counts(); linked == all && all > 0 {
		return "It reads " + tables(all) + " that dbt knows." + why
	}
	return summaryOfLinks(d) + why
}

func summaryOfLinks(d *lineage.Dashboard) string {
	linked, all := d.Counts()
	open := 0
	for i := range d.Links {
		if d.Links[i].Open() {
			open++
		}
	}
	switch {
	case all == 0:
		return "No table behind it is known."
	case d.Status == lineage.StatusComplete && linked == all:
		return "It reads " + tables(all) + "; dbt knows " + map[bool]string{true: "it", false: "all of them"}[all == 1] + ". Nothing is missing."
	case d.Status == lineage.StatusComplete:
		return fmt.Sprintf("It reads %s; dbt knows %d of them, and the rest is not dbt's.", tables(all), linked)
	case d.Status == lineage.StatusUndecided:
		return fmt.Sprintf("It reads %s; dbt knows %d of them, and %d wait for a person's word.", tables(all), linked, open)
	case d.Status == lineage.StatusNone && all == 1:
		return "It reads 1 table, and dbt does not know it."
	case d.Status == lineage.StatusNone:
		return "It reads " + tables(all) + ", and dbt knows none of them."
	case linked == all:
		return fmt.Sprintf("It reads %s that dbt knows, and something more that cannot be seen.", tables(all))
	}
	return fmt.Sprintf("It reads %s; dbt knows %d of them. The rest is not known.", tables(all), linked)
}

func tables(n int) string {
	if n == 1 {
		return "1 table"
	}
	return fmt.Sprintf("%d tables", n)
}

// TableIs says what the table of a link is, as the end of a sentence that begins with
// its name.
func TableIs(l *lineage.Link) string {
	v := &l.Verdict
	node := ""
	if len(v.Nodes) > 0 {
		node = nodeName(v.Nodes[0])
	}
	switch v.Outcome {
	case match.Matched:
		sure := map[match.Confidence]string{
			match.Certain: "That is certain.", match.High: "That is as good as certain.", match.Medium: "That is likely, not certain.",
		}[v.Confidence]
		if v.Reason == match.Pinned {
			sure = "A person said so."
		}
		return "is " + node + ". " + sure
	case match.Review:
		return "may be " + node + ". A person has to say so."
	case match.Ambiguous:
		return fmt.Sprintf("may be one of %d dbt nodes. A person has to choose.", len(v.Nodes))
	case match.Unmatched:
		return "is nothing that the loaded dbt projects build or name as a source."
	}
	switch v.Reason {
	case match.Redacted:
		return "cannot be known: Tableau hides its name."
	case match.FileOrExtract:
		return "stands in no warehouse, so no dbt project builds it."
	case match.StoredProcedure:
		return "is a procedure and no table."
	case match.TempObject:
		return "exists only while a query runs."
	case match.IgnoredByUser:
		return "was set aside by a person."
	case match.OtherPlatform:
		return "stands on another platform than the loaded dbt projects."
	}
	return "stands for tables that cannot be seen."
}

// nodeName is a node for people: "the model fct_orders of the project shop".
func nodeName(n match.Node) string {
	r := n.Resource
	name := r.Name
	switch {
	case r.Version != "":
		name += " version " + r.Version
	case r.Kind == model.KindSource:
		name = r.SourceName + "." + name
	}
	return "the " + r.Kind.String() + " " + name + " of the project " + r.Package
}

// isCutOff reports that Tableau's answers about something on d's way were cut off.
func isCutOff(d *lineage.Dashboard) bool {
	return slices.ContainsFunc(d.Gaps, func(g walk.Gap) bool { return g.Reason == walk.CutOff })
}

// WorkbookIncomplete says that Tableau's answer about the workbook was cut off, ""
// when it is complete. Tables do not depend on it; the owner and the project do.
func WorkbookIncomplete(d *lineage.Dashboard) string {
	if d.Workbook == nil || d.Workbook.Incomplete == "" {
		return ""
	}
	return sentence("the workbook's owner, project or tags may be missing. " + d.Workbook.Incomplete)
}
