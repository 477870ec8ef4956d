package ledger

import "darkroom/model/lineage"

// GapStates are the states of a dashboard that a check may refuse.
func GapStates() []string {
	return []string{lineage.StatusPartlyLinked.String(), lineage.StatusUnclear.String(), lineage.StatusNotLinked.String()}
}

// InState counts the dashboards in one of [GapStates]. Those whose tables were all
// ignored do not count.
func (c DashboardCounts) InState(state string) int {
	switch state {
	case lineage.StatusPartlyLinked.String():
		return c.PartlyLinked
	case lineage.StatusUnclear.String():
		return c.Unclear
	case lineage.StatusNotLinked.String():
		return c.NotLinked - c.SetAside
	}
	return 0
}

// NoGaps says why there is nothing to list; it is for a ledger without groups.
func (l *Ledger) NoGaps() string {
	switch {
	case l.Dashboards.Found == 0:
		return "No dashboards are loaded."
	case l.Dashboards.SetAside > 0:
		return "Every dashboard is fully linked, or was set aside."
	}
	return "Every dashboard is fully linked."
}
