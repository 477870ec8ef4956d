package ledger

// GapStates are the states of a dashboard that a check may refuse.
func GapStates() []string { return []string{"undecided", "incomplete", "none"} }

// InState counts the dashboards in one of [GapStates]. Those whose tables were all
// ignored do not count.
func (c DashboardCounts) InState(state string) int {
	switch state {
	case "undecided":
		return c.Undecided
	case "incomplete":
		return c.Incomplete
	case "none":
		return c.None - c.SetAside
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
