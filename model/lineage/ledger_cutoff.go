package lineage

import (
	"slices"

	"darkroom/model/walk"
)

// cutOff reports that Tableau's answers about something on d's way were cut off.
func (d *Dashboard) cutOff() bool {
	return slices.ContainsFunc(d.Gaps, func(g walk.Gap) bool { return g.Reason == walk.CutOff })
}

// GapTitle is what a gap means for the list of tables.
func GapTitle(gap *walk.Gap) string {
	if gap.Reason == walk.CutOff {
		return "Tables may be missing"
	}
	return "Something hides tables"
}

// GapCure is what can be done about a gap whose own words do not say it, else "".
func GapCure(gap *walk.Gap) string {
	if gap.Reason != walk.CutOff {
		return ""
	}
	_, advice := adviseGap(gap.Reason)
	return advice
}

// Doubt says that Tableau's answer about the workbook was cut off, "" when it is
// whole. Tables do not depend on it; the owner and the project do.
func (d *Dashboard) Doubt() string {
	if d.Workbook == nil || d.Workbook.Incomplete == "" {
		return ""
	}
	return sentence("the workbook's owner, project or tags may be missing. " + d.Workbook.Incomplete)
}
