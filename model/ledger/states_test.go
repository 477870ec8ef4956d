package ledger

import "testing"

func TestGapStates(t *testing.T) {
	c := DashboardCounts{Found: 9, Linked: 1, Unclear: 2, PartlyLinked: 1, NotLinked: 5, SetAside: 3}
	for _, state := range GapStates() {
		if n := c.InState(state); n == 0 {
			t.Errorf("%s counts nothing", state)
		}
	}
	if n := c.InState("not_linked"); n != 2 {
		t.Errorf("%d dashboards, want 2: those that were set aside do not count", n)
	}
	if c.InState("linked") != 0 {
		t.Error("a state that is not one of them")
	}
}

func TestNoGaps(t *testing.T) {
	for want, c := range map[string]DashboardCounts{
		"No dashboards are loaded.":                          {},
		"Every dashboard is fully linked, or was set aside.": {Found: 2, Linked: 1, SetAside: 1},
		"Every dashboard is fully linked.":                   {Found: 2, Linked: 2},
	} {
		if got := (&Ledger{Dashboards: c}).NoGaps(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
